"""JSON Schemas of scenario and deal files, with the verbs, questions and records that plugins bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from devo.files.fields import Field, fields_of, inside
from devo.files.shapes import DealShape, ScenarioShape
from devo.files.terms import field_of
from devo.toolbox import Toolbox
from devo.tools import Tool

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Mapping[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


def schema(name: str, toolbox: Toolbox | None = None) -> dict[str, Any]:
    """The JSON Schema of a `scenario` or a `deal` file; with a toolbox, its verbs or questions too.

    Raises KeyError for another name.
    """
    shapes: dict[str, type[BaseModel]] = {"scenario": ScenarioShape, "deal": DealShape}
    found: dict[str, Any] = {"$schema": DRAFT, **shapes[name].model_json_schema()}
    if toolbox is None:
        return found
    parts = found["$defs"]
    if name == "deal":
        _offer(parts["ProvisionShape"], "verb", toolbox.verbs)
        return found
    for block in ("AskShape", "ExpectShape", "FigureShape"):
        _offer(parts[block], "question", toolbox.questions)
    for word, kind in toolbox.records.items():
        found["properties"][word] = {"type": "array", "items": _record(kind)}
    found["additionalProperties"] = False
    return found


def _offer(part: dict[str, Any], key: str, tools: Mapping[str, Tool]) -> None:
    """Say in a block's schema which tools there are, and which terms each takes."""
    common = part["properties"]
    common[key] = {**common[key], "enum": sorted(tools)}
    part["allOf"] = [
        {
            "if": {"properties": {key: {"const": name}}},
            "then": {
                "description": tool.help.partition("\n")[0],
                "properties": {**dict.fromkeys(common, True), **_properties(field_of(t) for t in tool.terms)},
                "required": [term.name for term in tool.terms if term.required],
                "additionalProperties": False,
            },
        }
        for name, tool in sorted(tools.items())
    ]


def _record(kind: type) -> dict[str, Any]:
    return {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "properties": _properties(fields_of(kind)),
        "required": [item.name for item in fields_of(kind) if item.required],
        "additionalProperties": False,
    }


def _properties(fields: Iterable[Field]) -> dict[str, Any]:
    return {item.name: _property(item) for item in fields}


def _property(item: Field) -> dict[str, Any]:
    if item.type is tuple:
        return {"type": "array", "items": _property(inside(item))}
    if item.type is dict:
        return {"type": "object", "additionalProperties": _property(inside(item))}
    if item.choices:
        return {"type": "string", "enum": list(item.choices)}
    return dict(_TYPES.get(item.type, {}))
