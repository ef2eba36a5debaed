"""The graph that every graph format writes: bodies and powers, who holds what, who sits where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devo.exports.about import in_a_line
from devo.views import graph
from devo.world import World

if TYPE_CHECKING:
    import networkx


def numbered(world: World) -> networkx.MultiDiGraph:
    """The world's graph with nodes in order, and a key of its own for each edge: `e0`, `e1`."""
    import networkx

    found = graph(world)
    made = networkx.MultiDiGraph(name=in_a_line(world))
    for node, data in sorted(found.nodes(data=True)):
        made.add_node(node, **{"kind": "body", "name": node.partition(":")[2], **data})
    edges = sorted(found.edges(data=True), key=lambda edge: (edge[0], edge[1], str(sorted(edge[2].items()))))
    for number, (source, target, data) in enumerate(edges):
        made.add_edge(source, target, key=f"e{number}", **data)
    return made
