"""Rows of a CSV table to records: the columns under its header, then each row's cells."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import Any

from devo.files.cells import wrongly_divided
from devo.files.faults import instead, shown
from devo.files.fields import Misfit, cell_reader, ends_too_early, fields_of, number
from devo.files.placed import Place, Tables, Unmade
from devo.values import Fault, Piece

Maker = Callable[[int, list[str]], Any]


def _header_is_sound(
    path: str, line: int, header: Sequence[str], columns: Collection[str] | None, tables: Tables
) -> bool:
    """Whether a table can be read under its header; each unknown, repeated or unnamed column is a fault."""
    wrong = wrongly_divided(path, line, header)
    if wrong and (columns is None or header[0] not in columns):
        tables.faults.append(wrong)
        return False
    for place, name in enumerate(header):
        message, how = "", ""
        if not name:
            message, how = f"column {place + 1} has no name", "give it one, or take the column out"
        elif name in header[:place]:
            message = (
                f"two columns are called {shown(name)}: columns {header.index(name) + 1} and {place + 1}"
            )
            how = "take one of them out"
        elif columns is not None and name not in columns:
            message, how = f"there is no column {shown(name)} in this table", instead(name, columns)
        if message:
            tables.faults.append(Fault(path, line, message, "", how))
    return True


def record_maker(path: str, line: int, header: Sequence[str], kind: type, tables: Tables) -> Maker | None:
    """A function from a row's line and cells to its record, or None where the row has faults.

    `line` is that of the header. Its faults, then those of each row, go to `tables`; there is no
    function for a table that is no CSV at all.
    """
    columns = {item.name: item for item in fields_of(kind)}
    folder = os.path.dirname(path)  # a table names files as they stand beside it
    if not _header_is_sound(path, line, header, columns, tables):
        return None
    absent = [name for name, item in columns.items() if item.required and name not in header]
    for name in absent:
        tables.faults.append(
            Fault(path, line, f"the column `{name}` is missing", "every record of this table needs it")
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
        if not sound:
            tables.unmade.append(Unmade(kind, given, Place(path, line)))
        return kind(**given) if sound else None

    return make


def piece_maker(
    path: str, line: int, header: Sequence[str], layers: Collection[str], tables: Tables
) -> Maker | None:
    """The same for a table of pieces: columns called after a layer are areas, all others measures."""
    if not _header_is_sound(path, line, header, None, tables):
        return None
    if "id" not in header:
        tables.faults.append(Fault(path, line, "the column `id` is missing", "every piece needs one"))
        return None
    identity = header.index("id")
    drawn = [(place, name) for place, name in enumerate(header) if name in layers]
    counted = [(p, name) for p, name in enumerate(header) if name not in layers and p != identity]
    # A column with no number in it is a misspelt layer, which is said once; a number with a slip in it, each time.
    numbers: set[str] = set()
    strange: set[str] = set()

    def make(line: int, cells: list[str]) -> Any:
        measures: dict[str, float] = {}
        for place, name in counted:
            if cell := cells[place].strip():
                try:
                    measures[name] = number(cell)
                    numbers.add(name)
                except Misfit as misfit:
                    if name in numbers or name not in strange:
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
