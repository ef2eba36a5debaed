"""What a plugin may add to devo. Every hook takes nothing and returns a list.

The specification has a number. A plugin says in its module which one it was written for (`DEVO_SPEC = 1`).
Newer than ours is refused; older is accepted, with a note, as long as `OLDEST` allows: see the rule in
docs/plugins.md before changing either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pluggy

Hook = TypeVar("Hook", bound=Callable[..., Any])

HOOKS = "__devo_hooks__"
SPEC = 1
OLDEST = 1
STATED = "DEVO_SPEC"

hookspec = pluggy.HookspecMarker("devo")
_marked = pluggy.HookimplMarker("devo")


def hookimpl(function: Hook) -> Hook:
    """Mark a function of a plugin's module as the hook of its name.

    The module keeps it under its own list too: a package that imports a submodule called `records`
    loses the name to it, and must not lose the hook.
    """
    function.__globals__.setdefault(HOOKS, {})[function.__name__] = function
    return _marked(function)


@hookspec
def records() -> list[type]:  # type: ignore[empty-body]
    """Frozen dataclasses to read from `<type>.csv` tables and `[[type]]` in scenario files."""


@hookspec
def provisions() -> list[Any]:  # type: ignore[empty-body]
    """Functions (world, provision, **terms) -> effects and records, that a deal may use as verbs."""


@hookspec
def questions() -> list[Any]:  # type: ignore[empty-body]
    """Functions (world, **terms) -> rows, that anybody may ask by name."""


@hookspec
def checks() -> list[Any]:  # type: ignore[empty-body]
    """Functions (world) -> findings, run on a world after its last deal."""


@hookspec
def baselines() -> list[Any]:  # type: ignore[empty-body]
    """`Baseline` values: a name, folders of tables and folders of deal files."""
