"""Records as rows of JSON, and back: what a compiled baseline is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from importlib import import_module
from typing import Any

from devo import values

_PLAIN = (str, int, float, type(None))


def place_of(kind: type) -> str:
    """Where a type of record is defined, the core's own or a built-in plugin's."""
    return f"{kind.__module__}:{kind.__name__}"


def kind_at(place: str) -> type:
    """The type of record of a place, its plugin's module imported only now.

    Raises ValueError for what is no record of ours: a file says what is imported here, and called.
    """
    module, _, name = place.partition(":")
    if not module.startswith(("devo.", "devo_")):
        raise ValueError(f"no record is defined in {module}")
    kind = getattr(values if module == values.__name__ else import_module(module), name)
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise ValueError(f"{place} is no record")
    return kind


def packed(kind: type, records: Iterable[Any]) -> dict[str, Any]:
    """Records of one type: rows of their fields, and which of those need more than JSON gives."""
    names = [field.name for field in fields(kind)]
    rows = [[getattr(record, name) for name in names] for record in records]
    columns: dict[str, list[int]] = {"date": [], "tuple": [], "map": [], "deep": []}
    for number in range(len(names)):
        needs = _needs([row[number] for row in rows if not isinstance(row[number], _PLAIN)])
        if needs:
            columns[needs].append(number)
    for row in rows:
        for number in columns["date"]:
            row[number] = row[number].isoformat() if row[number] else None
        for number in columns["map"]:
            row[number] = {key: _pack_term(value) for key, value in row[number].items()}
        for number in columns["deep"]:
            row[number] = _pack(row[number])
    return {"type": place_of(kind), **columns, "rows": rows}


def unpacked(table: Mapping[str, Any]) -> Iterator[Any]:
    """The records of a table that was packed."""
    kind = kind_at(table["type"])
    dates, tuples, maps, deep = table["date"], table["tuple"], table["map"], table["deep"]
    for row in table["rows"]:
        for number in dates:
            if row[number] is not None:
                row[number] = date.fromisoformat(row[number])
        for number in tuples:
            row[number] = tuple(row[number])
        for number in maps:
            row[number] = {key: _unpack_term(value) for key, value in row[number].items()}
        for number in deep:
            row[number] = _unpack(row[number])
        yield kind(*row)


def _needs(cells: Iterable[Any]) -> str:
    """What has to be done to the cells of a column that are not plain; '' where JSON gives them back as they were."""
    needs = ""
    for cell in cells:
        if isinstance(cell, date):
            return "date"
        if isinstance(cell, Mapping):
            # Such as the areas and measures of pieces, which need no second look.
            if not all(isinstance(value, _PLAIN) for value in cell.values()):
                return "map"
        elif not isinstance(cell, tuple) or (cell and is_dataclass(cell[0])):
            return "deep"
        else:
            needs = "tuple"
    return needs


def _pack_term(value: Any) -> Any:
    """A term of a provision or a piece's area or measure: plain, or a day or a list marked as one."""
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"list": list(value)} if isinstance(value, tuple) else value


def _unpack_term(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return date.fromisoformat(value["day"]) if "day" in value else tuple(value["list"])


def _pack(value: Any) -> Any:
    """A nested record, or several (a deal's provisions), as a table of its own."""
    if isinstance(value, tuple):
        return packed(type(value[0]), value) if value else []
    return None if value is None else packed(type(value), [value]) | {"one": True}


def _unpack(table: Any) -> Any:
    if not table:
        return None if table is None else ()
    found = tuple(unpacked(table))
    return found[0] if table.get("one") else found
