"""Why, or why not: one body and one power over one place, with the effects the answer was read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import date as Day
from typing import Any

from devo import divisions, names, rules, sentences
from devo.frozen import dataclass
from devo.mosaic import Pieces
from devo.sightings import alike, reach
from devo.standing import Standing, came, standing
from devo.timeline import spans
from devo.values import Confidence, Effect, Status
from devo.world import World


@dataclass(frozen=True, slots=True)
class Cause:
    """One effect that an answer was read from: under which deal, provision and instrument, on which day.

    `change` is `begins` or `ends`. `record` is the provision of a deal, or the row of a table, that it comes
    from; `deal` and `provision` are blank for a table's. `made` is None for what was promised alone.
    """

    change: str
    deal: str
    provision: str
    instrument: str
    link: str
    date: Day
    made: Day | None
    agreed: Day | None
    holder: str
    holder_name: str
    area: str
    mode: str
    plugin: str
    record: str
    source: str
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class ConditionSaid:
    """A condition on using a power: its kind, whose, and whether it is still to be met."""

    id: str
    kind: str
    by: str
    text: str
    met: bool
    instrument: str


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who holds the power over part of the place, or held it, from `start` up to, and not on, `end`.

    `share` is the part of the place's residents concerned, 0 to 1.
    """

    body: str
    body_name: str
    mode: str
    status: Status
    start: date | None
    end: date | None
    share: float


@dataclass(frozen=True, slots=True)
class PartSaid:
    """One part of a mixed answer: a part of the power (`what` is its id) or of the place, and the status of it.

    `share` is the part of the place's residents concerned, 0 to 1.
    """

    what: str
    name: str
    status: Status
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a body holds a power over a place on a day, why, and what is missing if not."""

    body: str
    body_name: str
    power: str
    power_name: str
    place: str
    place_name: str
    on: date
    known: date | None
    status: Status
    sentence: str
    because: tuple[Cause, ...]
    conditions: tuple[ConditionSaid, ...]
    others: tuple[Other, ...]
    missing: tuple[str, ...]
    parts: tuple[PartSaid, ...]
    confidence: Confidence | None


# What a body holds anywhere counts before what it lacks elsewhere, where no place was named.
_WEIGHT: tuple[Status, ...] = (
    "held",
    "conditional",
    "mixed",
    "not-in-force",
    "promised",
    "excluded",
    "ended",
    "not-conferred",
    "unmodelled",
)


def explain(world: World, body: str, power: str, place: str = "") -> Explanation:
    """Why a body holds a power over a place on the day, or why not. Names as users write them.

    Without a place, the answer is for the body's own area. Raises NameFault.
    """
    who, what = names.body(world, body), names.power(world, power)
    where = names.place(world, place) if place else _own_place(world, who.id, what.id)
    found: dict[Standing, Pieces] = {}
    for group in alike(world, what.id, where.pieces):
        stands = standing(world, who.id, what.id, min(group))
        found[stands] = found.get(stands, frozenset()) | group
    by_status: dict[Status, Pieces] = {}
    for stands, pieces in found.items():
        by_status[stands.status] = by_status.get(stands.status, frozenset()) | pieces
    status = _overall(by_status, bool(place))
    shown = {s: p for s, p in found.items() if s.status == status} or found
    case = sentences.Case(world, who, what, where, status, shown, by_status)
    effects = _effects(shown)
    return Explanation(
        who.id,
        who.name,
        what.id,
        what.name,
        where.id,
        where.name,
        world.today,
        world.as_known,
        status,
        sentences.sentence(case),
        tuple(cause(world, effect) for effect in effects),
        _conditions(world, shown),
        _others(world, who.id, what.id, where.pieces),
        sentences.missing(case, _came(world, who.id, what.id, shown)),
        (*_power_parts(world, who.id, what.id, where, shown), *_place_parts(world, where, by_status)),
        min((e.confidence for e in effects), key=("unsure", "known", "verified").index, default=None),
    )


def cause(world: World, effect: Effect) -> Cause:
    """An effect as an explanation cites it."""
    instrument = world.instruments.get(effect.instrument)
    verb = "begins" if effect.begins else "ends"
    return Cause(
        verb,
        effect.deal,
        effect.origin if effect.deal else "",
        world.instrument_title(effect.instrument),
        instrument.link if instrument else "",
        effect.on,
        effect.made,
        effect.agreed,
        effect.holder,
        world.holder_name(effect.holder),
        effect.area,
        effect.mode,
        effect.plugin,
        effect.origin,
        effect.source,
        effect.confidence,
        effect.note,
    )


def _own_place(world: World, body: str, power: str) -> names.Place:
    """The area a body answers for; for one that serves none, where it could hold the power, or everywhere."""
    record = world.roster.bodies[body]
    if record.area:
        return names.place_of(world, record)
    pieces = reach(world, power, body) or world.mosaic.everywhere
    described = world.mosaic.describe(pieces)
    named = described[0] if len(described) == 1 else ("", "the places named")
    return names.Place(named[0], named[1], "", pieces)


def _overall(by_status: dict[Status, Pieces], asked_for_place: bool) -> Status:
    if len(by_status) == 1:
        return next(iter(by_status))
    if not by_status:
        return "unmodelled"
    if asked_for_place and any(s in by_status for s in ("held", "conditional", "mixed")):
        return "mixed"
    return min(by_status, key=_WEIGHT.index)


def _effects(found: dict[Standing, Pieces]) -> list[Effect]:
    cited = {effect for stands in found for effect in stands.effects}
    return sorted(cited, key=lambda e: (e.on, e.begins, e.power, e.origin, e.holder, e.area))


def _came(world: World, body: str, power: str, found: dict[Standing, Pieces]) -> Effect | None:
    for stands, pieces in found.items():
        if stands.held is None and pieces:
            span = came(world, body, power, min(pieces))
            if span is not None:
                return span.held.effect
    return None


def _conditions(world: World, found: dict[Standing, Pieces]) -> tuple[ConditionSaid, ...]:
    items = {condition.id: condition for stands in found for condition in stands.conditions}
    return tuple(
        ConditionSaid(
            item.id,
            item.kind,
            world.body_name(item.by),
            item.text,
            not rules.unmet(item, world.today),
            world.instrument_title(item.instrument),
        )
        for _, item in sorted(items.items())
    )


def _others(world: World, body: str, power: str, pieces: Pieces) -> tuple[Other, ...]:
    """Who else holds the power over part of the place, and who held it before."""
    found: dict[tuple[Any, ...], Pieces] = {}
    for group in alike(world, power, pieces):
        for span in spans(world, power, min(group)):
            began = span.start is None or span.start <= world.today
            if span.body != body and began:
                running = span.end is None or world.today < span.end
                key = (not running, span.body, span.mode, span.start, span.end)
                found[key] = found.get(key, frozenset()) | group
    return tuple(
        Other(
            who,
            world.body_name(who),
            mode,
            "ended" if gone else "held",
            start,
            end,
            world.mosaic.share(where, pieces),
        )
        for (gone, who, mode, start, end), where in sorted(
            found.items(), key=lambda item: (item[0][0], item[0][1], item[0][3] or date.min)
        )
    )


def _power_parts(
    world: World, body: str, power: str, where: names.Place, found: dict[Standing, Pieces]
) -> Iterator[PartSaid]:
    """The parts of a power that a body holds some of, each with how the body stands to it, and where."""
    mixed = frozenset().union(*(pieces for stands, pieces in found.items() if stands.parts))
    for part in divisions.parts(world, power) if mixed else ():
        statuses: dict[Status, Pieces] = {}
        for group in alike(world, power, mixed):
            status = standing(world, body, part, min(group)).status
            statuses[status] = statuses.get(status, frozenset()) | group
        for status, pieces in _weighed(statuses):
            share = world.mosaic.share(pieces, where.pieces)
            yield PartSaid(part, world.power_name(part), status, share)


def _place_parts(world: World, where: names.Place, by_status: dict[Status, Pieces]) -> Iterator[PartSaid]:
    """The parts of a place that have different statuses."""
    for status, pieces in _weighed(by_status) if len(by_status) > 1 else ():
        areas = ", ".join(name for _, name in world.mosaic.describe(pieces)[:12])
        yield PartSaid(where.id, areas, status, world.mosaic.share(pieces, where.pieces))


def _weighed(by_status: dict[Status, Pieces]) -> list[tuple[Status, Pieces]]:
    return sorted(by_status.items(), key=lambda item: _WEIGHT.index(item[0]))
