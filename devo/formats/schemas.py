"""JSON Schemas of what devo answers: one question's envelope, and the outcome of scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Mapping[str, Any] = {"type": "string"}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": _TEXT}
_DAY: Mapping[str, Any] = {"type": "string", "format": "date"}


def _object(
    description: str, properties: Mapping[str, Any], optional: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


_COLUMN = _object(
    "A column of the rows: its name, what it counts, and its type in JSON words.",
    {
        "name": _TEXT,
        "unit": {
            **_TEXT,
            "description": "'share of residents', 'pence'; empty where it counts nothing.",
        },
        "type": {"enum": ["string", "integer", "float", "boolean", "date", "list"]},
    },
)
_FINDING = _object(
    "What there is to say of the answer or the model.",
    {
        "code": {**_TEXT, "description": "Stable; script against this and not against the message."},
        "message": _TEXT,
        "severity": {"enum": ["error", "warning", "note"]},
        "about": {**_TEXTS, "description": "Ids of what it concerns."},
        "where": {**_TEXT, "description": "file:line, or empty."},
        "suggestion": _TEXT,
    },
)
_FAULT = _object(
    "What is wrong in a file.",
    {
        "path": _TEXT,
        "line": {"type": "integer", "minimum": 0, "description": "0 for the file as a whole."},
        "message": _TEXT,
        "why": _TEXT,
        "suggestion": _TEXT,
    },
)
_ROW: Mapping[str, Any] = {"type": "object", "description": "A value for each of the columns."}
_MISMATCH = _object(
    "An expectation that an answer does not meet.",
    {
        "question": _TEXT,
        "terms": {"type": "object"},
        "on": _DAY,
        "message": _TEXT,
        "expected": {"type": "array", "items": _ROW},
        "found": {"type": "array", "items": _ROW},
        "where": {**_TEXT, "description": "file:line of the expectation."},
    },
)
_ANSWER = _object(
    "A question's answer.",
    {
        "schema": {"const": "devo.answer/1"},
        "question": _TEXT,
        "terms": {"type": "object", "description": "The terms as understood: names made ids."},
        "on": _DAY,
        "known": {
            "anyOf": [_DAY, {"type": "null"}],
            "description": "The day whose law it goes by; null for all.",
        },
        "world": _object(
            "The world that was asked.",
            {
                "baseline": _TEXT,
                "deals": _TEXTS,
                "fingerprint": {**_TEXT, "description": "The same for worlds of the same facts."},
            },
        ),
        "columns": {"type": "array", "items": _COLUMN},
        "rows": {"type": "array", "items": _ROW},
        "findings": {"type": "array", "items": _FINDING},
        "sources": {**_TEXTS, "description": "The instruments that the rows rest on."},
    },
)

ANSWER: dict[str, Any] = {"$schema": DRAFT, "title": "An answer", **_ANSWER}

OUTCOME: dict[str, Any] = {
    "$schema": DRAFT,
    "title": "The outcome of scenarios",
    **_object(
        "What became of each scenario that was run.",
        {
            "schema": {"const": "devo.outcome/1"},
            "scenarios": {
                "type": "array",
                "items": _object(
                    "One scenario.",
                    {
                        "name": _TEXT,
                        "path": _TEXT,
                        "passed": {"type": "boolean"},
                        "answers": {"type": "array", "items": _ANSWER},
                        "findings": {"type": "array", "items": _FINDING},
                        "mismatches": {"type": "array", "items": _MISMATCH},
                        "faults": {"type": "array", "items": _FAULT},
                    },
                    {
                        "sweep": {
                            "type": "object",
                            "description": "What a sweep came to: figures, influence, folder.",
                        }
                    },
                ),
            },
        },
    ),
}
