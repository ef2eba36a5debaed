"""The money behind doors, asked of the funding plugin by name: pots, who pays, how long, which year-ends.

Where no plugin answers, or the tables know no pot for a power, there is no figure and nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from devo import World, ask
from devo_joinup.meetings import Door


@dataclass(frozen=True, slots=True)
class Pays:
    """A pot that pays a body for a power, in the fiscal year of the day."""

    pot: str
    pot_name: str
    payer: str
    payee: str
    ringfenced: bool


@dataclass(frozen=True, slots=True)
class Cycle:
    """How long the money of a power is certain for a body, and when its years end."""

    shortest: int | None
    longest: int | None
    year_ends: tuple[str, ...]


class Money:
    """The pots and cycles of a world in the fiscal year of its day."""

    def __init__(self, world: World):
        self.world = world

    def rows(self, question: str, **terms: Any) -> tuple[Any, ...]:
        """A question's rows; none where no plugin that is on answers it."""
        try:
            return ask(self.world, question, **terms).rows
        except LookupError:
            return ()

    @cached_property
    def _pots(self) -> dict[tuple[str, str], list[Pays]]:
        found: dict[tuple[str, str], list[Pays]] = {}
        for row in self.rows("flows"):
            if row.hop > 1:
                continue
            item = Pays(row.pot, row.pot_name, row.payer, row.payee, row.ringfenced)
            for power in row.power.split(";"):
                for body in self._members(row.payee):
                    found.setdefault((power, body), []).append(item)
        return found

    def _members(self, payee: str) -> Iterable[str]:
        if not payee.startswith("every:"):
            return (payee,)
        day, known = self.world.today, self.world.as_known
        tenures = self.world.roster.tenures(payee.removeprefix("every:").strip())
        return sorted({t.body for t in tenures if t.on(day, known)})

    @cached_property
    def _cycles(self) -> dict[tuple[str, str], Cycle]:
        return {
            (row.power, row.body): Cycle(row.shortest_years_certain, row.longest_years_certain, row.year_ends)
            for row in self.rows("money-cycles")
        }

    def pots(self, power: str, body: str) -> list[Pays]:
        """The pots that pay a body for a power."""
        return self._pots.get((power, body), [])

    def cycle(self, power: str, body: str) -> Cycle | None:
        """How long a body's money for a power is certain; None where the tables do not know."""
        return self._cycles.get((power, body))

    def names(self, power: str, body: str) -> frozenset[str]:
        """The names of the pots that pay a body for a power."""
        return frozenset({item.pot for item in self._pots.get((power, body), ())})

    def year_ends(self, power: str, body: str) -> tuple[str, ...]:
        """The last days of the years of a body's money for a power, as `31 March`; none where nothing is known."""
        cycle = self._cycles.get((power, body))
        return cycle.year_ends if cycle else ()

    def behind(self, doors: Iterable[Door]) -> tuple[dict[str, Pays], list[Cycle], set[str]]:
        """The pots and cycles behind some doors, and the powers with no money that the tables know."""
        pots: dict[str, Pays] = {}
        cycles: list[Cycle] = []
        paid: set[str] = set()
        asked: set[str] = set()
        for power, body in sorted({(door.need.power, door.body) for door in doors if door.body}):
            asked.add(power)
            for item in self.pots(power, body):
                pots[item.pot] = item
                paid.add(power)
            cycle = self.cycle(power, body)
            if cycle is not None:
                cycles.append(cycle)
        return pots, cycles, asked - paid
