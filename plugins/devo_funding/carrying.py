"""What stands for money of a year that is not known: the nearest year's figure, and whose figure may stand so.

Of bodies that are no councils it is what they were paid, of councils what they spent on services.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from devo import Succession, World
from devo_funding.accounts import ledger
from devo_funding.deciders import COUNCILS
from devo_funding.flows import Flow
from devo_funding.pots import Spending
from devo_funding.prices import Prices
from devo_funding.years import FiscalYear, year_or_none

# Kinds of money that are set or allocated again every year, so that another year's figure stands in.
YEARLY = frozenset({"precept", "parish-precept", "nhs-allocation"})
# The years, counted from the one asked about, whose figures may stand for it: nearest first, the one before first.
NEAR = (-1, 1, -2, 2)


def funding(world: World, year: FiscalYear, prices: Prices | None) -> Iterator[tuple[Flow, int, bool]]:
    """Money at rest in a year at bodies that are no councils, and that of other years carried over."""
    there: set[tuple[str, str, str]] = set()
    # What one body had in a year its heir had not beside it, and the other way about.
    kin: dict[str, set[str]] = {}
    for passed in world.of(Succession):
        kin.setdefault(passed.old, set()).add(passed.new)
        kin.setdefault(passed.new, set()).add(passed.old)
    for resting in ledger(world, year, prices).at_rest():
        flow = resting.flow
        there.add((flow.pot.id, flow.payee, flow.area))
        if not _is_council(world, flow.payee):
            yield flow, resting.pence, False
    for near in (year.later(step) for step in NEAR):
        if prices and near not in prices.index:
            continue
        # One body's money of a pot may be several flows: all of a year stand in, or none.
        carried: set[tuple[str, str, str]] = set()
        for resting in ledger(world, near, prices).at_rest():
            flow = resting.flow
            payee = _stander(world, flow.payee, year)
            if not payee or _is_council(world, flow.payee) or not _stands_in(flow, near > year):
                continue
            family = (payee, *kin.get(payee, ()))
            if any((flow.pot.id, body, flow.area) in there for body in family):
                continue
            carried.add((flow.pot.id, payee, flow.area))
            if near > year and flow.pot.was:
                flow = _as_it_was(flow)
            yield replace(flow, payee=payee), resting.pence, True
        there |= carried


def _stands_in(flow: Flow, later: bool) -> bool:
    """Whether a year's figure may stand for another year in which the pot's is not known."""
    return flow.kind in YEARLY or bool(flow.pot.was and later)


def _as_it_was(flow: Flow) -> Flow:
    """A line of a settlement as it was before: a grant of its own, ring-fenced or not."""
    fenced = flow.pot.was == "ring-fenced-grant"
    return replace(flow, kind="ring-fenced-grant" if fenced else "grant", ringfenced=fenced, decider="")


def spending(world: World, year: FiscalYear) -> Iterator[tuple[Spending, bool]]:
    """What each council of a year spent on services in it, or in the nearest year there is of that council."""
    rows: dict[str, dict[FiscalYear, list[Spending]]] = {}
    for row in world.of(Spending):
        stated = year_or_none(row.year)
        if stated is not None and _is_council(world, row.body):
            rows.setdefault(row.body, {}).setdefault(stated, []).append(row)
    for body, years in rows.items():
        if _is_there(world, body, year):
            nearest = next((near for step in (0, *NEAR) if (near := year.later(step)) in years), None)
            for row in years[nearest] if nearest else ():
                yield row, nearest != year


def _stander(world: World, party: str, year: FiscalYear) -> str:
    """Who stands in a year where a party did: itself; the one heir of a body that is gone; '' for one without heirs.

    Of a body with several heirs it is the body still, for its money falls where it served, whoever has it now.
    """
    if _is_there(world, party, year):
        return party
    heirs = {item.new for item, _ in world.roster.passed_on(party, year.start)}
    return heirs.pop() if len(heirs) == 1 else party if heirs else ""


def _is_there(world: World, party: str, year: FiscalYear) -> bool:
    """Whether a body exists in some part of a year; those that are no bodies always do."""
    record = world.roster.bodies.get(party)
    if record is None:
        return True
    return (record.start or year.start) < year.end and year.start < (record.end or year.end)


def _is_council(world: World, party: str) -> bool:
    record = world.roster.bodies.get(party)
    return record is not None and record.kind in COUNCILS
