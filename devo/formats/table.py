"""Tables for a terminal: the columns that matter, wrapped to its width."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from devo.formats.page import NARROW, Grid, Page, Terminal, printable


def draw(page: Page, terminal: Terminal) -> str:
    """The page with its grids as tables. Every text is `Text`, which rich takes as it stands."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=terminal.width,
        force_terminal=terminal.colour,
        color_system="standard" if terminal.colour else None,
        no_color=not terminal.colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    if page.title:
        console.print(Text(printable(page.title), style="bold"))
    for paragraph in page.paragraphs:
        console.print()
        console.print(Text(printable(paragraph, lines=True)))
    if page.lines:
        console.print()
        for line in page.lines:
            console.print(Text(printable(line, lines=True)), soft_wrap=True)
    for grid in page.grids:
        console.print()
        _print(console, grid, terminal)
    if page.notes:
        console.print()
        for note in page.notes:
            console.print(Text(printable(note), style="dim"))
    lines = [line.rstrip() if not terminal.colour else line for line in stream.getvalue().split("\n")]
    return "\n".join(lines).lstrip("\n")


def _print(console: Console, grid: Grid, terminal: Terminal) -> None:
    if grid.title:
        console.print(Text(printable(grid.title), style="bold"))
    if not grid.rows:
        return
    left_out = grid.wide if terminal.width < NARROW else frozenset()
    whole, grid = grid, grid.without(left_out)
    if grid.is_pairs:
        pairs = Table.grid(padding=(0, 2))
        for row in grid.rows:
            pairs.add_row(*(Text(printable(text)) for text in row))
        console.print(Padding(pairs, (0, 0, 0, 1)))
        return
    drawn = Table(
        box=box.SIMPLE_HEAD if terminal.boxes else box.ASCII2,
        header_style="bold",
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
        padding=(0, 1),
    )
    for heading in grid.headings:
        right = heading in grid.figures
        drawn.add_column(
            Text(printable(heading)), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in grid.rows:
        drawn.add_row(*(Text(printable(text)) for text in row))
    console.print(drawn)
    for heading in whole.headings:
        texts = {row[whole.headings.index(heading)] for row in whole.rows} if heading in left_out else set()
        # What is the same in every row needs no column.
        if len(texts) == 1 and (text := texts.pop()):
            console.print(Text(printable(f"{heading}: {text}"), style="dim"))
