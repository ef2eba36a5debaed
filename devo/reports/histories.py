"""The history of the powers concerned: who held each over each place, through time, drawn and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from devo import words
from devo.reports.bars import MOST_LANES, Bar, Lane, timeline
from devo.reports.ground import Ground
from devo.reports.values import Drawing, Heading, Section, Table

# Beyond so many powers and places a history is no longer read, but looked up.
MOST_PAIRS = 36

_HEADINGS = (
    Heading("Power"),
    Heading("Place"),
    Heading("Body"),
    Heading("How"),
    Heading("Share", "share", "of residents"),
    Heading("Since", "day", blank="before the tables"),
    Heading("Until", "day", blank="to this day"),
    Heading("Under", "law"),
    Heading("How sure"),
)


def history(ground: Ground) -> Section:
    """The section, a drawing for each few powers; empty where no power and place are concerned."""
    lanes: list[tuple[Lane, tuple[tuple[Any, ...], ...]]] = []
    for power, where in ground.pairs[:MOST_PAIRS]:
        answer = ground.ask("history", place=where.id, power=power)
        by_power: dict[str, list[Any]] = {}
        for row in ground.rows(answer) if answer else ():
            by_power.setdefault(row.power_name, []).append(row)
        for name, rows in by_power.items():
            said = f"{name}, {where.name}" if len(ground.places) > 1 else name
            lanes.append((Lane(said, tuple(_bar(row) for row in rows)), tuple(_row(ground, row) for row in rows)))
            ground.cites.behind(rows)
    parts = [lanes[n : n + MOST_LANES] for n in range(0, len(lanes), MOST_LANES)]
    drawings = tuple(_drawing(ground, part, n, len(parts)) for n, part in enumerate(parts, 1))
    left = len(ground.pairs) - MOST_PAIRS
    sentences = []
    if drawings:
        sentences.append("Days are the first of a holding and the first after it.")
    if left > 0:
        sentences.append(
            f"The first {MOST_PAIRS} powers and places are drawn; {words.count(left, 'more pair')} left out."
        )
    return Section("history", "Who held it, through time", tuple(sentences), drawings)


def _drawing(
    ground: Ground, part: Sequence[tuple[Lane, tuple[tuple[Any, ...], ...]]], number: int, of: int
) -> Drawing:
    place = ground.places[0].name if len(ground.places) == 1 else "the places concerned"
    count = f", part {number} of {of}" if of > 1 else ""
    title = f"Holders through time over {place}{count}"
    rows = tuple(row for _, listed in part for row in listed)
    laws = ground.cites.cite(row[-2] for row in rows)
    svg = timeline([lane for lane, _ in part], ground.world.today, title, f"timeline-{number}")
    described = (
        f"A lane for each power, a bar for each holder; the broken line is {words.day(ground.world.today)}. "
        "The table below says the same."
    )
    return Drawing(title, described, svg, Table(title, _HEADINGS, rows, sources=laws))


def _bar(row: Any) -> Bar:
    part = f" ({words.share(row.share)})" if row.share < 1 else ""
    return Bar(f"{row.body_name}{part}", row.start, row.end)


def _row(ground: Ground, row: Any) -> tuple[Any, ...]:
    return (
        row.power_name,
        row.place_name,
        row.body_name,
        how(ground, row),
        row.share,
        row.start,
        row.end,
        row.instrument,
        row.confidence,
    )


def how(ground: Ground, row: Any) -> str:
    """How a body holds a power, and who exercises it."""
    by = row.exercised_by or ""
    if by:
        by = ground.world.body_name(by) if by in ground.world.roster.bodies else f"the {by.removeprefix('the ')}"
    return ", ".join(filter(None, (words.mode(row.mode), f"by {by}" if by else "")))
