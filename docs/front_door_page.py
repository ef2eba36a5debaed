"""The page of `import devo`: every name that a plugin may use, as the program knows it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin

INTRO = """All that `import devo` gives. A plugin imports nothing else of devo. What is here keeps its meaning as long as the
[specification](../plugins.md#how-long-a-plugin-goes-on-working) keeps its number.

A world is looked at from a day: `world.on("2018-01-01")`. A plugin's function is given one that is, and `world.today` is
the day. Whatever a question answers, `ask` answers to a plugin too, those of other plugins included; the columns of each
stand under [Questions](questions.md)."""

TYPES = """As the type of a term, a field of a record or a column of a row: devo looks names up by it, completes them, and says
units."""


def page() -> str:
    """The page's text."""
    import devo
    from devo.ledger import Ledger
    from devo.mosaic import Mosaic
    from devo.roster import Roster
    from devo.toolbox import toolbox

    given = {name: getattr(devo, name) for name in devo.__all__}
    records = {kind: name for name, kind in toolbox().records.items()}
    functions = {name: item for name, item in given.items() if inspect.isroutine(item)}
    types = {
        name: item for name, item in given.items() if not isinstance(item, type) and name not in functions
    }
    classes = {
        name: item
        for name, item in given.items()
        if name not in functions and name not in types and name != "World" and item not in records
    }
    listed = [(f"`{name}`", _link(records[item], item)) for name, item in given.items() if _in(item, records)]
    return "\n\n".join(
        [
            "# Python",
            INTRO,
            "## Functions",
            *(f"### `{name}`\n\n{_code(name, item)}\n\n{_prose(item)}" for name, item in functions.items()),
            "## `World`",
            _prose(given["World"]),
            _table(("what it gives", "what that is"), _members(given["World"])),
            _reached("world.mosaic", Mosaic),
            _reached("world.roster", Roster),
            _reached("world.ledger(power)", Ledger),
            "## Types",
            TYPES,
            _table(("type", "what it says"), ((f"`{name}`", _says(item)) for name, item in types.items())),
            "## Records",
            "`world.of(devo.Body)` gives all of a kind.",
            _table(("class", "what it is"), listed),
            "## Other classes",
            *(_class(name, item) for name, item in classes.items()),
        ]
    )


def _in(item: Any, records: dict[type, str]) -> bool:
    return isinstance(item, type) and item in records


def _link(name: str, kind: type) -> str:
    return f"[`{name}`](records.md#{name}): {_first(kind)}"


def _class(name: str, kind: type) -> str:
    held = [f"`{name}: {hint}`" for name, hint in _attributes(kind)] if is_dataclass(kind) else []
    made = [_table(("what it gives", "what that is"), rows)] if (rows := [*_members(kind)]) else []
    return "\n\n".join(
        [f"### `{name}`", _prose(kind), *([f"It has {', '.join(held)}."] if held else []), *made]
    )


def _reached(called: str, kind: type) -> str:
    """A class that a world gives, and the front door does not."""
    made = _table(("what it gives", "what that is"), _members(kind))
    held = ", ".join(f"`{name}: {hint}`" for name, hint in _attributes(kind))
    return "\n\n".join([f"### `{called}`", _prose(kind), f"It has {held}.", made])


def _attributes(kind: type) -> list[tuple[str, str]]:
    """What the values of a class have that it says the type of."""
    if is_dataclass(kind):
        return [(item.name, _typed(item.type)) for item in fields(kind)]
    return re.findall(r"self\.([a-z]\w*): ([^=\n]+) =", inspect.getsource(kind.__init__))


def _members(kind: type) -> Iterator[tuple[str, str]]:
    """The methods and properties of a class's own that are for others, as they are written, and what they give."""
    for name, item in vars(kind).items():
        inner = getattr(item, "fget", None) or getattr(
            item, "func", None
        )  # properties, and those that are kept
        if name.startswith("_") or not (inner or inspect.isfunction(item)) or not inspect.getdoc(item):
            continue
        yield f"`{name}`" if inner else f"`{name}({_terms(item, own=True)})`", _first(item)


def _code(name: str, function: Any) -> str:
    returned = inspect.signature(function).return_annotation
    given = "" if returned is inspect.Signature.empty else f" -> {_typed(returned)}"
    return f"```\n{name}({_terms(function)}){given}\n```"


def _terms(function: Any, *, own: bool = False) -> str:
    terms = list(inspect.signature(function).parameters.values())[1 if own else 0 :]
    marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    written = []
    for term in terms:
        if term.kind is inspect.Parameter.KEYWORD_ONLY and "*" not in "".join(written):
            written.append("*")
        typed = "" if term.annotation is inspect.Parameter.empty else f": {_typed(term.annotation)}"
        default = "" if term.default is inspect.Parameter.empty else f" = {term.default!r}"
        written.append(f"{marks.get(term.kind, '')}{term.name}{typed}{default}")
    return ", ".join(written)


def _typed(hint: Any) -> str:
    return hint if isinstance(hint, str) else getattr(hint, "__name__", str(hint))


def _says(hint: Any) -> str:
    for mark in getattr(hint, "__metadata__", ()):
        if kind := getattr(mark, "kind", ""):
            return f"a text that names: {kind}"
        if unit := getattr(mark, "name", ""):
            return f"a number of: {unit}"
    if all(isinstance(arg, str) for arg in get_args(hint)):
        return " or ".join(f"`{arg}`" for arg in get_args(hint))
    return f"`{get_origin(hint).__name__}[{', '.join(_typed(arg) for arg in get_args(hint))}]`"


def _first(item: Any) -> str:
    return " ".join(_prose(item).partition("\n\n")[0].split("\n"))


def _prose(item: Any) -> str:
    return (inspect.getdoc(item) or "").replace("<", "\\<").replace("*", "\\*")


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {left} | {right} |" for left, right in ((a.replace("|", "\\|"), b) for a, b in rows)]
    return "\n".join([f"| {head[0]} | {head[1]} |", "|---|---|", *lines])
