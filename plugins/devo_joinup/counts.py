"""A person's figures at every piece at once, as counts in numpy: what a map of the country needs.

The plain reading is `Figures`, one piece at a time; tests hold the two to the same counts. Here the
holders of a power are a matrix, a row a hold and a column a piece, of the numbers of organisations.
Who must agree and the fewest workers depend on the *shape* of a column alone: which doors have one
organisation behind them, and which hold jointly. Each shape is worked out once, by the plain reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devo import Pieces, is_modelled
from devo_joinup.figures import Figures
from devo_joinup.numbering import NONE, Matrix, Sorts, distinct, each_once
from devo_joinup.values import BRIDGES, ONE_WORKER, Need

# What is counted off the matrices, and what depends on their shape; the rest is read piece by piece.
COUNTED = frozenset({"bodies", "tiers", "areas", "crossings"})
SHAPED = frozenset({"agree", "workers", "professions"})
_OF_ACTING = frozenset({"contacts", "hand-offs"}) | SHAPED


@dataclass(frozen=True, slots=True)
class _Held:
    """Who holds a power everywhere: organisations by hold and piece, whether jointly, and where a condition waits."""

    organisations: Matrix
    joint: NDArray[np.bool_]
    waiting: NDArray[np.bool_]


class Counts:
    """A world's figures as counts, for any needs, at all pieces."""

    def __init__(self, figures: Figures):
        self.figures = figures
        self.world = figures.world
        self._size = len(self.world.mosaic)
        self._held: dict[str, _Held] = {}
        self._unknown: dict[str, NDArray[np.bool_]] = {}
        bodies = figures.meetings.bodies
        self._names: list[str] = list(figures.meetings.holders.register.bodies)
        numbers = {name: number for number, name in enumerate(self._names)}
        for name in figures.meetings.holders.register.bodies:
            if bodies.organisation(name) not in numbers:
                numbers[bodies.organisation(name)] = len(self._names)
                self._names.append(bodies.organisation(name))
        self._number = numbers
        # The organisation of each body, with none for nobody, whose number is the last.
        self._organisation = np.array(
            [self._organisation_of(name) for name in self._names] + [NONE], np.int32
        )
        self._tiers = Sorts(self._names, bodies.tier)
        self._sectors = Sorts(self._names, bodies.sector)
        self._areas = Sorts(self._names, bodies.served)
        self._within = np.zeros((0, self._size), np.float32)
        self._crossing: NDArray[np.bool_] = np.zeros((1, 1), bool)

    def of(self, needs: Sequence[Need], wanted: Sequence[str]) -> dict[str, list[int | None]]:
        """For each dimension wanted, its count at every piece; None where the tables do not know."""
        inside = [need for need in needs if need.power not in self.figures.meetings.out]
        found: dict[str, list[int | None]] = {}
        asked = set(wanted)
        if asked & COUNTED:
            met = self._stacked([self._holding(need.power).organisations for need in inside])
            found |= self._counted(met, asked)
        if asked & _OF_ACTING:
            found |= self._of_acting(needs, inside, asked)
        if "unmodelled" in asked:
            found["unmodelled"] = self._unmodelled(inside)
        rest = [name for name in wanted if name not in found]
        if rest:
            rows = [self.figures.at(needs, piece, rest) for piece in range(self._size)]
            found |= {name: [row[name].value for row in rows] for name in rest}
        return found

    # --- what is counted ---------------------------------------------------------------------

    def _counted(self, met: Matrix, asked: set[str]) -> dict[str, list[int | None]]:
        found: dict[str, list[int | None]] = {}
        if "bodies" in asked:
            found["bodies"] = distinct(met).tolist()
        if "tiers" in asked:
            found["tiers"] = distinct(self._tiers.of(met)).tolist()
        if asked & {"areas", "crossings"}:
            areas = each_once(self._areas.of(met))
            found["areas"] = (areas != NONE).sum(0).tolist()
            found["crossings"] = self._crossings(areas).tolist()
        return found

    def _crossings(self, areas: Matrix) -> Matrix:
        """Pairs of different areas in a column that cut across each other."""
        known: list[Pieces] = list(self._areas.known)
        old = len(self._within)
        if len(known) > old:
            fresh = np.zeros((len(known) - old, self._size), np.float32)
            for number, pieces in enumerate(known[old:]):
                fresh[number, list(pieces)] = 1
            self._within = np.vstack([self._within, fresh])
            shared, sizes = fresh @ self._within.T, self._within.sum(1)
            cut = (shared > 0) & (shared < sizes[old:, None]) & (shared < sizes)
            # One row more than there are areas, all false: where there is no area, none is crossed.
            grown = np.zeros((len(known) + 1, len(known) + 1), bool)
            grown[:old, :old] = self._crossing[:old, :old]
            grown[old:-1, :-1], grown[:-1, old:-1] = cut, cut.T
            self._crossing = grown
        pairs = self._crossing[areas[:, None, :], areas[None, :, :]]
        return np.asarray(pairs.sum((0, 1)) // 2, np.int32)

    def _of_acting(
        self, needs: Sequence[Need], inside: Sequence[Need], asked: set[str]
    ) -> dict[str, list[int | None]]:
        """What is counted of those that act for needs worth joining up."""
        whole = self.figures.meetings.is_complex
        joined = [need.power for need in inside if whole(need.power) and need.part != "pays"]
        held = [self._holding(power) for power in joined]
        acting = self._stacked([item.organisations for item in held])
        found: dict[str, list[int | None]] = {}
        if "contacts" in asked:
            found["contacts"] = distinct(acting).tolist()
        if "hand-offs" in asked:
            found["hand-offs"] = np.maximum(distinct(self._sectors.of(acting)) - 1, 0).tolist()
        shaped = sorted(asked & SHAPED)
        if shaped:
            joint = self._stacked([item.joint for item in held])
            found |= self._by_shape(needs, acting, joint, shaped)
        apart = np.logical_or.reduce([self._bridged(joined), *(item.waiting for item in held)])
        for piece in np.flatnonzero(apart).tolist():
            figures = self.figures.at(needs, piece, found)
            for name, counts in found.items():
                counts[piece] = figures[name].value
        return found

    def _by_shape(
        self, needs: Sequence[Need], acting: Matrix, joint: NDArray[Any], wanted: Sequence[str]
    ) -> dict[str, list[int | None]]:
        """Figures that are alike where organisations recur alike, whichever those are."""
        first = (acting[:, None, :] == acting[None, :, :]).argmax(1) if len(acting) else acting
        shape = np.where(acting == NONE, NONE, first * 2 + joint).astype(np.int16)
        keys = [column.tobytes() for column in np.ascontiguousarray(shape.T)]
        at = {key: piece for piece, key in enumerate(keys)}
        figures = {key: self.figures.at(needs, piece, wanted) for key, piece in at.items()}
        return {name: [figures[key][name].value for key in keys] for name in wanted}

    def _bridged(self, powers: Sequence[str]) -> NDArray[np.bool_]:
        """Where arrangements over some powers bring organisations together, so that one stands for another."""
        found = np.zeros(self._size, bool)
        ties, mosaic = self.figures.ties, self.world.mosaic
        for item in ties.arrangements:
            covered = [power for power in powers if not item.powers or power in item.powers]
            if covered and item.kind in BRIDGES | ONE_WORKER:
                met = self._stacked([self._holding(power).organisations for power in covered])
                parties = [self._number[name] for name in ties.parties(item) if name in self._number]
                together = distinct(np.where(np.isin(met, parties), met, NONE)) > 1
                here = np.zeros(self._size, bool)
                here[list(mosaic.territory(item.area) if item.area else mosaic.everywhere)] = True
                found |= together & here
        return found

    def _unmodelled(self, needs: Sequence[Need]) -> list[int | None]:
        """Powers, or needs that have none, of which the tables do not know who holds them."""
        named = {need.power or need.need: need.power for need in needs}
        unknown = [self._unknown_at(power) for power in named.values()]
        found = np.zeros(self._size, np.int32)
        for power in unknown:
            found += power
        return list(found.tolist())

    # --- who holds what ----------------------------------------------------------------------

    def _unknown_at(self, power: str) -> NDArray[np.bool_]:
        found = self._unknown.get(power)
        if found is None:
            holders = self.figures.meetings.holders
            found = np.zeros(self._size, bool)
            if power not in self.world.powers:
                found[:] = True
            elif holders.is_plain(power):
                held = np.zeros(self._size, bool)
                for layer in holders.layers(power):
                    held |= layer.bodies >= 0
                for piece in np.flatnonzero(~held).tolist():
                    found[piece] = not is_modelled(self.world, power, piece)
            else:
                found[:] = [any(not h.body for h in holders.at(power, piece)) for piece in range(self._size)]
            self._unknown[power] = found
        return found

    def _holding(self, power: str) -> _Held:
        found = self._held.get(power)
        if found is None:
            plain = self.figures.meetings.holders.is_plain(power)
            found = self._held[power] = self._off_the_register(power) if plain else self._read(power)
        return found

    def _off_the_register(self, power: str) -> _Held:
        layers = self.figures.meetings.holders.layers(power)
        rows, joint = [], []
        for layer in layers:
            rows.append(self._organisation[layer.bodies])
            jointly = np.array([effect.mode == "joint" for effect in layer.ledger.effects], bool)
            joint.append(jointly[layer.effects] & (layer.bodies >= 0))
        return _Held(self._stacked(rows), self._stacked(joint).astype(bool), np.zeros(self._size, bool))

    def _read(self, power: str) -> _Held:
        """The same, piece by piece, where parts or conditions of a power must be weighed."""
        holders = self.figures.meetings.holders
        columns = [holders.at(power, piece) for piece in range(self._size)]
        rows = max((len(column) for column in columns), default=0)
        organisations = np.full((rows, self._size), NONE, np.int32)
        joint = np.zeros((rows, self._size), bool)
        waiting = np.zeros(self._size, bool)
        for piece, column in enumerate(columns):
            for row, hold in enumerate(column):
                if hold.body:
                    organisations[row, piece] = self._organisation[self._number[hold.body]]
                    joint[row, piece] = hold.mode == "joint"
                    waiting[piece] |= hold.status == "conditional"
        return _Held(organisations, joint, waiting)

    def _organisation_of(self, body: str) -> int:
        meetings = self.figures.meetings
        return NONE if meetings.is_out(body) else self._number[meetings.bodies.organisation(body)]

    def _stacked(self, rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
        return np.vstack(rows) if rows else np.zeros((0, self._size), np.int32)
