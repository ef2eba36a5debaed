"""`plan` and `compare`: what deals would change, and two worlds side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from devo import words
from devo.cli.options import Common, Day, asking, asking_on_days
from devo.formats import Grid, Page, Records

if TYPE_CHECKING:
    from devo.plans import Change, MatrixRow, Plan, Wanted
    from devo.world import World

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_AREAS = 4
_ONLY = "Kinds of change to show, with commas: moved-up,lost."


def narrowing(command: Command) -> Command:
    """Options that leave lines of a plan out."""
    wrapped: Any = command
    for option in (
        click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs."),
        click.option("--only", metavar="KIND,...", default="", help=_ONLY),
        click.option("--theme", metavar="THEME", default="", help="Only powers of this theme."),
        click.option("--place", metavar="PLACE", default="", help="Only what touches this place."),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


@click.command
@click.argument("deals_planned", nargs=-1, required=True, metavar="DEAL...")
@narrowing
@asking
def plan(common: Common, deals_planned: tuple[str, ...], **narrow: Any) -> int:
    """What DEALs would change: files, or names of deals that the baseline ships.

    A deal that the baseline ships is compared to the same England without it.
    """
    from devo import front

    world = _opened(common)
    before, after, deals = front.with_and_without(world, deals_planned)
    found = front.plan_of(
        before.known(common.known),
        after.known(common.known),
        deals,
        on=common.on,
        wanted=_wanted(world, narrow),
    )
    return _show(found, common, narrow["exit_code"])


@click.command
@click.argument("first", required=False, metavar="[A]")
@click.argument("second", required=False, metavar="[B]")
@click.option("--on", "days", type=Day(), multiple=True, metavar="DATE", help="The day, or two days.")
@narrowing
@asking_on_days
def compare(
    common: Common, first: str | None, second: str | None, days: tuple[date, ...], **narrow: Any
) -> int:
    """Two worlds side by side: each a baseline, a scenario file or a deal; or one world on two days.

    With A alone and --deal, A without and with the deal.
    """
    from devo import front
    from devo.planning import compare as side_by_side

    if len(days) > 2:
        raise click.UsageError("give one day with --on, or two to compare the world on both")
    opened = _named(first, common) if first else _opened(common)
    when = [front.today()] if not days else list(days)
    if second is not None:
        if len(days) == 2:
            raise click.UsageError("compare two worlds on one day, or one world on two days, and not both")
        before, after, title = opened, _named(second, common), f"{first} beside {second}"
    elif len(days) == 2:
        before = after = opened
        title = f"From {when[0].isoformat()} to {when[1].isoformat()}"
    elif common.deals and first:
        before, after, title = (
            opened,
            front.with_deals(opened, common.deals),
            f"{first} with {', '.join(common.deals)}",
        )
    else:
        raise click.UsageError("compare what with what? Give A and B, or --on twice, or A and --deal")
    found = side_by_side(
        before.on(when[0]).known(common.known),
        after.on(when[-1]).known(common.known),
        front.toolbox_of(after).questions.values(),
        title=title,
        wanted=_wanted(after, narrow),
    )
    return _show(found, common, narrow["exit_code"])


def _opened(common: Common, *, deals: Sequence[str] = ()) -> World:
    """The world that the options name, with no day of its own; deals are added by the command."""
    from devo import front

    return front.open_world(
        common.baseline or "england",
        deals=deals,
        without=common.without,
        scenario=common.scenario,
        plugins=common.plugins,
    )


def _named(name: str, common: Common) -> World:
    """A world by a baseline's name, a scenario's file, or a deal enacted on the baseline."""
    from devo import front

    if front.is_baseline(name, common.plugins):
        return front.open_world(name, without=common.without, plugins=common.plugins)
    if name.endswith(".toml") and front.is_scenario(Path(name)):
        return front.open_world(scenario=name, plugins=common.plugins)
    world = _opened(common)
    _, after, _ = front.with_and_without(world, [name])
    return after


def _wanted(world: World, narrow: dict[str, Any]) -> Wanted:
    from devo import names
    from devo.moves import KINDS
    from devo.plans import Wanted

    kinds = tuple(kind.strip() for kind in narrow["only"].split(",") if kind.strip())
    for kind in kinds:
        if kind not in KINDS:
            raise click.UsageError(f"there is no kind of change {kind!r}; there are: {', '.join(KINDS)}")
    pieces = names.place(world, narrow["place"]).pieces if narrow["place"] else None
    return Wanted(kinds, narrow["theme"], pieces)


def _show(found: Plan, common: Common, exit_code: bool) -> int:
    from devo.cli.output import show
    from devo.cli.pages import said, verdict

    changes = [change for change in found.changes if common.keeps(change.cause["confidence"])]
    rows = tuple(change.as_json() for change in changes)
    page = Page(
        title=found.title,
        paragraphs=tuple(filter(None, (common.which_world, *found.summary))),
        grids=tuple(_grids(found, changes)),
        notes=(*said(found.findings), *_tolerance(changes)),
        envelope=found.as_json() | {"changes": list(rows)},
        records=Records(tuple(rows[0]) if rows else (), rows),
    )
    show(page, common)
    return verdict(list(found.findings)) or int(exit_code and bool(changes))


def _tolerance(changes: Sequence[Change]) -> Iterator[str]:
    from devo.tiers import TOLERANCE

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
        yield _of_kind(_TITLES[kind], [change for change in law if change.kind == kind])
    agreed = [change for change in changes if change.basis == "agreed"]
    if agreed:
        yield _of_kind("Agreed, and never made into law: what would have come", agreed)


def _matrix(matrix: Sequence[MatrixRow], areas: Sequence[tuple[str, str]]) -> Grid:
    """Powers by areas, with what each cell was and becomes."""
    cells = {(row.power_name, row.area): _cell(row) for row in matrix}
    powers = list(dict.fromkeys(row.power_name for row in matrix))
    rows = [(power, *(cells.get((power, code), "") for code, _ in areas)) for power in powers]
    return Grid(("Power", *(name for _, name in areas)), tuple(rows), "Powers by areas, before and after")


def _cell(row: MatrixRow) -> str:
    return row.after if row.before == row.after else f"{row.before} > {row.after}"


def _of_kind(title: str, changes: Sequence[Change]) -> Grid:
    headings = ("Power", "From", "To", "Where", "Residents", "From the day", "Under", "Answers for it")
    rows = tuple(
        (
            change.power_name,
            words.several(change.before_names),
            _to(change),
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


def _to(change: Change) -> str:
    by = f", exercised by {change.exercised_by_after}" if change.exercised_by_after else ""
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
