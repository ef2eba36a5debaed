"""The options that say how to run: where, how long, which part, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from devo.batch.options import MOST_ALLOWED
from devo.cli.options import Common, with_options

if TYPE_CHECKING:
    from devo.batch.running import Options

Command = TypeVar("Command", bound=Callable[..., Any])


class Shard(click.ParamType[tuple[int, int]]):
    """A part of the scenarios, as 2/5."""

    name = "shard"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Which part of how many; fails where there is no such part."""
        if isinstance(value, tuple):
            return value
        number, slash, count = value.partition("/")
        if not slash or not number.isdecimal() or not count.isdecimal() or not 1 <= int(number) <= int(count):
            self.fail(f"{value!r} is not a part; write 2/5 for the second of five", param, ctx)
        return int(number), int(count)


class Seconds(click.ParamType[float]):
    """A time in seconds, more than none."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds from a text."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds < 10_000_000:
            self.fail(f"{value!r} is not a time in seconds", param, ctx)
        return seconds


# A folder that need not be there yet.
FOLDER: Any = click.Path(path_type=Path, file_okay=False)
_FILE: Any = click.Path(path_type=Path, dir_okay=False)
_RUNNING = (
    click.option(
        "--jobs", type=click.IntRange(1), metavar="N", help="Processes to use; as many as pays if left out."
    ),
    click.option("--executor", metavar="NAME", default="", help="dask, or dask://HOST:PORT for a cluster."),
    click.option("--timeout", type=Seconds(), default=0.0, metavar="SECONDS", help="Time for each scenario."),
    click.option("--fail-fast", is_flag=True, help="Begin nothing new after the first that fails."),
    click.option("--shard", type=Shard(), default=(1, 1), metavar="I/N", help="Run the I-th of N parts."),
    click.option(
        "--limit",
        type=click.IntRange(1, MOST_ALLOWED),
        metavar="N",
        help="The most variants of a sweep to run.",
    ),
    click.option("--results", type=FOLDER, metavar="DIR", help="Keep the results in a folder."),
    click.option("--resume", is_flag=True, help="Go on with the run that DIR has results of."),
    click.option("--cache/--no-cache", default=None, help="Reuse what nothing has changed of, or run all."),
    click.option("--why-rerun", is_flag=True, help="Say of each scenario that was run why it was."),
    click.option("--junit", type=_FILE, metavar="FILE", help="Write a JUnit report."),
)


def running(command: Command) -> Command:
    """The options that say how to run, in this process or in many."""
    return with_options(command, _RUNNING)


def options_of(common: Common, how: Mapping[str, Any]) -> Options:
    """How to run, as the options say."""
    from devo.batch.running import MOST_VARIANTS, Options
    from devo.calling import watch

    opened = watch()
    traced = opened is not None and opened.traces
    return Options(
        common.plugins,
        # What other processes do cannot be traced from here.
        jobs=1 if traced else how["jobs"] or 0,
        executor=how["executor"],
        timeout=how["timeout"],
        fail_fast=how["fail_fast"],
        shard=how["shard"],
        limit=how["limit"] or MOST_VARIANTS,
        results=how["results"],
        resume=how["resume"],
        cache=how["cache"],
    )
