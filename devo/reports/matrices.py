"""The matrix of powers by areas, whose cells say at which level a power is held."""

from __future__ import annotations

from collections.abc import Sequence

from devo import tiers, words
from devo.plans import Plan
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


def of_pairs(ground: Ground) -> Table | None:
    """The powers and places concerned; on several days, a row a power and day."""
    cells: Cells = {}
    for power, where in ground.pairs:
        for day in ground.days:
            on = f", on {words.day(day)}" if len(ground.days) > 1 else ""
            said = tiers.level_over(ground.world.on(day), power, where.pieces)
            cells[f"{ground.world.power_name(power)}{on}", where.name] = said
    on = f" on {words.day(ground.days[0])}" if len(ground.days) == 1 else ""
    return _table(f"Powers by areas: at which level each is held{on}", cells)


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
