"""Graphs: networkx reads back what was written."""

from collections import Counter
from io import BytesIO

import networkx
import pytest

from devo.exports import dot, gexf, graphml, mmd
from devo.exports.graphs import numbered


def ties(graph, left_out=("id", "label")):
    return Counter(
        (source, target, tuple(sorted((k, v) for k, v in data.items() if k not in left_out)))
        for source, target, data in graph.edges(data=True)
    )


def nodes(graph, left_out=("label",)):
    return {
        node: {k: v for k, v in data.items() if k not in left_out} for node, data in graph.nodes(data=True)
    }


@pytest.mark.parametrize("country", ["small", pytest.param("england", marks=pytest.mark.nightly)])
def test_graphml_comes_back_the_same(country, request):
    world = request.getfixturevalue(country)
    back = networkx.read_graphml(BytesIO(graphml.content(world)), force_multigraph=True)
    assert nodes(back) == nodes(numbered(world))
    assert ties(back) == ties(numbered(world))


@pytest.mark.parametrize("country", ["small", pytest.param("england", marks=pytest.mark.nightly)])
def test_gexf_comes_back_the_same(country, request):
    world = request.getfixturevalue(country)
    back = networkx.read_gexf(BytesIO(gexf.content(world)), version="1.2draft")
    assert nodes(back) == nodes(numbered(world))
    assert ties(back, ("id", "label", "networkx_key")) == ties(numbered(world))


@pytest.mark.parametrize("form", [graphml, gexf, dot, mmd])
def test_the_same_world_is_the_same_bytes(small, form):
    assert form.content(small) == form.content(small)
    assert b"2018-01-01" in form.content(small)


def test_dot_quotes_what_is_data(small):
    text = dot.content(small).decode()
    assert 'label="Odd <b>\\"Council\\"</b> & [co] \\\\| x"' in text
    assert text.count('"body:gaca" -> "power:buses"') == 1


def test_mermaid_has_no_markup_of_data_and_says_what_it_leaves_out(small, england):
    text = mmd.content(small).decode()
    assert "Odd #60;b#62;#34;Council#34;#60;/b#62; #38; #91;co#93; #92;#124; x" in text
    assert "Not all is drawn" not in text
    whole = mmd.content(england).decode()
    drawn = [line for line in whole.splitlines() if line.startswith("  n") and "-->" not in line]
    assert len(drawn) == mmd.MOST_NODES + 1
    assert "Not all is drawn" in drawn[0]
    assert sum("-->" in line for line in whole.splitlines()) <= mmd.MOST_EDGES
