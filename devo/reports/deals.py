"""The report of deals: what they change, where, since when, under what, and with what money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from devo import front
from devo.plans import Change, Plan, matrix_areas
from devo.reports import persons, told
from devo.reports.assumptions import assumptions, made_with
from devo.reports.changes import change_sections
from devo.reports.citations import Citations
from devo.reports.ground import Ground, Keeps, Where, local
from devo.reports.histories import history
from devo.reports.money import money
from devo.reports.values import Heading, Report, Section, Table
from devo.values import Deal
from devo.world import World


def of_deals(
    world: World,
    deals: Sequence[str | Path],
    *,
    on: date | None = None,
    known: date | None = None,
    keeps: Keeps = lambda confidence: True,
    persona: str = "",
) -> Report:
    """A report of deals, by file or by the name of one that the world has, with what a persona meets there.

    The world without them is held beside the world with them, before the first and after the last
    of what they do takes effect; or on the one day `on`. Raises files.Unreadable, NameFault, persons.NoPersona.
    """
    before, after, planned = front.with_and_without(world, deals)
    if known is not None:
        before, after = before.known(known), after.known(known)
    plan = front.plan_of(before, after, planned, on=on)
    tools = front.toolbox_of(world)
    # A deal of which nothing was made into law has no days of its own.
    days = plan.on if plan.on[1] > date.min else (on or front.today(),)
    seen = after.on(days[-1])
    ground = Ground(seen, tools, tuple(dict.fromkeys(days)), keeps, Citations(seen, tools))
    ground.pairs = _pairs(plan)
    ground.bodies = local(seen, _bodies(plan, planned))
    return _report(ground, plan, planned, persons.chosen(ground, persona) if persona else ())


def _report(ground: Ground, plan: Plan, deals: Sequence[Deal], people: Sequence[Section]) -> Report:
    ground.cites.cite(deal.source for deal in deals)
    parts = (*change_sections(ground, plan), *people, money(ground), history(ground))
    # What plugins could not answer is known when all parts are made.
    found = (*plan.findings, *ground.findings)
    errors = told.errors_told(found)
    sections = [
        _deals(ground, deals),
        *parts,
        told.finding_section(found),
        assumptions(ground, deals, moves=True),
        made_with(ground),
    ]
    rows = [change.as_json() for change in plan.changes if ground.keeps(change.cause["confidence"])]
    return Report(
        plan.title,
        "What changes: the same England without it and with it",
        (*plan.summary, *errors),
        tuple(section for section in sections if section),
        ground.cites.listed(),
        ground.world.today,
        Change.columns(),
        rows,
        bool(errors),
        ground.cites.numbers(),
    )


def _pairs(plan: Plan) -> tuple[tuple[str, Where], ...]:
    """Each power that changes with each area, of those that officials know, where it does."""
    found: dict[tuple[str, str], tuple[str, Where]] = {}
    for change in plan.changes:
        for code, name, pieces in matrix_areas(plan.after, change.pieces):
            found.setdefault((change.power, code), (change.power, Where(code, name, pieces)))
    return tuple(found.values())


def _bodies(plan: Plan, deals: Sequence[Deal]) -> set[str]:
    found = {party for deal in deals for party in deal.parties}
    for change in plan.changes:
        found |= {*change.before, *change.after}
    return found


def _deals(ground: Ground, deals: Sequence[Deal]) -> Section:
    """The deals themselves: who agreed them, when, and what has become of them."""
    headings = (
        Heading("Deal"),
        Heading("Agreed", "day", blank="not said"),
        Heading("Parties", blank="not said"),
        Heading("State", blank="not said"),
        Heading("Provisions", "count"),
        Heading("How sure"),
    )
    rows = tuple(
        (
            f"{deal.name} ({deal.code})",
            deal.agreed,
            ", ".join(ground.world.body_name(party) for party in deal.parties),
            deal.status,
            len(deal.provisions),
            deal.confidence,
        )
        for deal in deals
    )
    sources = ground.cites.cite(deal.source for deal in deals)
    summaries = tuple(deal.summary for deal in deals if deal.summary)
    table = Table("The deals, and what has become of them", headings, rows, sources=sources)
    return Section("deals", "The deal" if len(deals) == 1 else "The deals", summaries, (), (table,))
