"""Sides: one of two worlds that are compared, on its day, read at one place after another.

What is asked again and again of the same powers and bodies is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from devo import divisions, rules, tiers
from devo.expressions import class_terms, is_class
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
        self._forebears: dict[str, frozenset[str]] = {}
        self._eves: dict[date, Side] = {}
        self._residents: dict[str, int] = {}
        self._answers_to: dict[tuple[str, str | None], str] = {}

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
        return max([self._answers_for(cell.body) for cell in cells], default=0)

    def accountability(self, cells: Iterable[Cell]) -> str:
        """To whom some holders answer, in words."""
        words = {self._accountability(cell.body, cell.exerciser) for cell in cells}
        return words.pop() if len(words) == 1 else " and ".join(sorted(words))

    def began(self, power: str, held: Held, piece: int) -> date | None:
        """The day from which a body that holds a power at a piece on the day has held it in that mode.

        As the spans have it, which read the rules on every day of change; those are read only where the
        effect that decides may not have decided all the while.
        """
        plain, first = self._plain_start(power, held, piece)
        if plain:
            return first
        span = span_on(spans(self.world, power, piece), held.body, held.mode, self.world.today)
        return span.start if span else None

    def _plain_start(self, power: str, held: Held, piece: int) -> tuple[bool, date | None]:
        """Whether it is plain without the spans when a holding began, and when."""
        world, deciding = self.world, held.effect
        if deciding.power != power:
            # A part of which no law speaks there is held as the whole is.
            silent = power in world.powers and not rules.bearing(world, world.ledger(power), piece)
            if not silent or deciding.on == date.min:
                return False, None
            return self._plain_start(world.powers[power].parent, held, piece)
        first = self._given_since(power, held, piece)
        if first is None:
            return False, None
        if deciding.on == date.min:
            # Law older than the tables: the day is known where they go back that far.
            horizon = rules.complete_from(world, power) or world.horizon
            if horizon is None or first < horizon:
                return False, None
        others = [
            effect
            for effect in rules.bearing(world, world.ledger(power), piece)
            if effect.begins
            and effect is not deciding
            and effect.on <= world.today
            and self._could_mean(effect.holder, held.body, piece)
        ]
        if any(rules.rank(other) > rules.rank(deciding) for other in others):
            return False, None
        if others or len(divisions.line(world, power)) > 1:
            eve = self._eve_of(first)
            for before in rules.holders(eve.world, power, piece):
                if (before.body, before.mode) == (held.body, held.mode):
                    return True, eve.began(power, before, piece)
        return True, first

    def _eve_of(self, day: date) -> Side:
        found = self._eves.get(day)
        if found is None:
            found = self._eves[day] = Side(self.world.on(day - timedelta(days=1)))
        return found

    def _given_since(self, power: str, held: Held, piece: int) -> date | None:
        """The day since which the deciding effect has given the power to the body, by a root that had it to give."""
        first = self._first_day(held, piece)
        if first is None or not held.effect.root:
            return first
        for other in rules.holders(self.world, power, piece):
            if other.body == held.effect.root and other.effect.power == power and not other.effect.root:
                rooted = self._first_day(other, piece)
                return first if rooted is not None and rooted <= first else None
        return None

    def _first_day(self, held: Held, piece: int) -> date | None:
        """The day on which the deciding effect began to mean the body; None where that was not once and for all."""
        deciding, roster = held.effect, self.world.roster
        if held.heir_of:
            return None
        if not is_class(held.holder):
            return deciding.on if roster.alive(held.body, deciding.on, self.world.as_known) else None
        tenures = [t for t in roster.at(class_terms(held.holder), piece) if t.body == held.body]
        return max(deciding.on, tenures[0].start) if len(tenures) == 1 else None

    def _could_mean(self, holder: str, body: str, piece: int) -> bool:
        """Whether a holder is a body, a class that it is in at a piece on any day, or one that it succeeded to."""
        roster = self.world.roster
        if is_class(holder):
            return any(tenure.body == body for tenure in roster.at(class_terms(holder), piece))
        return holder == body or holder in self._forebears_of(body)

    def _forebears_of(self, body: str) -> frozenset[str]:
        found = self._forebears.get(body)
        if found is None:
            found = self._forebears[body] = self.world.roster.forebears(body)
        return found

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
