"""Extents: where each effect of a ledger decides on a day, for all pieces at once.

Sets of pieces are integers with a bit a piece, so reading a ledger is a few operations an effect.
What is read is kept in the ledger's own `columns`, and depends on nothing but it and the mosaic.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from devo.expressions import class_terms, is_class
from devo.frozen import dataclass
from devo.ledger import Ledger
from devo.mosaic import Mosaic, Pieces
from devo.rules import is_law
from devo.values import Effect
from devo.world import World

# The ledger that an effect stands in, the effect's number there, and the pieces it decides, as bits.
Live = tuple[Ledger, int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the law names as holding a power over an area on the day, and by which effect."""

    holder: str
    effect: Effect
    area: str


def named(world: World, power: str, area: str) -> list[Named]:
    """The holders that the law names over any part of an area, each with the part."""
    wanted = world.mosaic.bits(area)
    found = []
    for ledger, number, bits in live_effects(world, power):
        part = bits & wanted
        if part:
            effect = ledger.effects[number]
            spelt = area if part == wanted else world.mosaic.spell(part)
            found.append(Named(effect.holder, effect, spelt))
    return found


def live_effects(world: World, power: str) -> list[Live]:
    """The effects that decide on the day, with the pieces each decides at, as bits."""
    ledger = world.ledger(power)
    own, lost, touched = _own(ledger, world.mosaic, world.today, world.as_known)
    record = world.powers.get(power)
    if record is None or not record.parent:
        return own
    inherited = live_effects(world, record.parent)
    live = list(own)
    for parent, number, bits in inherited:
        left = bits & ~touched & ~lost.get(parent.effects[number].holder, 0)
        if left:
            live.append((parent, number, left))
    return live


def meant(world: World, holder: str) -> list[tuple[str, Pieces]]:
    """The bodies that a holder means on the day, each with where: a class's members, a body, or its heirs."""
    if is_class(holder):
        day, known, tenures = world.today, world.as_known, world.roster.tenures(class_terms(holder))
        return [(tenure.body, tenure.pieces) for tenure in tenures if tenure.on(day, known)]
    return list(_living(world, holder, world.mosaic.everywhere, frozenset()))


def _living(world: World, body: str, pieces: Pieces, seen: frozenset[str]) -> Iterator[tuple[str, Pieces]]:
    """A body if it exists on the day, otherwise those that succeeded to it, at once or through others."""
    if world.roster.alive(body, world.today, world.as_known):
        yield body, pieces
        return
    for item, passed in world.roster.passed_on(body, world.today):
        if pieces & passed and item.new not in seen and item.new != body:
            yield from _living(world, item.new, pieces & passed, seen | {body})


# Effects of one ledger that decide, where each holder lost, and where anybody holds.
_Read = tuple[list[Live], dict[str, int], int]


def _own(ledger: Ledger, mosaic: Mosaic, day: date, known: date | None) -> _Read:
    """One ledger read to a day: effects that decide, where each holder lost, where anybody holds."""
    cached: tuple[Mosaic, _Read] | None = ledger.columns.get((day, known))
    if cached is not None and cached[0] is mosaic:
        return cached[1]
    held: dict[str, list[tuple[int, int]]] = {}
    lost: dict[str, int] = {}
    everywhere = mosaic.bits("")
    for number, effect in enumerate(ledger.effects):
        if effect.on > day:
            break
        if not is_law(effect, known):
            continue
        bits = mosaic.bits(effect.area) if effect.area else everywhere
        holder = effect.holder
        before = held.get(holder)
        if effect.begins:
            rest = [(n, left) for n, b in before if (left := b & ~bits)] if before else []
            rest.append((number, bits))
            held[holder] = rest
            if holder in lost:
                lost[holder] &= ~bits
        elif effect.ends:
            if before:
                closed = effect.ends
                held[holder] = [
                    (n, left)
                    for n, b in before
                    if (left := b & ~bits if ledger.effects[n].origin == closed else b)
                ]
        else:
            if before:
                held[holder] = [(n, left) for n, b in before if (left := b & ~bits)]
            lost[holder] = lost.get(holder, 0) | bits
    own = [(ledger, n, bits) for found in held.values() for n, bits in found]
    touched = 0
    for _, _, bits in own:
        touched |= bits
    answer = (own, lost, touched)
    ledger.columns[(day, known)] = (mosaic, answer)
    return answer
