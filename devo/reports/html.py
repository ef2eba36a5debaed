"""A report as one HTML file: offline, readable without scripts, printed well on A4."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.formats.page import without_commands
from devo.reports.values import Heading, Report, Table
from devo.writing import write_whole

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def write(report: Report, path: Path) -> None:
    """Write the page in one step."""
    write_whole(path, page(report).encode("utf-8"))


def page(report: Report) -> str:
    """The page. All data is escaped; the only markup that is not the template's is that of our drawings."""
    return (
        environment(TEMPLATES)
        .get_template("report.html")
        .render(
            report=report,
            style=(TEMPLATES / "style.css").read_text("utf-8"),
            cells=_cells,
            numbers=lambda table: sorted(report.numbers[s] for s in table.sources if s in report.numbers),
        )
    )


def environment(folder: Path) -> Environment:
    """Templates of a folder, in which every text is escaped and a name that is not given is a fault."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_steady,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Drawings are made of escaped texts by devo.reports.svg, the style sheet is a file of ours.
    made.filters["ours"] = Markup
    return made


def _steady(value: Any) -> Any:
    """A text without signs that steer what shows it; what is already escaped was so before."""
    return without_commands(value) if type(value) is str else value


def _cells(table: Table) -> list[list[tuple[Heading, Any, str]]]:
    """Each cell with its heading, its value and its words."""
    return [
        [(heading, value, heading.said(value)) for heading, value in zip(table.headings, row, strict=True)]
        for row in table.rows
    ]
