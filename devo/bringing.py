"""What one plugin brings, from its hooks: record types, verbs, questions, checks and baselines by name.

Whatever is wrong with it is a PluginFault of that plugin's, so that the others are not touched by it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import ModuleType
from typing import Any

from devo.calling import PluginFault, guarded, shape
from devo.frozen import dataclass
from devo.hookspecs import HOOKS, OLDEST, SPEC, STATED
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
from devo.values import Baseline, Finding

KNOWN = ("records", "provisions", "questions", "checks", "baselines")
# How many parameters come before the terms: a verb is given the world and the provision.
_GIVEN = {"verb": 2, "question": 1, "check": 1}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a plugin brings, each by the name that users type."""

    records: Mapping[str, type]
    verbs: Mapping[str, Tool]
    questions: Mapping[str, Tool]
    checks: Mapping[str, Tool]
    baselines: Mapping[str, Baseline]

    def named(self) -> Mapping[tuple[str, str], Any]:
        """Everything by what it is and its name, for finding what two plugins give."""
        tables = {
            "record type": self.records,
            "verb": {name: tool.function for name, tool in self.verbs.items()},
            "question": {name: tool.function for name, tool in self.questions.items()},
            "check": {name: tool.function for name, tool in self.checks.items()},
            "baseline": self.baselines,
        }
        return {(what, name): item for what, table in tables.items() for name, item in table.items()}


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that is loaded: its name, its version, and whether it comes with devo."""

    name: str
    version: str
    built_in: bool = True

    def fault(self, text: str, what: str = "", where: str = "", how: str = "") -> PluginFault:
        """What is wrong with it; `text` begins after its name."""
        message = f"plugin {self.name} {self.version}".rstrip() + f" {text}"
        return PluginFault(message, self.name, self.version, what, where, how)


def spec_of(plugin: Plugin, module: ModuleType) -> Finding | None:
    """A note for a plugin that was written for an older specification; None for today's.

    Raises PluginFault for one that devo cannot understand.
    """
    stated = getattr(module, STATED, 1)
    ours = f"this devo has {SPEC}"
    if not isinstance(stated, int) or isinstance(stated, bool):
        raise plugin.fault(f"has {STATED} = {stated!r}, which is no number; {ours}", STATED)
    if stated > SPEC:
        text = f"was written for specification {stated} of devo's hooks, and {ours}"
        raise plugin.fault(text, STATED, how="install a newer devo, or an older version of the plugin")
    if stated < OLDEST:
        text = f"was written for specification {stated} of devo's hooks; {ours} and understands {OLDEST} and later"
        raise plugin.fault(text, STATED, how="install a newer version of the plugin")
    if stated == SPEC:
        return None
    text = f"plugin {plugin.name} {plugin.version} was written for specification {stated} of devo's hooks; {ours}."
    how = "it still works; a later devo will refuse it: ask for a newer version"
    return Finding("plugin-outdated", text, "warning", (plugin.name,), "", how)


def brought(plugin: Plugin, module: ModuleType) -> Brought:
    """What a plugin's hooks give. Raises PluginFault."""
    hooks = getattr(module, HOOKS, {})
    for name, hook in hooks.items():
        _sound_hook(plugin, name, hook)
    given = {name: _given(plugin, name, hooks[name]) if name in hooks else [] for name in KNOWN}
    return brings_of(plugin, given)


def brings_of(plugin: Plugin, given: Mapping[str, Iterable[Any]]) -> Brought:
    """What a plugin brings, from what each of its hooks gave."""
    for kind in given["records"]:
        _sound_record(plugin, kind)
    for item in given["baselines"]:
        if not isinstance(item, Baseline):
            raise plugin.fault(
                f"gives {shape(item)} in its hook `baselines`, and not a Baseline", "hook 'baselines'"
            )
    return Brought(
        _named(plugin, "record type", given["records"], type_name),
        _tools(plugin, "verb", given["provisions"]),
        _tools(plugin, "question", given["questions"]),
        _tools(plugin, "check", given["checks"]),
        _named(plugin, "baseline", given["baselines"], lambda item: item.name),
    )


def _sound_hook(plugin: Plugin, name: str, hook: Callable[..., Any]) -> None:
    if name not in KNOWN:
        near = get_close_matches(name, KNOWN, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"the hooks are: {', '.join(KNOWN)}"
        text = f"has a hook `{name}`, and devo has none of that name; {hint}"
        raise plugin.fault(text, f"hook {name!r}", _line(hook))
    if inspect.signature(hook).parameters:
        text = f"has a hook `{name}` that takes something; a hook takes nothing and returns a list"
        raise plugin.fault(text, f"hook {name!r}", _line(hook))


def _given(plugin: Plugin, name: str, hook: Callable[[], Any]) -> list[Any]:
    what = f"hook {name!r}"
    found = guarded(hook, plugin.name, plugin.version, what, limit=0.0 if plugin.built_in else None)
    if not isinstance(found, list | tuple):
        raise plugin.fault(
            f"returns {shape(found)} from its hook `{name}`, and not a list", what, _line(hook)
        )
    return list(found)


def _sound_record(plugin: Plugin, kind: Any) -> None:
    what = "hook 'records'"
    if not isinstance(kind, type) or not is_dataclass(kind):
        called = kind.__name__ if isinstance(kind, type) else shape(kind)
        raise plugin.fault(f"gives {called} in its hook `records`, which is no dataclass", what)
    if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # every dataclass has them
        how = "write @dataclass(frozen=True)"
        raise plugin.fault(f"gives a record type, {kind.__name__}, that is not frozen", what, how=how)
    if not fields(kind):
        raise plugin.fault(f"gives a record type, {kind.__name__}, that has no fields", what)


def _tools(plugin: Plugin, kind: str, functions: Iterable[Any]) -> dict[str, Tool]:
    for function in functions:
        if not callable(function) or not hasattr(function, "__name__"):
            hook = "provisions" if kind == "verb" else f"{kind}s"
            raise plugin.fault(
                f"gives {shape(function)} in its hook `{hook}`, and not a function", f"hook {hook!r}"
            )
    named = _named(plugin, kind, functions, lambda function: user_word(function.__name__))
    make = _known_tool if plugin.built_in else _tool
    return {name: make(plugin, kind, name, function) for name, function in named.items()}


@cache
def _known_tool(plugin: Plugin, kind: str, name: str, function: Callable[..., Any]) -> Tool:
    """A tool of a plugin that comes with devo: every world of another line asks for it, and it stays as it is."""
    return _tool(plugin, kind, name, function)


def _tool(plugin: Plugin, kind: str, name: str, function: Callable[..., Any]) -> Tool:
    what, where = f"{kind} {name!r}", _line(function)
    skip = _GIVEN[kind]
    try:
        taken = len(inspect.signature(function).parameters)
        terms = terms_of(function, skip)
        row = getattr(function, "row", None) or row_of(function) if kind == "question" else None
    except Exception as error:  # an annotation that means nothing, of whatever kind
        text = f"has a {kind} {name!r} whose signature cannot be read: {type(error).__name__}: {error}"
        raise plugin.fault(text, what, where) from error
    if taken < skip:
        needs = "(world, provision, ...)" if kind == "verb" else "(world, ...)"
        raise plugin.fault(
            f"has a {kind} {name!r} that takes too little; it is called as {needs}", what, where
        )
    reserved = sorted({term.name for term in terms} & _reserved(kind))
    if reserved:
        message = f"{kind} {name} of plugin {plugin.name} calls a term {reserved[0]!r}, which files reserve; rename it"
        raise PluginFault(message, plugin.name, plugin.version, what, where)
    if kind == "check" and any(term.required for term in terms):
        raise plugin.fault(f"has a check {name!r} that needs terms; it is given the world alone", what, where)
    options = getattr(function, "options", {})
    help_ = inspect.getdoc(function) or ""
    return Tool(name, plugin.name, function, help_, terms, row, options, plugin.version, plugin.built_in)


def _reserved(kind: str) -> frozenset[str]:
    return RESERVED_IN_QUESTIONS if kind == "question" else RESERVED - SHARED_TERMS


def _named(plugin: Plugin, what: str, items: Iterable[Any], name_of: Callable[[Any], str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        name = name_of(item)
        if name in found and found[name] is not item:
            raise plugin.fault(f"gives two {what}s called {name!r}; rename one", f"{what} {name!r}")
        found[name] = item
    return found


def _line(function: Any) -> str:
    """Where a function stands, as `path:line`; '' where that is not known."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else ""
