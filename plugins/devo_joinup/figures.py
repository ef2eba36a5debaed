"""The figures of a persona at a place: one for each dimension, and never one for all.

Each is a plain count with the list behind it. A dimension whose facts the tables do not have has no
figure; it is never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from statistics import median_low
from typing import Any

from devo import Pieces, World, ask
from devo_joinup.dimensions import DIMENSIONS, OF_ORGANISATIONS
from devo_joinup.meetings import Door, Meetings
from devo_joinup.money import Money
from devo_joinup.smallest import Way, smallest
from devo_joinup.ties import Ties
from devo_joinup.values import ONE_WORKER, Arrangement, Need


@dataclass(frozen=True, slots=True)
class Figure:
    """A dimension's figure at a piece, with what it counts; None where the tables do not know."""

    dimension: str
    value: int | None
    members: tuple[str, ...]


class Figures:
    """What a world says of any persona anywhere, on its day."""

    def __init__(self, world: World, leave_out: Iterable[str] = (), arrangements: Iterable[Arrangement] = ()):
        self.world = world
        self.meetings = Meetings(world, leave_out)
        self.ties = Ties(self.meetings, arrangements)
        self._consents: dict[tuple[str, str, int], tuple[Any, ...]] = {}

    @cached_property
    def money(self) -> Money:
        """The money of the world, asked for when a figure first needs it."""
        return Money(self.world)

    def at(self, needs: Sequence[Need], piece: int, wanted: Iterable[str] = DIMENSIONS) -> dict[str, Figure]:
        """The figures of some needs at a piece."""
        return self.of(self.meetings.at(needs, piece), piece, wanted)

    def of(self, doors: Sequence[Door], piece: int, wanted: Iterable[str] = DIMENSIONS) -> dict[str, Figure]:
        """The figures of some doors at a piece."""
        chosen = frozenset(wanted)
        asked = [name for name in DIMENSIONS if name in chosen]
        known = [door for door in doors if door.body]
        acting = [door for door in known if door.acts]
        organisations = self._organisations(known) if chosen & OF_ORGANISATIONS else set()
        makers: dict[str, Callable[[], Collection[str] | None]] = {
            "bodies": lambda: organisations,
            "contacts": lambda: ["+".join(sorted(group)) for group in self.ties.groups(acting, piece)],
            "tiers": lambda: {self.meetings.bodies.tier(body) for body in organisations},
            "areas": lambda: self._areas(organisations),
            "crossings": lambda: self._crossings(organisations),
            "pots": lambda: self._pots(known),
            "year-ends": lambda: self._year_ends(known),
            "conditions": lambda: {item.id for door in known for item in door.hold.conditions},
            "agree": lambda: smallest(self.wants(acting, piece).values()),
            "hand-offs": lambda: self._hand_offs(acting, piece),
            "regulators": lambda: self.ties.regulators(known),
            "workers": lambda: self.workers(acting, piece),
            "professions": lambda: self.professions(acting, piece),
            "unshared": lambda: self._unshared(acting, piece),
            "unmodelled": lambda: {door.need.power or door.need.need for door in doors if not door.body},
        }
        found = {}
        for name in asked:
            if name == "distance":
                found[name] = self._distance(acting)
                continue
            members = makers[name]()
            count = None if members is None else len(members)
            found[name] = Figure(name, count, tuple(sorted(members or ())))
        return found

    # --- one dimension each ------------------------------------------------------------------

    def _organisations(self, doors: Iterable[Door]) -> set[str]:
        return {self.meetings.bodies.organisation(body) for body in {door.body for door in doors}}

    def _areas(self, organisations: Iterable[str]) -> set[str]:
        """One body's id for each different area, the first by name of those that answer for it."""
        return set(self._by_area(organisations).values())

    def _by_area(self, organisations: Iterable[str]) -> dict[Pieces, str]:
        found: dict[Pieces, str] = {}
        for body in sorted(organisations):
            found.setdefault(self.meetings.bodies.served(body), body)
        return found

    def _crossings(self, organisations: Iterable[str]) -> set[str]:
        cross = self.meetings.bodies.cross
        return {
            f"{first} / {second}"
            for (one, first), (two, second) in combinations(self._by_area(organisations).items(), 2)
            if cross(one, two)
        }

    def _pots(self, doors: Sequence[Door]) -> set[str] | None:
        return {pot for door in doors for pot in self.money.names(door.need.power, door.body)} or None

    def _year_ends(self, doors: Sequence[Door]) -> set[str] | None:
        return {end for door in doors for end in self.money.year_ends(door.need.power, door.body)} or None

    def _hand_offs(self, acting: Sequence[Door], piece: int) -> list[str]:
        """Between groups of one sector, or bound into one team: one fewer than there are groups."""
        return self.hand_offs(acting, piece, self.meetings.bodies.sector)

    def hand_offs(
        self, acting: Sequence[Door], piece: int, alike: Callable[[str], str] | None = None
    ) -> list[str]:
        """From the first group of organisations to each of the others; those of one sort (`alike`) are a group."""
        groups = [sorted(group) for group in self.ties.groups(acting, piece, alike)]
        return [f"{groups[0][0]} > {group[0]}" for group in groups[1:]]

    def _unshared(self, acting: Sequence[Door], piece: int) -> list[str] | None:
        if not self.ties.knows_gateways:
            return None
        return [f"{one} / {two}" for one, two in self.ties.unshared(acting, piece)]

    def _distance(self, acting: Sequence[Door]) -> Figure:
        """The middle one of the needs' powers, each by the nearest of those that hold it."""
        nearest: dict[str, tuple[int, str]] = {}
        for door in acting:
            reach = (self.meetings.bodies.answers_for(door.body), door.body)
            nearest[door.need.power] = min(reach, nearest.get(door.need.power, reach))
        if not nearest:
            return Figure("distance", None, ())
        value = median_low(sorted(size for size, _ in nearest.values()))
        return Figure(
            "distance", value, tuple(sorted({body for size, body in nearest.values() if size == value}))
        )

    # --- agreement and workers ---------------------------------------------------------------

    def wants(self, acting: Sequence[Door], piece: int) -> dict[str, list[Way]]:
        """For each power, the sets of bodies any one of which is enough to use it.

        Joint holders must all agree. Any other holder is enough alone, with those whose consent its
        use still needs.
        """
        found: dict[str, list[Way]] = {}
        together: dict[str, set[str]] = {}
        for door in acting:
            if door.hold.mode == "joint":
                together.setdefault(door.need.power, set()).add(self.meetings.bodies.organisation(door.body))
            else:
                way = frozenset({self.meetings.bodies.organisation(door.body), *self._consent(door, piece)})
                found.setdefault(door.need.power, []).append(way)
        for power, bodies in together.items():
            found.setdefault(power, []).append(frozenset(bodies))
        return found

    def _consent(self, door: Door, piece: int) -> set[str]:
        """The fewest bodies that must consent before a power is used, by the question `consents`."""
        if door.hold.status != "conditional":
            return set()
        key = (door.need.power, door.body, piece)
        rows = self._consents.get(key)
        if rows is None:
            site = f"piece:{self.world.mosaic.pieces[piece].id}"
            try:
                rows = ask(self.world, "consents", power=key[0], body=key[1], place=site).rows
            except LookupError:
                rows = ()
            self._consents[key] = rows
        binding = ("consent", "approval", "prerequisite")
        return {
            self.meetings.bodies.organisation(body)
            for row in rows
            if row.to == "use" and row.kind in binding and not row.met
            for body in row.agree
        }

    def workers(self, acting: Sequence[Door], piece: int) -> Way:
        """The fewest workers that cover some needs: `employer/profession`, or `arrangement/kind`.

        Of several who hold a power, a worker of any one is enough; where an arrangement lets one worker
        act for several bodies, that worker is enough for all it covers.
        """
        wants: dict[str, list[Way]] = {}
        for door in acting:
            if door.need.profession:
                ways = wants.setdefault(f"{door.need.power}/{door.need.profession}", [])
                ways.extend(frozenset({token}) for token in self.tokens(door, acting, piece))
        return smallest(wants.values())

    def tokens(self, door: Door, acting: Sequence[Door], piece: int) -> list[str]:
        """The workers any one of whom could meet a person's need behind a door."""
        found = [f"{self.meetings.bodies.organisation(door.body)}/{door.need.profession}"]
        return found + [f"{item.id}/{item.kind}" for item in self._one_worker(door, acting, piece)]

    def professions(self, acting: Sequence[Door], piece: int) -> Way:
        """The fewest professions that cover some needs: under one worker, any of those it stands for is enough."""
        wants: dict[str, list[Way]] = {}
        named = [door for door in acting if door.need.profession]
        for door in named:
            ways = wants.setdefault(f"{door.need.power}/{door.need.profession}", [])
            ways.append(frozenset({door.need.profession}))
            for item in self._one_worker(door, acting, piece):
                covered = [other for other in named if item in self._one_worker(other, acting, piece)]
                ways.extend(frozenset({other.need.profession}) for other in covered)
        return smallest(wants.values())

    def _one_worker(self, door: Door, acting: Sequence[Door], piece: int) -> list[Arrangement]:
        """The arrangements by which one worker acts behind a door for several organisations."""
        if not self.ties.arrangements:
            return []
        body = self.meetings.bodies.organisation(door.body)
        found = []
        for item in self.ties.at(piece):
            covers = not item.powers or door.need.power in item.powers
            if item.kind in ONE_WORKER and covers:
                bound = self.ties.bound(item, acting)
                if body in bound and len(bound) > 1:
                    found.append(item)
        return found


def label(world: World, member: str) -> str:
    """What a figure counts, in words: names for the ids in it."""
    for sign in ("+", " / ", " > "):
        if sign in member and member not in world.roster.bodies:
            joint = " with " if sign == "+" else sign
            return joint.join(label(world, part) for part in member.split(sign))
    if member in world.roster.bodies:
        return world.body_name(member)
    if member in world.powers:
        return world.power_name(member)
    head, slash, tail = member.partition("/")
    if slash and head in world.roster.bodies:
        return f"{tail} at {world.body_name(head)}"
    return member
