"""Sightings: how bodies stand to a power at each piece of a place, with what an answer says of it.

The step between the rules, which know one piece, and questions, which answer for places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from typing import Any

from devo import divisions, rules
from devo.expressions import class_terms, is_class, signed_terms
from devo.frozen import dataclass
from devo.ledger import Ledger
from devo.mosaic import Pieces
from devo.timeline import span_on, spans
from devo.values import Confidence, Effect, Status
from devo.world import World


@dataclass(frozen=True, slots=True)
class Sighting:
    """A body and its standing to a power over some pieces that answer alike.

    `part` says that the power is one of the parts of the one asked for, which differ there.
    """

    power: str
    body: str
    mode: str
    exercised_by: str | None
    status: Status
    start: date | None
    end: date | None
    instrument: str
    confidence: Confidence
    carve_outs: str
    note: str
    part: bool
    pieces: Pieces = frozenset()

    def without_pieces(self) -> Sighting:
        """The same without saying where, to group by."""
        return replace(self, pieces=frozenset())

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Holders before the promised, by power, body and day."""
        return (
            self.power,
            ORDER[self.status],
            self.body,
            self.start or date.min,
            self.mode,
            self.exercised_by or "",
            self.end or date.max,
            self.instrument,
            self.confidence,
            self.note,
        )


ORDER: dict[Status, int] = {
    "held": 0,
    "conditional": 1,
    "not-in-force": 2,
    "promised": 3,
    "mixed": 4,
    "excluded": 5,
    "ended": 6,
    "not-conferred": 7,
    "unmodelled": 8,
}
_CERTAINTY: dict[Confidence, int] = {"unsure": 0, "known": 1, "verified": 2}


def sightings(world: World, power: str, pieces: Iterable[int]) -> Iterator[Sighting]:
    """Who holds a power at each piece, and to whom it is promised or not yet in force there.

    Where the parts of a power differ, each part is answered for itself.
    """
    for group in alike(world, power, pieces):
        piece = min(group)
        divided = rules.differing_parts(world, power, piece)
        for name in divided or (power,):
            yield from _at(world, name, piece, bool(divided), group)


def alike(world: World, power: str, pieces: Iterable[int]) -> list[Pieces]:
    """Pieces taken together where the same facts bear on a power, so that one answer serves them all."""
    return alike_in((world,), power, pieces)


def alike_in(worlds: Iterable[World], power: str, pieces: Iterable[int]) -> list[Pieces]:
    """Pieces taken together where the same facts bear on a power in each of some worlds on one map."""
    listed = list(pieces)
    if len(listed) < 2:
        return [frozenset(listed)] if listed else []
    # By what they are and not only by what they say: two worlds may share a roster, and then its columns.
    columns = {id(column): column for world in worlds for column in _bearing(world, power)}
    pick = itemgetter(*listed)
    groups: dict[tuple[int, ...], list[int]] = {}
    for piece, *key in zip(listed, *map(pick, columns.values()), strict=True):
        groups.setdefault(tuple(key), []).append(piece)
    return sorted((frozenset(group) for group in groups.values()), key=min)


def _bearing(world: World, power: str) -> Iterator[Sequence[int]]:
    """For each fact that bears on a power a column over the pieces: the same number where it is the same."""
    areas, holders = set[str](), set[str]()
    for name in divisions.family(world, power):
        named = _named_in(world.ledger(name))
        areas |= named[0]
        holders |= named[1]
    bodies = world.roster.bodies
    yield from map(world.mosaic.flags, areas)
    yield from (world.roster.served_alike(name) for name in map(class_terms, filter(is_class, holders)))
    yield from (
        world.roster.inherited_alike(name)
        for name in holders
        if name in bodies and bodies[name].end is not None
    )


def _named_in(ledger: Ledger) -> tuple[frozenset[str], frozenset[str]]:
    """The areas and the holders that a ledger names, kept with it."""
    known: tuple[frozenset[str], frozenset[str]] | None = ledger.columns.get("named")
    if known is None:
        areas = {effect.area for effect in ledger.effects if effect.area}
        areas |= {item.area for item in ledger.exercises if item.area}
        areas |= {item.area for item in ledger.conditions if item.area}
        # What an area takes away counts too: a place carved out is not the same as one never meant.
        areas |= {term for area in areas if " - " in area for _, term in signed_terms(area)}
        holders = {name for effect in ledger.effects for name in (effect.holder, effect.root)}
        known = ledger.columns["named"] = frozenset(areas), frozenset(holders)
    return known


def gathered(found: Iterable[Sighting]) -> list[tuple[Sighting, Pieces]]:
    """Sightings that say the same taken together, each with the pieces of all of them, in order."""
    grouped: dict[Sighting, set[int]] = {}
    for sighting in found:
        grouped.setdefault(sighting.without_pieces(), set()).update(sighting.pieces)
    ordered = sorted(grouped.items(), key=lambda item: item[0].sort_key)
    return [(sighting, frozenset(pieces)) for sighting, pieces in ordered]


def reach(world: World, power: str, body: str) -> Pieces:
    """The pieces where a body could ever come to hold a power: named, as one of a class, or as an heir."""
    lines = world.roster.forebears(body)
    found: Pieces = frozenset()
    for name in divisions.family(world, power):
        for effect in world.ledger(name).effects:
            if not effect.begins:
                continue
            area = world.mosaic.territory(effect.area) if effect.area else world.mosaic.everywhere
            if effect.holder in lines:
                found |= area
            elif is_class(effect.holder):
                for tenure in world.roster.tenures(class_terms(effect.holder)):
                    if tenure.body == body:
                        found |= tenure.pieces & area
    return found


def _at(world: World, power: str, piece: int, part: bool, here: Pieces) -> Iterator[Sighting]:
    holding = rules.holders(world, power, piece)
    through_time = spans(world, power, piece) if holding else []
    for held in holding:
        span = span_on(through_time, held.body, held.mode, world.today)
        exercise = rules.exercised_by(world, power, held, piece)
        to_meet = [c for c in rules.conditions(world, power, held, piece) if rules.unmet(c, world.today)]
        yield Sighting(
            power,
            held.body,
            held.mode,
            exercise.by if exercise else None,
            "conditional" if to_meet else "held",
            span.start if span else held.effect.on,
            span.end if span else None,
            held.effect.instrument,
            surest(held.effect.confidence),
            held.effect.carve_outs,
            held.effect.note,
            part,
            here,
        )
    for effect, status in coming(world, power, piece):
        for body in meant_by(world, effect, piece):
            if any(held.body == body for held in holding):
                continue
            yield Sighting(
                power,
                body,
                effect.mode,
                None,
                status,
                effect.on,
                None,
                effect.instrument,
                effect.confidence,
                effect.carve_outs,
                "",
                part,
                here,
            )


def coming(world: World, power: str, piece: int) -> Iterator[tuple[Effect, Status]]:
    """Effects that would give a power at a piece but are not law in force on the day: made, or promised."""
    day = world.today
    seen_by = day if world.as_known is None else min(day, world.as_known)
    found: dict[str, tuple[Effect, Status]] = {}
    for effect in rules.bearing(world, world.ledger(power), piece):
        if not effect.begins:
            continue
        if rules.is_law(effect, world.as_known) and effect.on <= day:
            found.pop(effect.holder, None)
        elif rules.is_law(effect, seen_by):
            found.setdefault(effect.holder, (effect, "not-in-force"))
        elif effect.agreed is not None and effect.agreed <= seen_by:
            found.setdefault(effect.holder, (effect, "promised"))
    yield from found.values()


def meant_by(world: World, effect: Effect, piece: int) -> Iterator[str]:
    """To whom something is to come: one not established yet may be promised a power by name."""
    named = world.roster.bodies.get(effect.holder)
    if named is not None and named.start is not None and world.today < named.start:
        yield named.id
    else:
        yield from (held.body for held in rules.resolve(world, effect.holder, effect, piece))


def surest(*confidences: Confidence) -> Confidence:
    """The confidence of an answer that rests on several facts: that of the least sure."""
    return min(confidences, key=lambda c: _CERTAINTY[c], default="known")
