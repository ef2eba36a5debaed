"""The money of the bodies concerned: flows of a plugin that answers for them, drawn and as a table."""

from __future__ import annotations

from typing import Any

from devo import words
from devo.answers import Answer
from devo.reports.ground import Ground
from devo.reports.sankey import MOST, Flow, sankey
from devo.reports.values import Drawing, Section, Table, heading_of

_NEEDED = {"payer", "payee", "payer_name", "payee_name", "amount_pence"}


def money(ground: Ground) -> Section:
    """The section; empty where no plugin knows of flows, or none of the bodies concerned pays or is paid."""
    drawings: list[Drawing] = []
    sentences: list[str] = []
    for tool in ground.drawn_as("sankey", _NEEDED):
        answer = ground.ask(tool.name)
        if answer is None:
            continue
        rows = tuple(row for row in ground.rows(answer) if {row.payer, row.payee} & ground.bodies)
        if rows:
            drawings.append(flows_drawn(ground, answer, rows, f"sankey-{len(drawings) + 1}"))
        else:
            day = words.day(ground.world.today)
            sentences.append(f"The tables know of no money to or from the bodies concerned on {day}.")
    return Section("money", "Money", tuple(sentences), tuple(drawings))


def flows_drawn(ground: Ground, answer: Answer, rows: tuple[Any, ...], name: str) -> Drawing:
    """Rows of flows as a drawing with its table."""
    flows = [Flow(r.payer_name, r.payee_name, r.amount_pence, getattr(r, "hop", 1)) for r in rows]
    year = answer.terms.get("year") or f"the fiscal year of {words.day(answer.on)}"
    title = f"Who pays whom in {year}"
    shown = [c for c in answer.columns if f"{c.name}_name" not in {other.name for other in answer.columns}]
    table = Table(
        title,
        tuple(heading_of(column) for column in shown),
        tuple(tuple(getattr(row, column.name) for column in shown) for row in rows),
        sources=ground.cites.behind(rows),
    ).trimmed()
    cut = f" The {MOST - 1} largest flows are drawn apart; the table has all." if len(flows) > MOST else ""
    described = (
        f"Bands as wide as the money, from payers at the left to payees.{cut} The table below says the same."
    )
    return Drawing(title, described, sankey(flows, title, name), table)
