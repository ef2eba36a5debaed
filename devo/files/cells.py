"""The rows of a CSV text, each with its first line, and what is wrong with how its cells are divided."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from devo.values import Fault
from devo.words import count

LONGEST_CELL = 1_000_000


def rows_of(path: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with its first line; where they cannot be read on, that is a fault."""
    if csv.field_size_limit() < LONGEST_CELL:
        csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message, how = (
            "a quotation mark is opened and never closed",
            'close it; a " inside a text is written ""',
        )
        if "end of data" not in str(error):
            message, how = "a quotation mark stands where none can be", 'a " inside a text is written ""'
        if "field larger" in str(error):
            message, how = f"a cell has more than {LONGEST_CELL:,} letters", "is a quotation mark not closed?"
        faults.append(Fault(path, line, message, "so no row from here on was read", how))


def wrongly_divided(path: str, line: int, header: Sequence[str]) -> Fault | None:
    """A fault where a header is one cell, because something else than commas divides it."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            message = f"the cells are divided by {name}, and not by commas"
            how = "save it as CSV UTF-8 (comma delimited)"
            return Fault(path, line, message, "so nothing of the table was read", how)
    return None


def not_as_wide(path: str, line: int, cells: Sequence[str], header: Sequence[str]) -> Fault:
    """A row that has not as many cells as the table has columns."""
    message = f"the row has {count(len(cells), 'cell')}, and the table has {len(header)} columns"
    how = "put a text with a comma in it between quotation marks, and keep a comma for a blank cell"
    return Fault(path, line, message, "", how)
