"""The list of plugins: those that are on, with all that each brings, and those that are off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.cli.options import Common
from devo.formats import Grid, Page, Records
from devo.formats.page import PAIRS

if TYPE_CHECKING:
    from devo.toolbox import Toolbox

BRINGS = ("records", "verbs", "questions", "checks", "baselines")


def listed(common: Common) -> int:
    """Show the plugins that are on and what each brings, and name those that are installed and off."""
    from devo.cli.output import show
    from devo.toolbox import toolbox

    tools = toolbox(common.plugins)
    rows = [_row(tools, name, version) for name, version in tools.plugins.items()]
    off = [name for name, module in _installed() if module not in tools.plugins]
    rows += [{"name": name, "version": "", "on": False, **{word: [] for word in BRINGS}} for name in off]
    grids = tuple(
        Grid(
            PAIRS,
            tuple((word, ", ".join(row[word])) for word in BRINGS if row[word]) or (("brings", "nothing"),),
            f"{row['name']} {row['version']}".rstrip(),
        )
        for row in rows
        if row["on"]
    )
    notes = [finding.message for finding in tools.findings]
    if off:
        notes.append(f"Installed and not on: {', '.join(off)} (--plugin NAME switches one on).")
    page = Page(
        title="Plugins",
        grids=grids,
        notes=tuple(notes),
        envelope={"schema": "devo.plugins/1", "plugins": rows},
        records=Records(("name", "version", "on", *BRINGS), tuple(rows)),
    )
    show(page, common)
    return 0


def _row(tools: Toolbox, name: str, version: str) -> dict[str, Any]:
    return {
        "name": name,
        "version": version,
        "on": True,
        "records": [word for word, kind in tools.records.items() if _comes_from(kind.__module__, name)],
        "verbs": [tool.name for tool in tools.verbs.values() if tool.plugin == name],
        "questions": [tool.name for tool in tools.questions.values() if tool.plugin == name],
        "checks": [tool.name for tool in tools.checks.values() if tool.plugin == name],
        "baselines": [word for word, kept in tools.baselines.items() if _ships(name, kept.tables)],
    }


def _installed() -> list[tuple[str, str]]:
    """Installed plugins by name, each with its module."""
    from importlib.metadata import entry_points

    from devo.sources import OFFERED

    return sorted({(entry.name, entry.value) for entry in entry_points(group="devo")} | set(OFFERED.items()))


def _comes_from(module: str, plugin: str) -> bool:
    return module.partition(".")[0] == ("devo" if plugin == "core" else plugin)


def _ships(plugin: str, folders: tuple[str, ...]) -> bool:
    """Whether a baseline's folders lie in a plugin's own."""
    import sys

    home = getattr(sys.modules.get(plugin), "__file__", None)
    return home is not None and any(Path(folder).is_relative_to(Path(home).parent) for folder in folders)
