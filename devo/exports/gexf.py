"""The graph as GEXF, for Gephi."""

from __future__ import annotations

import re
from io import BytesIO

from devo.exports.graphs import numbered
from devo.world import World


def content(world: World) -> bytes:
    """The file's bytes. The day in it is the one asked about, and not the clock's."""
    import networkx

    graph = numbered(world)
    for _, data in graph.nodes(data=True):
        data["label"] = data["name"]  # which is what is drawn
    stream = BytesIO()
    networkx.write_gexf(graph, stream, encoding="utf-8", version="1.2draft")
    day = world.today.isoformat().encode()
    return re.sub(
        rb'lastmodifieddate="[^"]*"', b'lastmodifieddate="' + day + b'"', stream.getvalue(), count=1
    )
