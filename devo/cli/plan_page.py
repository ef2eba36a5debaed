"""A plan as a page: its sentences, the matrix of powers by areas, and a table for each kind of change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from devo import words
from devo.answers import plain
from devo.cli.pages import said
from devo.formats import Grid, Page, Records
from devo.plans import Change, MatrixRow, Plan
from devo.tiers import TOLERANCE
from devo.values import Finding
from devo.world import World

MOST_AREAS = 4


def plan_page(found: Plan, changes: Sequence[Change], findings: Sequence[Finding], which: str) -> Page:
    """A plan with some of its lines, what there is to say of it, and which world it is of ('' for England)."""
    rows = tuple(change.as_json() for change in changes)
    return Page(
        title=found.title,
        paragraphs=tuple(filter(None, (which, *found.summary))),
        grids=tuple(_grids(found, changes)),
        notes=(*said(findings), *_tolerance(changes)),
        envelope=found.as_json() | {"changes": list(rows), "findings": plain(findings)},
        records=Records(Change.columns(), rows),
    )


def _tolerance(changes: Sequence[Change]) -> Iterator[str]:
    if any(change.kind.startswith("moved") for change in changes):
        yield (
            "Up and down are measured by the residents of the whole area that a holder answers for, "
            f"within {TOLERANCE:.0%}."
        )


def _grids(found: Plan, changes: Sequence[Change]) -> Iterator[Grid]:
    shown = {change.power for change in changes}
    matrix = [row for row in found.matrix if row.power in shown]
    areas = list(dict.fromkeys((row.area, row.area_name) for row in matrix))
    if matrix and len(areas) <= MOST_AREAS:
        yield _matrix(matrix, areas)
    law = [change for change in changes if change.basis == "law"]
    for kind in dict.fromkeys(change.kind for change in law):
        yield _of_kind(found.after, _TITLES[kind], [change for change in law if change.kind == kind])
    agreed = [change for change in changes if change.basis == "agreed"]
    if agreed:
        yield _of_kind(found.after, "Agreed, and never made into law: what would have come", agreed)


def _matrix(matrix: Sequence[MatrixRow], areas: Sequence[tuple[str, str]]) -> Grid:
    """Powers by areas, with what each cell was and becomes."""
    cells = {(row.power_name, row.area): _cell(row) for row in matrix}
    powers = list(dict.fromkeys(row.power_name for row in matrix))
    rows = [(power, *(cells.get((power, code), "") for code, _ in areas)) for power in powers]
    return Grid(("Power", *(name for _, name in areas)), tuple(rows), "Powers by areas, before and after")


def _cell(row: MatrixRow) -> str:
    return row.after if row.before == row.after else f"{row.before} > {row.after}"


def _of_kind(world: World, title: str, changes: Sequence[Change]) -> Grid:
    headings = ("Power", "From", "To", "Where", "Residents", "From the day", "Under", "Answers for it")
    rows = tuple(
        (
            change.power_name,
            words.several(change.before_names),
            _to(world, change),
            words.several(change.places_names),
            f"{change.residents:,}",
            change.on.isoformat() if change.on != date.min else "before the tables",
            change.cause["instrument"] or change.cause["source"],
            _answering(change),
        )
        for change in changes
    )
    wide = frozenset({"Where", "Under", "Answers for it"})
    return Grid(headings, rows, title, figures=frozenset({"Residents"}), wide=wide)


def _to(world: World, change: Change) -> str:
    exerciser = change.exercised_by_after
    by = f", exercised by {world.exerciser_name(exerciser)}" if exerciser else ""
    how = "" if change.mode == "sole" or not change.after else f", {words.mode(change.mode)}"
    return f"{words.several(change.after_names)}{how}{by}"


def _answering(change: Change) -> str:
    before, after = change.accountability_before, change.accountability_after
    return after if before in ("", after) else f"from {before} to {after}"


_TITLES = {
    "moved-up": "Moved up, to a body that answers for more people",
    "moved-down": "Moved down, to a body that answers for fewer people",
    "moved-across": "Moved across, to a body that answers for as many people",
    "inside": "Another exerciser, the same holder",
    "shared": "Shared",
    "conditioned": "Other conditions on its use",
    "re-sourced": "The same holder, a new legal authority",
    "gained": "Gained, where nobody is known to have held it",
    "lost": "Lost",
    "ended": "Ended with its holder",
    "commenced": "Commenced",
}
