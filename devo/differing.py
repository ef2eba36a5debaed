"""Where two worlds differ: the pieces at which who holds a power, or on what terms, is not the same.

The register finds them for all pieces at once, so that the rules need be read only there.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from devo import divisions
from devo.mosaic import Pieces
from devo.register import Register
from devo.values import Condition, Effect, Exercise
from devo.world import World


def touched(world: World, power: str, day: date) -> Pieces:
    """The pieces where something about a power, its whole or its parts begins or ends on a day."""
    mosaic = world.mosaic
    found: Pieces = frozenset()
    for name in divisions.family(world, power):
        ledger = world.ledger(name)
        for effect in ledger.effects:
            if effect.on == day:
                found |= mosaic.territory(effect.area) if effect.area else mosaic.everywhere
        terms: list[Exercise | Condition] = [*ledger.exercises, *ledger.conditions]
        for item in terms:
            if day in (item.start, item.end):
                found |= _bears_on(world, item)
    return found


def _bears_on(world: World, item: Exercise | Condition) -> Pieces:
    """Where an exerciser or a condition bears on a holding."""
    if item.area:
        return world.mosaic.territory(item.area)
    body = world.roster.bodies.get(item.holder)
    return world.mosaic.territory(body.area) if body and body.area else world.mosaic.everywhere


class Compared:
    """Two worlds side by side on their days: for each power, the pieces where their answers differ."""

    def __init__(self, before: World, after: World):
        self.before, self.after = before, after
        self.same_day = before.day == after.day and before.as_known == after.as_known
        self._one, self._two = Register(before), Register(after)
        bodies = {body: n for n, body in enumerate(sorted({*self._one.bodies, *self._two.bodies}), 1)}
        self._bodies = [[bodies[body] for body in register.bodies] for register in (self._one, self._two)]
        self._effects: dict[Effect, int] = {}

    def differing(self, power: str) -> Pieces:
        """The pieces where who holds a power, by which effect, or on what terms, differs."""
        names = {*divisions.family(self.before, power), *divisions.family(self.after, power)}
        ledgers = [(self.before.ledger(name), self.after.ledger(name)) for name in sorted(names)]
        same_bodies = self.before.roster is self.after.roster
        if self.same_day and same_bodies and all(one is two for one, two in ledgers):
            return frozenset()
        found: Pieces = frozenset()
        for one, two in ledgers:
            if not self.same_day or one.exercises != two.exercises or one.conditions != two.conditions:
                terms: list[Exercise | Condition] = [
                    *one.exercises,
                    *two.exercises,
                    *one.conditions,
                    *two.conditions,
                ]
                for item in terms:
                    found |= _bears_on(self.after, item)
        for name in sorted(names):
            old = self._signature(self._one, self._bodies[0], name)
            new = self._signature(self._two, self._bodies[1], name)
            found |= frozenset(int(piece) for piece in np.flatnonzero(old != new))
        return found

    def _signature(self, register: Register, bodies: list[int], power: str) -> NDArray[np.uint64]:
        """A number for each piece that tells its holders and effects from any others."""
        total = np.zeros(len(register.mosaic), np.uint64)
        numbers = np.array([*bodies, 0], np.uint64)
        for layer in register.layers(power):
            effects = np.zeros(len(layer.ledger.effects) + 1, np.uint64)
            for number in np.unique(layer.effects[layer.bodies >= 0]):
                effect = layer.ledger.effects[number]
                effects[number] = self._effects.setdefault(effect, len(self._effects) + 1)
            held = layer.bodies >= 0
            mixed = (numbers[layer.bodies] << np.uint64(32)) | effects[layer.effects]
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            total += np.where(held, mixed ^ (mixed >> np.uint64(31)), np.uint64(0))
        return total
