"""`plugins` and `doctor`: what is installed, and what devo finds on this machine."""

from __future__ import annotations

from typing import Any

import click

from devo.cli.options import Common, drawing
from devo.formats import Grid, Page, Records
from devo.formats.page import PAIRS

BRINGS = ("records", "verbs", "questions", "checks", "baselines")


@click.command
@click.argument("action", required=False, default="list", type=click.Choice(["list"]), metavar="[list]")
@drawing
def plugins(common: Common, action: str) -> int:
    """List the plugins that are on and what each brings, and those installed that are not on."""
    from devo.cli.output import show
    from devo.toolbox import toolbox

    tools = toolbox(common.plugins)
    rows: list[dict[str, Any]] = []
    for name, version in tools.plugins.items():
        brings = {
            "records": [word for word, kind in tools.records.items() if _comes_from(kind.__module__, name)],
            "verbs": [tool.name for tool in tools.verbs.values() if tool.plugin == name],
            "questions": [tool.name for tool in tools.questions.values() if tool.plugin == name],
            "checks": [tool.name for tool in tools.checks.values() if tool.plugin == name],
            "baselines": [word for word, kept in tools.baselines.items() if _ships(name, kept.tables)],
        }
        rows.append({"name": name, "version": version, "on": True, **brings})
    off = [entry for entry in _installed() if entry[1] not in tools.plugins]
    rows += [{"name": name, "version": "", "on": False, **{word: [] for word in BRINGS}} for name, _ in off]
    grids = tuple(
        Grid(
            PAIRS,
            tuple((word, ", ".join(row[word])) for word in BRINGS if row[word]) or (("brings", "nothing"),),
            f"{row['name']} {row['version']}",
        )
        for row in rows
        if row["on"]
    )
    notes = []
    if off:
        names = ", ".join(name for name, _ in off)
        notes.append(f"Installed and not on: {names} (--plugin NAME switches one on).")
    page = Page(
        title="Plugins",
        grids=grids,
        notes=tuple(notes),
        envelope={"schema": "devo.plugins/1", "plugins": rows},
        records=Records(("name", "version", "on", *BRINGS), tuple(rows)),
    )
    show(page, common)
    return 0


@click.command
@click.argument("world", required=False, default="", metavar="[BASELINE]")
@drawing
def doctor(common: Common, world: str) -> int:
    """Say which Python, libraries, terminal, plugins and cache devo finds, to go with a report.

    With a BASELINE (england): how much of it rests on verified, known and unsure facts.
    """
    from devo.cli.machine import findings_of_baseline, findings_of_machine
    from devo.cli.output import show

    sections = findings_of_baseline(world, common.plugins) if world else findings_of_machine(common.plugins)
    rows = [
        {"section": section, "name": name, "value": value}
        for section, found in sections.items()
        for name, value in found.items()
    ]
    page = Page(
        title="devo doctor",
        grids=tuple(Grid(PAIRS, tuple(found.items()), section) for section, found in sections.items()),
        envelope={"schema": "devo.doctor/1", **sections},
        records=Records(("section", "name", "value"), tuple(rows)),
    )
    show(page, common)
    return 0


def _installed() -> list[tuple[str, str]]:
    """Installed plugins by name, each with its module."""
    from importlib.metadata import entry_points

    return sorted({(entry.name, entry.value) for entry in entry_points(group="devo")})


def _comes_from(module: str, plugin: str) -> bool:
    return module.partition(".")[0] == ("devo" if plugin == "core" else plugin)


def _ships(plugin: str, folders: tuple[str, ...]) -> bool:
    """Whether a baseline's folders lie in a plugin's own."""
    import sys
    from pathlib import Path

    home = getattr(sys.modules.get(plugin), "__file__", None)
    return home is not None and any(Path(folder).is_relative_to(Path(home).parent) for folder in folders)
