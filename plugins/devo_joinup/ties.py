"""What ties bodies together on a day: arrangements, legal gateways for sharing data, and who watches whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from devo import World, ask
from devo_joinup.bodies import members, runs
from devo_joinup.meetings import Door, Meetings
from devo_joinup.values import BRIDGES, Arrangement, Gateway

Join = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Way:
    """A gateway with the organisations that are of its class on the day."""

    gateway: Gateway
    bodies: frozenset[str]


class Ties:
    """The arrangements, gateways and oversight of a world on its day."""

    def __init__(self, meetings: Meetings, extra: Iterable[Arrangement] = ()):
        self.meetings = meetings
        self.world: World = meetings.world
        day = self.world.today
        self.arrangements = tuple(
            item
            for item in (*self.world.of(Arrangement), *extra)
            if runs(item, day) and (item.bodies or item.between)
        )
        self._parties: dict[str, frozenset[str]] = {}
        self._at: dict[int, tuple[Arrangement, ...]] = {}
        self._watching: dict[tuple[str, str], frozenset[str]] = {}
        self._open: dict[tuple[str, str, frozenset[str]], bool] = {}

    # --- arrangements ------------------------------------------------------------------------

    def at(self, piece: int) -> tuple[Arrangement, ...]:
        """The arrangements that run at a piece."""
        found = self._at.get(piece)
        if found is None:
            territory = self.world.mosaic.territory
            found = tuple(a for a in self.arrangements if not a.area or piece in territory(a.area))
            self._at[piece] = found
        return found

    def bound(self, arrangement: Arrangement, doors: Iterable[Door]) -> frozenset[str]:
        """The organisations behind some doors that an arrangement binds there."""
        organisation, parties = self.meetings.bodies.organisation, self.parties(arrangement)
        met = [
            (organisation(d.body), d.need.power) for d in doors if d.body and organisation(d.body) in parties
        ]
        about = [body for body, power in met if not arrangement.powers or power in arrangement.powers]
        if arrangement.kind == "duty-to-cooperate" and about:
            return frozenset(body for body, _ in met)
        return frozenset(about)

    def parties(self, arrangement: Arrangement) -> frozenset[str]:
        """The organisations that an arrangement is between, by name or by class, wherever they are."""
        found = self._parties.get(arrangement.id)
        if found is None:
            named = {*arrangement.bodies}
            if arrangement.between:
                named |= members(self.world, arrangement.between)
            found = frozenset(self.meetings.bodies.organisation(body) for body in named)
            self._parties[arrangement.id] = found
        return found

    def groups(
        self, doors: Sequence[Door], piece: int, alike: Callable[[str], str] | None = None
    ) -> list[frozenset[str]]:
        """Organisations that reach a person as one: bound by a bridge, and, with `alike`, of one sort."""
        organisation = self.meetings.bodies.organisation
        found = {organisation(body) for body in {door.body for door in doors if door.body}}
        bridges = [item for item in self.at(piece) if item.kind in BRIDGES] if self.arrangements else []
        sorts: dict[str, set[str]] = {}
        for body in found:
            sorts.setdefault(alike(body) if alike else body, set()).add(body)
        if not bridges:
            return sorted(map(frozenset, sorts.values()), key=min)
        first = {body: body for body in found}

        def root(body: str) -> str:
            while first[body] != body:
                body = first[body]
            return body

        bonds: list[Iterable[str]] = [sorted(self.bound(item, doors)) for item in bridges]
        bonds += sorts.values()
        for bond in bonds:
            roots = sorted({root(body) for body in bond})
            for other in roots[1:]:
                first[other] = roots[0]
        groups: dict[str, set[str]] = {}
        for body in first:
            groups.setdefault(root(body), set()).add(body)
        return [frozenset(groups[name]) for name in sorted(groups)]

    # --- sharing what is known of a person ---------------------------------------------------

    @property
    def knows_gateways(self) -> bool:
        """Whether the tables have any gateway at all; without one, silence says nothing."""
        return bool(self.world.of(Gateway))

    @cached_property
    def _ways(self) -> tuple[_Way, ...]:
        organisation = self.meetings.bodies.organisation
        found = []
        for item in self.world.of(Gateway):
            if runs(item, self.world.today):
                bodies = members(self.world, item.between)
                found.append(_Way(item, frozenset(organisation(body) for body in bodies)))
        return tuple(found)

    def gateway(self, one: str, two: str, powers: frozenset[str]) -> Gateway | None:
        """A gateway that lets two organisations share for any of some powers."""
        for way in self._ways:
            item = way.gateway
            if one in way.bodies and two in way.bodies and (not item.powers or powers & set(item.powers)):
                return item
        return None

    def unshared(self, doors: Sequence[Door], piece: int) -> list[tuple[str, str]]:
        """Pairs of organisations that act for a person and have neither gateway nor agreement to share."""
        powers: dict[str, set[str]] = {}
        for door in doors:
            if door.body:
                powers.setdefault(self.meetings.bodies.organisation(door.body), set()).add(door.need.power)
        agreed = [self.bound(item, doors) for item in self.at(piece) if item.kind == "data-sharing-agreement"]
        found = []
        for one, two in combinations(sorted(powers), 2):
            if any(one in bound and two in bound for bound in agreed):
                continue
            key = (one, two, frozenset(powers[one] | powers[two]))
            known = self._open.get(key)
            if known is None:
                known = self._open[key] = self.gateway(*key) is not None
            if not known:
                found.append((one, two))
        return found

    # --- who watches whom --------------------------------------------------------------------

    @cached_property
    def oversight(self) -> tuple[Any, ...]:
        """Rows of the question `oversight`, if a plugin that is on answers it."""
        try:
            return ask(self.world, "oversight").rows
        except LookupError:
            return ()

    def regulators(self, doors: Iterable[Door]) -> dict[str, set[str]] | None:
        """The inspectorates that bodies behind some doors answer to, each with for what; None if none is known."""
        if not self.oversight:
            return None
        found: dict[str, set[str]] = {}
        for door in doors:
            if door.body:
                for overseer in self._watchers(door.body, door.need.power):
                    found.setdefault(overseer, set()).add(door.need.power)
        return found

    def _watchers(self, body: str, power: str) -> frozenset[str]:
        key = (body, power)
        found = self._watching.get(key)
        if found is None:
            found = self._watching[key] = frozenset(
                row.overseer for row in self._links.get(body, ()) if not row.powers or power in row.powers
            )
        return found

    @cached_property
    def _links(self) -> dict[str, list[Any]]:
        """The inspectorates' links by who is looked over."""
        found: dict[str, list[Any]] = {}
        for row in self.oversight:
            if self.meetings.bodies.kind(row.overseer) == "inspectorate":
                for body in {row.overseen, *row.bodies}:
                    found.setdefault(body, []).append(row)
        return found
