"""The days on which something about a place, a body or a power changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from devo.tui.looking import Subject
from devo.tui.work import step
from devo.world import World


def days_of_change(world: World, subject: Subject) -> tuple[date, ...]:
    """Every day on which who holds what here changes, in order; takes up to a second for all of England."""
    found = {day for day in _days(world, subject) if date.min < day < date.max}
    return tuple(sorted(found))


def _days(world: World, subject: Subject) -> Iterator[date]:
    from devo import names
    from devo.sightings import alike, reach
    from devo.timeline import change_days

    if subject.kind == "place":
        pieces = names.place(world, subject.id).pieces
        for power in _told(world):
            for group in alike(world, power, pieces):
                yield from change_days(world, power, min(group))
    elif subject.kind == "power":
        for group in alike(world, subject.id, world.mosaic.everywhere):
            step(subject.name)
            yield from change_days(world, subject.id, min(group))
    else:
        for power in _told(world):
            if reach(world, power, subject.id):
                yield from (e.on for e in world.ledger(power).effects if e.holder == subject.id)
        record = world.roster.bodies[subject.id]
        yield from (day for day in (record.start, record.end) if day is not None)


def _told(world: World) -> Iterator[str]:
    """Every power, saying that it is its turn."""
    for number, power in enumerate(world.powers):
        step(world.power_name(power), number, len(world.powers))
        yield power
