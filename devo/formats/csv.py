"""CSV: the rows alone, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from devo.formats.page import Page, Terminal, without_commands

# A spreadsheet takes a cell that begins so for a formula, and runs it; some take the wide signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def draw(page: Page, terminal: Terminal) -> str:
    """The page's records: a header and a line a row; lists are joined with `;`, days are ISO."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_safe(name) for name in page.records.columns)
    for row in page.records.rows:
        writer.writerow(_cell(row.get(name)) for name in page.records.columns)
    return stream.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def _cell(value: Any) -> str:
    return str(value) if type(value) in (int, float) else _safe(_text(value))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ";".join(f"{key}={_text(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ";".join(map(_text, value))
    return str(value)


def _safe(text: str) -> str:
    text = without_commands(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
