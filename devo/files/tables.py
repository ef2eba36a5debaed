"""Folders of tables to records: `<type>.csv`, and `[[type]]` in `.toml`, for every type of record."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from devo.files.blocks import records_in
from devo.files.documents import Document, read_document
from devo.files.faults import MOST_FAULTS, in_order, instead, more_faults, shown
from devo.files.placed import Place, Tables, repeated
from devo.files.reading import TABLE_LIMIT, Unreadable, read_text
from devo.files.rows import piece_maker, record_maker
from devo.values import Fault, Geography, Piece

LONGEST_CELL = 1_000_000


def read_tables(
    folders: Iterable[str | Path], types: Mapping[str, type], known: Iterable[Any] = ()
) -> Tables:
    """Every table of some folders as records, types by the names that tables are called by.

    `known` are records that are there already: their layers are columns of a table of pieces.
    Subfolders, hidden files and files of other kinds are left alone.
    """
    tables = Tables()
    files = [file for folder in folders for file in _files(Path(folder), tables)]
    # A column of the table of pieces is a layer or a measure, and only the layers tell which.
    files.sort(key=lambda file: file.stem.casefold() == "piece")
    layers = {item.id for item in known if isinstance(item, Geography)}
    documents: list[Document] = []
    for file in files:
        try:
            if file.suffix.casefold() == ".csv":
                kind = _kind_named(file, types, tables)
                if kind is not None:
                    layers |= {r.id for r in tables.records if isinstance(r, Geography)}
                    tables.extend(read_table(file, kind, layers))
            else:
                documents.append(read_document(file))
        except Unreadable as unreadable:
            tables.faults += unreadable.faults
    for document in documents:
        tables.faults += document.faults
        tables.extend(records_in(document, types, types))
    tables.faults = in_order([*tables.faults, *repeated(tables)])
    return tables


def read_table(file: str | Path, kind: type, layers: Collection[str] = ()) -> Tables:
    """One CSV file as records of a type. Raises Unreadable for a file that is not a text."""
    path = str(file)
    tables = Tables()
    rows = _rows(path, read_text(file, TABLE_LIMIT), tables)
    first = next(rows, None)
    if first is None:
        return tables
    header = [name.strip() for name in first[1]]
    while header and not header[-1]:
        header.pop()
    make = (
        piece_maker(path, header, layers, tables)
        if kind is Piece
        else record_maker(path, header, kind, tables)
    )
    if make is None:
        return tables
    for line, cells in rows:
        if len(tables.faults) > MOST_FAULTS:
            tables.faults.append(more_faults(path, line))
            break
        if len(cells) != len(header):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
                message = f"the row has {len(cells)} cells, and the table has {len(header)} columns"
                how = (
                    "put a text with a comma in it between quotation marks, and keep a comma for a blank cell"
                )
                tables.faults.append(Fault(path, line, message, suggestion=how))
                continue
        record = make(line, cells)
        if record is not None:
            tables.add(record, Place(path, line))
    return tables


def _files(folder: Path, tables: Tables) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        what = (
            "is a file, and not a folder of tables" if os.path.isfile(folder) else "there is no such folder"
        )
        tables.faults.append(Fault(str(folder), 0, what))
        return []
    return [f for f in files if f.suffix.casefold() in (".csv", ".toml") and f.name[0] not in ".~"]


def _kind_named(file: Path, types: Mapping[str, type], tables: Tables) -> type | None:
    kind = types.get(file.stem)
    if kind is None:
        message = f"no record type is called {shown(file.stem)}"
        why = "so nothing of the table was read; a table is called after the type of its records"
        tables.faults.append(Fault(str(file), 1, message, why, instead(file.stem, types)))
    return kind


def _rows(path: str, text: str, tables: Tables) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with its first line."""
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
        tables.faults.append(Fault(path, line, message, "so no row from here on was read", how))
