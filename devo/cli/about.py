"""`plugins` and `doctor`: what is installed, and what devo finds on this machine."""

from __future__ import annotations

import click

from devo.cli import words
from devo.cli.options import Common, drawing
from devo.formats import Grid, Page, Records


@click.command
@click.argument("action", required=False, default="list", type=click.Choice(["list"]), metavar="[list]")
@drawing
def plugins(common: Common, action: str) -> int:
    """List the plugins that are on and what each brings, and those that are installed and not on."""
    from devo.cli.output import show
    from devo.toolbox import installed_modules, toolbox

    tools = toolbox(common.plugins)
    rows = []
    for name, version in tools.plugins.items():
        brings = {
            "records": [word for word, kind in tools.records.items() if _plugin_of(kind.__module__) == name],
            "verbs": [tool.name for tool in tools.verbs.values() if tool.plugin == name],
            "questions": [tool.name for tool in tools.questions.values() if tool.plugin == name],
            "checks": [tool.name for tool in tools.checks.values() if tool.plugin == name],
            "baselines": tools.baselines_of(name),
        }
        rows.append({"name": name, "version": version, "on": True, **brings})
    for name, module in installed_modules().items():
        if module not in tools.plugins:
            rows.append({"name": name, "version": "", "on": False})
    return 0
