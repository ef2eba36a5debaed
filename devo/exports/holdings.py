"""Everything that anybody holds on a world's day, or is to come to: read once, for every export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devo.histories import top_powers
from devo.mosaic import Pieces
from devo.sightings import Sighting, sightings
from devo.values import AreaCode, BodyId, Confidence, PowerId, Residents
from devo.world import World


@dataclass(frozen=True, slots=True)
class Holding:
    """A power that a body holds, or is promised, the same way over some places."""

    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    mode: str
    exercised_by: str | None
    status: str
    start: date | None
    end: date | None
    places: tuple[AreaCode, ...]
    places_names: tuple[str, ...]
    residents: Residents
    instrument: str
    confidence: Confidence
    carve_outs: str
    note: str


def seen(world: World) -> dict[str, list[tuple[Sighting, Pieces]]]:
    """For each power that is no part of another, how each body stands to it and where, in order."""
    found: dict[str, list[tuple[Sighting, Pieces]]] = {}
    for power in top_powers(world):
        grouped: dict[Sighting, set[int]] = {}
        for sighting in sightings(world, power, world.mosaic.everywhere):
            grouped.setdefault(sighting.without_pieces(), set()).update(sighting.pieces)
        ordered = sorted(grouped.items(), key=lambda item: item[0].sort_key)
        found[power] = [(sighting, frozenset(pieces)) for sighting, pieces in ordered]
    return found


def holdings(world: World) -> Iterator[Holding]:
    """All of them, by power, then holders before those to whom it is promised."""
    described: dict[Pieces, list[tuple[str, str]]] = {}
    for listed in seen(world).values():
        for sighting, pieces in listed:
            if pieces not in described:
                described[pieces] = world.mosaic.describe(pieces)
            areas = described[pieces]
            yield Holding(
                sighting.power,
                world.power_name(sighting.power),
                sighting.body,
                world.body_name(sighting.body),
                sighting.mode,
                sighting.exercised_by,
                sighting.status,
                sighting.start,
                sighting.end,
                tuple(code for code, _ in areas),
                tuple(name for _, name in areas),
                world.mosaic.residents(pieces),
                world.instrument_title(sighting.instrument),
                sighting.confidence,
                sighting.carve_outs,
                sighting.note,
            )
