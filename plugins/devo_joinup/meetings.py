"""Whom a person meets at a piece: the bodies that hold the powers their needs lead to.

A *door* is one body that one need leads to; a power that nobody is known to hold is a door too, and
says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from devo import Pieces, World
from devo_joinup.bodies import Bodies
from devo_joinup.holders import Hold, Holders
from devo_joinup.values import Need


@dataclass(frozen=True, slots=True)
class Door:
    """One body that one need leads to. `complex` says that its power is worth joining up, and no transaction."""

    need: Need
    hold: Hold
    complex: bool

    @property
    def body(self) -> str:
        """The body's id; blank where nobody is known."""
        return self.hold.body

    @property
    def acts(self) -> bool:
        """Whether somebody known acts or commissions there for a need worth joining up."""
        return bool(self.hold.body) and self.complex and self.need.part != "pays"


class Meetings:
    """A world's answer, on its day, to whom a person with given needs meets at any piece.

    `leave_out` names powers, bodies and kinds of bodies that are not part of the system looked at.
    """

    def __init__(self, world: World, leave_out: Iterable[str] = ()):
        self.world = world
        self.out = frozenset(leave_out)
        self.bodies = Bodies(world)
        self.holders = Holders(world)
        self._doors: dict[tuple[int, int], tuple[Need, tuple[Door, ...]]] = {}

    def at(self, needs: Sequence[Need], piece: int) -> tuple[Door, ...]:
        """The doors of some needs at a piece."""
        return tuple(door for need in needs for door in self._behind(need, piece))

    def groups(self, needs: Sequence[Need], pieces: Pieces) -> list[tuple[Pieces, tuple[Door, ...]]]:
        """The pieces of a place that meet alike, taken together; those with most residents first."""
        alike: dict[tuple[int, ...], set[int]] = {}
        for piece in sorted(pieces):
            # Pieces that meet alike share their doors, and comparing which is quicker than comparing what.
            row = tuple(id(self._behind(need, piece)) for need in needs)
            alike.setdefault(row, set()).add(piece)
        found = [(frozenset(group), self.at(needs, min(group))) for group in alike.values()]
        residents = self.world.mosaic.residents
        return sorted(found, key=lambda item: (-residents(item[0]), min(item[0])))

    def is_complex(self, power: str) -> bool:
        """Whether a power is about needs that are worth joining up, and not a plain transaction."""
        record = self.world.powers.get(power)
        return record is None or record.service != "transactional"

    def is_out(self, body: str) -> bool:
        """Whether a body is left out of the system looked at."""
        return bool(body and self.out) and (body in self.out or self.bodies.kind(body) in self.out)

    def _behind(self, need: Need, piece: int) -> tuple[Door, ...]:
        if need.power in self.out:
            return ()
        holds = self.holders.at(need.power, piece)
        key = (id(need), id(holds))
        found = self._doors.get(key)
        if found is None:
            whole = self.is_complex(need.power)
            doors = tuple(Door(need, hold, whole) for hold in holds if not self.is_out(hold.body))
            # The need is kept with them, so that its number is never another's.
            found = self._doors[key] = (need, doors)
        return found[1]


def bodies_of(doors: Iterable[Door], *, complex_only: bool = False) -> list[str]:
    """The bodies behind some doors, in order of id; not those unknown."""
    return sorted({door.body for door in doors if door.body and (door.complex or not complex_only)})
