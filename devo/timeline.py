"""Holdings through time at one place: the rules read on each day that something changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from devo import rules
from devo.expressions import class_terms, is_class
from devo.frozen import dataclass
from devo.rules import Held
from devo.values import Effect, Mode
from devo.world import World


@dataclass(frozen=True, slots=True)
class Span:
    """A body holds a power at a piece in one mode, without a break, from `start` up to `end`.

    `held` is how it came to hold it at the start, `last` how it holds it at the end.
    """

    body: str
    mode: Mode
    start: date | None
    end: date | None
    held: Held
    last: Held


def change_days(world: World, power: str, piece: int) -> list[date]:
    """The days on which who holds a power at a piece may change, in order."""
    days: set[date] = set()
    record = world.powers.get(power)
    while True:
        for effect in rules.bearing(world, world.ledger(power), piece):
            if rules.is_law(effect, world.as_known):
                days.add(effect.on)
                days.update(_holder_days(world, effect, piece))
        if record is None or not record.parent:
            return sorted(days)
        power = record.parent
        record = world.powers.get(power)


def spans(world: World, power: str, piece: int) -> list[Span]:
    """Every holding of a power at a piece, coalesced: a new legal authority is not a new holding."""
    running: dict[tuple[str, Mode], Span] = {}
    done: list[Span] = []
    read: set[Effect] = set()
    for day in change_days(world, power, piece):
        now = {(h.body, h.mode): h for h in rules.holders(world.on(day), power, piece)}
        read.update(span.last.effect for span in running.values())
        for key in [key for key in running if key not in now]:
            done.append(_closed(running.pop(key), day))
        for key, held in now.items():
            before = running.get(key)
            start = before.start if before else _since(world, power, held, day, held.effect in read)
            first = before.held if before else held
            running[key] = Span(*key, start, None, first, held)
    done.extend(running.values())
    return sorted(done, key=lambda span: (span.start or date.min, span.body, span.mode))


def span_on(found: Iterable[Span], body: str, mode: Mode, day: date) -> Span | None:
    """The span of a body in a mode that runs on a day."""
    for span in found:
        runs = (span.start or date.min) <= day and (span.end is None or day < span.end)
        if runs and (span.body, span.mode) == (body, mode):
            return span
    return None


def _since(world: World, power: str, held: Held, day: date, held_before: bool) -> date | None:
    """The day a holding began; None where its law is older than what the tables know.

    A council that is older than the tables did not get the power when it was founded. One that took
    over from another under the same law did.
    """
    if held.effect.on > date.min or held_before:
        return day
    horizon = rules.complete_from(world, power) or world.horizon
    return None if horizon is None or day < horizon else day


def _closed(span: Span, end: date) -> Span:
    return Span(span.body, span.mode, span.start, end, span.held, span.last)


def _holder_days(world: World, effect: Effect, piece: int) -> Iterator[date]:
    """The days on which those whom an effect names come and go at a piece."""
    for holder in (effect.holder, effect.root):
        if is_class(holder):
            for tenure in world.roster.at(class_terms(holder), piece):
                yield from (day for day in (tenure.start, tenure.end) if day != date.max)
        elif holder:
            yield from _body_days(world, holder, piece, frozenset())


def _body_days(world: World, body: str, piece: int, seen: frozenset[str]) -> Iterator[date]:
    record = world.roster.bodies.get(body)
    if record is None or body in seen:
        return
    yield from (day for day in (record.start, record.end) if day is not None)
    for item in world.roster.heirs(body, piece, date.max):
        yield item.start
        yield from _body_days(world, item.new, piece, seen | {body})
