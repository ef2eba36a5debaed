"""Markdown: headings and pipe tables, with everything that is data written as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from devo.formats.page import Grid, Page, Terminal, printable

_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
# What begins a list, a heading or a line across where it stands first: the sign, or the stop after a number.
_SIGN = re.compile(r"^(?=[-+#])")
_NUMBER = re.compile(r"^(\d+)(?=[.)](?:\s|$))")


def draw(page: Page, terminal: Terminal) -> str:
    """The page as a Markdown document."""
    blocks: list[str] = []
    if page.title:
        blocks.append(f"# {_escaped(page.title)}")
    blocks.extend("\n\n".join(_text(line) for line in text.split("\n")) for text in page.paragraphs)
    if page.lines:
        blocks.append("\n".join(f"- {_text(line)}" for line in page.lines))
    for grid in page.grids:
        if grid.title:
            blocks.append(f"## {_escaped(grid.title)}")
        if grid.rows:
            blocks.append("\n".join(_lines(grid)))
    if page.notes:
        blocks.append("\n".join(f"- {_text(note)}" for note in page.notes))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _lines(grid: Grid) -> Iterator[str]:
    if grid.is_pairs or grid.is_list:
        for row in grid.rows:
            yield f"- {_text(': '.join(text for text in row if text))}"
        return
    yield _line(_escaped(heading) for heading in grid.headings)
    yield _line("---:" if heading in grid.figures else "---" for heading in grid.headings)
    for row in grid.rows:
        yield _line(_escaped(text) for text in row)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """A text that stands at the beginning of a line or of an item of a list."""
    return _NUMBER.sub(r"\1\\", _SIGN.sub(r"\\", _escaped(text)))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", printable(text)).replace("&", "&amp;")
