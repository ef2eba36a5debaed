"""Tables as every screen shows them, copies them and writes them to a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Tone = Literal["", "muted", "strong", "warn", "gain", "loss", "change", "accent"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its tone; the tone only repeats what the text says."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Col:
    """A column: its heading, its width (0: a share of what is left), and the table width it needs to show.

    `lead` stands before its texts where rows are stacked and headings are not shown.
    """

    heading: str
    width: int = 0
    weight: int = 1
    right: bool = False
    at: int = 0
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells. Rows with one `group` stand together under it; `key` is what the row stands for."""

    cells: tuple[str | Cell, ...]
    key: Any = None
    group: str = ""

    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text if isinstance(cell, Cell) else cell for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure as short as it is said, and what it counts; a question mark is one that is not known."""

    figure: str
    label: str

    def text(self) -> str:
        """Both as one text."""
        return f"{'not known' if self.figure == '?' else self.figure} {self.label}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. Below `stack_below` columns of width each row stands as lines of its own.

    `source` says in words where the rows come from: the command that gives the same answer, and the day.
    `headlines` and `words` are the figures and the prose that stand above the rows, where a question has any.
    """

    title: str = ""
    columns: tuple[Col, ...] = ()
    lines: tuple[Line, ...] = ()
    stack_below: int = 72
    nothing: str = "Nothing to show."
    source: str = ""
    note: str = ""
    citations: tuple[str, ...] = field(default=())
    headlines: tuple[Headline, ...] = ()
    words: str = ""

    def rows(self) -> Iterable[tuple[str, ...]]:
        """Every row as texts, as a spreadsheet has them: nothing is left blank because the row above says it."""
        for line in self.lines:
            yield line.texts()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all columns, shown or not."""
        return tuple(column.heading for column in self.columns)


EMPTY = Table()


def tsv(table: Table, lines: Iterable[Line] | None = None) -> str:
    """Rows with tabs between cells, as spreadsheets paste them."""
    rows = [table.headings, *(line.texts() for line in (table.lines if lines is None else lines))]
    return "\n".join("\t".join(_flat(text) for text in row) for row in rows) + "\n"


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    is_figure = flat[:1] in ("+", "-") and flat[1:2].isdigit()
    return f"'{flat}" if flat[:1] in ("=", "+", "-", "@") and not is_figure else flat
