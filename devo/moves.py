"""Moves: what changed for one power between two worlds, or two days, as an official would say it.

A move is one line, however many effects made it: from whom, to whom, where, for how many people.
Up and down are measured by the residents of the whole area that holder and new holder answer for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args

from devo import divisions, rules, tiers
from devo.differing import Compared
from devo.frozen import dataclass
from devo.mosaic import Pieces
from devo.names import COUNCILS
from devo.sides import Cell, Side
from devo.sightings import alike_in, coming
from devo.timeline import spans
from devo.values import Condition, Effect, Exercise
from devo.world import World

Kind = Literal[
    "moved-up",
    "moved-down",
    "moved-across",
    "inside",
    "shared",
    "conditioned",
    "re-sourced",
    "gained",
    "lost",
    "ended",
    "commenced",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Move:
    """One change to one power: its kind, from whom to whom, over which pieces, and what caused it.

    `cause` is the effect or record that did it, and `on` its day there. `answers_before` and
    `answers_after` are the residents of the whole areas that the holders answer for.
    """

    kind: Kind
    power: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    pieces: Pieces
    mode: str
    exerciser_before: str | None
    exerciser_after: str | None
    accountability_before: str
    accountability_after: str
    answers_before: int
    answers_after: int
    cause: Effect | Exercise | Condition | None
    on: date


def moves(before: World, after: World, within: Mapping[str, Pieces] | None = None) -> list[Move]:
    """Everything that differs between two worlds on their days, by kind and then power.

    `within` names the powers to look at, each with the pieces to look at; without it, all. The rules are
    read only where the two may differ.
    """
    compared = Compared(before, after)
    sides = Side(before), Side(after)
    powers = before.powers.keys() | after.powers.keys() if within is None else within.keys()
    found: list[Move] = []
    for power in sorted(powers):
        if _is_part(after, power):
            continue
        pieces = compared.differing(power, None if within is None else within[power])
        if pieces:
            found.extend(_merged(after, _changes(*sides, power, pieces)))
    return sorted(found, key=lambda m: (KINDS.index(m.kind), m.power, m.after, m.before, min(m.pieces)))


def _is_part(world: World, power: str) -> bool:
    return power in world.powers and bool(world.powers[power].parent)


def _changes(before: Side, after: Side, power: str, pieces: Pieces) -> Iterator[Move]:
    for together in alike_in((before.world, after.world), power, pieces):
        piece = min(together)
        divided = {*before.differing_parts(power, piece), *after.differing_parts(power, piece)}
        for name in sorted(divided) or (power,):
            yield from _at(before, after, name, together, piece)


def _at(before: Side, after: Side, power: str, pieces: Pieces, piece: int) -> Iterator[Move]:
    old, new = before.cells(power, piece), after.cells(power, piece)
    gone = [old[body] for body in sorted(old.keys() - new.keys())]
    come = [new[body] for body in sorted(new.keys() - old.keys())]
    stay = [(old[body], new[body]) for body in sorted(old.keys() & new.keys())]
    make = _Maker(before, after, power, pieces)
    delegated = [cell for cell in come if cell.mode == "delegated"]
    come = [cell for cell in come if cell.mode != "delegated"]
    for cell in delegated:
        roots = [a for a, _ in stay if cell.effect.root in (a.body, a.effect.holder)] or [a for a, _ in stay]
        yield make("moved" if roots or gone else "gained", roots or gone, [cell])
    if gone and come:
        yield make("moved", gone, come)
    elif come and not old:
        was_coming = any(
            status == "not-in-force" and any(effect.holder == cell.effect.holder for cell in come)
            for effect, status in coming(before.world, power, piece)
        )
        yield make("commenced" if was_coming else "gained", [], come)
    elif come:
        mirrored = all(cell.effect.mirrored for cell in come)
        yield make("gained" if mirrored else "shared", [a for a, _ in stay], come)
    elif gone and not new:
        lapsed = all(not after.world.roster.alive(cell.body, after.world.today) for cell in gone)
        yield make("ended" if lapsed else "lost", gone, [])
    elif gone:
        # Who held it beside them and now holds it alone has it from them.
        alone = [b for a, b in stay if b.mode == "sole" and a.mode != "sole"]
        yield make("moved" if alone else "lost", gone, alone or [b for _, b in stay])
    for a, b in stay:
        if a.exerciser != b.exerciser:
            yield make("inside", [a], [b])
        elif a.mode != b.mode and not come and not gone:
            yield make("shared", [a], [b])
        elif a.conditions != b.conditions:
            yield make("conditioned", [a], [b])
        elif (
            a.effect.origin != b.effect.origin
            and a.effect.instrument != b.effect.instrument
            and a.mode == b.mode
        ):
            yield make("re-sourced", [a], [b])


_MOVED: Mapping[tiers.Direction, Kind] = {"up": "moved-up", "down": "moved-down", "across": "moved-across"}


class _Maker:
    """Makes moves of one power over some pieces, with what both worlds say of those concerned."""

    def __init__(self, before: Side, after: Side, power: str, pieces: Pieces):
        self.before, self.after, self.power, self.pieces = before, after, power, pieces

    def __call__(self, kind: Kind | Literal["moved"], old: list[Cell], new: list[Cell]) -> Move:
        answers_before, answers_after = self.before.residents(old), self.after.residents(new)
        if kind == "moved":
            kind = _MOVED[tiers.direction(answers_before, answers_after)]
        cause, on = self._cause(kind, old, new, min(self.pieces))
        return Move(
            kind,
            self.power,
            tuple([cell.body for cell in old]),
            tuple([cell.body for cell in new]),
            self.pieces,
            new[0].mode if new else old[0].mode,
            old[0].exerciser if old else None,
            new[0].exerciser if new else None,
            self.before.accountability(old),
            self.after.accountability(new),
            answers_before,
            answers_after,
            cause,
            on,
        )

    def _cause(
        self, kind: Kind, old: list[Cell], new: list[Cell], piece: int
    ) -> tuple[Effect | Exercise | Condition | None, date]:
        """What did it, and the day from which it is so at a piece."""
        after = self.after.world
        if kind == "inside":
            exercise = rules.exercised_by(after, self.power, new[0].held, piece)
            if exercise is not None:
                return exercise, exercise.start or new[0].effect.on
        if kind == "conditioned":
            for item in rules.conditions(after, self.power, new[0].held, piece):
                if item.id not in old[0].conditions:
                    return item, item.start or after.today
        if new and kind != "lost":
            # Of those that come, and not of those that stay: the change is theirs.
            come = next((cell for cell in new if all(cell.body != other.body for other in old)), new[0])
            start = None if kind == "re-sourced" else self.after.began(self.power, come.held, piece)
            return come.effect, start or come.effect.on
        through_time, gone = spans(after, self.power, piece), {cell.body for cell in old}
        ended = [s.end for s in through_time if s.end and s.end <= after.today and s.body in gone]
        cause = _ending(after, self.power, old, piece)
        return cause, max(ended, default=cause.on if cause else after.today)


def _ending(world: World, power: str, old: list[Cell], piece: int) -> Effect | None:
    """The effect that ended a holding by the world's day."""
    holders = {cell.effect.holder for cell in old}
    found = None
    for name in divisions.family(world, power):
        for effect in rules.bearing(world, world.ledger(name), piece):
            ended = not effect.begins and effect.holder in holders and effect.on <= world.today
            if ended and rules.is_law(effect, world.as_known):
                found = effect
    return found


def _merged(world: World, changes: Iterable[Move]) -> list[Move]:
    """Changes that are one move seen from many places, taken together: ten councils to one authority."""
    grouped: dict[tuple[Any, ...], list[Move]] = {}
    for move in changes:
        grouped.setdefault((move.kind, move.power, _identity(world, move)), []).append(move)
    return [_together(group) for group in grouped.values()]


def _identity(world: World, move: Move) -> tuple[Any, ...]:
    """What makes two changes one move: the same cause, the same receivers, losers of one kind."""
    kinds = tuple(sorted({_kind(world, body) for body in move.before}))
    to = move.after if len(move.after) < 2 else tuple(sorted({_kind(world, body) for body in move.after}))
    if move.kind in ("inside", "conditioned") or not move.after:
        to = tuple(sorted({_kind(world, body) for body in move.after}))
    cause = move.cause
    origin = (origin_of(cause), cause.instrument) if cause else ("", "")
    return (kinds, to, origin, move.mode, move.exerciser_before, move.exerciser_after)


def origin_of(cause: Effect | Exercise | Condition) -> str:
    """The provision or table row that a cause comes from."""
    return cause.origin if isinstance(cause, Effect) else cause.provision or cause.id


def _kind(world: World, body: str) -> str:
    """What sort of body it is, for telling moves apart; councils of every kind are one sort."""
    record = world.roster.bodies.get(body)
    if record is None:
        return body
    return "council" if record.kind in COUNCILS else record.kind


def _together(group: list[Move]) -> Move:
    first = group[0]
    if len(group) == 1:
        return first
    return Move(
        first.kind,
        first.power,
        tuple(sorted({body for move in group for body in move.before})),
        tuple(sorted({body for move in group for body in move.after})),
        frozenset().union(*(move.pieces for move in group)),
        first.mode,
        first.exerciser_before,
        first.exerciser_after,
        first.accountability_before,
        first.accountability_after,
        max(move.answers_before for move in group),
        max(move.answers_after for move in group),
        first.cause,
        min(move.on for move in group),
    )
