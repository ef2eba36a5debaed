"""`who`, `holds`, `where`, `history`: the core's questions, each with a command of its own."""

from __future__ import annotations

from typing import Any

import click

from devo.cli.options import Common, asking


@click.command
@click.argument("place")
@click.argument("power", required=False)
@asking
def who(common: Common, place: str, power: str | None) -> int:
    """Who holds what over PLACE: every power, or POWER alone.

    PLACE is a name, a code or an alias of an area, or of a body for its area.
    """
    return _answered(common, "who-holds", place=place, power=power)


@click.command
@click.argument("body")
@asking
def holds(common: Common, body: str) -> int:
    """What BODY holds, and where."""
    return _answered(common, "held-by", body=body)


@click.command
@click.argument("power")
@click.option("--geography", metavar="NAME", help="The layer of the places: lad24, cauth25, rgn24 ...")
@asking
def where(common: Common, power: str, geography: str | None) -> int:
    """Who holds POWER, one row a holder and place of a layer (by default, districts)."""
    return _answered(common, "where-held", power=power, geography=geography)


@click.command
@click.argument("place")
@click.argument("power")
@asking
def history(common: Common, place: str, power: str) -> int:
    """The holders of POWER over PLACE through time."""
    return _answered(common, "history", place=place, power=power)


def _answered(common: Common, question: str, **terms: Any) -> int:
    # Loaded when all options have been read, so that help and a wrong option cost nothing.
    from devo.cli.output import show
    from devo.cli.pages import asked, page_of, verdict

    for name, value in terms.items():
        if value is not None and not value.strip():
            raise click.UsageError(f"{name.upper()} is empty")
    world = common.world()
    given = {name: value for name, value in terms.items() if value is not None}
    answer = asked(world, common, question, given)
    show(page_of(answer, world, common), common)
    return verdict(answer.findings)
