"""The core's questions: who holds what over a place, what a body holds, where a power is held.

A question takes a world on a day and its terms and yields rows of one frozen type. Names in terms
may be ids, codes, aliases or names. Rows say nothing of bodies that do not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from devo import names
from devo.frozen import dataclass
from devo.histories import gaps, history, top_powers, what_changed
from devo.mosaic import Pieces
from devo.sightings import Sighting, gathered, reach, sightings
from devo.values import (
    AreaCode,
    BodyId,
    Confidence,
    GeographyId,
    Membership,
    PowerId,
    Residents,
    Share,
    runs,
)
from devo.world import World


@dataclass(frozen=True, slots=True)
class HolderRow:
    """How a body stands to a power over part of a place: it holds it, or it is to have it.

    `share` is of the place's residents. The body has held the power in this `mode` from `start` (None: since
    before the tables begin; of what is to come, the day it begins) up to, and not on, `end` (None: no day
    is known), under the law named in `instrument`. `exercised_by` is a role or a body, where it is not the
    holder itself; `carve_outs` what of the power was kept back.
    """

    place: AreaCode
    place_name: str
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    mode: str
    exercised_by: str | None
    share: Share
    status: str
    start: date | None
    end: date | None
    instrument: str
    confidence: Confidence
    carve_outs: str
    note: str


def who_holds(world: World, place: AreaCode, power: PowerId = "") -> Iterator[HolderRow]:
    """Who holds a power over a place on the day, or every power; shares are of the place's residents."""
    where = names.place(world, place)
    asked = [names.power(world, power).id] if power else top_powers(world)
    for name in asked:
        yield from _rows(world, name, where)


def where_held(world: World, power: PowerId, geography: GeographyId = "") -> Iterator[HolderRow]:
    """Who holds a power in each area of a layer: one row a holder and place."""
    asked = names.power(world, power).id
    layer = names.resolve(world, "geography", geography) if geography else _council_layer(world)
    for code, pieces in sorted(world.mosaic.layers.get(layer, {}).items()):
        area = world.mosaic.areas.get((layer, code))
        yield from _rows(world, asked, names.Place(code, area.name if area else code, layer, pieces))


@dataclass(frozen=True, slots=True)
class HeldRow:
    """How a body stands to a power over all the places where it stands so alike.

    `places` are the fewest areas that these are, by code, and `residents` all who live there; the other
    columns are those of `HolderRow`.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    mode: str
    exercised_by: str | None
    status: str
    start: date | None
    end: date | None
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    instrument: str
    confidence: Confidence
    carve_outs: str
    note: str


def held_by(world: World, body: BodyId) -> Iterator[HeldRow]:
    """What a body holds on the day and where, what it was promised, and what is not yet in force."""
    asked = names.body(world, body)
    for power in top_powers(world):
        found = sightings(world, power, reach(world, power, asked.id))
        for seen, pieces in gathered(sighting for sighting in found if sighting.body == asked.id):
            yield held_row(world, seen, pieces, world.mosaic.describe(pieces))


def held_row(world: World, seen: Sighting, pieces: Pieces, areas: Iterable[tuple[str, str]]) -> HeldRow:
    """How a body stands to a power over some pieces; `areas` say those in codes and names."""
    listed = tuple(areas)
    return HeldRow(
        seen.body,
        world.body_name(seen.body),
        seen.power,
        world.power_name(seen.power),
        seen.mode,
        seen.exercised_by,
        seen.status,
        seen.start,
        seen.end,
        tuple(code for code, _ in listed),
        tuple(name for _, name in listed),
        world.mosaic.residents(pieces),
        world.instrument_title(seen.instrument),
        seen.confidence,
        seen.carve_outs,
        seen.note,
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seat in an authority on the day, from `start` (None: since before the tables begin) up to `end`."""

    body: BodyId
    body_name: str
    member: BodyId
    member_name: str
    role: str
    start: date | None
    end: date | None
    confidence: Confidence


def members_of(world: World, body: BodyId) -> Iterator[MemberRow]:
    """The members of an authority on the day."""
    asked = names.body(world, body)
    for seat in sorted(world.of(Membership), key=lambda s: (s.role, s.member)):
        if seat.body == asked.id and runs(seat, world.today):
            yield MemberRow(
                asked.id,
                asked.name,
                seat.member,
                world.body_name(seat.member),
                seat.role,
                seat.start,
                seat.end,
                seat.confidence,
            )


QUESTIONS = (who_holds, held_by, where_held, history, members_of, what_changed, gaps)


def _rows(world: World, power: str, where: names.Place) -> Iterator[HolderRow]:
    """Rows of one power over one place, pieces that answer alike taken together."""
    for seen, pieces in gathered(sightings(world, power, where.pieces)):
        yield HolderRow(
            where.id,
            where.name,
            seen.power,
            world.power_name(seen.power),
            seen.body,
            world.body_name(seen.body),
            seen.mode,
            seen.exercised_by,
            world.mosaic.share(pieces, where.pieces),
            seen.status,
            seen.start,
            seen.end,
            world.instrument_title(seen.instrument),
            seen.confidence,
            seen.carve_outs,
            seen.note,
        )


def _council_layer(world: World) -> str:
    layers: Iterable[str] = world.mosaic.geographies
    districts = sorted(layer for layer in layers if layer.rstrip("0123456789") == "lad")
    return districts[-1] if districts else next(iter(world.mosaic.layers), "")
