"""Tile maps: one square an area, as near to where its people live as squares can be, without geometry.

Where the squares of England's districts stand was worked out by `layout` from the middles of their residents.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from devo import AreaCode, TermFault, World
from devo import question as marked
from devo_boundaries.ground import drawn
from devo_boundaries.lookups import TABLES
from devo_boundaries.values import LayerId, Tile


@dataclass(frozen=True, slots=True)
class TileRow:
    """Where an area stands on the tile map of its layer: columns from the west, rows from the north."""

    place: AreaCode
    place_name: str
    column: int
    row: int
    source: str


@marked(draw="map")
def tiles(world: World, geography: LayerId = "lad24") -> Iterator[TileRow]:
    """The tile map of a layer: one square an area, none shared."""
    found = tiles_of(world, geography)
    if not found:
        listed = ", ".join(sorted({tile.geography for tile in _every(world)}))
        raise TermFault(f"there are no tiles of {geography!r}; there are of: {listed}")
    for tile in found:
        yield TileRow(tile.code, tile.name, tile.column, tile.row, tile.source)


def tiles_of(world: World, geography: str) -> list[Tile]:
    """The tiles of the areas that a layer has in a world, those of the world's own tables first."""
    areas = drawn(world, geography)
    own = [tile for tile in world.of(Tile) if tile.geography == geography]
    return own or [t for t in _shipped() if t.geography == geography and t.code in areas]


def _every(world: World) -> tuple[Tile, ...]:
    return (*world.of(Tile), *_shipped())


@cache
def _shipped() -> tuple[Tile, ...]:
    with (TABLES / "tile.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Tile(
                row["geography"],
                row["code"],
                row["name"],
                int(row["column"]),
                int(row["row"]),
                float(row["latitude"]),
                float(row["longitude"]),
                row["source"],
                "verified",
            )
            for row in csv.DictReader(lines)
        )
