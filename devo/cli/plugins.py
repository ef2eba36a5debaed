"""`plugins`: those that are on, a new one, and what every plugin has to hold to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from devo.cli.options import Common, drawing
from devo.formats import Grid, Page, Records

if TYPE_CHECKING:
    from devo.testing import Report

_LICENCES = ("MIT", "BSD-3-Clause", "Apache-2.0", "none")


@click.group(invoke_without_command=True)
@drawing
@click.pass_context
def plugins(context: click.Context, common: Common) -> int:
    """List the plugins that are on and what each brings; write a new one; check one."""
    from devo.cli.plugin_list import listed

    return 0 if context.invoked_subcommand else listed(common)


@plugins.command("list")
@drawing
def list_(common: Common) -> int:
    """List the plugins that are on and what each brings, and those installed that are not on."""
    from devo.cli.plugin_list import listed

    return listed(common)


@plugins.command
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The folder to write it in.  [default: this one]",
)
@click.option("--one-file", is_flag=True, help="Write one file that needs no installing, and not a folder.")
@click.option(
    "--licence", type=click.Choice(_LICENCES), default="MIT", show_default=True, help="What its LICENSE says."
)
@click.option("--author", default="", metavar="NAME", help="Whose it is.")
@drawing
def new(common: Common, name: str, into: Path, one_file: bool, licence: str, author: str) -> int:
    """Write a new plugin called NAME: a small distribution that works before a word of it is changed.

    It has a record, a verb, a question, a check, an example, tests, docs and a CI workflow. Nothing is
    written over.
    """
    from devo.authoring.distribution import CannotBeWritten, write_distribution, write_file
    from devo.cli.output import show

    try:
        written = write_file(name, into) if one_file else write_distribution(name, into, licence, author)
    except CannotBeWritten as fault:
        lines = [f"{message}\n  {how}" for message, how in fault.faults]
        raise click.UsageError("no plugin was written.\n" + "\n".join(lines)) from None
    place = written[0] if one_file else into / name
    shown = place.as_posix() if place.is_absolute() else f"./{place.as_posix()}"
    listed = tuple(path.as_posix() for path in written)
    commands = _next(name, shown, one_file)
    page = Page(
        title=f"A new plugin: {name}",
        lines=listed,
        grids=(Grid(("", ""), commands, "What to do with it"),),
        envelope={"schema": "devo.new-plugin/1", "name": name, "files": list(listed)},
        records=Records(("file",), tuple({"file": path} for path in listed)),
    )
    show(page, common)
    return 0


def _next(name: str, shown: str, one_file: bool) -> tuple[tuple[str, str], ...]:
    switched_on = (
        ("see it", f"devo plugins list --plugin {shown}"),
        ("check it", f"devo plugins check {shown}"),
    )
    if one_file:
        return (*switched_on, ("ask it", f"devo ask {name} --term place=Manchester --plugin {shown}"))
    return (
        *switched_on,
        ("install it", f"pip install -e {shown}"),
        ("test it", f"cd {shown} && pytest"),
        ("use it", f"devo ask targets --plugin {name}"),
    )


@plugins.command
@click.argument("path")
@click.option(
    "--seconds",
    type=click.FloatRange(0.01),
    default=5.0,
    show_default=True,
    metavar="N",
    help="What one call may take.",
)
@click.option(
    "--memory",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    metavar="MB",
    help="What memory one call may add.",
)
@drawing
def check(common: Common, path: str, seconds: float, memory: int) -> int:
    """Hold a plugin to what every plugin has to hold to. PATH is its file, its folder or its name.

    It is tried on an empty world, on a tiny country before and after two deals, and on England, twice over,
    in processes of its own; its examples are run. 0: it holds; 1: it does not; 4: it cannot be switched on.
    """
    from devo.cli.faults import PLUGIN
    from devo.cli.output import show
    from devo.testing import Budget, checked

    report = checked(path, Budget(seconds, memory))
    show(_report(report, traced=_traced()), common)
    return PLUGIN if report.broken else int(not report.holds)


def _traced() -> bool:
    """Whether the timings of its functions are to be shown."""
    from devo.calling import watch

    opened = watch()
    traces = opened is not None and opened.traces
    if opened is not None:
        opened.traces = False  # they are of its own processes, and stand in the report
    return traces


def _report(report: Report, *, traced: bool) -> Page:
    from devo import words
    from devo.answers import plain

    named = f"{report.plugin} {report.version}".rstrip()
    lines = []
    for finding in report.findings:
        where = f"{finding.where}: " if finding.where else ""
        lines.append(f"{where}{finding.severity}: {finding.message} [{finding.code}]")
        lines += [f"  {finding.suggestion}"] if finding.suggestion else []
    holds = "holds" if report.holds else "does not hold"
    tried = words.count(len(report.tried), "case")
    verdict = f"{named} {holds}: {tried} tried, {words.severities(report.findings)}."
    if report.broken:
        verdict = f"{named} cannot be switched on."
    timings = sorted(report.timings, key=lambda timing: -timing[2])
    grids: tuple[Grid, ...] = ()
    if traced and timings:
        rows = tuple(
            (what, f"{calls:,}", f"{whole:.3f}", f"{most:.3f}") for what, calls, whole, most in timings
        )
        heads = ("What was called", "Calls", "Seconds", "Longest")
        grids = (Grid(heads, rows, figures=frozenset(heads[1:])),)
    return Page(
        title=f"Plugin {named}",
        lines=tuple(lines),
        grids=grids,
        notes=(verdict,),
        envelope={
            "schema": "devo.plugin-check/1",
            "plugin": report.plugin,
            "version": report.version,
            "holds": report.holds,
            "findings": plain(report.findings),
            "tried": plain(report.tried),
            "timings": [
                {"what": what, "calls": calls, "seconds": whole, "longest": most}
                for what, calls, whole, most in timings
            ],
        },
        records=Records(
            ("severity", "code", "where", "message", "suggestion"),
            tuple(
                {
                    name: getattr(finding, name)
                    for name in ("severity", "code", "where", "message", "suggestion")
                }
                for finding in report.findings
            ),
        ),
    )
