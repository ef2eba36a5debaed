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
from typing import Annotated, Any

from devo import (
    BodyId,
    Change,
    Deal,
    DealId,
    PowerId,
    Residents,
    TermFault,
    Unit,
    World,
    compare,
    deal_named,
    exercised_by,
    holders,
    question,
    standing_conditions,
    without,
)

MOST_DEALS = 8

Part = Annotated[float, Unit("share of the change that is the deal's")]


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """How much of one change is one deal's doing.

    `part` is the deal's Shapley value: the parts of one change sum to 1. `first` says that, taken in legal
    sequence, it is the deal with which the change comes about. `after` are those who then hold the power,
    over `places_names`, where `residents` live. Worked out from who holds the power in each of the worlds with
    some of the deals and without the others; `explain` gives the law behind each.
    """

    power: PowerId
    power_name: str
    kind: str
    after: tuple[BodyId, ...]
    after_names: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    deal: DealId
    deal_name: str
    first: bool
    part: Part


@question(draw="table")
def attribution(world: World, deals: tuple[DealId, ...]) -> Iterator[AttributionRow]:
    """Which of up to eight deals (with commas between) brought each change about on the day."""
    in_sequence = sorted(
        {deal.code: deal for deal in (deal_named(world, text) for text in deals)}.values(), key=_begins
    )
    if len(in_sequence) > MOST_DEALS:
        raise TermFault(
            f"attribution: {len(in_sequence)} deals; at most {MOST_DEALS} can be compared in every order"
        )
    codes = [deal.code for deal in in_sequence]
    worlds = {
        frozenset(chosen): without(world, sorted(set(codes) - set(chosen)))
        if len(chosen) < len(codes)
        else world
        for size in range(len(codes) + 1)
        for chosen in combinations(codes, size)
    }
    for change in compare(worlds[frozenset()], world).changes:
        come = _seen(world, change)
        there = {chosen: _seen(seen, change) == come for chosen, seen in worlds.items()}
        first = next(code for n, code in enumerate(codes, 1) if there[frozenset(codes[:n])])
        for deal in in_sequence:
            part = _shapley(deal.code, frozenset(codes), there)
            if part or deal.code == first:
                yield AttributionRow(
                    change.power,
                    change.power_name,
                    change.kind,
                    change.after,
                    change.after_names,
                    change.places_names,
                    change.residents,
                    deal.code,
                    deal.name,
                    deal.code == first,
                    part,
                )


def _begins(deal: Deal) -> tuple[date, str]:
    """Where a deal stands in legal sequence: by the first day that anything of it begins."""
    return min((provision.commencement for provision in deal.provisions), default=date.max), deal.code


def _seen(world: World, change: Change) -> Any:
    """What a change is about, as it is in a world: who of those concerned holds the power, or how."""
    piece = min(change.pieces)
    concerned = {*change.before, *change.after}
    found = {}
    for held in holders(world, change.power, piece):
        if held.body not in concerned:
            continue
        how: Any = None
        if change.kind == "inside":
            exercise = exercised_by(world, change.power, held, piece)
            how = exercise.by if exercise else ""
        elif change.kind == "conditioned":
            how = {item.id for item in standing_conditions(world, change.power, held, piece)}
        elif change.kind == "re-sourced":
            how = held.effect.instrument
        elif change.kind == "shared":
            how = held.mode
        found[held.body] = how
    return found


def _shapley(code: str, codes: frozenset[str], there: dict[frozenset[str], bool]) -> float:
    others, total = codes - {code}, len(codes)
    value = 0.0
    for size in range(len(others) + 1):
        weight = factorial(size) * factorial(total - size - 1) / factorial(total)
        for chosen in combinations(sorted(others), size):
            before = frozenset(chosen)
            value += weight * (there[before | {code}] - there[before])
    return round(value, 12)
