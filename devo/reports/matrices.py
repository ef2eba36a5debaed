"""The matrix of powers by areas, whose cells say at which level a power is held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from devo import tiers, words
from devo.planning import Plan
from devo.reports.ground import Ground
from devo.reports.values import Heading, Table

# As many columns as an upright page has room for; beyond it the matrix is turned, then unrolled.
MOST_COLUMNS = 5

Cells = dict[tuple[str, str], str]


def of_plan(plan: Plan, shown: set[str]) -> Table | None:
    """The powers that change by the areas where they do: each level before, and after if it is another."""
    rows = [row for row in plan.matrix if row.power in shown]
    cells: Cells = {}
    for row in rows:
        said = row.after if row.before == row.after else f"{row.before}, then {row.after}"
        cells[row.power_name, row.area_name] = said
    before, after = (words.day(day) for day in plan.on)
    caption = f"Powers by areas: at which level each is held on {before} and, where that changes, on {after}"
    return _table(caption, cells)


def of_pairs(ground: Ground) -> list[Table]:
    """The powers and places concerned, on each day."""
    tables = (_on_day(ground, day) for day in ground.days)
    return [table for table in tables if table is not None]


def _on_day(ground: Ground, day: date) -> Table | None:
    world = ground.world.on(day)
    cells = {
        (world.power_name(power), where.name): tiers.level_over(world, power, where.pieces)
        for power, where in ground.pairs
    }
    return _table(f"Powers by areas: at which level each is held on {words.day(day)}", cells)


def _table(caption: str, cells: Cells) -> Table | None:
    if not cells:
        return None
    powers = list(dict.fromkeys(power for power, _ in cells))
    areas = list(dict.fromkeys(area for _, area in cells))
    if len(areas) <= MOST_COLUMNS:
        rows = tuple((power, *(cells.get((power, area), "") for area in areas)) for power in powers)
        return Table(caption, _headings("Power", areas), rows)
    if len(powers) <= MOST_COLUMNS:
        rows = tuple((area, *(cells.get((power, area), "") for power in powers)) for area in areas)
        return Table(caption, _headings("Area", powers), rows)
    listed = tuple((power, area, said) for (power, area), said in cells.items())
    return Table(caption, (Heading("Power"), Heading("Area"), Heading("Held at")), listed)


def _headings(first: str, rest: Sequence[str]) -> tuple[Heading, ...]:
    return (Heading(first), *(Heading(name, blank="not concerned") for name in rest))
