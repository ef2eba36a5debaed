"""A file's data in its shape: what of it fits, and every place where it does not, in the words of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.files.fields import Field, Misfit, shown_value, value_of
from devo.files.shapes import (
    TABLE,
    TEXT,
    AskShape,
    ExpectShape,
    FigureShape,
    InstrumentShape,
    ProvisionShape,
    SweepShape,
)
from devo.values import Fault

Shape = TypeVar("Shape", bound=BaseModel)

# A block that says no question keeps its place, so that the others keep their lines.
UNREADABLE = {"question": ""}

_EXPECTED: dict[str, type] = {"string_type": str, "date_type": date, "bool_type": bool, "int_type": int}
_MODELS: dict[str, type[BaseModel]] = {
    "provision": ProvisionShape,
    "ask": AskShape,
    "expect": ExpectShape,
    "instrument": InstrumentShape,
    "sweep": SweepShape,
    "figure": FigureShape,
}
# What is written as [[blocks]], and what under a [heading] of its own.
_BLOCKS = frozenset({"provision", "ask", "expect", "variant", "figure"})
_HEADED = frozenset({"sweep", "parameters"})


def shaped(document: Document, shape: type[Shape]) -> tuple[Shape | None, list[Fault]]:
    """A file's data in its shape, and every fault of it.

    What does not fit is left out, so that the rest can be looked at in the same run; the shape is
    None where it cannot do without.
    """
    try:
        return shape.model_validate(document.data), []
    except ValidationError as error:
        faults = list(_faults(document, error, shape))
        try:
            return shape.model_validate(_fitting(document.data, error)), faults
        except ValidationError:
            return None, faults


def _fitting(data: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    """A file's data without the keys that do not fit, every block of a list still in its place."""
    wrong = [item["loc"] for item in error.errors(include_url=False)]
    fitting: dict[str, Any] = {}
    for key, value in data.items():
        inside = [loc[1:] for loc in wrong if loc[0] == key]
        if not inside:
            fitting[key] = value
        elif isinstance(value, list) and all(inside):
            fitting[key] = [_fitting_item(n, item, inside) for n, item in enumerate(value)]
            if key not in _MODELS:
                fitting[key] = [item for item in fitting[key] if item is not None]
    return fitting


def _fitting_item(number: int, item: Any, wrong: list[tuple[int | str, ...]]) -> Any:
    mine = [loc[1:] for loc in wrong if loc[0] == number]
    if not mine:
        return item
    if not isinstance(item, dict):
        return UNREADABLE if () in mine else None
    gone = {loc[0] for loc in mine if loc}
    rest = {key: value for key, value in item.items() if key not in gone}
    return {**rest, **{key: "" for key in UNREADABLE if key in gone}}


def _faults(document: Document, error: ValidationError, shape: type[BaseModel]) -> Iterator[Fault]:
    for item in error.errors(include_url=False):
        keys = tuple(
            key
            for before, key in pairwise(("", *item["loc"]))
            if before != "instrument" or key not in (TEXT, TABLE)
        )
        name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
        around = next((key for key in reversed(keys[:-1]) if isinstance(key, str)), "")
        match item["type"]:
            case "missing":
                if not document.is_broken(keys):
                    yield document.fault(keys, f"`{name}` is missing", f"{_block(keys[:-1])} needs one")
            case "string_pattern_mismatch":
                yield document.fault(keys, f"`{name}` is blank", f"{_block(keys[:-1])} needs one")
            case "extra_forbidden":
                choices = _MODELS.get(around, shape).model_fields
                message = f"there is no key {shown(name)} here"
                yield document.fault(keys, message, "", instead(name, choices))
            case _:
                message, suggestion = _misfit(keys, name, item)
                yield document.fault(keys, f"`{name}`: {message}", "", suggestion)


def _block(keys: Sequence[int | str]) -> str:
    """What stands at a path of keys, as a message calls it."""
    if not keys:
        return "the file"
    return f"`{keys[-1]}`" if isinstance(keys[-1], str) else f"this [[{_heading(keys)}]]"


def _heading(keys: Sequence[int | str]) -> str:
    return ".".join(key for key in keys if isinstance(key, str))


def _misfit(keys: Sequence[int | str], name: str, item: Any) -> tuple[str, str]:
    """What is wrong with a value and what to write instead; `name` is its key, or that of the list it is in."""
    value = item["input"]
    if item["type"] in ("list_type", "dict_type", "model_type", "model_attributes_type"):
        return _misbuilt(keys, name, value, listed=item["type"] == "list_type")
    if item["type"] == "literal_error":
        choices = [choice.strip(" '") for choice in item["ctx"]["expected"].replace(" or ", ", ").split(",")]
        return f"{shown_value(value)} is not a choice", instead(str(value), choices)
    if item["type"] == "greater_than_equal":
        return f"{shown_value(value)} is less than {item['ctx']['ge']}", ""
    kind = next((kind for start, kind in _EXPECTED.items() if item["type"].startswith(start[:4])), None)
    if kind is not None:
        try:
            value_of(Field(name if keys[-1] == name else "", kind, str, "", (), False), value)
        except Misfit as misfit:
            return misfit.message, misfit.suggestion
    return f"{shown_value(value)} cannot stand here", ""


def _misbuilt(keys: Sequence[int | str], name: str, value: Any, *, listed: bool) -> tuple[str, str]:
    """What is wrong with a value that should be a list or a table."""
    if name in _BLOCKS:
        what = f"{shown_value(value)} stands where a table should"
        how = f"begin each with [[{_heading(keys)}]]"
        return "it stands once, and should be a list" if isinstance(value, dict) else what, how
    if listed:
        inside = f'"{value[:60]}"' if isinstance(value, str) else "{ … }" if isinstance(value, dict) else "…"
        return f"{shown_value(value)} is not a list", f"write {name} = [{inside}]"
    how = f"begin it with [{_heading(keys)}]" if name in _HEADED else "write { name = value }"
    return f"{shown_value(value)} stands where a table should", how
