"""The graph as a Mermaid flowchart: the nodes with most ties, as many as a page can show."""

from __future__ import annotations

from collections.abc import Iterator

from devo.exports.about import in_a_line
from devo.exports.dot import edge_label
from devo.exports.graphs import numbered
from devo.world import World

# How a node's text is bracketed says how it is drawn: bodies as boxes, as in DOT.
_SHAPES = {"body": ("[", "]"), "power": ("([", "])"), "area": ("{{", "}}")}
MOST_NODES = 200
# Mermaid refuses to draw more, unless it is told otherwise.
MOST_EDGES = 500


def content(world: World) -> bytes:
    """The file's bytes. Where nodes or edges are left out, a note in the drawing says how many."""
    return "\n".join(_lines(world)).encode("utf-8")


def _lines(world: World) -> Iterator[str]:
    graph = numbered(world)
    ranked = sorted(graph.nodes, key=lambda node: (-graph.degree(node), node))
    kept = {node: f"n{number}" for number, node in enumerate(sorted(ranked[:MOST_NODES]))}
    edges = [(s, t, data) for s, t, data in graph.edges(data=True) if s in kept and t in kept]
    # What binds bodies to each other first, then what most people live under.
    edges.sort(key=lambda e: (e[2]["kind"] == "holds", -int(e[2].get("residents", 0)), e[0], e[1]))
    yield f"%% {in_a_line(world)}"
    yield "flowchart LR"
    left = _left_out(len(graph) - len(kept), graph.number_of_edges() - len(edges[:MOST_EDGES]))
    if left:
        yield f"%% {left}"
        yield f'  note["{left}"]'
    for node, name in kept.items():
        data = graph.nodes[node]
        opening, closing = _SHAPES[data["kind"]]
        yield f"  {name}{opening}{escaped(data['name'])}{closing}"
    for source, target, data in edges[:MOST_EDGES]:
        yield f"  {kept[source]} -->|{escaped(edge_label(data))}| {kept[target]}"
    yield ""


def _left_out(nodes: int, edges: int) -> str:
    if nodes <= 0 and edges <= 0:
        return ""
    return f"Not all is drawn: {max(nodes, 0):,} bodies, powers and areas and {max(edges, 0):,} ties are left out."


def escaped(text: str) -> str:
    """A text in quotation marks, with every sign that could be markup as its number."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return '"' + "".join(c if c.isalnum() or c in " ,.:()-'/" else f"#{ord(c)};" for c in clean) + '"'
