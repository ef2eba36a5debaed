"""Tools: a plugin's function under the name that users type, with its terms and columns.

A function's name is the user's word, its docstring the help, its signature the terms, and what
it returns the columns, everywhere: on the command line, in files, in the explorer, in the docs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from devo.frozen import dataclass
from devo.values import Column, Ref, Unit

RESERVED = frozenset(
    [
        "on",
        "rows",
        "contains",
        "excludes",
        "count",
        "question",
        "verb",
        "id",
        "source",
        "area",
        "commencement",
        "overrides",
        "mode",
        "instrument",
    ]
)
# Of these, what a file of questions reserves: `source` and the rest are keys of deals only.
RESERVED_IN_QUESTIONS = frozenset(["on", "rows", "contains", "excludes", "count", "question"])
# Terms that every verb may declare although deal files reserve the key: they mean the same everywhere.
SHARED_TERMS = frozenset({"area", "mode"})


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a verb or question: its name, its type, and what it refers to if it names a record."""

    name: str
    type: Any
    ref: str = ""
    required: bool = True
    default: Any = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """A verb, question or check: a plugin's function under the name that users type.

    `built_in` says whether its plugin comes with devo; `version` is the plugin's.
    """

    name: str
    plugin: str
    function: Callable[..., Any]
    help: str
    terms: tuple[Term, ...] = ()
    row: type | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    version: str = ""
    built_in: bool = True

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of a question's rows, in order, with their units."""
        return columns_of(self.row) if self.row else ()


def user_word(function_name: str) -> str:
    """A function's name as users type it: `who_holds` is `who-holds`, one trailing underscore goes."""
    return function_name.removesuffix("_").replace("_", "-")


def type_name(kind: type) -> str:
    """A record type's name as tables are called: `BodyClass` is `body-class`."""
    word = kind.__name__
    return "".join(f"-{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(word))


@cache  # a function is read once, and brought again with each toolbox
def terms_of(function: Callable[..., Any], skip: int) -> tuple[Term, ...]:
    """A function's terms, read from its signature after its first `skip` parameters."""
    hints = get_type_hints(function, include_extras=True)
    found = []
    for parameter in list(inspect.signature(function).parameters.values())[skip:]:
        kind, ref, choices = _plain(hints.get(parameter.name, str))
        required = parameter.default is inspect.Parameter.empty
        found.append(
            Term(
                parameter.name.removesuffix("_"),
                kind,
                ref,
                required,
                None if required else parameter.default,
                choices,
            )
        )
    return tuple(found)


@cache
def columns_of(row: type) -> tuple[Column, ...]:
    """The columns of a row type: its fields, with the units and JSON types of their annotations."""
    hints = get_type_hints(row, include_extras=True)
    columns = []
    for name, hint in hints.items():
        unit = next((m.name for m in _metadata(hint) if isinstance(m, Unit)), "")
        kind, _, _ = _plain(hint)
        columns.append(Column(name, unit, JSON_TYPES.get(kind, "string")))
    return tuple(columns)


JSON_TYPES: Mapping[Any, str] = {
    str: "string",
    int: "integer",
    float: "float",
    bool: "boolean",
    date: "date",
    tuple: "list",
    list: "list",
}


def _metadata(hint: Any) -> tuple[Any, ...]:
    found = tuple(getattr(hint, "__metadata__", ()))
    for inner in get_args(hint):
        found += tuple(getattr(inner, "__metadata__", ()))
    return found


def _plain(hint: Any) -> tuple[Any, str, tuple[str, ...]]:
    """An annotation's bare type, what it refers to, and its choices."""
    ref = next((m.kind for m in _metadata(hint) if isinstance(m, Ref)), "")
    while True:
        if hasattr(hint, "__metadata__"):
            hint = get_args(hint)[0]
            continue
        origin = get_origin(hint)
        if origin is None:
            return hint, ref, ()
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        if origin is Literal:
            return str, ref, tuple(str(choice) for choice in inner)
        if origin in (tuple, list):
            return origin, ref, ()
        if len(inner) == 1:
            hint = inner[0]
            continue
        return origin, ref, ()


@cache
def row_of(function: Callable[..., Any]) -> type | None:
    """The row type that a question says it yields, by its return annotation."""
    inner = get_args(get_type_hints(function).get("return"))
    return inner[0] if inner and isinstance(inner[0], type) else None


@cache
def question_tool(function: Callable[..., Any], plugin: str) -> Tool:
    """A question function with its terms, columns and options."""
    row = getattr(function, "row", None) or row_of(function)
    options = getattr(function, "options", {})
    name, help_ = user_word(function.__name__), inspect.getdoc(function) or ""
    return Tool(name, plugin, function, help_, terms_of(function, 1), row, options)


def question(
    draw: str = "", in_plan: bool = False, row: type | None = None, beside: tuple[str, ...] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say of a question what its types cannot: how to draw it, and whether a plan asks it of both worlds.

    `beside` names questions of the same plugin whose answers, for the same terms, belong on one screen with it.
    """

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.options = {"draw": draw, "in_plan": in_plan, "beside": beside}  # type: ignore[attr-defined]
        if row is not None:
            function.row = row  # type: ignore[attr-defined]
        return function

    return mark
