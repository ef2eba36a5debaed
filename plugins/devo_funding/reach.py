"""How much of each sum that enters comes to rest where: one small matrix for any number of draws.

With fixed shares the money that reaches a total is linear in the money that enters. So draws of what
enters are multiplied once, in floats; the exact pence (`network.pass_on`) differ by their rounding alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from devo_funding.network import Arc, in_turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
