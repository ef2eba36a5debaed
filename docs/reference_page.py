"""Writes the pages of `reference/` from the program itself: `python docs/reference_page.py`.

Every question, verb, check and record of the plugins that come with devo, as the program knows them:
names from functions and classes, terms and columns from their types, words from their docstrings.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from runpy import run_path
from typing import Any, get_args, get_type_hints

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/reference_page.py; changes made here are lost. -->"
WORDS = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "yes or no",
    "date": "day",
    "tuple": "list",
}


def pages() -> dict[str, str]:
    """Each page's file name with its text."""
    from devo.toolbox import toolbox

    tools = toolbox()
    return {
        "questions.md": _page(
            "Questions",
            "What can be asked: on the command line with `devo ask NAME --term TERM=VALUE`, in a scenario as "
            '`question = "NAME"`, from Python as `devo.ask(world, "NAME", term=value)`, and in the explorer.',
            (_question(tool) for tool in _by_plugin(tools.questions.values())),
        ),
        "verbs.md": _page(
            "Verbs",
            "What a provision of a deal can do. Beside its own terms every provision takes `commencement`, and may take "
            "`id`, `instrument`, `agreed`, `source`, `confidence`, `overrides` and `note`.",
            (_verb(tool) for tool in _by_plugin(tools.verbs.values())),
        ),
        "checks.md": _page(
            "Checks",
            "What `devo check` looks for. Each finding's code, severity and cure stand in [](../findings.md).",
            (_check(tool) for tool in _by_plugin(tools.checks.values())),
        ),
        "records.md": _page(
            "Records",
            "What a table can hold: a record type `body-class` is read from `body-class.csv`, or from `[[body-class]]` "
            "blocks of a scenario. A column that has a default may be left out.",
            (_record(name, kind) for name, kind in tools.records.items()),
        ),
        "python.md": f"{NOTE}\n\n{run_path(str(FOLDER.parent / 'front_door_page.py'))['page']()}\n",
    }


def _page(title: str, intro: str, parts: Iterable[str]) -> str:
    return "\n\n".join([NOTE, f"# {title}", intro, *parts]) + "\n"


def _by_plugin(tools: Iterable[Any]) -> list[Any]:
    """The core's first, then each plugin's, by name."""
    return sorted(tools, key=lambda tool: (tool.plugin != "core", tool.plugin, tool.name))


def _question(tool: Any) -> str:
    columns = [(f"`{column.name}`", column.type, column.unit) for column in tool.columns]
    return (
        "\n\n".join(
            [
                f"## `{tool.name}`",
                f"*{tool.plugin}.* {_prose(tool.help)}",
                _terms(tool.terms),
                "Columns:\n\n" + _table(("column", "type", "unit"), columns) if columns else "",
            ]
        )
        .replace("\n\n\n\n", "\n\n")
        .strip()
    )


def _verb(tool: Any) -> str:
    return f"## `{tool.name}`\n\n*{tool.plugin}.* {_prose(tool.help)}\n\n{_terms(tool.terms)}".strip()


def _check(tool: Any) -> str:
    return f"## `{tool.name}`\n\n*{tool.plugin}.* {_prose(tool.help)}"


def _terms(terms: Iterable[Any]) -> str:
    rows = [
        (f"`{term.name}`", _kind(term), "must be given" if term.required else _default(term.default))
        for term in terms
    ]
    return _table(("term", "what it takes", "default"), rows) if rows else "It takes no terms."


def _kind(term: Any) -> str:
    if term.choices:
        return " or ".join(f"`{choice}`" for choice in term.choices)
    if term.ref:
        many = "a list of " if getattr(term.type, "__name__", "") in ("tuple", "list") else ""
        return f"{many}{term.ref}"
    return WORDS.get(getattr(term.type, "__name__", ""), str(term.type))


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "", ()) else f"`{value}`"


def _record(name: str, kind: type) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        (f"`{item.name}`", _hint(hints[item.name]), _field_default(item))
        for item in fields(kind)
        if item.init
    ]
    owner = kind.__module__.partition(".")[0]
    plugin = "core" if owner == "devo" else owner
    said = _prose(inspect.getdoc(kind) or "")
    return f"## `{name}`\n\n*{plugin}.* {said}\n\n{_table(('column', 'what it takes', 'default'), rows)}"


def _hint(hint: Any) -> str:
    for part in (hint, *get_args(hint)):
        for mark in getattr(part, "__metadata__", ()):
            if word := getattr(mark, "kind", ""):
                return str(word)
            if unit := getattr(mark, "name", ""):
                return str(unit)
    inner = [arg for arg in get_args(hint) if arg is not type(None)]
    if inner and all(isinstance(arg, str) for arg in inner):
        return " or ".join(f"`{arg}`" for arg in inner)
    if inner and not isinstance(hint, type) and "|" in str(hint):
        return _hint(inner[0])
    if "Mapping" in str(hint):
        return "a value for each name"
    return WORDS.get(getattr(hint, "__name__", ""), re.sub(r"[\w.]+\.", "", str(hint)))


def _field_default(item: Any) -> str:
    if item.default is not MISSING:
        return _default(item.default)
    return "none" if item.default_factory is not MISSING else "must be given"


def _prose(text: str) -> str:
    """A docstring as it stands, with what Markdown would take for markup kept from it."""
    return "\n".join(line.strip() for line in text.splitlines()).replace("<", "\\<").replace("*", "\\*")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_lines(head, rows))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1] / "plugins"))
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
