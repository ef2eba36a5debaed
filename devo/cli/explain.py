"""`explain`: why a body holds a power, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import click

from devo import words
from devo.cli.options import Common, asking
from devo.formats import Grid, Page, Records
from devo.formats.page import LIST

if TYPE_CHECKING:
    from devo.explanation import Cause, Explanation, Other
    from devo.values import Finding
    from devo.world import World

SCHEMA = "devo.explain/1"


@click.command
@click.argument("body")
@click.argument("power")
@click.option("--place", metavar="PLACE", default="", help="Where; by default the body's own area.")
@asking
def explain(common: Common, body: str, power: str, place: str) -> int:
    """Why BODY holds POWER on the day, or why not: the law it was read from, and what is missing."""
    from devo import front
    from devo.cli.output import show
    from devo.cli.pages import in_vain, verdict

    world = common.world()
    found = front.explain(world, body=body, power=power, place=place)
    vain = in_vain(world, common)
    show(_page(found, world, common, vain), common)
    return verdict(vain)


def _page(found: Explanation, world: World, common: Common, vain: Sequence[Finding]) -> Page:
    from devo.answers import plain
    from devo.cli.pages import said
    from devo.explanation import Cause

    notes = []
    if found.confidence == "unsure":
        notes.append("This rests on facts we are unsure of.")
    if found.confidence and not common.keeps(found.confidence):
        notes.append(f"It is less sure than {common.confidence!r}: it is only {found.confidence!r}.")
    because = [plain(cause) for cause in found.because]
    status = f"Status: {_status(found.status)}."
    return Page(
        title=f"{found.body_name}: {found.power_name}",
        paragraphs=tuple(filter(None, (common.which_world, found.sentence, status))),
        grids=tuple(_grids(found, world)),
        notes=(*notes, *said(vain)),
        envelope={
            "schema": SCHEMA,
            **plain(found),
            "world": {
                "baseline": world.baseline,
                "deals": [deal.code for deal in world.deals],
                "fingerprint": world.fingerprint,
            },
            "findings": plain(vain),
        },
        records=Records(tuple(field.name for field in fields(Cause)), tuple(because)),
    )


def _grids(found: Explanation, world: World) -> Iterator[Grid]:
    if found.because:
        headings = ("On", "What", "Under", "Deal", "Source", "How sure", "Note")
        rows = [
            (
                _day(c.date),
                _what(c, world),
                _under(c),
                c.provision or c.record,
                c.source,
                c.confidence,
                c.note,
            )
            for c in found.because
        ]
        yield _filled(
            Grid(headings, tuple(rows), "Why", wide=frozenset({"Deal", "Source", "How sure", "Note"}))
        )
    if found.conditions:
        conditions = [(c.kind, c.by, c.text, "yes" if c.met else "not yet") for c in found.conditions]
        yield _filled(Grid(_CONDITION, tuple(conditions), "Conditions on its use"))
    if found.parts:
        parts = [(p.name, p.status, words.share(p.share)) for p in found.parts]
        yield Grid(("Part", "Status", "Share"), tuple(parts), "Its parts", figures=frozenset({"Share"}))
    for title, others in _others(found.others):
        rows_of_others = [
            (
                other.body_name,
                words.mode(other.mode),
                _day(other.start) or "before the tables",
                _day(other.end),
                words.share(other.share),
            )
            for other in others
        ]
        headings_of_others = ("Body", "How", "Since", "Until", "Share")
        yield _filled(Grid(headings_of_others, tuple(rows_of_others), title, figures=frozenset({"Share"})))
    if found.missing:
        yield Grid(LIST, tuple((text,) for text in found.missing), "What is missing")


def _others(others: Iterable[Other]) -> Iterator[tuple[str, list[Other]]]:
    listed = list(others)
    for title, ended in (("Who else holds it", False), ("Who held it before", True)):
        found = [other for other in listed if (other.status == "ended") == ended]
        if found:
            yield title, found


def _what(cause: Cause, world: World) -> str:
    mode = words.mode(cause.mode)
    doing = "begins to hold it" if cause.change == "begins" else "holds it no more"
    how = f", {mode}" if cause.change == "begins" else ""
    area = f", over {_area(cause.area, world)}" if cause.area else ""
    return f"{cause.holder_name} {doing}{how}{area}"


def _area(areas: str, world: World) -> str:
    """An area expression in names, if in a few."""
    from devo.mosaic import UnknownArea

    try:
        described = world.mosaic.describe(world.mosaic.territory(areas))
    except UnknownArea:
        return areas
    return words.several(name for _, name in described) or areas


def _under(cause: Cause) -> str:
    days = (("agreed", _day(cause.agreed)), ("made", _day(cause.made)))
    dates = [f"{word} {day}" for word, day in days if day]
    under = cause.instrument or "general law"
    return f"{under} ({', '.join(dates)})" if dates else under


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None and day != date.min else ""


def _status(status: str) -> str:
    return _STATUSES.get(status, status)


_CONDITION = ("Kind", "Whose", "What", "Met")
_STATUSES: Mapping[str, str] = {
    "held": "held",
    "conditional": "conditional (held, with conditions to meet before it is used)",
    "not-in-force": "not-in-force (made, and not yet in force)",
    "promised": "promised (agreed, and not yet law)",
    "mixed": "mixed (its parts differ)",
    "excluded": "excluded (the law leaves it out)",
    "ended": "ended (held once, and no more)",
    "not-conferred": "not-conferred (nobody had conferred or promised it)",
    "unmodelled": "unmodelled (the tables do not know; this is not a no)",
}


def _filled(grid: Grid) -> Grid:
    """A grid without the columns that are blank in every row."""
    return grid.without(h for n, h in enumerate(grid.headings) if not any(row[n] for row in grid.rows))
