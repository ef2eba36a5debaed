"""How findings cite a place and a provision: in a few names, and with the file and line it stands in."""

from __future__ import annotations

from devo.mosaic import Pieces
from devo.values import Effect
from devo.world import World


def where_stands(world: World, provision: str) -> str:
    """The file and line of a provision; '' for a row of a table."""
    found = (p.where for deal in world.deals for p in deal.provisions if p.id == provision)
    return next(found, "")


def origin_said(world: World, effect: Effect) -> str:
    """The provision or table row that an effect comes from, with its file and line if it has one."""
    where = where_stands(world, effect.origin)
    return f"{effect.origin}, {where}" if where else effect.origin


def places_said(world: World, pieces: Pieces) -> str:
    """A territory in at most six names."""
    areas = [name for _, name in world.mosaic.describe(pieces)]
    more = f" and {len(areas) - 5} other places" if len(areas) > 6 else ""
    return ", ".join(areas[: 5 if more else 6]) + more
