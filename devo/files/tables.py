"""Folders of tables to records: `<type>.csv`, and `[[type]]` in `.toml`, for every type of record."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from devo.files.blocks import records_in
from devo.files.cells import not_as_wide, rows_of
from devo.files.documents import Document, read_document
from devo.files.faults import MOST_FAULTS, in_order, instead, more_faults, shown
from devo.files.placed import Place, Tables, repeated
from devo.files.reading import TABLE_LIMIT, Unreadable, read_text
from devo.files.rows import piece_maker, record_maker
from devo.values import Fault, Geography, Piece


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
            tables.cut_short = True
    for document in documents:
        if kind_of_file := _no_records(document, types):
            message = f"this is {kind_of_file}, and not a file of records"
            tables.faults.append(
                Fault(document.path, 1, message, "so nothing of it was read", "move it out of the tables")
            )
            continue
        tables.faults += document.faults
        tables.extend(records_in(document, types, types))
    tables.faults = in_order([*tables.faults, *repeated(tables)])
    return tables


def read_table(file: str | Path, kind: type, layers: Collection[str] = ()) -> Tables:
    """One CSV file as records of a type. Raises Unreadable for a file that is not a text."""
    path = str(file)
    tables = Tables()
    unread: list[Fault] = []
    _fill(tables, path, rows_of(path, read_text(file, TABLE_LIMIT), unread), kind, layers)
    tables.faults += unread
    tables.cut_short |= bool(unread)
    return tables


def _fill(
    tables: Tables, path: str, rows: Iterator[tuple[int, list[str]]], kind: type, layers: Collection[str]
) -> None:
    """Add the records of a table's rows, the first of which is its header."""
    first = next(rows, None)
    if first is None:
        return
    line, cells = first
    header = [name.strip() for name in cells]
    while header and not header[-1]:
        header.pop()
    make = (
        piece_maker(path, line, header, layers, tables)
        if kind is Piece
        else record_maker(path, line, header, kind, tables)
    )
    if make is None:
        tables.cut_short = True
        return
    for line, cells in rows:
        if len(tables.faults) > MOST_FAULTS:
            tables.faults.append(more_faults(path, line))
            tables.cut_short = True
            return
        if len(cells) != len(header):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
                tables.faults.append(not_as_wide(path, line, cells, header))
                tables.cut_short = True
                continue
        record = make(line, cells)
        if record is not None:
            tables.add(record, Place(path, line))


def _files(folder: Path, tables: Tables) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        what = (
            "is a file, and not a folder of tables" if os.path.isfile(folder) else "there is no such folder"
        )
        tables.faults.append(Fault(str(folder), 0, what))
        tables.cut_short = True
        return []
    return [f for f in files if f.suffix.casefold() in (".csv", ".toml") and f.name[0] not in ".~"]


def _no_records(document: Document, types: Mapping[str, type]) -> str:
    """What a TOML file is that has no records and is none of the tables; blank where it may be one of them."""
    if any(document.blocks(key) for key in types):
        return ""
    if document.data.keys() >= {"name", "code"}:
        return "a deal"
    return "a scenario" if document.data.keys() & {"baseline", "deals", "ask", "expect", "sweep"} else ""


def _kind_named(file: Path, types: Mapping[str, type], tables: Tables) -> type | None:
    kind = types.get(file.stem)
    if kind is None:
        message = f"no record type is called {shown(file.stem)}"
        why = "so nothing of the table was read; a table is called after the type of its records"
        tables.faults.append(Fault(str(file), 1, message, why, instead(file.stem, types)))
        tables.cut_short = True
    return kind
