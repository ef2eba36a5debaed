"""What devo finds on this machine (Python, libraries, terminal, plugins, cache) and in a baseline."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

COVERED = ("verified", "known", "unsure", "nobody", "not_known")
LIBRARIES = ("click", "networkx", "numpy", "platformdirs", "pluggy", "polars", "pydantic", "rich", "textual")


def findings_of_machine(plugins: Iterable[str]) -> dict[str, dict[str, str]]:
    """Sections of names with what was found. Nothing in here raises: it is asked when something is wrong."""
    return {
        "Program": _program(),
        "Libraries": {name: _version(name) for name in LIBRARIES},
        "Terminal": _terminal(),
        "Plugins": dict(_plugins(plugins)),
        "Cache": _cache(),
    }


def findings_of_baseline(name: str, plugins: Iterable[str]) -> dict[str, dict[str, str]]:
    """What a baseline holds, and how sure it is where a plugin that is on answers `coverage-totals`."""
    from devo import front
    from devo.toolbox import toolbox

    world = front.baseline(name, plugins).on(front.today())
    counted = {
        "powers": sum(not power.parent for power in world.powers.values()),
        "bodies": len(world.roster.bodies),
        "deals": len(world.deals),
        "effects": sum(len(ledger.effects) for ledger in world.ledgers.values()),
        "fingerprint": world.fingerprint,
    }
    sections = {"Baseline": {name: str(value) for name, value in counted.items()}}
    if "coverage-totals" in toolbox(plugins).questions:
        for row in front.ask(world, "coverage-totals").rows:
            shares = (f"{getattr(row, name):.0%} {name.replace('_', ' ')}" for name in COVERED)
            sections.setdefault(f"Coverage on {world.today}", {})[row.theme] = ", ".join(shares)
    return sections


def _program() -> dict[str, str]:
    from devo import __version__

    return {
        "devo": __version__,
        "installed as": _version("devo"),
        "in": str(Path(__file__).parent.parent),
        "Python": f"{platform.python_version()} ({platform.python_implementation()})",
        "Python in": sys.executable,
        "system": platform.platform(),
        "bytecode": "not kept (each start compiles anew)" if sys.dont_write_bytecode else "kept",
    }


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _terminal() -> dict[str, str]:
    size = shutil.get_terminal_size()
    asked = [
        name for name in ("NO_COLOR", "DEVO_PLAIN", "TERM", "COLORTERM", "COLUMNS") if name in os.environ
    ]
    return {
        "output is": "a terminal" if sys.stdout.isatty() else "not a terminal",
        "size": f"{size.columns} columns, {size.lines} lines",
        "encoding": getattr(sys.stdout, "encoding", None) or "unknown",
        "settings": ", ".join(f"{name}={os.environ[name]}" for name in asked) or "none",
    }


def _plugins(plugins: Iterable[str]) -> Mapping[str, str]:
    try:
        from devo.toolbox import toolbox

        tools = toolbox(plugins)
        found = dict(tools.plugins)
        for finding in tools.findings:
            name = next(iter(finding.about), "a plugin")
            state = found.get(name, "cannot be switched on")
            found[name] = f"{state}: {finding.message}"
        return found
    except Exception as error:  # what is wrong is just what is asked for
        return {"cannot be switched on": f"{type(error).__name__}: {error}"}


def _cache() -> dict[str, str]:
    from devo.stores import cache_folder

    folder = cache_folder()
    try:
        kept = sorted(folder.glob("*.json"))
        state = (
            ", ".join(f"{path.stem} ({path.stat().st_size / 1_000_000:.1f} MB)" for path in kept) or "nothing"
        )
    except OSError as error:
        state = f"cannot be read: {error.strerror or error}"
    return {"folder": str(folder), "kept": state, "can be written": _writable(folder)}


def _writable(folder: Path) -> str:
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    return "yes" if os.access(nearest, os.W_OK) else "no: baselines are read from their tables each time"
