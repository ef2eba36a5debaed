"""Rows of a CSV table to records: the columns under its header, then each row's cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import Any

from devo.files.faults import instead, shown
from devo.files.fields import Misfit, cell_reader, ends_too_early, fields_of, number
from devo.files.placed import Tables
from devo.values import Fault, Piece

Maker = Callable[[int, list[str]], Any]


def _header_is_sound(
    path: str, header: Sequence[str], columns: Collection[str] | None, tables: Tables
) -> bool:
    """Whether a table can be read under its header; each unknown, repeated or unnamed column is a fault."""
    faults: list[Fault] = []
    if len(header) == 1 and columns is not None and header[0] not in columns:
        for mark, name in ((";", "semicolons"), ("\t", "tabs")):
            if mark in header[0]:
                message = f"the cells are divided by {name}, and not by commas"
                tables.faults.append(
                    Fault(path, 1, message, suggestion="save it as CSV UTF-8 (comma delimited)")
                )
                return False
    for place, name in enumerate(header):
        if not name:
            faults.append(Fault(path, 1, f"column {place + 1} has no name"))
        elif name in header[:place]:
            faults.append(Fault(path, 1, f"two columns are called {shown(name)}"))
        elif columns is not None and name not in columns:
            message = f"there is no column {shown(name)} in this table"
            faults.append(Fault(path, 1, message, suggestion=instead(name, columns)))
    tables.faults += faults
    return True


def record_maker(path: str, header: Sequence[str], kind: type, tables: Tables) -> Maker | None:
    """A function from a row's line and cells to its record, or None where the row has faults.

    The faults of the header, then of each row, go to `tables`; there is no function for a table
    that is no CSV at all.
    """
    columns = {item.name: item for item in fields_of(kind)}
    folder = os.path.dirname(path)  # a table names files as they stand beside it
    if not _header_is_sound(path, header, columns, tables):
        return None
    absent = [name for name, item in columns.items() if item.required and name not in header]
    for name in absent:
        tables.faults.append(
            Fault(path, 1, f"the column `{name}` is missing", "every record of this table needs it")
        )
    readers = [
        (place, name, cell_reader(columns[name]), columns[name].required)
        for place, name in enumerate(header)
        if name in columns
    ]

    def make(line: int, cells: list[str]) -> Any:
        given: dict[str, Any] = {}
        sound = not absent
        for place, name, read, required in readers:
            cell = cells[place].strip()
            if not cell:
                if required:
                    sound = False
                    tables.faults.append(Fault(path, line, f"`{name}` is blank", "every row needs one"))
                continue
            try:
                given[name] = os.path.join(folder, cell) if columns[name].ref == "file" else read(cell)
            except Misfit as misfit:
                sound = False
                tables.faults.append(Fault(path, line, f"`{name}`: {misfit.message}", "", misfit.suggestion))
        if too_early := ends_too_early(given):
            sound = False
            tables.faults.append(Fault(path, line, too_early))
        return kind(**given) if sound else None

    return make


def piece_maker(path: str, header: Sequence[str], layers: Collection[str], tables: Tables) -> Maker | None:
    """The same for a table of pieces: columns called after a layer are areas, all others measures."""
    if not _header_is_sound(path, header, None, tables):
        return None
    if "id" not in header:
        tables.faults.append(Fault(path, 1, "the column `id` is missing", "every piece needs one"))
        return None
    identity = header.index("id")
    drawn = [(place, name) for place, name in enumerate(header) if name in layers]
    counted = [(p, name) for p, name in enumerate(header) if name not in layers and p != identity]
    strange: set[str] = set()

    def make(line: int, cells: list[str]) -> Any:
        measures: dict[str, float] = {}
        for place, name in counted:
            if cell := cells[place].strip():
                try:
                    measures[name] = number(cell)
                except Misfit as misfit:
                    if name not in strange:
                        strange.add(name)
                        why = "a column of this table is a measure, or is called after a layer"
                        how = instead(name, layers) or misfit.suggestion
                        tables.faults.append(Fault(path, line, f"`{name}`: {misfit.message}", why, how))
        if not cells[identity].strip():
            tables.faults.append(Fault(path, line, "`id` is blank", "every row needs one"))
            return None
        areas = {name: code for place, name in drawn if (code := cells[place].strip())}
        return Piece(cells[identity].strip(), areas, measures)

    return make
