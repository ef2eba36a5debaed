"""Keys: what an outcome follows from, so that it is made again only when one of these has changed.

Each is of the meaning and not of the bytes: a scenario whose comments or order of keys changed is the
same, and a table whose rows were sorted makes the same world. Code has no meaning that could be read
off it, so of devo and the plugins every source file counts.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from devo import __version__
from devo.files import fingerprint
from devo.toolbox import Toolbox
from devo.values import Scenario
from devo.world import World

Key = Mapping[str, str]

_LIBRARIES = ("numpy", "polars", "networkx", "pydantic")
_SAID: Mapping[str, str] = {
    "scenario": "what the scenario asks or expects has changed",
    "world": "the world has changed: a table, a deal of its own or of the baseline",
    "sweep": "what the sweep varies has changed",
    "plugins": "other plugins are on, or other versions of them",
    "code": "the code of devo or of a plugin has changed",
    "versions": "the version of devo, Python or a library has changed",
}


def key_of(scenario: Scenario, world: World, tools: Toolbox) -> dict[str, str]:
    """What a scenario's outcome follows from, by parts that can be named when one changes."""
    bare = replace(scenario, path="", deals=(), without=(), tables=(), records=(), sweep=None)
    return {
        "scenario": digest([fingerprint.of_records([bare]), str(world.as_known)]),
        "world": world.fingerprint,
        **({"sweep": fingerprint.of_records([scenario.sweep])} if scenario.sweep else {}),
        **about(tools),
    }


def about(tools: Toolbox) -> dict[str, str]:
    """The parts of a key that are the same for all scenarios with these plugins."""
    return {
        "plugins": ", ".join(f"{name} {mark}" for name, mark in sorted(tools.plugins.items())),
        "code": code_mark(tuple(sorted(tools.plugins))),
        "versions": versions(),
    }


def changed(old: Key | None, new: Key) -> str:
    """Why something is made again, in words; '' where nothing has changed."""
    if old is None:
        return "there is no result of it yet"
    parts = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    return "; ".join(_SAID.get(name, f"{name} has changed") for name in parts)


def digest(values: Any) -> str:
    """A short hash of plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]


@cache
def versions() -> str:
    """devo, Python and the libraries that answers go through, with their versions."""
    found = [f"devo {__version__}", f"Python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} unknown")
    return ", ".join(found)


@cache
def code_mark(plugins: tuple[str, ...]) -> str:
    """A hash of every source file of devo and of some plugins."""
    marks = hashlib.sha256()
    for module in sorted({"devo", *(name for name in plugins if name != "core")}):
        for name, path in _sources(module):
            marks.update(f"{module} {name}\n".encode())
            marks.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return marks.hexdigest()[:32]


def _sources(module: str) -> Iterable[tuple[str, Path]]:
    file = import_module(module).__file__
    if file is None:
        return []
    home = Path(file)
    if home.name != "__init__.py":
        return [(home.name, home)]
    found = ((path.relative_to(home.parent).as_posix(), path) for path in home.parent.rglob("*.py"))
    return sorted(found)
