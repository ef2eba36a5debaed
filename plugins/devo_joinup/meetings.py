"""Whom a person meets: the bodies that hold the powers their needs lead to, at one piece or at all.

Read from the register, so that every persona in every district costs little more than one. A *door*
is one body that a need leads to by one power; a power that nobody is known to hold is a door too,
and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from devo import (
    Condition,
    Confidence,
    Effect,
    Exercise,
    Held,
    Pieces,
    Register,
    World,
    answers_for,
    exercised_by,
    is_modelled,
    signed_terms,
    standing_conditions,
    unmet,
)
from devo_joinup.values import Need, Office

UNMODELLED = "unmodelled"
# The front line of a council: what stands for a person's own street is below it.
_TIERS = {
    "metropolitan-district": "council",
    "london-borough": "council",
    "city-corporation": "council",
    "unitary": "council",
    "isles-of-scilly": "council",
    "non-metropolitan-district": "district council",
    "county": "county council",
    "combined-authority": "authority of councils",
    "combined-county-authority": "authority of councils",
    "gla": "authority of councils",
    "functional-body": "authority of councils",
    "executive-body": "authority of councils",
    "integrated-transport-authority": "authority of councils",
    "joint-waste-authority": "authority of councils",
    "joint-committee": "authority of councils",
    "partnership": "partnership",
    "icb": "NHS body",
    "clinical-commissioning-group": "NHS body",
    "primary-care-trust": "NHS body",
    "nhs-england": "country",
    "police-and-crime-commissioner": "police",
    "police-authority": "police",
    "chief-officer-of-police": "police",
    "combined-fire-authority": "fire",
    "metropolitan-fire-authority": "fire",
    "minister": "country",
    "department": "country",
    "arms-length-body": "country",
    "inspectorate": "country",
}
# Kinds of bodies nearer than any council: teams, tenants, neighbourhoods, community and voluntary bodies.
BELOW_THE_COUNCIL = frozenset(
    {
        "neighbourhood-body",
        "parish-council",
        "town-council",
        "tenant-management-organisation",
        "tenant-body",
        "community-body",
        "voluntary-body",
        "front-line-team",
        "school",
        "primary-care-network",
    }
)


@dataclass(frozen=True, slots=True)
class Hold:
    """A body's hold on a power at a piece; a blank body is nobody known."""

    power: str
    body: str
    mode: str
    exerciser: str
    status: str
    effect: Effect | None
    conditions: tuple[Condition, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """How sure the tables are of it."""
        return self.effect.confidence if self.effect else "known"


@dataclass(frozen=True, slots=True)
class Door:
    """One body that one need leads to."""

    need: Need
    hold: Hold
    complex: bool

    @property
    def body(self) -> str:
        """The body's id; blank where nobody is known."""
        return self.hold.body


class Meetings:
    """A world's answer, on its day, to whom a person with given needs meets at any piece.

    `leave_out` names powers, bodies and kinds of bodies that are not part of the system looked at.
    """

    def __init__(self, world: World, leave_out: Iterable[str] = ()):
        self.world = world
        self.out = frozenset(leave_out)
        self._register = Register(world)
        self._holds: dict[str, list[tuple[Hold, ...]]] = {}
        self._doors: dict[Need, list[tuple[Door, ...]]] = {}
        self._served: dict[str, Pieces] = {}
        self._reach: dict[str, int] = {}
        self._crossing: dict[tuple[Pieces, Pieces], bool] = {}
        self._offices = {
            item.minister: item.department for item in world.of(Office) if runs(item, world.today)
        }

    # --- whom a person meets -----------------------------------------------------------------

    def at(self, needs: Sequence[Need], piece: int) -> tuple[Door, ...]:
        """The doors of some needs at a piece."""
        return tuple(door for need in needs for door in self.doors(need)[piece])

    def doors(self, need: Need) -> list[tuple[Door, ...]]:
        """The doors of one need at every piece."""
        found = self._doors.get(need)
        if found is None:
            found = self._doors[need] = self._opened(need)
        return found

    def _opened(self, need: Need) -> list[tuple[Door, ...]]:
        if need.power in self.out:
            return [()] * len(self.world.mosaic)
        whole = self.is_complex(need.power)
        made: dict[int, tuple[Door, ...]] = {}
        rows = []
        for holds in self.holds(need.power):
            # Pieces held alike share one tuple of holds, which lives as long as this does.
            doors = made.get(id(holds))
            if doors is None:
                doors = made[id(holds)] = tuple(
                    Door(need, hold, whole) for hold in holds if not self._is_out(hold.body)
                )
            rows.append(doors)
        return rows

    def _is_out(self, body: str) -> bool:
        return bool(body and self.out) and (body in self.out or self.kind(body) in self.out)

    def groups(self, needs: Sequence[Need], pieces: Pieces) -> list[tuple[Pieces, tuple[Door, ...]]]:
        """The pieces of a place that meet alike, taken together; those with most residents first."""
        alike: dict[tuple[Door, ...], set[int]] = {}
        for piece in sorted(pieces):
            alike.setdefault(self.at(needs, piece), set()).add(piece)
        found = [(frozenset(group), doors) for doors, group in alike.items()]
        residents = self.world.mosaic.residents
        return sorted(found, key=lambda item: (-residents(item[0]), min(item[0])))

    def holds(self, power: str) -> list[tuple[Hold, ...]]:
        """Who holds a power at every piece; one blank hold where the tables do not know."""
        found = self._holds.get(power)
        if found is None:
            found = self._holds[power] = self._read(power)
        return found

    def is_complex(self, power: str) -> bool:
        """Whether a power is about needs that are worth joining up, and not a plain transaction."""
        record = self.world.powers.get(power)
        return record is None or record.service != "transactional"

    def _read(self, power: str) -> list[tuple[Hold, ...]]:
        size = len(self.world.mosaic)
        if power not in self.world.powers:
            return [(Hold(power, "", "", "", UNMODELLED, None),)] * size
        whole = self._cells(power)
        parts = [(child, self._cells(child)) for child in self.world.children.get(power, ())]
        rows: list[tuple[Hold, ...]] = []
        for piece in range(size):
            here = whole[piece]
            differing = [cells[piece] for _, cells in parts if _who(cells[piece]) != _who(here)]
            if differing:
                # One part alone leaves the rest of the whole where it was; several may leave nothing of it.
                here = _once(
                    [*(here if len(parts) == 1 else ()), *(hold for part in differing for hold in part)]
                )
            if not here and not self._modelled(power, piece):
                here = (Hold(power, "", "", "", UNMODELLED, None),)
            rows.append(here)
        return rows

    def _cells(self, power: str) -> list[tuple[Hold, ...]]:
        """Who holds one power at every piece by the register, with what is said of their use of it."""
        world = self.world
        rows: list[list[Hold]] = [[] for _ in range(len(world.mosaic))]
        line = [world.ledger(name) for name in (power, world.powers[power].parent) if name]
        terms: list[Exercise | Condition] = []
        for ledger in line:
            terms.extend(ledger.exercises)
            terms.extend(ledger.conditions)
        placed, said = any(item.area for item in terms), bool(terms)
        made: dict[tuple[str, int, int], Hold] = {}
        for layer in self._register.layers(power):
            bodies, effects = layer.bodies.tolist(), layer.effects.tolist()
            for piece, (number, at) in enumerate(zip(bodies, effects, strict=True)):
                if number < 0:
                    continue
                key = (layer.ledger.power, at, number if not placed else number * len(rows) + piece)
                hold = made.get(key)
                if hold is None:
                    body, effect = self._register.bodies[number], layer.ledger.effects[at]
                    hold = made[key] = self._hold(power, body, effect, piece, said)
                rows[piece].append(hold)
        found: dict[tuple[int, ...], tuple[Hold, ...]] = {}
        shared = []
        for row in rows:
            alike = tuple(map(id, row))
            if alike not in found:
                found[alike] = tuple(sorted(row, key=lambda hold: hold.body))
            shared.append(found[alike])
        return shared

    def _hold(self, power: str, body: str, effect: Effect, piece: int, said: bool) -> Hold:
        if not said:
            return Hold(power, body, effect.mode, "", "held", effect)
        held = Held(body, effect.mode, effect, effect.holder)
        exercise = exercised_by(self.world, power, held, piece)
        conditions = standing_conditions(self.world, power, held, piece)
        waiting = any(unmet(item, self.world.today) for item in conditions)
        status = "conditional" if waiting else "held"
        return Hold(power, body, effect.mode, exercise.by if exercise else "", status, effect, conditions)

    def _modelled(self, power: str, piece: int) -> bool:
        return is_modelled(self.world, power, piece)

    # --- what bodies are ---------------------------------------------------------------------

    def kind(self, body: str) -> str:
        """What a body is in law; blank for one that no table has."""
        record = self.world.roster.bodies.get(body)
        return record.kind if record else ""

    def organisation(self, body: str) -> str:
        """Whom a person takes a body for: a minister is the department they act through."""
        return self._offices.get(body, body)

    def sector(self, body: str) -> str:
        """The sector a body belongs to, as the tables have it, or its kind where they do not say."""
        record = self.world.roster.bodies.get(body)
        return (record.sector or record.kind) if record else UNMODELLED

    def tier(self, body: str) -> str:
        """The tier a body is at, in plain words."""
        kind = self.kind(body)
        if kind in BELOW_THE_COUNCIL:
            return "below the council"
        return _TIERS.get(kind, "other")

    def served(self, body: str) -> Pieces:
        """The pieces a body answers for on the day; the country for one that serves no area of its own."""
        found = self._served.get(body)
        if found is None:
            found = self.world.roster.served(body, self.world.today) or self.world.mosaic.everywhere
            self._served[body] = found
        return found

    def answers_for(self, body: str) -> int:
        """The residents of a body's whole area."""
        found = self._reach.get(body)
        if found is None:
            found = self._reach[body] = answers_for(self.world, body, self.world.today)
        return found

    def cross(self, one: Pieces, two: Pieces) -> bool:
        """Whether two areas cut across each other: they meet, and neither holds the other."""
        key = (one, two)
        found = self._crossing.get(key)
        if found is None:
            found = bool(one & two) and not one <= two and not two <= one
            self._crossing[key] = found
        return found

    @cached_property
    def district_layer(self) -> str:
        """The latest layer of districts."""
        layers = sorted(name for name in self.world.mosaic.layers if name.rstrip("0123456789") == "lad")
        return layers[-1] if layers else next(iter(self.world.mosaic.layers), "")


def runs(record: Any, day: date) -> bool:
    """Whether a dated record is right on a day."""
    return (record.start is None or record.start <= day) and (record.end is None or day < record.end)


def members(world: World, classes: str) -> frozenset[str]:
    """The bodies of a class expression on the day, those that serve no area of their own too."""
    day, known, roster = world.today, world.as_known, world.roster
    found = {t.body for t in roster.tenures(classes) if t.on(day, known)}
    for added, term in signed_terms(classes):
        named = {term} if term in roster.bodies else {body.id for body in roster.kinds.get(term, ())}
        named = {body for body in named if roster.alive(body, day, known)}
        found = found | named if added else found - named
    return frozenset(found)


def bodies_of(doors: Iterable[Door], *, complex_only: bool = False) -> list[str]:
    """The bodies behind some doors, in order of id; not those unknown."""
    return sorted({door.body for door in doors if door.body and (door.complex or not complex_only)})


def _who(holds: tuple[Hold, ...]) -> set[tuple[str, str]]:
    return {(hold.body, hold.mode) for hold in holds}


def _once(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    found: dict[str, Hold] = {}
    for hold in holds:
        found.setdefault(hold.body, hold)
    return tuple(found[body] for body in sorted(found))
