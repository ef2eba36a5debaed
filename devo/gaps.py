"""Gaps: where the tables do not know who holds a power."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from devo import divisions, rules
from devo.frozen import dataclass
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.timeline import change_days
from devo.world import World


@dataclass(frozen=True, slots=True)
class Gap:
    """Pieces where it is not known who holds a power from `start` up to `end`, and why."""

    power: str
    start: date
    end: date
    pieces: Pieces
    why: str


def unmodelled(world: World, power: str, pieces: Iterable[int]) -> Pieces:
    """The pieces where nobody is known to hold a power on the day and silence does not mean no."""
    groups = (group for group in alike(world, power, pieces) if _unknown(world, power, min(group)))
    return frozenset().union(*groups)


def _unknown(world: World, power: str, piece: int) -> str:
    """The power, or the first of its parts where they differ, whose holders at a piece are not known; '' for none."""
    for name in rules.differing_parts(world, power, piece) or (power,):
        if not rules.holders(world, name, piece) and not rules.is_modelled(world, name, piece):
            return name
    return ""


def gaps(world: World, power: str, since: date, until: date) -> list[Gap]:
    """Every stretch of time from `since` up to `until`, and where, that the tables do not know of a power."""
    found: dict[tuple[date, date, str], Pieces] = {}
    for group in alike(world, power, world.mosaic.everywhere):
        for start, end, why in _at(world, power, min(group), since, until):
            found[start, end, why] = found.get((start, end, why), frozenset()) | group
    return [Gap(power, start, end, pieces, why) for (start, end, why), pieces in sorted(found.items())]


def _at(world: World, power: str, piece: int, since: date, until: date) -> list[tuple[date, date, str]]:
    days = {since}
    for name in (power, *divisions.parts(world, power)):
        days.update(change_days(world, name, piece))
        complete = (rules.complete_from(world, name), rules.complete_until(world, name))
        days.update(day for day in complete if day is not None)
    days_in = sorted(day for day in days if since <= day < until)
    stretches: list[tuple[date, date, str]] = []
    for start, end in zip(days_in, [*days_in[1:], until], strict=True):
        seen = world.on(start)
        unknown = _unknown(seen, power, piece)
        if not unknown:
            continue
        why = _why(seen, unknown, piece)
        if stretches and stretches[-1][1] == start and stretches[-1][2] == why:
            stretches[-1] = (stretches[-1][0], end, why)
        else:
            stretches.append((start, end, why))
    return stretches


def _why(world: World, power: str, piece: int) -> str:
    classes = sorted({world.holder_name(effect.holder) for effect in rules.nameless(world, power, piece)})
    if classes:
        return f"held by {' and '.join(classes)}; which body that is there is not in the tables"
    complete = rules.complete_from(world, power)
    if complete is not None and world.today < complete:
        return f"the tables are complete from {complete}"
    until = rules.complete_until(world, power)
    if until is not None and world.today >= until:
        return f"the tables are complete up to {until}, and not on it"
    return "the tables do not say that they know every holder"
