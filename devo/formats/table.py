"""Tables for a terminal: the columns that matter, wrapped to its width."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from devo.formats.page import NARROW, Grid, Page, Terminal, printable

# The blank, and the padding before it, between two columns.
GAP = 2
LONGEST_WORD = 20


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
    if grid.is_list or grid.is_pairs:
        named = Table.grid(padding=(0, 2))
        for row in grid.rows:
            pair = ("-", *row) if grid.is_list else row
            named.add_row(*(Text(printable(text)) for text in pair))
        console.print(Padding(named, (0, 0, 0, 1)))
        return
    left_out = grid.wide if terminal.width < NARROW else frozenset()
    drawn = Table(
        box=box.SIMPLE_HEAD if terminal.boxes else box.ASCII2,
        header_style="bold",
        show_edge=False,
        pad_edge=False,
        collapse_padding=True,
        padding=(0, 1),
    )
    shown = grid.without(left_out)
    cells_of = [[printable(text) for text in row] for row in shown.rows]
    room = terminal.width - GAP * (len(shown.headings) - 1)
    columns = [[printable(name), *(row[n] for row in cells_of)] for n, name in enumerate(shown.headings)]
    for heading, texts, width in zip(shown.headings, columns, widths(columns, room), strict=True):
        right = heading in shown.figures
        drawn.add_column(Text(texts[0]), justify="right" if right else "left", width=width, overflow="fold")
    for cells in cells_of:
        drawn.add_row(*(Text(text) for text in cells))
    if shown.headings:
        console.print(drawn)
    for number, heading in enumerate(grid.headings):
        said = {row[number] for row in grid.rows} if heading in left_out else set()
        # What is the same in every row needs no column.
        if len(said) == 1 and (text := said.pop()):
            console.print(Text(printable(f"{heading}: {text}"), style="dim"))


def widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each column is: as wide as its texts; where they do not fit, words stay whole if they can."""
    whole = [max(map(cell_len, texts)) for texts in columns]
    if sum(whole) <= room:
        return whole
    least = [
        min(LONGEST_WORD, max(cell_len(word) for text in texts for word in text.split(" ")))
        for texts in columns
    ]
    spare = room - sum(least)
    if spare < 0:
        return [max(1, width * room // sum(least)) for width in least]
    wanted = [full - width for full, width in zip(whole, least, strict=True)]
    return [width + spare * more // sum(wanted) for width, more in zip(least, wanted, strict=True)]
