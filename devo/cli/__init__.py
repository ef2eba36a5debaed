"""The command line. Each family of commands is a module of its own, loaded when one of them is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

import click

from devo import __version__
from devo.cli.lazy import LazyGroup

# The order of the help. Each command: its module, and its help in one line.
COMMANDS: dict[str, tuple[str, str]] = {
    "explore": ("explore", "Look around in the explorer, on this terminal."),
    "who": ("who", "Who holds what over a place."),
    "holds": ("who", "What a body holds, and where."),
    "where": ("who", "Who holds a power, one row a holder and place."),
    "explain": ("explain", "Why a body holds a power, or why not."),
    "history": ("who", "The holders of a power through time."),
    "plan": ("plan", "What deals would change."),
    "compare": ("plan", "Two worlds, or two days, side by side."),
    "places": ("lists", "List or search places."),
    "bodies": ("lists", "List or search bodies."),
    "powers": ("lists", "List or search powers."),
    "deals": ("lists", "List or search deals."),
    "ask": ("ask", "Ask any question, plugins' included; alone, list them."),
    "check": ("check", "Find faults in scenario and deal files, and in the model."),
    "run": ("run", "Run scenarios and sweeps; the exit code is the verdict."),
    "merge": ("merge", "Put the results of several shards together."),
    "report": ("report", "A page, workbook or document to send: what a scenario or a deal says."),
    "export": ("export", "The world as graphs, tables, linked data or pages."),
    "lookup": ("lookup", "Import published lookups into tables."),
    "plugins": ("plugins", "List the plugins that are on; write a new one; check one."),
    "schema": ("schema", "Print the JSON Schema of a file or an answer."),
    "serve": ("serve", "The explorer in a browser on this machine."),
    "doctor": ("about", "Say what devo finds on this machine."),
}


class Devo(LazyGroup):
    """The group of all commands, with the exit codes of the contract."""

    def main(  # type: ignore[override]  # click's overloads differ only in what it returns
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run a command line and leave with its exit code; no stack trace reaches a user."""
        from devo.cli.faults import guarded

        extra["standalone_mode"] = False
        guarded(lambda: super(Devo, self).main(args, prog_name or "devo", **extra), args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the command line, up to the command."""
        from devo.cli.faults import patient

        with patient():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command."""
        from devo.cli.faults import patient

        with patient():
            return super().invoke(ctx)


@click.group(
    cls=Devo,
    commands_of=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Days are written 2024-05-01. `devo COMMAND --help` says more of each.",
)
@click.version_option(__version__, prog_name="devo", message="%(prog)s %(version)s")
@click.pass_context
def devo(context: click.Context) -> int:
    """Who holds which power in England, where, since when and why; and what devolution deals change."""
    if context.invoked_subcommand is None:
        from devo.cli.explore import explore, is_possible

        if is_possible():
            return int(context.invoke(explore))
        click.echo(context.get_help())
    return 0


def main() -> None:
    """Run the command line."""
    devo()
