"""The graph as GEXF, for Gephi."""

from __future__ import annotations

import re
from io import BytesIO

from devo.exports.graphs import numbered
from devo.world import World


def content(world: World) -> bytes:
    """The file's bytes. The day in it is the one asked about, and not the clock's."""
    import networkx

    stream = BytesIO()
    networkx.write_gexf(_labelled(numbered(world)), stream, encoding="utf-8", version="1.2draft")
    day = world.today.isoformat().encode()
    return re.sub(
        rb'lastmodifieddate="[^"]*"', b'lastmodifieddate="' + day + b'"', stream.getvalue(), count=1
    )


def _labelled(graph):  # type: ignore[no-untyped-def]
    """Nodes with their names as labels, which is what is drawn."""
    for _, data in graph.nodes(data=True):
        data["label"] = data["name"]
    return graph
