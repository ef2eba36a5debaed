"""The core's questions: who holds what over a place, what a body holds, where a power is held.

A question takes a world on a day and its terms and yields rows of one frozen type. Names in terms
may be ids, codes, aliases or names. Rows say nothing of bodies that do not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from devo import names, rules
from devo.frozen import dataclass
from devo.gaps import gaps as find_gaps
from devo.sightings import Sighting, reach, sightings
from devo.timeline import spans
from devo.values import (
    AreaCode,
    BodyId,
    Confidence,
    GeographyId,
    Membership,
    PowerId,
    Residents,
    Share,
)
from devo.world import World, as_day


def question(
    draw: str = "", in_plan: bool = False, row: type | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say of a question what its types cannot: how to draw it, and whether a plan asks it of both worlds."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.options = {"draw": draw, "in_plan": in_plan}  # type: ignore[attr-defined]
        if row is not None:
            function.row = row  # type: ignore[attr-defined]
        return function

    return mark


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A body and how it stands to a power over a share of a place's residents."""

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
    """A power that a body holds, where, and for how many people."""

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
        grouped: dict[Sighting, set[int]] = {}
        for seen in sightings(world, power, reach(world, power, asked.id)):
            if seen.body == asked.id:
                grouped.setdefault(seen.without_pieces(), set()).update(seen.pieces)
        for seen, pieces in sorted(grouped.items(), key=lambda item: item[0].sort_key):
            areas = world.mosaic.describe(frozenset(pieces))
            yield HeldRow(
                asked.id,
                asked.name,
                seen.power,
                world.power_name(seen.power),
                seen.mode,
                seen.exercised_by,
                seen.status,
                seen.start,
                seen.end,
                tuple(code for code, _ in areas),
                tuple(name for _, name in areas),
                world.mosaic.residents(pieces),
                world.instrument_title(seen.instrument),
                seen.confidence,
                seen.carve_outs,
                seen.note,
            )


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A body's holding of a power over part of a place, through time."""

    place: AreaCode
    place_name: str
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    mode: str
    start: date | None
    end: date | None
    share: Share
    exercised_by: str | None
    instrument: str
    confidence: Confidence


def history(world: World, place: AreaCode, power: PowerId) -> Iterator[HistoryRow]:
    """The holders of a power over a place through time, as the law known on the day has it."""
    where = names.place(world, place)
    asked = names.power(world, power).id
    found: dict[tuple[Any, ...], set[int]] = {}
    for name in (asked, *rules.parts(world, asked)):
        for piece in where.pieces:
            if name != asked and not world.ledger(name).effects:
                continue
            for span in spans(world, name, piece):
                by = _exerciser(world, name, span, piece)
                effect = span.held.effect
                key = (
                    name,
                    span.start,
                    span.body,
                    span.mode,
                    span.end,
                    by,
                    effect.instrument,
                    effect.confidence,
                )
                found.setdefault(key, set()).add(piece)
    for key, pieces in sorted(
        found.items(), key=lambda item: (item[0][0], item[0][1] or date.min, item[0][2:4])
    ):
        name, start, body, mode, end, by, instrument, confidence = key
        yield HistoryRow(
            where.id,
            where.name,
            name,
            world.power_name(name),
            body,
            world.body_name(body),
            mode,
            start,
            end,
            world.mosaic.share(frozenset(pieces), where.pieces),
            by,
            world.instrument_title(instrument),
            confidence,
        )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A seat in an authority."""

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
    day = world.today
    for seat in sorted(world.of(Membership), key=lambda s: (s.role, s.member)):
        if seat.body == asked.id and (seat.start or date.min) <= day < (seat.end or date.max):
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


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that began or ended: a holder's holding of a power over an area."""

    on: date
    change: str
    power: PowerId
    power_name: str
    holder: str
    holder_name: str
    area: str
    mode: str
    instrument: str
    deal: str
    provision: str
    confidence: Confidence


def what_changed(world: World, since: date, until: date | None = None) -> Iterator[ChangeRow]:
    """What began and ended from `since` up to, and not on, `until` (by default the day asked about)."""
    first, last = as_day(since), as_day(until) if until else world.today
    for power in sorted(world.ledgers):
        for effect in world.ledgers[power].effects:
            if first <= effect.on < last and rules.is_law(effect, world.as_known):
                yield ChangeRow(
                    effect.on,
                    "begins" if effect.begins else "ends",
                    power,
                    world.power_name(power),
                    effect.holder,
                    world.holder_name(effect.holder),
                    effect.area,
                    effect.mode,
                    world.instrument_title(effect.instrument),
                    effect.deal,
                    effect.origin,
                    effect.confidence,
                )


@dataclass(frozen=True, slots=True)
class GapRow:
    """A stretch of time and the places for which the tables do not know who holds a power."""

    power: PowerId
    power_name: str
    start: date
    end: date
    why: str
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    share: Share


def gaps(world: World, power: PowerId = "", since: date | None = None) -> Iterator[GapRow]:
    """Where and when it is not known who holds a power: on the day, or from `since` up to and with it."""
    day = world.today
    first, last = as_day(since) if since else day, date.fromordinal(day.toordinal() + 1)
    for name in [names.power(world, power).id] if power else top_powers(world):
        for gap in find_gaps(world, name, first, last):
            areas = world.mosaic.describe(gap.pieces)
            yield GapRow(
                name,
                world.power_name(name),
                gap.start,
                gap.end,
                gap.why,
                tuple(code for code, _ in areas),
                tuple(area for _, area in areas),
                world.mosaic.residents(gap.pieces),
                world.mosaic.share(gap.pieces, world.mosaic.everywhere),
            )


QUESTIONS = (who_holds, held_by, where_held, history, members_of, what_changed, gaps)


def top_powers(world: World) -> list[str]:
    """Powers that are no part of another, by theme and name."""
    whole = [power for power in world.powers.values() if not power.parent]
    return [power.id for power in sorted(whole, key=lambda p: (p.theme, p.name, p.id))]


def _rows(world: World, power: str, where: names.Place) -> Iterator[HolderRow]:
    """Rows of one power over one place, pieces that answer alike taken together."""
    grouped: dict[Sighting, set[int]] = {}
    for seen in sightings(world, power, where.pieces):
        grouped.setdefault(seen.without_pieces(), set()).update(seen.pieces)
    for seen, pieces in sorted(grouped.items(), key=lambda item: item[0].sort_key):
        yield HolderRow(
            where.id,
            where.name,
            seen.power,
            world.power_name(seen.power),
            seen.body,
            world.body_name(seen.body),
            seen.mode,
            seen.exercised_by,
            world.mosaic.share(frozenset(pieces), where.pieces),
            seen.status,
            seen.start,
            seen.end,
            world.instrument_title(seen.instrument),
            seen.confidence,
            seen.carve_outs,
            seen.note,
        )


def _exerciser(world: World, power: str, span: Any, piece: int) -> str | None:
    last = world.today if span.end is None else date.fromordinal(span.end.toordinal() - 1)
    day = max(span.start or date.min, min(last, world.today)) if span.end is None else last
    found = rules.exercised_by(world.on(day), power, span.last, piece)
    return found.by if found else None


def _council_layer(world: World) -> str:
    layers: Iterable[str] = world.mosaic.geographies
    districts = sorted(layer for layer in layers if layer.rstrip("0123456789") == "lad")
    return districts[-1] if districts else next(iter(world.mosaic.layers), "")
