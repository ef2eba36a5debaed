"""The matrix of powers by authorities, as the House of Commons Library draws it: one word a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import AreaCode, BodyId, PowerId, World, level_over, question
from devo import place as place_named
from devo_england.coverage import REST, authority_areas, whole_powers


@dataclass(frozen=True, slots=True)
class CellRow:
    """At which level one power is held over one authority's area.

    `level` is *Mayor*, *Combined authority*, *Mayor of London and GLA*, *Council*, *Shared* (by levels
    together), *Mixed* (parts of the power or of the area differ), *Not devolved*, *NHS*, *Nobody*,
    *Not known* and so on. `body` is the authority, or the place that was asked about. Worked out from the
    holdings over the area on the day, each with its own source in `who-holds`.
    """

    theme: str
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    level: str


@question(draw="matrix:power_name,body,level")
def matrix(world: World, theme: str = "", place: AreaCode = "") -> Iterator[CellRow]:
    """At which level each power is held in each authority: one row a power and authority.

    `theme` leaves out the powers of other themes; `place` asks of one place instead of every authority.
    """
    areas = [_place(world, place)] if place else authority_areas(world)
    for power in whole_powers(world):
        record = world.powers[power]
        if theme and theme.casefold() not in (record.theme, record.theme.replace("-", " ")):
            continue
        for body, name, pieces in areas:
            if pieces and name != REST:
                yield CellRow(record.theme, power, record.name, body, name, level_over(world, power, pieces))


def _place(world: World, text: str) -> tuple[str, str, frozenset[int]]:
    found = place_named(world, text)
    return found.id, found.name, found.pieces
