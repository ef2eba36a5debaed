"""Plain text: no boxes, no colour; `name: value` lines, and a blank line between rows."""

from __future__ import annotations

from collections.abc import Iterator

from devo.formats.page import Grid, Page, Terminal, printable


def draw(page: Page, terminal: Terminal) -> str:
    """The page read from top to bottom, as a screen reader says it."""
    blocks: list[str] = []
    if page.title:
        blocks.append(printable(page.title))
    blocks.extend(printable(text, lines=True) for text in page.paragraphs)
    if page.lines:
        blocks.append("\n".join(printable(line, lines=True) for line in page.lines))
    for grid in page.grids:
        if grid.title:
            blocks.append(printable(grid.title))
        blocks.extend(_rows(grid))
    if page.notes:
        blocks.append("\n".join(printable(note) for note in page.notes))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _rows(grid: Grid) -> Iterator[str]:
    if grid.is_pairs or grid.is_list:
        yield "\n".join(": ".join(printable(text) for text in row if text) for row in grid.rows)
        return
    for row in grid.rows:
        named = zip(grid.headings, row, strict=True)
        yield "\n".join(f"{printable(name.lower())}: {printable(text)}" for name, text in named if text)
