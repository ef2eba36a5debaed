"""A report's rows alone, for a spreadsheet or a program."""

from __future__ import annotations

from pathlib import Path

from devo.formats import Page, Records, draw
from devo.reports.values import Report
from devo.writing import write_whole


def write(report: Report, path: Path) -> None:
    """Write the rows: a header and a line a row; a cell that looks like a formula begins with `'`."""
    page = Page(records=Records(report.columns, tuple(report.rows)))
    write_whole(path, draw(page, "csv").encode("utf-8"))
