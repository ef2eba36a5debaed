"""`explore`: the explorer, in this terminal."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from devo.cli.options import Day, debugging, plugin_named


@click.command
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option("--on", type=Day(), metavar="DATE", help="The day to look at first; today if left out.")
@click.option("--known", type=Day(), metavar="DATE", help="Go by the law made by this day.")
@click.option("--place", metavar="PLACE", default="", help="The place to look at first.")
@click.option("--baseline", metavar="NAME", help="The world to begin with.  [default: england]")
@click.option("--deal", "deals", multiple=True, metavar="DEAL", help="Add a deal; may repeat.")
@click.option("--without", multiple=True, metavar="DEAL", help="Leave one of its deals out; may repeat.")
@plugin_named
@debugging
def explore(
    scenario: Path | None,
    on: date | None,
    known: date | None,
    place: str,
    baseline: str | None,
    deals: tuple[str, ...],
    without: tuple[str, ...],
    plugins: tuple[str, ...],
    debug: bool,
) -> int:
    """Look around: who holds what, since when and why; compare, draft a deal, see it on a map.

    SCENARIO is a scenario file whose world is shown; without it, England.
    """
    if scenario and baseline:
        raise click.UsageError("a scenario names its own baseline; leave --baseline out")
    if not is_possible():
        click.echo(INSTEAD)
        return 0
    from devo.tui import Opening
    from devo.tui import explore as run

    opening = Opening(
        baseline=baseline or "england",
        scenario=str(scenario) if scenario else None,
        deals=deals,
        without=without,
        plugins=plugins,
        on=on,
        known=known,
        place=place,
        served=os.environ.get("DEVO_SERVED", "") == "1",
        debug=debug,
    )
    return run(opening)


INSTEAD = """The explorer needs a terminal that it can draw on. The same answers, as plain lines:
  devo who PLACE                  who holds what over a place
  devo holds BODY                 what a body holds
  devo explain BODY POWER         why, or why not
  devo history PLACE POWER        the holders through time
  devo plan DEAL                  what a deal changes
  devo compare --on DATE --on DATE --place PLACE
  devo ask                        everything that can be asked"""


def is_possible() -> bool:
    """Whether there is a terminal to draw on: one that people look at, and not a pipe."""
    if os.environ.get("DEVO_SERVED") == "1":
        return True
    if os.environ.get("TERM") == "dumb" or os.environ.get("DEVO_PLAIN", "") not in ("", "0"):
        return False
    try:
        return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    except (AttributeError, ValueError):
        return False
