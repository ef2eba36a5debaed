"""The history of the powers concerned: who held each over each place, through time, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose
from typing import Any

from devo import words
from devo.reports.bars import MOST_LANES, Bar, Lane, timeline
from devo.reports.ground import Ground
from devo.reports.values import Drawing, Heading, Section, Table

# More bodies than these with like holdings of one power stand in one bar and one row.
MOST_ALIKE = 3
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
    lanes: list[tuple[Lane, list[Stretch]]] = []
    for power, where in ground.pairs[:MOST_PAIRS]:
        answer = ground.ask("history", place=where.id, power=power)
        by_power: dict[str, list[Any]] = {}
        for row in ground.rows(answer) if answer else ():
            by_power.setdefault(row.power_name, []).append(row)
        for name, rows in by_power.items():
            said = f"{name}, {where.name}" if len(ground.places) > 1 else name
            found = stretches(ground, rows)
            lanes.append((Lane(said, tuple(stretch.bar for stretch in found)), found))
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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bodies that hold one power alike, over their own parts of a place, over the same days."""

    power: str
    place: str
    bodies: tuple[str, ...]
    how: str
    share: float | None
    start: date | None
    end: date | None
    instrument: str
    confidence: str

    @property
    def bar(self) -> Bar:
        """How it is drawn."""
        who = self.bodies[0] if len(self.bodies) == 1 else f"{len(self.bodies)} bodies"
        part = f" ({words.share(self.share)})" if self.share is not None and self.share < 1 else ""
        return Bar(f"{who}{part}", self.start, self.end)

    @property
    def cells(self) -> tuple[Any, ...]:
        """How it is written."""
        who = ", ".join(self.bodies)
        under = (self.instrument, self.confidence)
        return (self.power, self.place, who, self.how, self.share, self.start, self.end, *under)


def stretches(ground: Ground, rows: Iterable[Any]) -> list[Stretch]:
    """Rows of history, those of many bodies alike taken together (ten councils, each over its own area)."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        key = (
            row.power_name,
            row.place_name,
            how(ground, row),
            row.start,
            row.end,
            row.instrument,
            row.confidence,
        )
        groups.setdefault(key, []).append(row)
    found = []
    for (power, place, held, *rest), alike in groups.items():
        together = [alike] if len(alike) > MOST_ALIKE else [[row] for row in alike]
        for some in together:
            names = tuple(sorted(row.body_name for row in some))
            found.append(Stretch(power, place, names, held, _together(row.share for row in some), *rest))
    return sorted(found, key=lambda s: (s.power, s.start or date.min, s.bodies))


def _together(shares: Iterable[float]) -> float | None:
    """The share of areas that lie side by side; None where they overlap, so that no sum is one."""
    total = sum(shares)
    if isclose(total, 1.0, abs_tol=1e-6):
        return 1.0
    return total if total < 1 else None


def _drawing(ground: Ground, part: Sequence[tuple[Lane, list[Stretch]]], number: int, of: int) -> Drawing:
    place = ground.places[0].name if len(ground.places) == 1 else "the places concerned"
    count = f", part {number} of {of}" if of > 1 else ""
    title = f"Holders through time over {place}{count}"
    listed = [stretch for _, found in part for stretch in found]
    laws = ground.cites.cite(stretch.instrument for stretch in listed)
    headings: tuple[Heading, ...] = _HEADINGS
    cells = [stretch.cells for stretch in listed]
    if len(ground.places) == 1:
        headings, cells = (headings[0], *headings[2:]), [(row[0], *row[2:]) for row in cells]
    svg = timeline([lane for lane, _ in part], ground.world.today, title, f"timeline-{number}")
    described = (
        f"A lane for each power, a bar for each holder; the broken line is {words.day(ground.world.today)}. "
        "The table below says the same."
    )
    return Drawing(title, described, svg, Table(title, headings, tuple(cells), sources=laws))


def how(ground: Ground, row: Any) -> str:
    """How a body holds a power, and who exercises it."""
    by = f"by {ground.world.exerciser_name(row.exercised_by)}" if row.exercised_by else ""
    return ", ".join(filter(None, (words.mode(row.mode), by)))
