"""Which of several deals brought a change about: in their legal sequence, and independent of any order.

For every set of the deals the world is read without the others. A change's share for a deal is the
Shapley value: how much the deal adds, averaged over all the orders in which deals could be added.
Two deals that are each needed have a half each; a deal without which nothing is different has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from math import factorial
from typing import Annotated

from devo import BodyId, PowerId, Residents, Unit, World, compare, deal_named, holders, question, without

MOST_DEALS = 8

Part = Annotated[float, Unit("share of the change that is the deal's")]


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """How much of one change is one deal's doing.

    `first` says that, taken in legal sequence, it is the deal with which the change comes about.

    Worked out from the world with each of the deals and without.
    """

    power: PowerId
    power_name: str
    kind: str
    after: tuple[BodyId, ...]
    after_names: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    deal: str
    deal_name: str
    first: bool
    part: Part


class TooManyDeals(ValueError):
    """More deals than can be compared in every order."""


@question(draw="table")
def attribution(world: World, deals: tuple[str, ...]) -> Iterator[AttributionRow]:
    """Which of up to eight deals (with commas between) brought each change about on the day."""
    named = [deal_named(world, text) for text in deals]
    if len(named) > MOST_DEALS:
        raise TooManyDeals(f"{len(named)} deals; at most {MOST_DEALS} can be compared in every order")
    in_sequence = [
        deal.code
        for deal in sorted(named, key=lambda d: min((p.commencement for p in d.provisions), default=date.max))
    ]
    codes = frozenset(in_sequence)
    worlds = {
        frozenset(chosen): without(world, sorted(codes - set(chosen))) if codes - set(chosen) else world
        for size in range(len(in_sequence) + 1)
        for chosen in combinations(in_sequence, size)
    }
    names = {deal.code: deal.name for deal in named}
    for change in compare(worlds[frozenset()], world).changes:
        if not change.after:
            continue
        piece = min(change.pieces)
        there = {
            chosen: set(change.after) <= {held.body for held in holders(seen, change.power, piece)}
            for chosen, seen in worlds.items()
        }
        first = _first(in_sequence, there)
        for code in in_sequence:
            part = _shapley(code, codes, there)
            if part or code == first:
                yield AttributionRow(
                    change.power,
                    change.power_name,
                    change.kind,
                    change.after,
                    change.after_names,
                    change.places_names,
                    change.residents,
                    code,
                    names[code],
                    code == first,
                    part,
                )


def _first(in_sequence: list[str], there: dict[frozenset[str], bool]) -> str:
    """The deal with which a change comes about when they are added in legal sequence."""
    for number, code in enumerate(in_sequence, 1):
        if there[frozenset(in_sequence[:number])]:
            return code
    return ""


def _shapley(code: str, codes: frozenset[str], there: dict[frozenset[str], bool]) -> float:
    others, total = codes - {code}, len(codes)
    value = 0.0
    for size in range(len(others) + 1):
        weight = factorial(size) * factorial(total - size - 1) / factorial(total)
        for chosen in combinations(sorted(others), size):
            before = frozenset(chosen)
            value += weight * (there[before | {code}] - there[before])
    return round(value, 12)
