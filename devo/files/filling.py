"""`"$name"` in a file of a sweep: where it stands, and the parameter's value in its place.

Only a whole value is one: `"$fund"` is, and `"$fund pounds"` is a text like any other.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from devo.files.documents import Document
from devo.files.faults import instead, shown
from devo.values import Fault

_NAMED = re.compile(r"\$([A-Za-z_][A-Za-z0-9_-]*)")


def parameters_in(value: Any) -> set[str]:
    """The names of the parameters that stand anywhere in a value of a file."""
    return {name for _, name in _standing(value, ())}


def filled(value: Any, given: Mapping[str, Any]) -> Any:
    """A value with parameters' values in the place of their names; a name that is not given stays."""
    if isinstance(value, str):
        match = _NAMED.fullmatch(value)
        return given.get(match[1], value) if match else value
    if isinstance(value, list):
        return [filled(item, given) for item in value]
    if isinstance(value, dict):
        return {key: filled(item, given) for key, item in value.items()}
    return value


def filled_document(document: Document, given: Mapping[str, Any] | None) -> Document:
    """A file of a sweep with parameters' values in it; its lines are where they were."""
    if not given or "$" not in document.text:
        return document
    other = copy.copy(document)
    other.data = {key: filled(item, given) for key, item in document.data.items() if key != "sweep"}
    sweep = document.data.get("sweep")
    if isinstance(sweep, dict):
        # What is varied says its own names; what is followed may depend on them.
        other.data["sweep"] = {
            key: filled(item, given) if key == "figure" else item for key, item in sweep.items()
        }
    return other


def unknown_parameters(document: Document, given: Mapping[str, Any]) -> list[Fault]:
    """A fault for each name of a parameter in a file that the sweep has not."""
    return [
        document.fault(keys, f"the sweep has no parameter {shown(name)}", "", instead(name, given))
        for keys, name in _standing(document.data, ())
        if name not in given
    ]


def _standing(value: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        match = _NAMED.fullmatch(value)
        if match:
            yield keys, match[1]
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _standing(item, (*keys, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _standing(item, (*keys, key))
