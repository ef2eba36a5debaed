"""Who holds a power at a piece, read from the register, with who exercises it and on what conditions.

A piece is read when it is asked for, so that one place costs little; pieces held alike share one tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from devo import (
    Condition,
    Confidence,
    Effect,
    Exercise,
    Held,
    Layer,
    Register,
    World,
    exercised_by,
    is_modelled,
    standing_conditions,
    unmet,
)
from devo_joinup.bodies import UNMODELLED


@dataclass(frozen=True, slots=True)
class Hold:
    """A body's hold on a power at a piece; a blank body is nobody known."""

    power: str
    body: str
    mode: str
    exerciser: str
    status: str
    effect: Effect | None
    conditions: tuple[Condition, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """How sure the tables are of it."""
        return self.effect.confidence if self.effect else "known"


class Holders:
    """A world's answer, on its day, to who holds any power at any piece."""

    def __init__(self, world: World):
        self.world = world
        self.register = Register(world)
        self._layers: dict[str, list[Layer]] = {}
        self._cells: dict[str, list[tuple[Any, list[int], list[int]]]] = {}
        self._terms: dict[str, tuple[bool, bool]] = {}
        self._made: dict[tuple[str, str, int, int, int], Hold] = {}
        self._same: dict[Hold, Hold] = {}
        self._alike: dict[tuple[str, tuple[int, ...]], tuple[Hold, ...]] = {}
        self._unknown: dict[str, tuple[Hold, ...]] = {}
        self._found: dict[tuple[str, int], tuple[Hold, ...]] = {}

    def at(self, power: str, piece: int) -> tuple[Hold, ...]:
        """Who holds a power at a piece, in order of id; one blank hold where the tables do not know."""
        key = (power, piece)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._read(power, piece)
        return found

    def layers(self, power: str) -> list[Layer]:
        """What the register says of a power everywhere, its parts left aside."""
        found = self._layers.get(power)
        if found is None:
            found = self._layers[power] = self.register.layers(power)
        return found

    def unknown(self, power: str) -> tuple[Hold, ...]:
        """What stands where the tables do not know who holds a power."""
        found = self._unknown.get(power)
        if found is None:
            found = self._unknown[power] = (Hold(power, "", "", "", UNMODELLED, None),)
        return found

    def is_plain(self, power: str) -> bool:
        """Whether a power has no parts and nobody set conditions on it: its register says all there is to say."""
        if power not in self.world.powers or self.world.children.get(power):
            return False
        return not any(self.world.ledger(name).conditions for name in self._line(power))

    def _read(self, power: str, piece: int) -> tuple[Hold, ...]:
        if power not in self.world.powers:
            return self.unknown(power)
        here = self._own(power, piece)
        parts = [self._own(child, piece) for child in self.world.children.get(power, ())]
        differing = [part for part in parts if _who(part) != _who(here)]
        if differing:
            # One part alone leaves the rest of the whole where it was; several may leave nothing of it.
            rest = here if len(parts) == 1 else ()
            here = self._shared(power, _once([*rest, *(hold for part in differing for hold in part)]))
        if not here and not is_modelled(self.world, power, piece):
            return self.unknown(power)
        return here

    def _own(self, power: str, piece: int) -> tuple[Hold, ...]:
        """Who holds one power at a piece by the register, its parts left aside."""
        cells = self._cells.get(power)
        if cells is None:
            # Lists, since reading cells one by one is what arrays are slow at.
            layers = self.layers(power)
            cells = self._cells[power] = [(x.ledger, x.bodies.tolist(), x.effects.tolist()) for x in layers]
        said, placed = self._said(power)
        found = []
        for ledger, bodies, effects in cells:
            number = bodies[piece]
            if number >= 0:
                key = (power, ledger.power, effects[piece], number, piece if placed else -1)
                hold = self._made.get(key)
                if hold is None:
                    body, effect = self.register.bodies[number], ledger.effects[effects[piece]]
                    hold = self._hold(power, body, effect, piece, said)
                    # What is said of a use may differ by place, and mostly does not.
                    hold = self._made[key] = self._same.setdefault(hold, hold) if placed else hold
                found.append(hold)
        return self._shared(power, sorted(found, key=lambda hold: hold.body))

    def _shared(self, power: str, holds: Iterable[Hold]) -> tuple[Hold, ...]:
        row = tuple(holds)
        return self._alike.setdefault((power, tuple(map(id, row))), row)

    def _said(self, power: str) -> tuple[bool, bool]:
        """Whether anything is said of how a power is used, and whether that differs from place to place."""
        found = self._terms.get(power)
        if found is None:
            terms: list[Exercise | Condition] = []
            for name in self._line(power):
                ledger = self.world.ledger(name)
                terms += [*ledger.exercises, *ledger.conditions]
            found = self._terms[power] = (bool(terms), any(item.area for item in terms))
        return found

    def _line(self, power: str) -> list[str]:
        parent = self.world.powers[power].parent
        return [power, parent] if parent else [power]

    def _hold(self, power: str, body: str, effect: Effect, piece: int, said: bool) -> Hold:
        if not said:
            return Hold(power, body, effect.mode, "", "held", effect)
        held = Held(body, effect.mode, effect, effect.holder)
        exercise = exercised_by(self.world, power, held, piece)
        conditions = standing_conditions(self.world, power, held, piece)
        waiting = any(unmet(item, self.world.today) for item in conditions)
        status = "conditional" if waiting else "held"
        return Hold(power, body, effect.mode, exercise.by if exercise else "", status, effect, conditions)


def _who(holds: tuple[Hold, ...]) -> set[tuple[str, str]]:
    return {(hold.body, hold.mode) for hold in holds}


def _once(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    found: dict[str, Hold] = {}
    for hold in holds:
        found.setdefault(hold.body, hold)
    return tuple(found[body] for body in sorted(found))
