"""The options that commands share: which world, on which day, how to show the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from devo.formats import FORMATS

if TYPE_CHECKING:
    from devo.world import World

Command = TypeVar("Command", bound=Callable[..., Any])

CONFIDENCES = ("verified", "known", "unsure")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_A_WORLD = {
    "on": "--on",
    "known": "--known",
    "baseline": "--baseline",
    "deals": "--deal",
    "without": "--without",
    "scenario": "--scenario",
}


class Day(click.ParamType[date]):
    """A day as 2024-05-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A day from its text; fails where there is no such day."""
        if isinstance(value, date):
            return value
        if not _DAY.fullmatch(value):
            self.fail(f"{value!r} is not a day; write it as 2024-05-01", param, ctx)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is a day that does not exist", param, ctx)


@dataclass(frozen=True, slots=True)
class Common:
    """What the shared options say."""

    format: str | None
    output: str | None
    plugins: tuple[str, ...]
    debug: bool
    on: date | None = None
    known: date | None = None
    baseline: str | None = None
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    scenario: str | None = None
    confidence: str = "unsure"

    def world(self) -> World:
        """The world that is asked for, on its day: today unless one was named."""
        from devo import front

        return self.as_known(self.opened().on(self.on or front.today()))

    def opened(self) -> World:
        """The world that is asked for, looked at from no day."""
        from devo import front

        return front.open_world(
            self.baseline or "england",
            deals=self.deals,
            without=self.without,
            scenario=self.scenario,
            plugins=self.plugins,
        )

    def as_known(self, world: World) -> World:
        """A world by the law made by --known; without it, by the law that a scenario goes by."""
        return world.known(self.known) if self.known else world

    @property
    def of_a_world(self) -> str:
        """The first option given that says which world is asked, or on which day: '' where none does."""
        given = (option for name, option in _OF_A_WORLD.items() if getattr(self, name))
        return next(given, "")

    @property
    def changed(self) -> bool:
        """Whether the world is more than a baseline as it is shipped."""
        return bool(self.deals or self.without or self.scenario)

    @property
    def which_world(self) -> str:
        """The world in words, '' for the default one."""
        if self.scenario:
            words = f"the world of {self.scenario}"
        else:
            words = f"the baseline {self.baseline}" if self.baseline not in (None, "england") else ""
        if self.deals:
            words += f"{', ' if words else ''}with {', '.join(self.deals)}"
        if self.without:
            words += f"{', ' if words else ''}without {', '.join(self.without)}"
        return f"World: {words}." if words else ""

    def keeps(self, confidence: str | None) -> bool:
        """Whether a row of some confidence is sure enough to be shown."""
        return confidence not in CONFIDENCES or CONFIDENCES.index(confidence) <= CONFIDENCES.index(
            self.confidence
        )


def drawing(command: Command) -> Command:
    """Options of every command: format, output, plugins, debug."""
    return _given(command, (*_DRAWING, *_PLUGINS))


def asking(command: Command) -> Command:
    """Options of every command that opens a world: which, on which day, and those of `drawing`."""
    return _given(command, (_ON, *_WORLD, *_DRAWING, *_PLUGINS))


def asking_on_days(command: Command) -> Command:
    """The options of `asking` but --on, for a command that takes days of its own."""
    return _given(command, (*_WORLD, *_DRAWING, *_PLUGINS))


def writing(command: Command) -> Command:
    """The options of `asking` for a command that writes a file, whose ending says how it is shown."""
    return _given(command, (_ON, *_WORLD, _FILE, *_PLUGINS))


def _careful(terms: dict[str, Any]) -> None:
    """What the options say of how plugins are called, for the watch over this command."""
    from devo.calling import Care, watch

    strict, seconds = terms.pop("strict", False), terms.pop("plugin_seconds", 0.0)
    traces, opened = terms.pop("trace_plugins", False), watch()
    if opened is not None:
        opened.care, opened.traces = Care(strict, seconds), traces


def _given(command: Command, options: Iterable[Callable[[Any], Any]]) -> Command:
    @wraps(command)
    def with_common(*args: Any, plain: bool = False, format: str | None = None, **terms: Any) -> Any:
        if plain and format not in (None, "plain"):
            raise click.UsageError(f"--plain is --format plain; it cannot go with --format {format}")
        _careful(terms)
        names = [name for name in Common.__dataclass_fields__ if name in terms]
        common = Common("plain" if plain else format, **{name: terms.pop(name) for name in names})
        if common.scenario and common.baseline:
            raise click.UsageError("--scenario names its own baseline; leave --baseline out")
        return command(*args, common=common, **terms)

    return with_options(cast("Command", with_common), options)


def with_options(command: Command, options: Iterable[Callable[[Any], Any]]) -> Command:
    """A command with options, which its help lists in their order."""
    wrapped: Any = command
    for option in reversed(list(options)):
        wrapped = option(wrapped)
    return cast("Command", wrapped)


_ON = click.option("--on", type=Day(), metavar="DATE", help="The day to answer for; today if left out.")
_WORLD = (
    click.option("--known", type=Day(), metavar="DATE", help="Go by the law made by this day."),
    click.option("--baseline", metavar="NAME", help="The world to begin with.  [default: england]"),
    click.option(
        "--deal", "deals", multiple=True, metavar="DEAL", help="Add a deal, by file or name; may repeat."
    ),
    click.option("--without", multiple=True, metavar="DEAL", help="Leave one of its deals out; may repeat."),
    click.option("--scenario", type=click.Path(), metavar="FILE", help="The world of a scenario file."),
    click.option(
        "--confidence",
        type=click.Choice(CONFIDENCES),
        default="unsure",
        help="Show what is at least this sure.  [default: unsure, which is all, marked]",
    ),
)
_FILE = click.option(
    "-o",
    "--output",
    type=click.Path(),
    metavar="FILE",
    required=True,
    help="What to write; its ending says how.",
)
_DRAWING = (
    click.option(
        "--format", type=click.Choice(FORMATS), help="How to show it; a table in a terminal, else plain."
    ),
    click.option("--plain", is_flag=True, help="Lines of `name: value`; the same as --format plain."),
    click.option("-o", "--output", type=click.Path(), metavar="FILE", help="Write to a file instead."),
)
plugin_named = click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="NAME",
    help="Switch a plugin on, by name, file or folder; may repeat.",
)
debugging = click.option("--debug", is_flag=True, help="Print the stack trace of a fault.")
_PLUGINS = (
    plugin_named,
    click.option(
        "--strict", is_flag=True, help="Stop at the first plugin that fails, and do not go on without it."
    ),
    click.option(
        "--plugin-seconds",
        type=click.FloatRange(0),
        default=60.0,
        metavar="N",
        help="The longest that one call of a plugin not built in may take; 0 for no limit.  [default: 60]",
    ),
    click.option(
        "--trace-plugins", is_flag=True, help="Say which plugins were called, and how long they took."
    ),
    debugging,
)
