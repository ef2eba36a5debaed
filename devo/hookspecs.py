"""What a plugin may add to devo. Every hook takes nothing and returns a list."""

from __future__ import annotations

from typing import Any

import pluggy

hookspec = pluggy.HookspecMarker("devo")
hookimpl = pluggy.HookimplMarker("devo")


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
