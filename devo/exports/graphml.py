"""The graph as GraphML, for Gephi, yEd, igraph and networkx."""

from __future__ import annotations

from io import BytesIO

from devo.exports.graphs import numbered
from devo.world import World


def content(world: World) -> bytes:
    """The file's bytes."""
    import networkx

    stream = BytesIO()
    networkx.write_graphml_xml(numbered(world), stream, encoding="utf-8", named_key_ids=True)
    return stream.getvalue()
