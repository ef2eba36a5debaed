"""The register: who holds what everywhere at once, as numpy columns over the pieces.

For each power and day there is one column a holder, an int32 array over the pieces; its value is
the number, in the ledger, of the effect that decides there, or -1. So the reason is in the cell.
A holder that is a class is turned into bodies by one gather.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from devo.expressions import is_class
from devo.extent import Live, live_effects, meant
from devo.ledger import Ledger
from devo.mosaic import Pieces
from devo.rules import rank
from devo.world import World

Column = NDArray[np.int32]
NONE = -1
_NOBODY = np.int32(NONE)


@dataclass(frozen=True, slots=True)
class Layer:
    """Bodies that hold a power, no two of them at one piece: who, and by which effect.

    `bodies` are numbers into `Register.bodies`, `effects` numbers into `ledger.effects`.
    """

    ledger: Ledger
    bodies: Column
    effects: Column


class Register:
    """A world's answer for all pieces on its day. Cheap to make: it works out what it is asked."""

    def __init__(self, world: World):
        self.world = world
        self.mosaic = world.mosaic
        self.number: dict[str, int] = world.roster.columns.setdefault("number", {})
        if not self.number:
            self.number.update((body, n) for n, body in enumerate(sorted(world.roster.bodies)))
        self.bodies: tuple[str, ...] = tuple(self.number)
        self._everywhere = self.mosaic.bits("")
        self._empty = np.full(len(self.mosaic), NONE, np.int32)
        self._where: dict[int, NDArray[np.intp] | slice] = {self._everywhere: slice(None)}
        self._gathers: dict[str, list[Column]] = world.roster.columns.setdefault(
            (world.today, world.as_known), {}
        )

    def layers(self, power: str) -> list[Layer]:
        """Who holds a power at every piece, as few layers as the holders need; a body once a piece."""
        own: list[Live] = []
        delegated: list[Live] = []
        for live in live_effects(self.world, power):
            (delegated if live[0].effects[live[1]].mode == "delegated" else own).append(live)
        layers = self._gathered(own)
        if delegated:
            layers.extend(self._rooted_only(self._gathered(delegated), layers))
        return _once(layers) if len(layers) > 1 else layers

    def cells(self, power: str) -> tuple[Column, Column, Column, list[Ledger]]:
        """All (piece, body, effect) of a power, flat, and the ledger of each row's effect."""
        layers = self.layers(power)
        pieces, bodies, effects, ledgers = [], [], [], []
        for layer in layers:
            where = np.flatnonzero(layer.bodies >= 0).astype(np.int32)
            pieces.append(where)
            bodies.append(layer.bodies[where])
            effects.append(layer.effects[where])
            ledgers.extend([layer.ledger] * len(where))
        if not pieces:
            empty = np.empty(0, np.int32)
            return empty, empty, empty, []
        return np.concatenate(pieces), np.concatenate(bodies), np.concatenate(effects), ledgers

    # --- from holders to bodies --------------------------------------------------------------

    def _gathered(self, live: list[Live]) -> list[Layer]:
        """Holders turned into bodies: living bodies packed together, classes and heirs by gather."""
        size, known, day = len(self.mosaic), self.world.as_known, self.world.today
        packed: list[tuple[Ledger, Column, Column, int]] = []
        apart: dict[tuple[str, Ledger], tuple[Column, int]] = {}
        for ledger, number, bits in live:
            holder = ledger.effects[number].holder
            where = self._where.get(bits)
            if where is None:
                where = self._where[bits] = np.flatnonzero(bools(bits, size))
            if is_class(holder) or not self.world.roster.alive(holder, day, known):
                column, covered = apart.get((holder, ledger)) or (self._empty.copy(), 0)
                column[where] = number
                apart[holder, ledger] = column, covered | bits
                continue
            for at, (owner, bodies, effects, taken) in enumerate(packed):
                if owner is ledger and not taken & bits:
                    packed[at] = (ledger, bodies, effects, taken | bits)
                    break
            else:
                bodies, effects = self._empty.copy(), self._empty.copy()
                packed.append((ledger, bodies, effects, bits))
            bodies[where] = self.number[holder]
            effects[where] = number
        layers = [Layer(ledger, bodies, effects) for ledger, bodies, effects, _ in packed]
        for (holder, ledger), (column, covered) in apart.items():
            for gather in self._members(holder):
                bodies = gather if covered == self._everywhere else np.where(column >= 0, gather, _NOBODY)
                layers.append(Layer(ledger, bodies, column))
        return layers

    def _members(self, holder: str) -> list[Column]:
        """The bodies that a holder means over the pieces on the day, in as many layers as overlaps need."""
        found = self._gathers.get(holder)
        if found is None:
            bodies, size = meant(self.world, holder), len(self.mosaic)
            if len(bodies) == 1 and len(bodies[0][1]) == size:
                found = [np.full(size, self.number[bodies[0][0]], np.int32)]
            else:
                found = _placed([(self.number[body], pieces) for body, pieces in bodies], size)
            for column in found:
                column.flags.writeable = False  # layers share it
            self._gathers[holder] = found
        return found

    # --- delegation --------------------------------------------------------------------------

    def _rooted_only(self, pending: list[Layer], layers: list[Layer]) -> list[Layer]:
        """Delegated holdings where their root holds, added until none is left that has one."""
        added: list[Layer] = []
        while pending:
            rooted: list[Layer] = []
            rest: list[Layer] = []
            for layer in pending:
                here = self._rooted(layer, [*layers, *added])
                for found, where in ((rooted, here), (rest, ~here)):
                    bodies = np.where(where, layer.bodies, _NOBODY)
                    if (bodies >= 0).any():
                        found.append(Layer(layer.ledger, bodies, layer.effects))
            if not rooted:
                break
            added.extend(rooted)
            pending = rest
        return added

    def _rooted(self, layer: Layer, held: list[Layer]) -> NDArray[np.bool_]:
        size = len(self.mosaic)
        here = np.zeros(size, bool)
        for number in np.unique(layer.effects[layer.bodies >= 0]):
            root = layer.ledger.effects[number].root
            at = (layer.effects == number) & (layer.bodies >= 0)
            if not root:
                here |= at
                continue
            for gather in self._members(root):
                for other in held:
                    here |= at & (gather >= 0) & (gather == other.bodies)
        return here


def bools(bits: int, size: int) -> NDArray[np.bool_]:
    """A set of pieces kept as bits, as an array of booleans."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").view(np.bool_)


def _placed(bodies: Iterable[tuple[int, Pieces]], size: int) -> list[Column]:
    """Bodies with their pieces as columns, each body in the first where its pieces are free.

    Most bodies have one piece or two, too few for numpy to gain anything.
    """
    columns: list[list[int]] = []
    for number, pieces in bodies:
        for column in columns:
            for piece in pieces:
                if column[piece] != NONE and column[piece] != number:
                    break
            else:
                break
        else:
            column = [NONE] * size
            columns.append(column)
        for piece in pieces:
            column[piece] = number
    return [np.array(column, np.int32) for column in columns]


def _once(layers: list[Layer]) -> list[Layer]:
    """A body once a piece, where two layers have it: the stronger claim stays, as the rules rank them."""
    bodies = [layer.bodies for layer in layers]
    for one in range(len(layers)):
        for two in range(one + 1, len(layers)):
            twice = (bodies[one] >= 0) & (bodies[one] == bodies[two])
            if twice.any():
                first = _stronger(layers[one], layers[two], np.flatnonzero(twice))
                bodies[one] = bodies[one].copy()
                bodies[two] = bodies[two].copy()
                bodies[two][first] = NONE
                twice[first] = False
                bodies[one][twice] = NONE
    return [
        layer if column is layer.bodies else Layer(layer.ledger, column, layer.effects)
        for layer, column in zip(layers, bodies, strict=True)
    ]


def _stronger(one: Layer, two: Layer, pieces: NDArray[np.intp]) -> NDArray[np.intp]:
    """The pieces, of those given, where the first layer's claim ranks above the second's."""
    ranked: dict[tuple[int, int], bool] = {}
    won = []
    for piece in pieces:
        pair = (int(one.effects[piece]), int(two.effects[piece]))
        if pair not in ranked:
            ranked[pair] = rank(one.ledger.effects[pair[0]]) > rank(two.ledger.effects[pair[1]])
        if ranked[pair]:
            won.append(piece)
    return np.array(won, np.intp)
