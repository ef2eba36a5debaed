"""`plan` and `compare`: what deals would change, and two worlds side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from devo.cli.options import Common, Day, asking, asking_on_days, with_options

if TYPE_CHECKING:
    from devo.plans import Change, Plan, Wanted
    from devo.world import World

Command = TypeVar("Command", bound=Callable[..., Any])

_ONLY = "Kinds of change to show, with commas: moved-up,lost."
_NARROWING = (
    click.option("--place", metavar="PLACE", default="", help="Only what touches this place."),
    click.option("--theme", metavar="THEME", default="", help="Only powers of this theme."),
    click.option("--only", metavar="KIND,...", default="", help=_ONLY),
    click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs."),
)


def narrowing(command: Command) -> Command:
    """Options that leave lines of a plan out, and the one that makes a verdict of what is left."""
    return with_options(command, _NARROWING)


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

    The two days are A and B, or --on twice. With A alone and --deal, A without and with the deal.
    """
    from devo import front
    from devo.planning import compare as side_by_side
    from devo.sentences import day as spelt

    if named_days := _days_named(first, second):
        if days:
            raise click.UsageError("A and B are days already; leave --on out")
        first, second, days = None, None, named_days
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
        before, after = _side(first, common, second), _side(second, common, first)
        title = f"{first} beside {second}"
    elif len(days) == 2:
        before = after = _side(first, common)
        title = f"What lies between {spelt(when[0])} and {spelt(when[1])}"
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


def _days_named(first: str | None, second: str | None) -> tuple[date, ...]:
    """The days that A and B are; none where neither is one."""
    dated = [name for name in (first, second) if name is not None and _DATED.fullmatch(name)]
    if not dated:
        return ()
    if first is None or second is None or len(dated) < 2:
        raise click.UsageError(f"beside the day {dated[0]} stands another day; for a world on a day use --on")
    return tuple(Day().convert(name, None, None) for name in dated)


_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def _side(name: str | None, common: Common, beside: str | None = None) -> World:
    """The world that a baseline, a scenario's file or a deal names, with the deals of the options.

    Of two deals each stands without the other, which the baseline may have both.
    """
    from devo import front
    from devo.names import NameFault

    if name is None:
        return common.opened()
    if front.is_baseline(name, common.plugins):
        return replace(common, baseline=name, scenario=None).opened()
    if _is_world(name, common):
        return replace(common, baseline=None, scenario=name).opened()
    world = common.opened()
    try:
        if beside is not None and not _is_world(beside, common):
            world = front.with_and_without(world, [beside])[0]
        return front.with_and_without(world, [name])[1]
    except NameFault as fault:
        if fault.kind != "deal":
            raise
        baselines = ", ".join(front.toolbox_of(world).baselines)
        near = f"; the nearest deals: {', '.join(fault.nearest)}" if fault.nearest else ""
        raise click.UsageError(
            f"{fault.text!r} is no baseline ({baselines}), no scenario file and no deal{near}"
        ) from None


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
    from devo.cli.output import show
    from devo.cli.pages import left_out, verdict
    from devo.cli.plan_page import plan_page

    changes = [change for change in found.changes if common.keeps(change.cause["confidence"])]
    findings = list(found.findings)
    if gone := len(found.changes) - len(changes):
        findings.append(left_out(gone, "change", common))
    show(plan_page(found, changes, findings, common.which_world), common)
    return verdict(findings) or int(narrow["exit_code"] and _differs(found, changes, narrow))


def _differs(found: Plan, changes: Sequence[Change], narrow: Mapping[str, Any]) -> bool:
    """Whether anything differs. What plugins see change besides is not narrowed, so it counts where nothing is."""
    narrowed = any(narrow[name] for name in ("only", "theme", "place"))
    return bool(changes) or (not narrowed and any(found.indirect.values()))
