"""Blocks of a TOML file to records: `[[type]]` with a record's fields under it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from devo.files.documents import Document
from devo.files.faults import MOST_FAULTS, instead, more_faults, shown
from devo.files.fields import Field, Misfit, ends_too_early, fields_of, value_of
from devo.files.placed import Place, Tables, Unmade
from devo.values import Fault


def records_in(document: Document, wanted: Iterable[str], types: Mapping[str, type]) -> Tables:
    """The records under the [[type]] headings of a TOML file; `wanted` are the keys the file may have."""
    tables = Tables(cut_short=bool(document.faults))
    for key, blocks in document.data.items():
        if key not in types:
            if key not in wanted:
                is_block = isinstance(blocks, dict | list)
                what = "no record type is called {}" if is_block else "there is no key {} here"
                how = instead(key, dict.fromkeys([*wanted, *types]))
                tables.faults.append(document.fault((key,), what.format(shown(key)), "", how))
            continue
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            message = f"`{key}` is not a list of records"
            tables.faults.append(document.fault((key,), message, suggestion=f"begin each with [[{key}]]"))
            continue
        lines = document.headings(key)
        for place, block in enumerate(blocks):
            if len(tables.faults) > MOST_FAULTS:
                tables.faults.append(more_faults(document.path, lines[place]))
                break
            made = _record_of(document, (key, place), types[key], block, tables)
            where = Place(document.path, lines[place])
            if isinstance(made, dict):
                tables.unmade.append(Unmade(types[key], made, where))
            else:
                tables.add(made, where)
    return tables


def _record_of(
    document: Document, keys: tuple[str | int, ...], kind: type, block: Mapping[str, Any], tables: Tables
) -> Any:
    """The record of a block; of one that has faults, the values that fit."""
    columns: dict[str, Field] = {item.name: item for item in fields_of(kind)}
    faults: list[Fault] = []
    given: dict[str, Any] = {}
    for name, value in block.items():
        if name not in columns:
            message = f"there is no key {shown(name)} in this record"
            faults.append(document.fault((*keys, name), message, suggestion=instead(name, columns)))
            continue
        try:
            fitted = value_of(columns[name], value)
            given[name] = fitted.strip() if isinstance(fitted, str) else fitted
            if columns[name].ref == "file":
                given[name] = os.path.join(os.path.dirname(document.path), given[name])
        except Misfit as misfit:
            faults.append(document.fault((*keys, name), f"`{name}`: {misfit.message}", "", misfit.suggestion))
    absent = False
    for name in (name for name, item in columns.items() if item.required):
        if name not in block:
            absent = True
            if not document.is_broken((*keys, name)):
                why = "every record of this type needs it"
                faults.append(document.fault(keys, f"`{name}` is missing", why))
        elif given.get(name) == "":
            faults.append(document.fault((*keys, name), f"`{name}` is blank", "every record needs one"))
    if too_early := ends_too_early(given):
        faults.append(document.fault((*keys, "end"), too_early))
    tables.faults += faults
    return given if faults or absent else kind(**given)
