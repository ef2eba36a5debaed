"""The page of commands is what `--help` says; DEVO_WRITE_DOCS=1 writes it anew."""

import os
from pathlib import Path

import click

from devo.cli import devo

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
MARK = "DEVO_WRITE_DOCS=1. -->\n"


def test_the_page_says_what_help_says(commands):
    written, mark, generated = PAGE.read_text("utf-8").partition(MARK)
    assert mark
    group = click.Context(devo, info_name="devo", terminal_width=100, **devo.context_settings)
    expected = "".join(
        f"\n## `devo {name}`\n\n```text\n{_help(name, command, group)}\n```\n"
        for name, command in commands.items()
    )
    if os.environ.get("DEVO_WRITE_DOCS"):
        PAGE.write_text(written + mark + expected, "utf-8")
    else:
        assert generated == expected, "the commands have changed: run this test with DEVO_WRITE_DOCS=1"


def _help(name: str, command: click.Command, group: click.Context) -> str:
    context = click.Context(command, group, info_name=name)
    return command.get_help(context)
