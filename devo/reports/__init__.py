"""Reports: what an official can send. A report is made once, in values, and each ending only draws it.

The ending of the file says how: a page to read, a workbook, Markdown, rows, a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from devo.reports.values import Report

__all__ = ["ENDINGS", "Report", "write"]

# The ending of a file, and the module that writes it.
ENDINGS: Mapping[str, str] = {".html": "html", ".xlsx": "xlsx", ".md": "md", ".csv": "csv", ".docx": "docx"}


class Writer(Protocol):
    """What each module of an ending has."""

    def write(self, report: Report, path: Path) -> None:
        """Write a report to a file in one step."""


def write(report: Report, path: Path) -> None:
    """Write a report as the ending of its file has it, which is one of ENDINGS. Raises writing.NotWritten."""
    module = import_module(f"devo.reports.{ENDINGS[path.suffix.lower()]}")
    cast(Writer, module).write(report, path)
