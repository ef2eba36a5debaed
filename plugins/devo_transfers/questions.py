"""Questions about powers that moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devo import AreaCode, BodyId, Change, PowerId, Residents, Wanted, World, compare, question

_COUNCILS = frozenset(
    [
        "metropolitan-district",
        "london-borough",
        "city-corporation",
        "unitary",
        "county",
        "non-metropolitan-district",
        "isles-of-scilly",
    ]
)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A power that moved between two days: up, down or across, for how many people.

    `before` and `after` are who held it and who holds it then, over `places`, where `residents` live; `on` is the day of
    the change. `freedom_lost` says that councils had it and a body that answers for more people has it instead.
    """

    power: PowerId
    power_name: str
    theme: str
    kind: str
    before: tuple[BodyId, ...]
    before_names: tuple[str, ...]
    after: tuple[BodyId, ...]
    after_names: tuple[str, ...]
    mode: str
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    on: date
    freedom_lost: bool
    accountability_before: str
    accountability_after: str
    deal: str
    instrument: str
    source: str
    confidence: str


@question(draw="table")
def moved(
    world: World,
    since: date,
    until: date | None = None,
    place: AreaCode = "",
    theme: str = "",
    only: str = "",
) -> Iterator[MovedRow]:
    """Every power that moved from `since` to `until` (by default the day asked about), up, down or across.

    `place` and `theme` leave out what does not touch them, `only` all but some kinds: moved-up,lost.
    """
    before, after = world.on(since), world.on(until) if until else world
    for change in compare(before, after, wanted=Wanted.of(world, only, theme, place)).changes:
        yield MovedRow(
            change.power,
            change.power_name,
            change.theme,
            change.kind,
            change.before,
            change.before_names,
            change.after,
            change.after_names,
            change.mode,
            change.places,
            change.places_names,
            change.residents,
            change.on,
            _freedom_lost(world, change),
            change.accountability_before,
            change.accountability_after,
            str(change.cause["deal"]),
            str(change.cause["instrument"]),
            str(change.cause["source"]),
            str(change.cause["confidence"] or ""),
        )


def _freedom_lost(world: World, change: Change) -> bool:
    """Whether councils lose a power to a body that answers for more people: a recentralisation."""
    bodies = world.roster.bodies
    losing = any(bodies[body].kind in _COUNCILS for body in change.before if body in bodies)
    return change.kind == "moved-up" and losing
