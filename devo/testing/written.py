"""What can be said of a plugin from how it is written, without calling it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

from devo.hookspecs import HOOKS, STATED
from devo.testing.judging import GIVE_SOURCE, can_cite
from devo.toolbox import Toolbox
from devo.tools import Tool
from devo.values import Finding

# Terms that mean the same in every verb and question, so that no docstring need say what they are.
EVERYWHERE = frozenset(
    "place power body area areas mode deal geography year transferor transferee holder exercised_by"
    " exercised_from carve_outs since until".split()
)
_CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("time", "time"),
}
_CHANCE = frozenset({"random", "secrets", "uuid"})


def findings_of(module: str, tools: Toolbox) -> Iterator[Finding]:
    """Everything that can be said of a plugin that is on."""
    loaded = import_module(module)
    if not hasattr(loaded, HOOKS):
        how = "mark a function `records`, `provisions`, `questions`, `checks` or `baselines` with @devo.hookimpl"
        yield Finding(
            "brings-nothing",
            f"plugin {module} has no hook, so it brings nothing",
            "error",
            (module,),
            "",
            how,
        )
    if not hasattr(loaded, STATED):
        text = f"plugin {module} does not say which specification of devo's hooks it was written for"
        how = f"write {STATED} = 1 in its module"
        yield Finding("no-specification", text, "warning", (module,), f"{loaded.__file__}:1", how)
    if not (loaded.__doc__ or "").strip():
        text, how = f"plugin {module} does not say what it is for", "begin its module with a docstring"
        yield Finding("undocumented", text, "error", (module,), f"{loaded.__file__}:1", how)
    for kind, table in (("verb", tools.verbs), ("question", tools.questions), ("check", tools.checks)):
        for tool in table.values():
            if tool.plugin == module:
                yield from _of_tool(kind, tool)
    for name, record in tools.records.items():
        if record.__module__.partition(".")[0] == module.partition(".")[0] and not module.startswith("devo."):
            yield from _of_record(name, record)
    if loaded.__file__:
        yield from _of_sources(Path(loaded.__file__))


def _of_tool(kind: str, tool: Tool) -> Iterator[Finding]:
    what, where = f"{kind} {tool.name!r}", _line(tool.function)
    if not tool.help.strip():
        yield Finding(
            "undocumented",
            f"{what} has no docstring, which is its help",
            "error",
            (tool.name,),
            where,
            "write one",
        )
        return
    for term in tool.terms:
        # `persona: PersonaId` says by its type what it is: the docstring of that record is its meaning.
        said = term.name in EVERYWHERE or term.name == term.ref
        if not said and not re.search(rf"\b{term.name.replace('_', '[_ ]')}\b", tool.help):
            text = f"{what} does not say in its docstring what its term {term.name!r} is"
            yield Finding(
                "undocumented-term", text, "error", (tool.name, term.name), where, f"name `{term.name}` in it"
            )
    if kind == "question" and tool.row is None:
        how = "annotate what it returns: -> Iterator[MyRow], with MyRow a frozen dataclass"
        yield Finding(
            "no-columns", f"{what} does not say what its rows are", "error", (tool.name,), where, how
        )
    if kind == "question" and tool.row is not None and not _says(tool.row):
        text = f"{what}: its row type {tool.row.__name__} has no docstring"
        yield Finding("undocumented", text, "error", (tool.name,), _line(tool.row), "say what one row is")
    if kind == "question" and is_dataclass(tool.row) and not can_cite(tool.row):
        text = f"{what}: its rows, {tool.row.__name__}, do not say where they come from"
        yield Finding("no-source", text, "error", (tool.name,), _line(tool.row), GIVE_SOURCE)


def _of_record(name: str, record: type) -> Iterator[Finding]:
    where = _line(record)
    if not _says(record):
        text = f"record type {name!r} has no docstring"
        yield Finding("undocumented", text, "error", (name,), where, "say what one record is")
    have = {item.name for item in fields(record)}
    for needed, default in (("source", '""'), ("confidence", '"known"')):
        if needed not in have:
            text = f"record type {name!r} has no field `{needed}`, so its rows cannot say how we know"
            how = f"add `{needed}: {'str' if needed == 'source' else 'Confidence'} = {default}`"
            yield Finding("no-source", text, "error", (name,), where, how)


def _of_sources(file: Path) -> Iterator[Finding]:
    """What its source files import and call: devo by its front door only, no clock, no chance."""
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    for path in files:
        try:
            tree = ast.parse(path.read_bytes())
        except (OSError, SyntaxError, ValueError):
            continue  # what is never imported may be anything
        for node in ast.walk(tree):
            yield from _of_node(node, path)


def _of_node(node: ast.AST, path: Path) -> Iterator[Finding]:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        names = [node.module or ""]
    where = f"{path}:{getattr(node, 'lineno', 1)}"
    for name in names:
        if name.startswith("devo.") and not name.startswith("devo.testing"):
            text = f"it imports {name}, which may change at any time"
            yield Finding(
                "not-by-the-front-door", text, "error", (name,), where, "take it from `devo`: import devo"
            )
        if name in _CHANCE:
            text = f"it imports {name}: what comes of chance is different each time"
            yield Finding(
                "not-deterministic",
                text,
                "warning",
                (name,),
                where,
                "let the caller give a number to begin from",
            )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        owner = node.func.value
        last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        if (last, node.func.attr) in _CLOCKS:
            text = f"it looks at the clock ({last}.{node.func.attr}): an answer is for the day that is asked about"
            yield Finding(
                "not-deterministic", text, "error", (last,), where, "take the day from the world: world.today"
            )


def _says(kind: type) -> bool:
    """Whether a class has a docstring of its own: a dataclass without one is given its signature."""
    text = (kind.__doc__ or "").strip()
    return bool(text) and not text.startswith(f"{kind.__name__}(")


def _line(item: object) -> str:
    try:
        lines = inspect.getsourcelines(inspect.unwrap(item) if callable(item) else item)  # type: ignore[arg-type]
        return f"{inspect.getsourcefile(item)}:{lines[1]}"  # type: ignore[arg-type]
    except (OSError, TypeError):
        return ""
