"""Answers of sweeps that were run and kept, for `ask --results`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from devo import words
from devo.answers import SCHEMA, plain
from devo.cli.options import Common

if TYPE_CHECKING:
    from devo.batch.kept import KeptAnswer, KeptSweep
    from devo.formats import Page
    from devo.values import Column

MOST_SHOWN = 60
# Of a figure's row, what is no amount of what the figure counts.
_BARE = ("missing", "rank_correlation", "ordered", "may_be_chance")


def ask_kept(common: Common, folder: Path, question: str | None, terms: Mapping[str, str]) -> int:
    """Show what a folder of results answers; without a question, what it can be asked."""
    from devo.batch.kept import SWEEP, NotKept, kept_sweeps, the_sweep
    from devo.cli.output import show

    if common.of_a_world:
        raise click.UsageError(
            f"{folder} has answers of its own worlds and days; leave {common.of_a_world} out"
        )
    rest = {name: value for name, value in terms.items() if name != SWEEP}
    try:
        sweeps = kept_sweeps(folder)
        if question is None:
            _list(common, folder, sweeps)
            return 0
        sweep = the_sweep(sweeps, terms.get(SWEEP, ""))
        answer = sweep.ask(question, rest)
    except NotKept as fault:
        raise click.UsageError(str(fault)) from None
    show(_page(sweep, answer), common)
    return 0


def _page(sweep: KeptSweep, answer: KeptAnswer) -> Page:
    from devo.formats import Grid, Page, Records

    columns = [column for column in answer.columns if not _is_doubled(column.name, answer)]
    rows = tuple(tuple(_cell(column, row) for column in columns) for row in answer.rows[:MOST_SHOWN])
    headings = tuple(words.heading(column.name) for column in columns)
    more = len(answer.rows) - MOST_SHOWN
    terms = "".join(f", {name} {value}" for name, value in answer.terms.items())
    listed = plain(answer.rows)
    return Page(
        title=f"{sweep.name}: {answer.question}{terms}",
        paragraphs=() if answer.rows else ("There are no rows.",),
        grids=(
            Grid(
                headings,
                rows,
                figures=frozenset(words.heading(c.name) for c in columns if c.type in ("integer", "float")),
            ),
        )
        if answer.rows
        else (),
        notes=(f"and {more:,} more rows (--format csv and json have all)",) if more > 0 else (),
        envelope={
            "schema": SCHEMA,
            "question": answer.question,
            "terms": dict(answer.terms),
            "on": None,
            "known": None,
            "world": {
                "baseline": sweep.manifest.get("baseline", ""),
                "deals": sweep.manifest.get("deals", []),
                "fingerprint": sweep.manifest["made_from"].get("world", ""),
            },
            "sweep": {"name": sweep.name, "folder": sweep.home.as_posix()},
            "columns": plain(answer.columns),
            "rows": listed,
            "findings": [],
            "sources": [],
        },
        records=Records(tuple(column.name for column in answer.columns), tuple(listed)),
    )


def _cell(column: Column, row: Mapping[str, Any]) -> str:
    value = row[column.name]
    # Each row about figures has a unit of its own.
    if (
        row.get("unit") == "pence"
        and value is not None
        and column.name not in _BARE
        and column.type != "string"
    ):
        return words.pounds(round(value))
    return words.cell(column, value)


def _is_doubled(name: str, answer: KeptAnswer) -> bool:
    """Whether another column says the same for people."""
    every = {column.name for column in answer.columns}
    return f"{name}_name" in every or f"{name}_names" in every


def _list(common: Common, folder: Path, sweeps: list[KeptSweep]) -> None:
    from devo.cli.output import show
    from devo.formats import Grid, Page, Records

    rows = [
        {"sweep": sweep.name, "question": name, "what": what, "folder": sweep.home.as_posix()}
        for sweep in sweeps
        for name, what in sweep.questions.items()
    ]
    page = Page(
        title=f"What can be asked of {folder}",
        paragraphs=(
            f"devo ask QUESTION --results {folder} --term COLUMN=VALUE; a term is any column of the rows.",
        ),
        grids=tuple(
            Grid(("Question", "What it answers"), tuple(sweep.questions.items()), sweep.name)
            for sweep in sweeps
        ),
        envelope={"schema": "devo.questions/1", "questions": rows},
        records=Records(("sweep", "question", "what", "folder"), tuple(rows)),
    )
    show(page, common)
