"""`doctor`: what devo finds on this machine."""

from __future__ import annotations

import click

from devo.cli.options import Common, drawing
from devo.formats import Grid, Page, Records
from devo.formats.page import PAIRS


@click.command
@click.argument("world", required=False, default="", metavar="[BASELINE]")
@click.option(
    "--licences", is_flag=True, help="List the licence of every package that devo is installed with instead."
)
@drawing
def doctor(common: Common, world: str, licences: bool) -> int:
    """Say which Python, libraries, terminal, plugins and cache devo finds, to go with a report.

    With a BASELINE (england): how much of it rests on verified, known and unsure facts.
    """
    from devo.cli.machine import findings_of_baseline, findings_of_machine
    from devo.cli.output import show

    if licences:
        from devo.cli.licences_page import licences_page

        if world:
            raise click.UsageError(
                "--licences is of the packages installed, not of a baseline; leave one of them out"
            )
        show(licences_page(common.plugins), common)
        return 0
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
