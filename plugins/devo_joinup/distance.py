"""Distance: how near to people a power is decided, who they are that decide, and what is held below the council."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from devo import (
    AreaCode,
    BodyId,
    Finding,
    PowerId,
    Residents,
    Unit,
    World,
    accountability,
)
from devo import place as place_named
from devo_joinup.bodies import BELOW_THE_COUNCIL, UNMODELLED
from devo_joinup.meetings import Meetings, bodies_of
from devo_joinup.shipped import chosen, needs_of, powers_asked
from devo_joinup.values import PersonaId
from devo_joinup.words import listed, lower_first

Ratio = Annotated[float, Unit("0 to 1")]


@dataclass(frozen=True, slots=True)
class DistanceRow:
    """How many people the body that decides a power answers for, at a place; the nearest of several.

    Worked out from the holdings at the place and the residents that each body answers for.
    """

    place: AreaCode
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    tier: str
    answers_for: Residents
    accountability: str
    accountable_to: str
    elections_between: int | None
    below_the_council: bool


def decision_distance(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[DistanceRow]:
    """The distance of each decision at a place: residents answered for, to whom, and how many elections away.

    `elections_between` counts steps from those elected directly to whoever decides: 0 for a body people
    elect themselves; blank where the tables have no line of accountability. With a `persona`, of the powers
    that it needs; without, of all.
    """
    where = place_named(world, place)
    meetings = Meetings(world)
    for name in powers_asked(world, persona):
        nearest: dict[str, Any] = {}
        for piece in sorted(where.pieces):
            known = [hold for hold in meetings.holders.at(name, piece) if hold.body]
            if known:
                hold = min(known, key=lambda h: (meetings.bodies.answers_for(h.body), h.body))
                nearest.setdefault(hold.body, hold)
        for body, hold in sorted(nearest.items()):
            record = world.roster.bodies[body]
            yield DistanceRow(
                where.id,
                name,
                world.power_name(name),
                body,
                record.name,
                meetings.bodies.tier(body),
                meetings.bodies.answers_for(body),
                accountability(world, body, hold.exerciser or None),
                world.body_name(record.accountable_to) if record.accountable_to else "",
                0 if hold.exerciser == "mayor" else elections_between(world, body),
                record.kind in BELOW_THE_COUNCIL,
            )


_STEPS = {
    "elected directly": 0,
    "directly-elected": 0,
    "elected indirectly": 1,
    "indirectly-elected": 1,
    "ministers": 1,
}


def elections_between(world: World, body: str) -> int | None:
    """How many steps lie between the people who vote and whoever decides in a body; None where no line is known."""
    steps = 0
    seen: set[str] = set()
    while body not in seen:
        seen.add(body)
        record = world.roster.bodies.get(body)
        if record is None:
            return None
        if record.accountability in _STEPS:
            return steps + _STEPS[record.accountability]
        body = record.accountable_to or record.part_of
        steps += 1
        if not body:
            return None
    return None


@dataclass(frozen=True, slots=True)
class BelowRow:
    """A body nearer than the council and the powers it holds or exercises at a place, or that none is known.

    Worked out from the holdings at the place; `who-holds` gives the source of each.
    """

    place: AreaCode
    body: BodyId
    body_name: str
    kind: str
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    share_of_powers: Ratio | None
    answers_for: Residents | None
    status: str


def below_the_council(world: World, place: AreaCode) -> Iterator[BelowRow]:
    """Power held at the front line, by tenants, neighbourhoods, community and voluntary bodies at a place.

    They are bodies like any other: `establish` and `delegate` make them, and they can lose what they hold.
    """
    where = place_named(world, place)
    meetings = Meetings(world)
    today = world.today
    found = [
        body
        for body in world.roster.bodies.values()
        if body.kind in BELOW_THE_COUNCIL
        and world.roster.alive(body.id, today)
        and world.roster.served(body.id, today) & where.pieces
    ]
    names = powers_asked(world)
    held: dict[str, set[str]] = {body.id: set() for body in found}
    for name in names if found else ():
        for piece in where.pieces:
            for hold in meetings.holders.at(name, piece):
                for holder in (hold.body, hold.exerciser):
                    if holder in held:
                        held[holder].add(name)
    for body in sorted(found, key=lambda b: b.id):
        powers = tuple(sorted(held[body.id]))
        yield BelowRow(
            where.id,
            body.id,
            body.name,
            body.kind,
            powers,
            tuple(world.power_name(power) for power in powers),
            len(powers) / len(names) if names else None,
            meetings.bodies.answers_for(body.id),
            "held",
        )
    if not found:
        yield BelowRow(where.id, "", "", "", (), (), None, None, UNMODELLED)


def no_line_of_accountability(world: World) -> Iterator[Finding]:
    """A body that a persona meets has no line of accountability in the tables."""
    meetings = Meetings(world)
    met: dict[str, str] = {}
    for person in chosen(world):
        needs = needs_of(world, person.id)
        for piece in range(len(world.mosaic)):
            for body in bodies_of(meetings.at(needs, piece)):
                met.setdefault(body, person.name)
    bare = sorted(body for body in met if elections_between(world, body) is None)
    by_kind: dict[str, list[str]] = {}
    for body in bare:
        by_kind.setdefault(meetings.bodies.kind(body), []).append(body)
    for kind, bodies in sorted(by_kind.items()):
        names = listed((world.body_name(body) for body in bodies), 3)
        yield Finding(
            "no-line-of-accountability",
            f"The tables have no line from {names} to anybody elected, though {lower_first(met[bodies[0]])} depends on it.",
            "note",
            (kind, *bodies[:3]),
            suggestion="fill in `accountable_to` and `accountability` of its row",
        )


QUESTIONS = (decision_distance, below_the_council)
CHECKS = (no_line_of_accountability,)
