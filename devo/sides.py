"""Sides: one of two worlds that are compared, on its day, read at one place after another.

What is asked again and again of the same powers and bodies is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from devo import divisions, rules, tiers
from devo.expressions import class_terms, is_class
from devo.extent import live_effects
from devo.frozen import dataclass
from devo.rules import Held
from devo.timeline import span_on, spans
from devo.values import Effect
from devo.world import World


@dataclass(frozen=True, slots=True)
class Cell:
    """A body's holding at a piece, as far as a comparison looks at it."""

    body: str
    mode: str
    exerciser: str | None
    effect: Effect
    conditions: frozenset[str]
    held: Held


_NONE: frozenset[str] = frozenset()


class Side:
    """A world on its day as one side of a comparison."""

    def __init__(self, world: World):
        self.world = world
        self._on_terms: dict[str, bool] = {}
        self._divided: dict[str, bool] = {}
        self._residents: dict[str, int] = {}
        self._answers_to: dict[tuple[str, str | None], str] = {}
        self._eves: dict[date, World] = {}

    def cells(self, power: str, piece: int) -> dict[str, Cell]:
        """Who holds a power at a piece, by body."""
        world, found = self.world, {}
        for held in rules.holders(world, power, piece):
            by, conditions = None, _NONE
            if self._has_terms(power):
                exercise = rules.exercised_by(world, power, held, piece)
                by = exercise.by if exercise else None
                conditions = frozenset(c.id for c in rules.conditions(world, power, held, piece))
            found[held.body] = Cell(held.body, held.mode, by, held.effect, conditions, held)
        return found

    def differing_parts(self, power: str, piece: int) -> tuple[str, ...]:
        """The parts of a power if they are not all held alike at a piece."""
        divided = self._divided.get(power)
        if divided is None:
            divided = self._divided[power] = bool(divisions.parts(self.world, power))
        return rules.differing_parts(self.world, power, piece) if divided else ()

    def residents(self, cells: Iterable[Cell]) -> int:
        """The residents that the largest of some holders answers for."""
        return max(map(self._answers_for, (cell.body for cell in cells)), default=0)

    def accountability(self, cells: Iterable[Cell]) -> str:
        """To whom some holders answer, in words."""
        return " and ".join(sorted({self._accountability(cell.body, cell.exerciser) for cell in cells}))

    def began(self, power: str, held: Held, piece: int) -> date | None:
        """The day from which a body that holds a power at a piece on the day has held it in that mode.

        As the spans have it. What a body was given by name, or as one of a class that it was in, and had
        not the day before, it has had since.
        """
        first = self._first_day(held, piece)
        if first is not None and not self._held_before(power, held, piece, first):
            return first
        span = span_on(spans(self.world, power, piece), held.body, held.mode, self.world.today)
        return span.start if span else None

    def _first_day(self, held: Held, piece: int) -> date | None:
        """The first day on which what is held could be read from its effect; None where no table says."""
        on, roster = held.effect.on, self.world.roster
        if on == date.min:
            return None
        if held.holder == held.body:
            return on if roster.alive(held.body, on, self.world.as_known) else None
        if is_class(held.holder):
            for tenure in roster.at(class_terms(held.holder), piece):
                if tenure.body == held.body and tenure.on(self.world.today, self.world.as_known):
                    return max(on, tenure.start)
        return None

    def _held_before(self, power: str, held: Held, piece: int, day: date) -> bool:
        """Whether a body held a power at a piece, in the same mode, on the eve of a day."""
        eve = self._eves.get(day)
        if eve is None:
            eve = self._eves[day] = self.world.on(day - timedelta(days=1))
        return _could_hold(eve, power, held.body, piece) and any(
            (other.body, other.mode) == (held.body, held.mode) for other in rules.holders(eve, power, piece)
        )

    def _has_terms(self, power: str) -> bool:
        """Whether anybody else exercises the power anywhere, or its use has conditions."""
        found = self._on_terms.get(power)
        if found is None:
            ledgers = [self.world.ledger(name) for name in divisions.line(self.world, power)]
            found = self._on_terms[power] = any(each.exercises or each.conditions for each in ledgers)
        return found

    def _answers_for(self, body: str) -> int:
        found = self._residents.get(body)
        if found is None:
            found = self._residents[body] = tiers.answers_for(self.world, body, self.world.today)
        return found

    def _accountability(self, body: str, exerciser: str | None) -> str:
        found = self._answers_to.get((body, exerciser))
        if found is None:
            found = self._answers_to[body, exerciser] = tiers.accountability(self.world, body, exerciser)
        return found


def _could_hold(world: World, power: str, body: str, piece: int) -> bool:
    """Whether the law names a body, a class it is in, or a body gone, as holder of a power at a piece."""
    day, known, roster = world.today, world.as_known, world.roster
    for ledger, number, bits in live_effects(world, power):
        if not bits >> piece & 1:
            continue
        holder = ledger.effects[number].holder
        if is_class(holder):
            if any(t.body == body and t.on(day, known) for t in roster.at(class_terms(holder), piece)):
                return True
        elif holder == body or not roster.alive(holder, day, known):
            return True
    return False
