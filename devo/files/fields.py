"""The fields of a record type as columns of a table: what each may hold, and how a cell becomes a value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from devo.files.faults import nearest, shown
from devo.files.syntax import missing_day
from devo.limits import LARGEST
from devo.values import Ref

YES_NO = {"yes": True, "true": True, "no": False, "false": False}

# Cells like 1_000 and ٣ are numbers to Python, and not to anybody who reads the table.
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")


class Misfit(ValueError):
    """A cell or value that does not fit its field: what is wrong, and what to write instead."""

    def __init__(self, message: str, suggestion: str = ""):
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type: its plain type, what it refers to, its choices and its default.

    For a list `type` is tuple, for a table of names with a value each it is dict; `inner` is the type of
    what is in it.
    """

    name: str
    type: Any
    inner: Any
    ref: str
    choices: tuple[str, ...]
    required: bool


@cache
def fields_of(kind: type) -> tuple[Field, ...]:
    """The fields of a record type, in order."""
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for item in fields(kind):
        plain, inner, ref, choices = _taken_apart(hints[item.name])
        required = item.default is MISSING and item.default_factory is MISSING
        found.append(Field(item.name, plain, inner, ref, choices, required))
    return tuple(found)


def cell_reader(field: Field) -> Callable[[str], Any]:
    """How a cell that is not blank becomes the field's value; the function raises Misfit."""
    if field.type is tuple:
        inner = cell_reader(inside(field))
        return lambda cell: tuple(inner(part.strip()) for part in cell.split(";") if part.strip())
    if field.choices:
        return lambda cell: _choice(cell, field.choices)
    return _CELLS.get(field.type, _text)


def inside(field: Field) -> Field:
    """What each thing in a list or table has to be: a field without a name."""
    return Field("", field.inner, str, field.ref, field.choices, False)


def value_of(field: Field, value: Any) -> Any:
    """A value of a TOML file as the field's value. Raises Misfit."""
    if field.type is tuple:
        if not isinstance(value, list):
            raise Misfit(f"{shown_value(value)} is not a list", _write(field, f"[{_spelt(value)}]"))
        return tuple(value_of(inside(field), item) for item in value)
    if field.type is dict:
        if not isinstance(value, dict):
            raise Misfit(f"{shown_value(value)} is not a table", _write(field, "{ name = … }"))
        for name, item in value.items():
            value_of(replace(inside(field), name=name), item)
        return value
    if field.type not in _VALUES:
        return value
    if field.type is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # a file's whole numbers are none too large for it
    if not isinstance(value, field.type) or (isinstance(value, bool) and field.type is not bool):
        raise Misfit(f"{shown_value(value)} is not {_VALUES[field.type]}", _instead(field, value))
    if field.type is date and isinstance(value, datetime):
        raise Misfit(f"{value.isoformat()} is a time, and not a day", _write(field, value.date().isoformat()))
    if field.type is float and not math.isfinite(value):
        raise Misfit(f"{value} is not a number that can be counted with")
    return _choice(value, field.choices) if field.choices else value


def shown_value(value: Any) -> str:
    """A TOML value as its file writes it, for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return shown(value)


def ends_too_early(given: Mapping[str, Any]) -> str:
    """What is wrong with a record that ends before it starts; empty where nothing is."""
    start, end = given.get("start"), given.get("end")
    if start is None or end is None or start < end:
        return ""
    how = "on the day" if start == end else "before"
    return f"`end` {end.isoformat()} is {how} `start` {'' if start == end else 'on '}{start.isoformat()}"


def _write(field: Field, value: str) -> str:
    """How to write a value under its key, or in the list that it stands in."""
    return f"write {field.name} = {value}" if field.name else f"write {value}"


def _instead(field: Field, value: Any) -> str:
    if field.type is date and isinstance(value, str):
        try:
            plain = _write(field, _day(value).isoformat())
            return plain.replace("write", "write it without quotation marks:", 1)
        except Misfit as misfit:
            return misfit.suggestion or misfit.message
    if field.type is str and not isinstance(value, list | dict):
        return _write(field, f'"{shown_value(value)}"')
    if field.type in (int, float) and isinstance(value, str):
        return "write the number without quotation marks"
    return "write true or false, without quotation marks" if field.type is bool else ""


def _spelt(value: Any) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else shown_value(value)


def _taken_apart(hint: Any) -> tuple[Any, Any, str, tuple[str, ...]]:
    """An annotation's plain type, the type inside a list, what it refers to, and its choices."""
    ref = ""
    choices: tuple[str, ...] = ()
    plain: Any = None
    inner: Any = str
    waiting = [hint]
    while waiting:
        found = waiting.pop(0)
        if hasattr(found, "__metadata__"):
            ref = next((mark.kind for mark in found.__metadata__ if isinstance(mark, Ref)), ref)
            waiting.insert(0, get_args(found)[0])
        elif get_origin(found) is Literal:
            plain, choices = plain or str, tuple(str(choice) for choice in get_args(found))
        elif get_origin(found) in (tuple, list):
            plain = tuple
            waiting[:0] = get_args(found)[:1]
        elif get_origin(found) is Mapping:
            plain = dict
            waiting[:0] = get_args(found)[1:]
        elif get_origin(found) is not None:
            waiting[:0] = [arg for arg in get_args(found) if arg is not type(None)]
        elif isinstance(found, type):
            if plain in (tuple, dict):
                inner = found
            plain = plain or found
    return plain or str, inner, ref, choices


def _text(cell: str) -> str:
    return cell


def _choice(cell: str, choices: tuple[str, ...]) -> str:
    if cell in choices:
        return cell
    near = nearest(cell, choices)
    listed = f"choices: {', '.join(choices)}"
    raise Misfit(f"{shown(cell)} is not a choice", f"did you mean {near[0]}? {listed}" if near else listed)


def _day(cell: str) -> date:
    try:
        if len(cell) == 10 and cell[4] == cell[7] == "-":
            return date.fromisoformat(cell)
    except ValueError:
        if gone := missing_day(cell):
            raise Misfit(gone, "write a day that exists") from None
    raise Misfit(f"{shown(cell)} is not a date", "write dates as YYYY-MM-DD: 2024-05-06")


def _yes_no(cell: str) -> bool:
    try:
        return YES_NO[cell.casefold()]
    except KeyError:
        raise Misfit(f"{shown(cell)} is not yes or no", "write yes or no") from None


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise Misfit(f"{shown(cell)} is not a whole number", _plainer(cell))
    value = int(cell)
    if abs(value) > LARGEST:
        raise Misfit(f"a whole number larger than {LARGEST:,} cannot be counted with")
    return value


def number(cell: str) -> float:
    """A cell as a number, whole where it is written whole. Raises Misfit."""
    if _WHOLE.fullmatch(cell) and abs(whole := int(cell)) <= LARGEST:
        return whole
    try:
        value = float(cell) if cell.isascii() and "_" not in cell else math.nan
    except ValueError:
        value = math.nan
    if math.isfinite(value):
        return value
    raise Misfit(f"{shown(cell)} is not a number", _plainer(cell))


def _plainer(cell: str) -> str:
    """A number without what people put between its digits, in the digits that are read."""
    plain = re.sub(r"[,\s]", "", cell)
    return f"write {int(plain)}" if re.fullmatch(r"[+-]?\d{1,18}", plain) else ""


_CELLS: dict[type, Callable[[str], Any]] = {
    str: _text,
    date: _day,
    bool: _yes_no,
    int: _whole,
    float: lambda cell: float(number(cell)),
}
_VALUES: dict[type, str] = {
    str: "a text",
    date: "a date",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}
