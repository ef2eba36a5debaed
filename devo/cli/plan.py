"""`plan` and `compare`: what deals would change, and two worlds side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
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

    world = common.as_known(common.opened())
    wanted = _wanted(world, narrow)
    before, after, deals = front.with_and_without(world, deals_planned)
    return _show(front.plan_of(before, after, deals, on=common.on, wanted=wanted), common, narrow)


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
    if second is not None and len(days) == 2:
        raise click.UsageError("compare two worlds on one day, or one world on two days, and not both")
    when = days or (front.today(),)
    named = [name for name in (first, second) if name is not None]
    if named and all(_is_world(name, common) for name in named) and (common.scenario or common.baseline):
        option = "--scenario" if common.scenario else "--baseline"
        raise click.UsageError(f"{' and '.join(named)} say which world; leave {option} out")
    if second is not None:
        before, after, title = _side(first, common), _side(second, common), f"{first} beside {second}"
    elif len(days) == 2:
        before = after = _side(first, common)
        title = f"From {when[0].isoformat()} to {when[1].isoformat()}"
    elif common.deals and first:
        alone = _side(first, replace(common, deals=()))
        before, after, _ = front.with_and_without(alone, common.deals)
        title, common = f"{first} with {', '.join(common.deals)}", replace(common, deals=())
    else:
        raise click.UsageError("compare what with what? Give A and B, or --on twice, or A and --deal")
    found = side_by_side(
        common.as_known(before.on(when[0])),
        common.as_known(after.on(when[-1])),
        front.toolbox_of(after).questions.values(),
        title=title,
        wanted=_wanted(after, narrow),
    )
    return _show(found, common, narrow)


def _side(name: str | None, common: Common) -> World:
    """The world that a baseline, a scenario's file or a deal names, with the deals of the options."""
    from devo import front

    if name is None:
        return common.opened()
    if front.is_baseline(name, common.plugins):
        return replace(common, baseline=name, scenario=None).opened()
    if _is_world(name, common):
        return replace(common, baseline=None, scenario=name).opened()
    return front.with_and_without(common.opened(), [name])[1]


def _is_world(name: str, common: Common) -> bool:
    """Whether a name is a whole world's, and not a deal's to enact on one."""
    from devo import front

    return front.is_baseline(name, common.plugins) or (
        name.endswith(".toml") and front.is_scenario(Path(name))
    )


def _wanted(world: World, narrow: Mapping[str, Any]) -> Wanted:
    from devo.answers import TermFault
    from devo.plans import Wanted

    try:
        return Wanted.of(world, narrow["only"], narrow["theme"], narrow["place"])
    except TermFault as fault:
        raise click.UsageError(str(fault)) from None


def _show(found: Plan, common: Common, narrow: Mapping[str, Any]) -> int:
    from devo.answers import plain
    from devo.cli.output import show
    from devo.cli.pages import left_out, said, verdict
    from devo.plans import Change

    changes = [change for change in found.changes if common.keeps(change.cause["confidence"])]
    findings = list(found.findings)
    if gone := len(found.changes) - len(changes):
        findings.append(left_out(gone, "change", common))
    rows = tuple(change.as_json() for change in changes)
    page = Page(
        title=found.title,
        paragraphs=tuple(filter(None, (common.which_world, *found.summary))),
        grids=tuple(_grids(found, changes)),
        notes=(*said(findings), *_tolerance(changes)),
        envelope=found.as_json() | {"changes": list(rows), "findings": plain(findings)},
        records=Records(Change.columns(), rows),
    )
    show(page, common)
    return verdict(findings) or int(narrow["exit_code"] and _differs(found, changes, narrow))


def _differs(found: Plan, changes: Sequence[Change], narrow: Mapping[str, Any]) -> bool:
    """Whether anything differs. What plugins see change besides is not narrowed, so it counts where nothing is."""
    narrowed = any(narrow[name] for name in ("only", "theme", "place"))
    return bool(changes) or (not narrowed and any(found.indirect.values()))


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
