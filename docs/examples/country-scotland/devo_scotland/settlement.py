"""The devolution settlement: for each matter, which Parliament may legislate for Scotland."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from devo import Confidence, Held, InstrumentId, PowerId, World, holders, question

LAYER, SCOTLAND = "ctry24", "S92000003"
WESTMINSTER, HOLYROOD = "uk-parliament", "scottish-parliament"

Standing = Literal["reserved", "devolved", "devolved in part"]


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """One matter of legislation: reserved, devolved, or devolved in the parts that are named.

    `section` is its place in Schedule 5 of the Scotland Act 1998 (`P1` is paragraph 1 of Part I), blank for what
    the Schedule does not list. A devolved matter is one that the Scottish Parliament may legislate on beside
    Westminster, which keeps its own power (s.28(7)). `since` is the day of the last part that passed.
    """

    power: PowerId
    power_name: str
    section: str
    theme: str
    standing: Standing
    parts: tuple[str, ...]
    since: date | None
    instrument: InstrumentId
    source: str
    confidence: Confidence


@question(draw="table")
def settlement(world: World, theme: str = "") -> Iterator[SettlementRow]:
    """Which matters of legislation are reserved to Westminster on the day and which are devolved; by theme if given."""
    pieces = world.mosaic.layers.get(LAYER, {}).get(SCOTLAND)
    if not pieces:
        return
    place = min(pieces)
    for power, record in sorted(
        world.powers.items(), key=lambda item: (item[1].theme, item[1].code, item[0])
    ):
        if record.parent or (theme and record.theme != theme):
            continue
        found = {held.body: held for held in holders(world, power, place)}
        if WESTMINSTER not in found:
            continue
        passed = {
            part: held
            for part in sorted(world.children.get(power, ()))
            if (held := _with(world, part, place))
        }
        if HOLYROOD in found:
            standing: Standing = "devolved"
            change: Held | None = found[HOLYROOD]
        else:
            standing = "devolved in part" if passed else "reserved"
            change = max(passed.values(), key=lambda held: held.effect.on, default=None)
        effect = (change or found[WESTMINSTER]).effect
        yield SettlementRow(
            power,
            record.name,
            record.code,
            record.theme,
            standing,
            tuple(passed),
            effect.on if change else None,
            effect.instrument if change else "",
            effect.source,
            effect.confidence,
        )


def _with(world: World, power: str, place: int) -> Held | None:
    """The Scottish Parliament's holding of a power, if it has one."""
    return next((held for held in holders(world, power, place) if held.body == HOLYROOD), None)
