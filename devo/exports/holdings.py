"""Everything that anybody holds on a world's day, or is to come to: read once, for every export."""

from __future__ import annotations

from collections.abc import Iterator

from devo.histories import top_powers
from devo.mosaic import Pieces
from devo.questions import HeldRow, held_row
from devo.sightings import Sighting, gathered, sightings
from devo.world import World


def seen(world: World) -> dict[str, list[tuple[Sighting, Pieces]]]:
    """For each power that is no part of another, how each body stands to it and where, in order."""
    return {power: gathered(sightings(world, power, world.mosaic.everywhere)) for power in top_powers(world)}


def holdings(world: World) -> Iterator[HeldRow]:
    """The rows of `held-by` for every body: by power, then holders before those to whom it is promised."""
    described: dict[Pieces, list[tuple[str, str]]] = {}
    for listed in seen(world).values():
        for sighting, pieces in listed:
            if pieces not in described:
                described[pieces] = world.mosaic.describe(pieces)
            yield held_row(world, sighting, pieces, described[pieces])
