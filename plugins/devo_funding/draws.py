"""Many draws of uncertain money at once: fast, in floats, and the same as the exact pence but for rounding.

With fixed shares the money that reaches a total is linear in the money that enters. So what enters is
drawn, and multiplied once by a small matrix of how much of each sum reaches each total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from devo import Pence, TermFault, Unit, World, question
from devo_funding.flows import ledger, party_name
from devo_funding.network import Arc, in_turn
from devo_funding.spreads import drawn
from devo_funding.years import asked_year

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DRAWS = 1_000_000


class Reach:
    """How much of what enters each source comes to rest in each total, for money passed along arcs.

    `sources` are bodies at which money enters, `totals` sets of bodies whose kept money is added up.
    There must be no cycle (`network.cycle` finds them), and rates of a giver add up to 1 or less.
    """

    def __init__(self, arcs: Iterable[Arc], sources: Sequence[str], totals: Sequence[Iterable[str]]):
        import numpy as np

        outgoing: dict[str, list[Arc]] = {}
        for arc in arcs:
            outgoing.setdefault(arc.giver, []).append(arc)
        # What a pound at a body adds to each total: its kept part, and what its receivers make of the rest.
        worth: dict[str, NDArray[np.float64]] = {}
        member: dict[str, list[int]] = {}
        for number, bodies in enumerate(totals):
            for body in bodies:
                member.setdefault(body, []).append(number)
        size = len(totals)
        for body in reversed(in_turn(outgoing)):
            row = np.zeros(size)
            left = 1.0
            for arc in outgoing.get(body, ()):
                rate = float(arc.rate)
                left -= rate
                row += rate * worth[arc.to]
            for number in member.get(body, ()):
                row[number] += left
            worth[body] = row
        self.matrix = np.zeros((size, len(sources)))
        for column, source in enumerate(sources):
            if source in worth:
                self.matrix[:, column] = worth[source]
            else:
                for number in member.get(source, ()):
                    self.matrix[number, column] = 1.0

    def totals(self, entering: NDArray[np.float64]) -> NDArray[np.float64]:
        """The totals of sums that enter: an array of sources by draws gives one of totals by draws."""
        return self.matrix @ entering


@dataclass(frozen=True, slots=True)
class UncertainRow:
    """How much a body may get in a fiscal year: the figure stated, and quantiles of what was drawn."""

    body: str
    body_name: str
    amount_pence: Pence
    low_pence: Annotated[int, Unit("pence, 5 of 100 draws are lower")]
    middle_pence: Annotated[int, Unit("pence, half of the draws are lower")]
    high_pence: Annotated[int, Unit("pence, 95 of 100 draws are lower")]
    uncertain_pence: Annotated[int, Unit("pence that the tables give a spread for")]


@question(draw="intervals")
def money_uncertain(
    world: World, year: str = "", draws: int = 10_000, seed: int = 1
) -> Iterator[UncertainRow]:
    """Quantiles of what each body gets in a fiscal year, where amounts have a `spread`.

    The same seed gives the same draws. An amount without a spread is a certain figure.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise TermFault(f"money-uncertain: draws is a number from 1 to {MOST_DRAWS:,}")
    import numpy as np

    generator = np.random.default_rng(seed)
    sums: dict[str, int] = {}
    loose: dict[str, int] = {}
    found: dict[str, NDArray[np.float64]] = {}
    for flow in ledger(world, asked_year(world, year)).flows:
        if flow.payee not in world.roster.bodies:
            continue
        sums[flow.payee] = sums.get(flow.payee, 0) + flow.pence
        if flow.spread:
            loose[flow.payee] = loose.get(flow.payee, 0) + flow.pence
            part = drawn(flow.spread, generator, draws) * flow.pence
            found[flow.payee] = found[flow.payee] + part if flow.payee in found else part
    for body, pence in sorted(sums.items()):
        certain = pence - loose.get(body, 0)
        low, middle, high = _quantiles(found, body, certain)
        yield UncertainRow(body, party_name(world, body), pence, low, middle, high, loose.get(body, 0))


QUESTIONS = (money_uncertain,)


def _quantiles(found: Mapping[str, NDArray[np.float64]], body: str, certain: int) -> tuple[int, int, int]:
    if body not in found:
        return certain, certain, certain
    import numpy as np

    low, middle, high = np.quantile(found[body], [0.05, 0.5, 0.95])
    return certain + round(float(low)), certain + round(float(middle)), certain + round(float(high))
