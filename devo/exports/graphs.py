"""The graph that every graph format writes: bodies and powers, who holds what, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from devo.exports.about import in_a_line
from devo.formats.page import without_commands
from devo.views import graph
from devo.world import World

if TYPE_CHECKING:
    import networkx


def numbered(world: World) -> networkx.MultiDiGraph:
    """The world's graph with nodes in order, and a key of its own for each edge: `e0`, `e1`.

    Its texts have no signs that XML bars or a terminal takes for commands.
    """
    import networkx

    found = graph(world)
    made = networkx.MultiDiGraph(name=in_a_line(world))
    for node, data in sorted(found.nodes(data=True)):
        given = {"kind": "body", "name": node.partition(":")[2], **data}
        made.add_node(without_commands(node), **_clean(given))
    edges = sorted(found.edges(data=True), key=lambda edge: (edge[0], edge[1], str(sorted(edge[2].items()))))
    for number, (source, target, data) in enumerate(edges):
        made.add_edge(without_commands(source), without_commands(target), key=f"e{number}", **_clean(data))
    return made


def _clean(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: without_commands(item) if isinstance(item, str) else item for key, item in data.items()}
