"""A report in Markdown, for a pull request: as much of each table as a comment has room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from devo.formats import Grid, Page, draw
from devo.reports.values import Report, Section, Table
from devo.writing import write_whole

MOST_ROWS = 40
# A comment on GitHub holds 65,536 characters.
MOST_CHARACTERS = 60_000
_LEFT_OUT = "\nThe rest is left out here for its length; the .html or .xlsx report has all of it.\n"


def write(report: Report, path: Path) -> None:
    """Write the report without its drawings: their tables say the same."""
    write_whole(path, text(report).encode("utf-8"))


def text(report: Report) -> str:
    """The report as Markdown, cut between two parts where it is too long."""
    parts = [draw(Page(title=report.title, paragraphs=report.sentences), "md")]
    parts += [_section(section) for section in report.sections]
    parts.append(draw(Page(grids=(_sources(report),)), "md") if report.sources else "")
    found = ""
    for part in filter(None, parts):
        if len(found) + len(part) > MOST_CHARACTERS:
            return found + _LEFT_OUT
        found += ("\n" if found else "") + part
    return found


def _section(section: Section) -> str:
    blocks = [f"## {section.title}\n"]
    if section.sentences:
        blocks.append(draw(Page(paragraphs=section.sentences), "md"))
    for table in section.every_table:
        drawn = draw(Page(grids=(_grid(table),), notes=tuple(_notes(table))), "md")
        blocks.append(drawn.replace("## ", "### ", 1) if drawn.startswith("## ") else drawn)
    return "\n".join(blocks)


def _grid(table: Table) -> Grid:
    rows = tuple(tuple(row) for row in replace(table, rows=table.rows[:MOST_ROWS]).said())
    figures = frozenset(heading.full for heading in table.headings if heading.is_figure)
    return Grid(tuple(heading.full for heading in table.headings), rows, table.caption, figures)


def _notes(table: Table) -> Iterator[str]:
    yield from table.notes
    left = len(table.rows) - MOST_ROWS
    if left > 0:
        yield f"And {left:,} more rows: the .html or .xlsx report has all of them."


def _sources(report: Report) -> Grid:
    rows = tuple((f"{s.number}", s.title, s.detail, s.link, s.confidence) for s in report.sources)
    return Grid(("Number", "Source", "What", "Link", "How sure"), rows, "Sources")
