"""The graph as DOT, for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from devo.exports.about import in_a_line
from devo.exports.graphs import numbered
from devo.world import World

_SHAPES = {"body": "box", "power": "ellipse", "area": "hexagon"}


def content(world: World) -> bytes:
    """The file's bytes."""
    return "\n".join(_lines(world)).encode("utf-8")


def _lines(world: World) -> Iterator[str]:
    graph = numbered(world)
    yield f"// {in_a_line(world)}"
    yield "digraph devo {"
    yield f"  graph [rankdir=LR, label={quoted(in_a_line(world))}];"
    for node, data in graph.nodes(data=True):
        yield f"  {quoted(node)} [label={quoted(data['name'])}, shape={_SHAPES[data['kind']]}];"
    for source, target, data in graph.edges(data=True):
        yield f"  {quoted(source)} -> {quoted(target)} [label={quoted(edge_label(data))}];"
    yield "}"
    yield ""


def edge_label(data: Mapping[str, object]) -> str:
    """What an edge says: how a power is held, in which role a member sits."""
    said = str(data.get("mode") or data.get("role") or "")
    return f"{data['kind']} ({said})" if said else str(data["kind"])


def quoted(text: str) -> str:
    """A text as DOT has it: in quotation marks, with those inside it and strokes written out."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'
