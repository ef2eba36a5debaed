"""Many draws of uncertain money at once: quantiles of what each body gets, in floats, for a given seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeAlias

from devo import Pence, TermFault, Unit, World, question
from devo_funding.accounts import ledger
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.prices import asked_prices
from devo_funding.spreads import BadSpread, Draws
from devo_funding.years import asked_year

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DRAWS = 1_000_000


@dataclass(frozen=True, slots=True)
class UncertainRow:
    """How much a body may get in a fiscal year: the figure stated, and quantiles of what was drawn.

    Worked out from the spreads that amounts, shares and changes state, by drawing from them.
    """

    body: str
    body_name: str
    amount_pence: Pence
    low_pence: Annotated[int, Unit("pence, 5 of 100 draws are lower")]
    middle_pence: Annotated[int, Unit("pence, half of the draws are lower")]
    high_pence: Annotated[int, Unit("pence, 95 of 100 draws are lower")]
    uncertain_pence: Annotated[int, Unit("pence that the tables give a spread for")]


@question(draw="intervals")
def money_uncertain(
    world: World,
    year: str = "",
    draws: int = 10_000,
    seed: int = 1,
    prices: str = "",
    deflator: str = "",
) -> Iterator[UncertainRow]:
    """Quantiles of what each body gets in a fiscal year, where amounts, changes or shares have a `spread`.

    The same seed gives a figure the same draws, whatever else is drawn. One without a spread is certain.
    `prices` of a fiscal year puts all into them by a `deflator`; without, it is cash.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise TermFault(f"money-uncertain: draws is a number from 1 to {MOST_DRAWS:,}")
    if seed < 0:
        raise TermFault("money-uncertain: seed is a whole number and not negative")
    found = ledger(world, asked_year(world, year), asked_prices(world, prices, deflator))
    received = _received(found.flows, Draws(seed, draws))
    sums: dict[str, int] = {}
    for flow in found.flows:
        sums[flow.payee] = sums.get(flow.payee, 0) + flow.pence
    for body, pence in sorted(sums.items()):
        if body in world.roster.bodies:
            certain, loose, array = received[body]
            low, middle, high = _quantiles(certain, array)
            yield UncertainRow(body, party_name(world, body), pence, low, middle, high, loose)


QUESTIONS = (money_uncertain,)


# What a sum is multiplied by in each draw; a plain number where it is the same in all.
Factor: TypeAlias = "NDArray[np.float64] | float"
# What a party receives: pence that are certain, pence stated of what is not, and what is drawn of those.
Received: TypeAlias = "tuple[int, int, NDArray[np.float64] | None]"


def _received(flows: Sequence[Flow], draws: Draws) -> dict[str, Received]:
    """What each party receives in each draw. What is passed on follows the draws of what was got of a pot.

    Raises TermFault for a spread that is none.
    """
    found: dict[str, Received] = {}
    # Of each pot at each party: pence stated, and what they are multiplied by.
    had: dict[tuple[str, str], tuple[int, Factor]] = {}
    for factor, flow in _factors(flows, draws, had):
        whole, before = had.get((flow.pot.id, flow.payee), (0, 1.0))
        if whole + flow.pence:
            mean = (whole * before + flow.pence * factor) / (whole + flow.pence)
            had[flow.pot.id, flow.payee] = (whole + flow.pence, mean)
        certain, loose, array = found.get(flow.payee, (0, 0, None))
        if isinstance(factor, float):
            found[flow.payee] = (certain + flow.pence, loose, array)
        else:
            drawn = flow.pence * factor
            found[flow.payee] = (certain, loose + flow.pence, drawn if array is None else array + drawn)
    return found


def _factors(
    flows: Sequence[Flow], draws: Draws, had: Mapping[tuple[str, str], tuple[int, Factor]]
) -> Iterator[tuple[Factor, Flow]]:
    """Each flow with what it is multiplied by: what is new first, then what is passed on, as far as it was got."""
    passed: dict[tuple[int, str, str], list[tuple[Factor, Flow]]] = {}
    for flow in flows:
        try:
            factor = draws.factor(flow.loose)
        except BadSpread as fault:
            raise TermFault(
                f"a figure of pot {flow.pot.id} has a spread that is none, so nothing can be drawn: {fault}"
            ) from None
        if flow.out_of != flow.pot.id:
            yield factor, flow
        else:
            passed.setdefault((flow.hop, flow.payer, flow.pot.id), []).append((factor, flow))
    for (_, giver, pot), parts in sorted(passed.items()):
        whole, got = had.get((pot, giver), (0, 1.0))
        rates = sum(factor * flow.pence for factor, flow in parts) / whole if whole else 0.0
        # Nobody passes on more than came in, whatever is drawn for its shares.
        most = 1.0 if isinstance(rates, float) else 1 / rates.clip(min=1.0)
        for factor, flow in parts:
            yield factor * got * most, flow


def _quantiles(certain: int, array: NDArray[np.float64] | None) -> tuple[int, int, int]:
    if array is None:
        return certain, certain, certain
    import numpy as np

    low, middle, high = np.quantile(array, [0.05, 0.5, 0.95])
    return certain + round(float(low)), certain + round(float(middle)), certain + round(float(high))
