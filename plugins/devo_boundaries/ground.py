"""The ground of a question: which layers, cut into what, with how much of a measure in each part.

Layers that the world's mosaic has are read from its pieces, as redrawn by the day. Any other is
read from a lookup: a file of blocks, opened when it is asked for and at no other time, so that
what holdings stand on stays as it is whatever is loaded. A layer that only the mosaic has joins a
lookup over a layer that both have, where every area of that lies in one area of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devo import Lookup, TermFault, World
from devo_boundaries.lookups import TABLES, lookups, names_beside, summed
from devo_boundaries.values import Boundary

RESIDENTS = "residents"

# The area of each layer that a part lies in ("" for none), in the order the layers were asked for.
Areas = tuple[str, ...]
# Pieces of a world, by number.
Pieces = frozenset[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """Parts of the country, each the meeting of one area of every layer, with a measure of each.

    `basis` says in words what the figures were read from.
    """

    layers: tuple[str, ...]
    measure: str
    parts: Mapping[Areas, int]
    basis: str

    def totals(self, layer: str) -> dict[str, int]:
        """The measure in each area of a layer; "" is what lies in none."""
        place = self.layers.index(layer)
        found: dict[str, int] = defaultdict(int)
        for areas, amount in self.parts.items():
            found[areas[place]] += amount
        return dict(found)


def ground(world: World, layers: Sequence[str], measure: str = RESIDENTS) -> Ground:
    """The meetings of some layers on the world's day, with whole numbers of a measure.

    Raises TermFault for a layer or measure that neither the world nor a lookup has, and for layers
    that no lookup has together.
    """
    wanted = tuple(dict.fromkeys(layers))
    known = layers_of(world)
    for layer in wanted:
        if layer not in known:
            raise TermFault(f"no layer is called {layer!r}; there are: {', '.join(known)}")
    own = world.mosaic.layers
    if all(layer in own for layer in wanted):
        return _from_pieces(world, wanted, measure)
    ways = [way for item in lookups(world) if (way := _way(world, item, wanted)) is not None]
    if not ways:
        raise TermFault(
            f"no lookup has {' and '.join(wanted)} together; import one that does (`devo lookup import FILE`)"
        )
    lookup, joined = min(
        ways, key=lambda way: (len(way[1]), way[0].path.startswith(str(TABLES)), -way[0].rows)
    )
    return _from_lookup(world, wanted, measure, lookup, joined)


def layers_of(world: World) -> list[str]:
    """Every layer that a question can be asked of: those of the mosaic, then those of lookups."""
    own = [layer for layer in world.mosaic.layers if layer in world.mosaic.geographies]
    return list(dict.fromkeys([*own, *(layer for item in lookups(world) for layer in item.layers)]))


class Names:
    """The names of areas: the world's own, redrawn ones, then those beside a lookup."""

    def __init__(self, world: World):
        self._world = world
        self._redrawn = {(b.geography, b.code): b.name for b in world.of(Boundary) if b.name}

    def __call__(self, layer: str, code: str) -> str:
        """An area's name, or its code where nothing names it."""
        area = self._world.mosaic.areas.get((layer, code))
        if area is not None:
            return area.name
        if (layer, code) in self._redrawn:
            return self._redrawn[layer, code]
        for item in lookups(self._world):
            if layer in item.layers:
                found = names_beside(item.path).get((layer, code))
                if found:
                    return found
        return code


# --- the world's own pieces -----------------------------------------------------------------------


def drawn(world: World, layer: str) -> dict[str, Pieces]:
    """The areas of a layer of the mosaic with their pieces, as they are drawn on the world's day.

    An order that was not made by the day whose law the world goes by has drawn nothing.
    """
    found = dict(world.mosaic.layers.get(layer, {}))
    rows = [item for item in world.of(Boundary) if item.geography == layer]
    unknown = {(item.code, item.start) for item in rows if not _is_known(world, item)}
    for item in rows:
        ended = item.end is not None and item.end <= world.today and (item.code, item.end) not in unknown
        begun = item.start is None or item.start <= world.today
        if ended or not begun or (item.code, item.start) in unknown:
            continue
        pieces = world.mosaic.territory(item.territory) if item.territory else frozenset()
        if pieces:
            found[item.code] = pieces
        else:
            found.pop(item.code, None)
    return found


def _is_known(world: World, item: Boundary) -> bool:
    made = world.made_by(item) or item.start
    return world.as_known is None or made is None or made <= world.as_known


def by_piece(world: World, layer: str) -> list[str]:
    """For each piece of the mosaic, the area of a layer that it lies in on the day; "" for none."""
    codes = [""] * len(world.mosaic)
    for code, pieces in drawn(world, layer).items():
        for number in pieces:
            codes[number] = code
    return codes


def _from_pieces(world: World, layers: tuple[str, ...], measure: str) -> Ground:
    columns = [by_piece(world, layer) for layer in layers]
    pieces = world.mosaic.pieces
    if measure == RESIDENTS:
        amounts = [world.mosaic.residents((number,)) for number in range(len(pieces))]
    else:
        measured = {name for piece in pieces for name in piece.measures}
        if measure not in measured:
            raise TermFault(f"no measure is called {measure!r}; there are: {', '.join(sorted(measured))}")
        amounts = [round(piece.measures.get(measure, 0)) for piece in pieces]
    parts: dict[Areas, int] = defaultdict(int)
    for areas, amount in zip(zip(*columns, strict=True), amounts, strict=True):
        parts[areas] += amount
    return Ground(layers, measure, dict(sorted(parts.items())), f"{len(pieces):,} pieces")


# --- lookups --------------------------------------------------------------------------------------


def _way(world: World, lookup: Lookup, layers: tuple[str, ...]) -> tuple[Lookup, dict[str, str]] | None:
    """How a lookup can have some layers: those it has not, each with the layer that it joins by."""
    joined: dict[str, str] = {}
    for layer in layers:
        if layer in lookup.layers:
            continue
        bridge = next((b for b in lookup.layers if _nests(world, b, layer)), "")
        if not bridge:
            return None
        joined[layer] = bridge
    return lookup, joined


def _nests(world: World, inner: str, outer: str) -> bool:
    """Whether every area of one layer of the mosaic lies in one area, or in none, of another."""
    if inner not in world.mosaic.layers or outer not in world.mosaic.layers:
        return False
    around = by_piece(world, outer)
    return all(len({around[n] for n in pieces}) == 1 for pieces in drawn(world, inner).values())


def _from_lookup(
    world: World, layers: tuple[str, ...], measure: str, lookup: Lookup, joined: Mapping[str, str]
) -> Ground:
    if measure not in lookup.measures:
        listed = ", ".join(lookup.measures) or "none"
        raise TermFault(f"the lookup {lookup.id} has no measure {measure!r}; it has: {listed}")
    read = list(dict.fromkeys(joined.get(layer, layer) for layer in layers))
    around: dict[str, dict[str, str]] = {}
    for layer, bridge in joined.items():
        outer = by_piece(world, layer)
        around[layer] = {code: outer[min(pieces)] for code, pieces in drawn(world, bridge).items()}
    parts: dict[Areas, int] = defaultdict(int)
    for areas, amount in summed(lookup, read, measure):
        at = dict(zip(read, areas, strict=True))
        key = tuple(
            around[layer].get(at[joined[layer]], "") if layer in joined else at[layer] for layer in layers
        )
        parts[key] += amount
    basis = f"{lookup.rows:,} blocks of {lookup.name} ({lookup.fit} fit)"
    return Ground(layers, measure, dict(sorted(parts.items())), basis)
