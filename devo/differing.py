"""Where two worlds differ: the pieces at which who holds a power, or on what terms, is not the same.

They are found for all pieces at once, so that the rules need be read only there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from devo import divisions
from devo.expressions import class_terms, is_class
from devo.extent import live_effects, meant
from devo.ledger import Ledger
from devo.mosaic import Pieces
from devo.roster import Roster
from devo.values import Condition, Exercise
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
    """Two worlds side by side on their days: for each power, the pieces where their answers may differ.

    Who holds a power is the same wherever the same effects decide and name the same bodies, so that it is
    enough to compare where each effect decides, and where each class and each body gone has its members.
    """

    def __init__(self, before: World, after: World):
        self.before, self.after = before, after
        self.same_day = before.day == after.day and before.as_known == after.as_known
        self._same_bodies = self.same_day and before.roster is after.roster
        self._elsewhere: dict[str, int] = {}

    def differing(self, power: str, within: Pieces | None = None) -> Pieces:
        """The pieces outside which a power is held by the same bodies, by the same effects, on the same terms.

        `within` are the pieces to look at; all, where none are given.
        """
        names = sorted({*divisions.family(self.before, power), *divisions.family(self.after, power)})
        ledgers = [(self.before.ledger(name), self.after.ledger(name)) for name in names]
        if self._same_bodies and all(one is two for one, two in ledgers):
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
        looked_at = -1 if within is None else sum(1 << piece for piece in within)
        bits = 0
        for name in names:
            bits |= self._held_otherwise(name, looked_at)
        found |= self.before.mosaic.pieces_in(bits & looked_at)
        return found if within is None else found & within

    def _held_otherwise(self, power: str, looked_at: int) -> int:
        """Where other effects decide on a power, or the same effects name other bodies; a bit a piece."""
        old = {(ledger.power, number): bits for ledger, number, bits in live_effects(self.before, power)}
        found = 0
        for ledger, number, bits in live_effects(self.after, power):
            before = old.pop((ledger.power, self._numbers(ledger)[number]), 0)
            found |= before ^ bits
            if before & bits & looked_at:
                effect = ledger.effects[number]
                for holder in (effect.holder, effect.root):
                    if holder:
                        found |= bits & self._means_another(holder)
        for bits in old.values():
            found |= bits
        return found

    def _numbers(self, ledger: Ledger) -> Sequence[int]:
        """For each effect of the later world the number of the same effect in the earlier one, or one of its own."""
        old = self.before.ledger(ledger.power)
        if old is ledger:
            return range(len(ledger.effects))
        known: tuple[Ledger, list[int]] | None = ledger.columns.get("same")
        if known is None or known[0] is not old:
            numbers = {effect: number for number, effect in enumerate(old.effects)}
            same = [numbers.get(e, len(numbers) + n) for n, e in enumerate(ledger.effects)]
            known = ledger.columns["same"] = (old, same)
        return known[1]

    def _means_another(self, holder: str) -> int:
        """Where a class has other members, or a body other heirs; a bit a piece."""
        if self._same_bodies:
            return 0
        bits = self._elsewhere.get(holder)
        if bits is None:
            bits = 0
            if not (self.same_day and is_class(holder) and self._same_tenures(class_terms(holder))):
                apart = set(meant(self.before, holder)) ^ set(meant(self.after, holder))
                pieces = frozenset().union(*(pieces for _, pieces in apart))
                bits = sum(1 << piece for piece in pieces)
            self._elsewhere[holder] = bits
        return bits

    def _same_tenures(self, classes: str) -> bool:
        """Whether the same bodies are in a class in both worlds, for the same time and over the same pieces."""
        old, new = self.before.roster, self.after.roster
        known: tuple[Roster, bool] | None = new.columns.get(("same", classes))
        if known is None or known[0] is not old:
            same = old.tenures(classes) == new.tenures(classes)
            known = new.columns["same", classes] = (old, same)
        return known[1]
