"""Two or three worlds side by side at a place: who holds what in each, and what lies between them in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from devo import words
from devo.tui.commands import command
from devo.tui.desk import Desk
from devo.tui.holdings import exerciser
from devo.tui.looking import Looking
from devo.tui.opening import Opening
from devo.tui.tables import Cell, Col, Line, Table, Tone
from devo.tui.texts import day, plain_title
from devo.tui.work import step
from devo.world import World


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a comparison: a world (deals added, deals left out, or another baseline) on a day."""

    day: date
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    baseline: str = ""
    named: str = ""

    @property
    def label(self) -> str:
        """The column's heading."""
        what = self.named or {"england-general-law": "General law, no deals"}.get(
            self.baseline, self.baseline
        )
        if self.without:
            what = f"Without {', '.join(self.without)}"
        if self.deals and not self.named:
            what = f"With {', '.join(self.deals)}"
        return f"{what}, {day(self.day)}" if what else day(self.day)

    def world(self, desk: Desk, looking: Looking) -> World:
        """The world on its day."""
        world = desk.with_(deals=self.deals, without=self.without, baseline=self.baseline)
        return world.on(self.day).known(looking.known)

    def command(self, desk: Desk, looking: Looking, place: str) -> str:
        """The command that answers as the column does."""
        given = ["who", place, "--on", self.day.isoformat()]
        for name, values in (("--deal", self.deals), ("--without", self.without)):
            given += [word for value in values for word in (name, value)]
        opening = desk.opening
        if self.baseline:
            opening = Opening(self.baseline, plugins=opening.plugins)
        return command(opening, looking, *given)


def side_by_side(
    desk: Desk, looking: Looking, sides: Sequence[Side], place: str, *, everything: bool
) -> Table:
    """Who holds what at a place in each world: the rows that differ, or all of them."""
    from devo import front

    worlds = [side.world(desk, looking) for side in sides]
    held = [_cells(front.ask(world, "who-holds", place=place).rows, world) for world in worlds]
    powers = sorted(
        {power for cells in held for power in cells}, key=lambda p: worlds[-1].power_name(p).casefold()
    )
    lines = []
    for power in powers:
        texts = [cells.get(power, "") for cells in held]
        differs = any(text != texts[0] for text in texts[1:])
        if not differs and not everything:
            continue
        cells_: list[str | Cell] = [worlds[-1].power_name(power)]
        for number, text in enumerate(texts):
            said = text or "nobody known"
            changed = number > 0 and text != texts[number - 1]
            tone, word = _changed(texts[number - 1], text) if changed else ("", "")
            cells_.append(Cell(f"{word}: {said}" if word else said, tone or ("muted" if not text else "")))
        lines.append(Line(tuple(cells_), power, plain_title(desk.power_theme(power)) or "Other powers"))
    lines.sort(key=lambda line: line.group)
    columns = (Col("Power", weight=2), *(Col(side.label, weight=3, lead=f"{side.label}: ") for side in sides))
    nothing = "Nothing differs here between these." if not everything else "Nothing is known to be held here."
    source = " and ".join(side.command(desk, looking, place) for side in sides)
    return Table("Side by side", columns, tuple(lines), 60, nothing, source, "", ())


def _changed(before: str, after: str) -> tuple[Tone, str]:
    if not before:
        return "gain", "new"
    return ("loss", "gone") if not after else ("change", "changed")


def _cells(rows: Iterable[Any], world: World) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in rows:
        said = row.body_name
        details = [] if row.mode == "sole" else [words.mode(row.mode)]
        if row.exercised_by:
            details.append(f"by {exerciser(row.exercised_by, world)}")
        if row.status == "promised":
            details = ["promised"]
        elif row.status == "not-in-force":
            details = ["not yet in force"]
        elif row.status == "conditional":
            details.append("with conditions")
        if row.share < 1:
            details.append(f"{words.share(row.share)} of residents")
        found.setdefault(row.power, []).append(f"{said} ({', '.join(details)})" if details else said)
    return {power: "; ".join(said) for power, said in found.items()}


def between(
    desk: Desk, looking: Looking, sides: Sequence[Side], place: str
) -> list[tuple[str, tuple[str, ...]]]:
    """What lies between each world and the next at a place, in sentences under a heading."""
    from devo import names
    from devo.planning import compare
    from devo.plans import Wanted

    found = []
    pairs = list(pairwise(sides))
    for number, (one, two) in enumerate(pairs):
        step(f"from {one.label} to {two.label}")
        before, after = one.world(desk, looking), two.world(desk, looking)
        wanted = Wanted(pieces=names.place(after, place).pieces)
        heading = f"From {one.label} to {two.label}"
        questions = desk.in_plans(len(pairs), number)
        title = f"What lies between {one.label} and {two.label}"
        found.append((heading, compare(before, after, questions, title=title, wanted=wanted).summary))
    return found
