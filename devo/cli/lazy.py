"""A group of commands that loads a command's module only when that command is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A click group over a table: command name to its module below `devo.cli` and its help in a line."""

    def __init__(self, *args: Any, commands_of: Mapping[str, tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        self.commands_of = commands_of

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(self.commands_of)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, its module loaded now."""
        if cmd_name not in self.commands_of:
            return None
        module = import_module(f"devo.cli.{self.commands_of[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called. Raises NoSuchCommand with the nearest names."""
        name = args[0]
        if name not in self.commands_of and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(name, possibilities=self.commands_of, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, so that help loads none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in self.commands_of.items()])
