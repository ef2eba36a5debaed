"""CSV: the rows alone, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

from devo.formats.page import Page, Terminal

# A spreadsheet takes a cell that begins so for a formula, and runs it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

# A terminal takes these for commands; no table has a use for them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def draw(page: Page, terminal: Terminal) -> str:
    """The page's records: a header and a line a row; lists are joined with `;`, days are ISO."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_safe(name) for name in page.records.columns)
    for row in page.records.rows:
        writer.writerow(_cell(row.get(name)) for name in page.records.columns)
    return stream.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        value = [f"{key}={item}" for key, item in value.items()]
    if isinstance(value, list | tuple):
        value = ";".join(str(item) for item in value)
    return _safe(str(value))


def _safe(text: str) -> str:
    text = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
