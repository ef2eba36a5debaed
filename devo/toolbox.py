"""The toolbox: which plugins are on, and what they bring. The only user of pluggy.

It is built fresh for each run and holds no state between runs. Built-in plugins are on by
default in a fixed order; any other is named. The order never changes an answer: two things of
one name are refused, with both plugins named.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import pluggy

from devo import checks as core_checks
from devo import deal_checks, hookspecs, values
from devo import provisions as core_provisions
from devo import questions as core_questions
from devo.tools import (
    RESERVED,
    RESERVED_IN_QUESTIONS,
    SHARED_TERMS,
    Tool,
    row_of,
    terms_of,
    type_name,
    user_word,
)
from devo.values import Baseline

BUILT_IN = (
    "devo_transfers",
    "devo_boundaries",
    "devo_funding",
    "devo_joinup",
    "devo_learning",
    "devo_england",
)


class PluginFault(Exception):
    """A plugin cannot be switched on: what, which, and what to do."""


@dataclass(frozen=True)
class Toolbox:
    """All that the plugins that are on bring, by the names that users type."""

    plugins: Mapping[str, str]
    records: Mapping[str, type]
    verbs: Mapping[str, Tool]
    questions: Mapping[str, Tool]
    checks: Mapping[str, Tool]
    baselines: Mapping[str, Baseline]


def toolbox(extra: Iterable[str] = (), *, built_in: Sequence[str] = BUILT_IN) -> Toolbox:
    """Switch on the built-in plugins and the ones named, and list what they bring.

    Raises PluginFault for an unknown plugin, a hook that no specification has, a name that two
    plugins give, and a term that may not be called so.
    """
    manager = pluggy.PluginManager("devo")
    manager.add_hookspecs(hookspecs)
    named: dict[str, str] = {"core": _version("devo")}
    brought: list[tuple[str, Any]] = []
    for name in (*built_in, *(n for n in extra if _module_name(n) not in built_in)):
        module = _load(name)
        if module.__name__ in (getattr(plugin, "__name__", "") for _, plugin in brought):
            continue
        manager.register(module, module.__name__)
        named[module.__name__] = str(getattr(module, "__version__", "") or _version(module.__name__))
        brought.append((module.__name__, module))
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginFault(f"plugin {getattr(error.plugin, '__name__', error.plugin)}: {error}") from None
    records = _named({"core": core_records()}, _hooked(brought, "records"), type_name)
    verbs = _tools("verb", core_provisions.VERBS, _hooked(brought, "provisions"), skip=2)
    questions = _tools("question", core_questions.QUESTIONS, _hooked(brought, "questions"), skip=1)
    checks = _tools("check", (*core_checks.CHECKS, *deal_checks.CHECKS), _hooked(brought, "checks"), skip=1)
    baselines = _named({}, _hooked(brought, "baselines"), lambda item: item.name)
    return Toolbox(named, records, verbs, questions, checks, baselines)


def core_records() -> list[type]:
    """The record types that the core reads from tables."""
    return [
        values.Geography,
        values.Area,
        values.Piece,
        values.Lookup,
        values.Body,
        values.BodyClass,
        values.Designation,
        values.Serving,
        values.Membership,
        values.Succession,
        values.Instrument,
        values.Power,
        values.Holding,
        values.Exercise,
        values.Condition,
        values.DecisionRule,
    ]


def _tools(kind: str, core: Iterable[Any], hooked: Mapping[str, list[Any]], skip: int) -> dict[str, Tool]:
    functions = _named({"core": list(core)}, hooked, lambda f: user_word(f.__name__))
    owners = {id(f): plugin for plugin, items in {"core": list(core), **hooked}.items() for f in items}
    reserved = RESERVED_IN_QUESTIONS if kind == "question" else RESERVED - SHARED_TERMS
    tools = {}
    for name, function in functions.items():
        plugin = owners[id(function)]
        terms = terms_of(function, skip)
        taken = sorted({term.name for term in terms} & reserved)
        if taken:
            raise PluginFault(
                f"{kind} {name} of plugin {plugin} calls a term {taken[0]!r}, which files reserve; rename it"
            )
        row = getattr(function, "row", None) or row_of(function) if kind == "question" else None
        options = getattr(function, "options", {})
        tools[name] = Tool(name, plugin, function, inspect.getdoc(function) or "", terms, row, options)
    return tools


def _named(
    core: Mapping[str, list[Any]], hooked: Mapping[str, list[Any]], name_of: Callable[[Any], str]
) -> dict[str, Any]:
    found: dict[str, tuple[str, Any]] = {}
    for plugin, items in {**core, **hooked}.items():
        for item in items:
            name = name_of(item)
            if name in found and found[name][1] is not item:
                raise PluginFault(
                    f"{name!r} is given by two plugins, {found[name][0]} and {plugin}; rename one"
                )
            found[name] = (plugin, item)
    return {name: item for name, (_, item) in found.items()}


def _hooked(plugins: list[tuple[str, Any]], hook: str) -> dict[str, list[Any]]:
    """What each plugin returns from a hook."""
    found = {}
    for name, module in plugins:
        hooks = getattr(module, hookspecs.HOOKS, {})
        if hook in hooks:
            try:
                found[name] = list(hooks[hook]())
            except Exception as error:
                reason = f"its hook {hook} failed: {type(error).__name__}: {error}"
                raise PluginFault(f"plugin {name}: {reason}") from error
    return found


def _load(name: str) -> ModuleType:
    try:
        return importlib.import_module(_module_name(name))
    except ModuleNotFoundError as error:
        if error.name not in (name, _module_name(name)):
            raise PluginFault(f"plugin {name} needs {error.name}, which is not installed") from None
        raise PluginFault(f"no plugin named {name!r}; installed: {', '.join(installed())}") from None


def _module_name(name: str) -> str:
    """A plugin by its module, or by the name it is installed under."""
    if name in BUILT_IN:
        return name
    from importlib.metadata import entry_points

    for entry in entry_points(group="devo"):
        if entry.name == name or entry.value == name:
            return entry.value
    return name.replace("-", "_")


def installed() -> list[str]:
    """The names of all installed plugins."""
    from importlib.metadata import entry_points

    return sorted({entry.name for entry in entry_points(group="devo")})


@cache
def _distributions() -> Mapping[str, list[str]]:
    """The installed distributions of each module: read once, for that reads every one of them."""
    from importlib.metadata import packages_distributions

    return packages_distributions()


def _version(module: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    names = _distributions().get(module, [])
    try:
        return version(names[0]) if names else version("devo")
    except PackageNotFoundError:
        return "0"
