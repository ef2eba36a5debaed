"""Pages: what a command has to show, in words for people and as data for programs.

Nothing here knows how it will be drawn. Text comes from data and files, and is never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from devo.frozen import dataclass

NARROW = 120
PAIRS = ("", "")
LIST = ("",)


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a table is drawn: its width in characters, and whether it has colour and box characters."""

    width: int = 80
    colour: bool = False
    boxes: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of texts under headings.

    `figures` are headings whose texts line up at the right; `wide` are those that a narrow
    terminal leaves out of a table (the other formats always have them).
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    figures: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()

    @property
    def is_list(self) -> bool:
        """Whether the rows are single texts under no heading."""
        return self.headings == LIST

    @property
    def is_pairs(self) -> bool:
        """Whether the rows are names with a value each, under no headings."""
        return self.headings == PAIRS

    def without(self, headings: Iterable[str]) -> Grid:
        """The same rows with some columns left out."""
        gone = set(headings)
        kept = [n for n, heading in enumerate(self.headings) if heading not in gone]
        return Grid(
            tuple(self.headings[n] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in self.rows),
            self.title,
            self.figures - gone,
            self.wide - gone,
        )


@dataclass(frozen=True, slots=True)
class Records:
    """What CSV gives: columns by name, and rows of plain values."""

    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A title, paragraphs, grids and notes for people; an envelope and records for programs.

    `lines` stand as they are and are never wrapped: editors read `file:line` in them.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()
    envelope: Mapping[str, Any] = field(default_factory=dict)
    records: Records = Records()


# Commands to a terminal, signs that turn the direction of what follows, and what neither XML nor UTF-8 has.
COMMANDS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def without_commands(text: str) -> str:
    """A text as it is, but for signs that steer what shows it, which are written out: `\\x1b`, `\\u202e`."""
    return COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def printable(text: str, *, lines: bool = False) -> str:
    """A text with its control characters written out, so that data cannot steer a terminal.

    With `lines`, line ends and the blanks before a line stay; otherwise any run of white space is
    one blank, so that data cannot pass for another line.
    """
    if lines:
        return "\n".join(_indent(line) + printable(line) for line in text.split("\n"))
    text = " ".join(text.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))
