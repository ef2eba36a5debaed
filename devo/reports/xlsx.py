"""A report as a workbook, by the Analysis Function's rules for spreadsheets.

A cover, the contents and the notes; then one table a sheet, from the first column, as a real table
with a header row; no merged and no blank cells, units in the headings. Text that looks like a formula
is text. The same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.formats.page import printable
from devo.reports.values import Heading, Report, Section, Table
from devo.writing import write_whole

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# What the rules ask to stand where there is nothing to say, or a figure is not known, and what it means.
NOTHING, UNKNOWN = "[z]", "[x]"
NOTES = (
    (
        "[z]",
        "Not applicable: there is nothing to say in this cell (no last day, for a holding that runs on).",
    ),
    ("[x]", "Not available: the tables do not know this figure."),
    ("verified", "How sure: the text of the source was seen."),
    ("known", "How sure: we know it."),
    ("unsure", "How sure: we doubt it."),
    ("share", "Shares are of residents, from 0 to 1, shown as per cents."),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 60, 10
# A cell of a workbook holds no more.
_LONGEST = 32_767
_LONGEST_HEADER = 255


def write(report: Report, path: Path) -> None:
    """Write the workbook in one step."""
    write_whole(path, workbook(report))


def workbook(report: Report) -> bytes:
    """The workbook's bytes."""
    import xlsxwriter

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    # The day the report answers for, and not the clock's: the same report, the same bytes.
    made = _midnight(report.day)
    book.set_properties({"title": report.title, "subject": report.about, "created": made})
    sheets = _Sheets(book)
    tables = [(section, table) for section in report.sections for table in section.every_table if table.rows]
    sheets.cover(report)
    sheets.contents(tables, bool(report.sources))
    sheets.notes(report)
    for number, (section, table) in enumerate(tables, 1):
        sheets.table(number, section, table, report)
    if report.sources:
        sheets.sources(len(tables) + 1, report)
    book.close()
    return stream.getvalue()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook):
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.link = book.add_format({"font_color": "#0563c1", "underline": 1, "valign": "top"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        top = {"valign": "top"}
        self.formats = {
            "count": book.add_format({**top, "num_format": "#,##0"}),
            "number": book.add_format({**top, "num_format": "#,##0.####"}),
            "share": book.add_format({**top, "num_format": "0.0%"}),
            "pence": book.add_format({**top, "num_format": "£#,##0.00"}),
            "day": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        }

    def cover(self, report: Report) -> None:
        """What the workbook is, the answer first."""
        sheet = self._sheet("Cover", 100)
        self._lines(sheet, [report.title, f"{report.about}.", *report.sentences])

    def contents(self, tables: Sequence[tuple[Section, Table]], sources: bool) -> None:
        """A table of the sheets, each a link."""
        sheet = self._sheet("Contents", 14)
        self._lines(
            sheet, ["Contents", "This sheet has one table: the sheets that follow, each with a link."]
        )
        listed = [("Notes", "Notes: what signs and words mean")]
        listed += [
            (f"Table_{n}", f"{section.title}: {table.caption}")
            for n, (section, table) in enumerate(tables, 1)
        ]
        if sources:
            listed.append((f"Table_{len(tables) + 1}", "Sources"))
        self._table(sheet, 2, "Contents_list", (Heading("Sheet"), Heading("What is in it")), listed)
        for row, (name, _) in enumerate(listed, 3):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)

    def notes(self, report: Report) -> None:
        """What signs and words mean, and what the report takes for granted."""
        sheet = self._sheet("Notes", 16)
        self._lines(sheet, ["Notes", "This sheet has one table."])
        said = [
            sentence
            for section in report.sections
            if section.id == "assumptions"
            for sentence in section.sentences
        ]
        rows = [*NOTES, *((f"assumption {n}", sentence) for n, sentence in enumerate(said, 1))]
        self._table(sheet, 2, "Notes_list", (Heading("Note"), Heading("What it means")), rows)

    def table(self, number: int, section: Section, table: Table, report: Report) -> None:
        """A table on a sheet of its own."""
        sheet = self._sheet(f"Table_{number}", _NARROWEST)
        cited = sorted(report.numbers[source] for source in table.sources if source in report.numbers)
        lines = [
            f"Table {number}: {table.caption}",
            f"{section.title}. This sheet has one table.",
            *table.notes,
        ]
        if cited:
            lines.append(f"Sources, by their numbers in the last sheet: {', '.join(map(str, cited))}.")
        self._lines(sheet, lines)
        self._table(sheet, len(lines), f"Table_{number}", table.headings, table.rows)

    def sources(self, number: int, report: Report) -> None:
        """What the figures rest on."""
        sheet = self._sheet(f"Table_{number}", _NARROWEST)
        self._lines(
            sheet, [f"Table {number}: Sources", "What the figures rest on. This sheet has one table."]
        )
        headings = (
            Heading("Number", "count"),
            Heading("Source"),
            Heading("What it is"),
            Heading("Link"),
            Heading("How sure"),
        )
        rows = [(s.number, s.title, s.detail, s.link, s.confidence) for s in report.sources]
        self._table(sheet, 2, f"Table_{number}", headings, rows)

    def _sheet(self, name: str, width: int) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, width)
        sheet.hide_gridlines(0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _lines(self, sheet: Worksheet, lines: Sequence[str]) -> None:
        """Lines in the first column, the first as a title. They are not wrapped: a table's column stands below."""
        plain = self.text if sheet.get_name() == "Cover" else None
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line[:_LONGEST], self.title if row == 0 else plain)

    def _table(
        self,
        sheet: Worksheet,
        first: int,
        name: str,
        headings: Sequence[Heading],
        rows: Sequence[Sequence[Any]],
    ) -> None:
        """A real table from a row on, its header first; every cell has something in it."""
        names = _apart([printable(heading.full)[:_LONGEST_HEADER] for heading in headings])
        for column, heading in enumerate(headings):
            widest = max(len(names[column]), *(len(heading.said(row[column])) for row in rows))
            sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST))
        options = {
            "name": name,
            "style": "Table Style Light 1",
            "autofilter": True,
            "columns": [{"header": text, "header_format": self.head} for text in names],
        }
        sheet.add_table(first, 0, first + len(rows), len(headings) - 1, options)
        for down, row in enumerate(rows, first + 1):
            for column, (heading, value) in enumerate(zip(headings, row, strict=True)):
                self._cell(sheet, down, column, heading, value)

    def _cell(self, sheet: Worksheet, row: int, column: int, heading: Heading, value: Any) -> None:
        form: Format | None = self.formats.get(heading.kind)
        if isinstance(value, date):
            sheet.write_datetime(row, column, _midnight(value), self.formats["day"])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            number = value / 100 if heading.kind == "pence" else value
            sheet.write_number(row, column, number, form or self.text)
        else:
            said = heading.said(value)[:_LONGEST] or (UNKNOWN if heading.is_figure else NOTHING)
            sheet.write_string(row, column, said, self.quoted if said.startswith(_FORMULA) else self.text)


def _midnight(day: date) -> datetime:
    """A day as a workbook has it: a moment in no zone."""
    return datetime.combine(day, time.min)


def _apart(names: Sequence[str]) -> list[str]:
    """Headers no two of which are the same in any case, as a table needs them."""
    found: list[str] = []
    for name in names:
        number, text = 1, name or "Column"
        while text.casefold() in {other.casefold() for other in found}:
            number += 1
            text = f"{name} {number}"
        found.append(text)
    return found
