"""What a report is made of: sentences, tables, drawings and sources, before anything is drawn.

A report is judged once and drawn in several ways, so its figures are the same in all of them. Cells
hold plain values (days, whole pence, shares from 0 to 1); `said` gives them as people read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from devo import words
from devo.values import Column

Kind = Literal["text", "count", "number", "share", "pence", "day", "law"]

_KINDS: Mapping[str, Kind] = {"integer": "count", "float": "number", "date": "day"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table: its words, what its cells are, and what is said where there is nothing.

    A `law` is a title that may stand in the report's sources.
    """

    text: str
    kind: Kind = "text"
    unit: str = ""
    blank: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether its cells line up at the right."""
        return self.kind in ("count", "number", "share", "pence")

    @property
    def full(self) -> str:
        """The heading with its unit, for a table that stands alone."""
        unit = "pounds" if self.kind == "pence" else self.unit
        return f"{self.text} ({unit})" if unit and unit not in self.text else self.text

    def said(self, value: Any) -> str:
        """A cell in words."""
        if value is None or value == "":
            return self.blank
        if self.kind == "pence":
            return words.pounds(value)
        if self.kind == "share":
            return words.share(value)
        return words.cell(Column(self.text, self.unit, self.kind), value)


def heading_of(column: Column) -> Heading:
    """The heading of a column of an answer."""
    kind = _KINDS.get(column.type, "text")
    unit = column.unit
    if unit.startswith("share"):
        kind, unit = "share", unit.removeprefix("share ")
    elif unit.startswith("pence") or column.name.endswith("_pence"):
        kind = "pence"
    elif column.name == "instrument":
        kind = "law"
    elif column.name.endswith("year"):
        kind = "text"
    blank = "before the tables" if column.name == "start" else ""
    return Heading(words.heading(column.name), kind, unit, blank)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, with a caption, what there is to say of them, and what they rest on."""

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def trimmed(self) -> Table:
        """The same without columns that are blank in every row."""
        filled = [
            n
            for n in range(len(self.headings))
            if n == 0 or any(row[n] not in ("", None) for row in self.rows)
        ]
        if not self.rows:
            return self
        return replace(
            self,
            headings=tuple(self.headings[n] for n in filled),
            rows=tuple(tuple(row[n] for n in filled) for row in self.rows),
        )

    def said(self) -> list[list[str]]:
        """All cells in words."""
        return [[h.said(v) for h, v in zip(self.headings, row, strict=True)] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in SVG, what it shows in words, and the table that says the same."""

    title: str
    description: str
    svg: str
    table: Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under a title of its own."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def every_table(self) -> tuple[Table, ...]:
        """Its tables, those of its drawings first."""
        return (*(drawing.table for drawing in self.drawings), *self.tables)

    def __bool__(self) -> bool:
        return bool(self.sentences or self.drawings or self.tables)


@dataclass(frozen=True, slots=True)
class Source:
    """Something a figure rests on: its title, where it can be read, and how sure we are of it."""

    number: int
    title: str
    link: str = ""
    detail: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Report:
    """What there is to say of a scenario or of deals, from the first sentence to the fingerprint.

    `rows` are for a table of rows alone, under `columns`; `day` is the last day it answers for.
    """

    title: str
    about: str
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    day: date
    columns: tuple[str, ...] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    failed: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the report."""
        return tuple(table for section in self.sections for table in section.every_table)
