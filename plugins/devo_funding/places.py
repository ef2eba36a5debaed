"""Where money falls: sums at rest divided over the pieces of the country, to the penny.

A sum falls on the area its pot or amount names; else where shares by area say it is raised or due;
else on the residents of the area its body answers for. Pieces are then added up to the areas of any
layer, so that every layer gives the same total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from devo import NameFault, World, cascade
from devo import place as place_named
from devo_funding.flows import Resting
from devo_funding.pots import Share
from devo_funding.years import FiscalYear


@dataclass(frozen=True, slots=True)
class Somewhere:
    """One place of a layer: its code, its name, its pieces and residents."""

    code: str
    name: str
    pieces: frozenset[int]
    residents: int


# What falls on no place of a layer: not divided in the sources, or outside the layer.
NOWHERE = Somewhere("", "Not divided between these places", frozenset(), 0)


class Ground:
    """The pieces of a world as ground that money falls on."""

    def __init__(self, world: World, year: FiscalYear):
        self.world = world
        self.year = year
        self._raised: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for share in world.of(Share):
            if share.area and not share.to:
                self._raised.setdefault((share.pot, share.giver), []).append((share.area, share.weight))
        self._weights: dict[tuple[str, str, str], dict[int, int]] = {}

    def fall(self, resting: Resting) -> dict[int, int]:
        """What of a sum falls on each piece; empty for a sum that nothing places."""
        flow = resting.flow
        weights = self.weights(flow.pot.id, flow.payee, flow.area)
        if not weights:
            return {}
        return dict(zip(weights, cascade(resting.pence, list(weights.values())), strict=True))

    def weights(self, pot: str, payee: str, area: str) -> dict[int, int]:
        """The pieces that money of a pot falls on once it is a body's, by weight, in order of piece."""
        raised = self._raised.get((pot, payee), ())
        key = (pot if raised else "", payee, area)
        found = self._weights.get(key)
        if found is None:
            found = self._weights[key] = (
                self._by_weight(raised) if raised and not area else self._served(payee, area)
            )
        return found

    def _by_weight(self, raised: list[tuple[str, int]] | tuple[()]) -> dict[int, int]:
        found: dict[int, int] = {}
        for area, weight in raised:
            pieces = sorted(self.world.mosaic.territory(area))
            for piece, part in zip(pieces, cascade(weight, self._people(pieces)), strict=True):
                found[piece] = found.get(piece, 0) + part
        return dict(sorted(found.items()))

    def _served(self, payee: str, area: str) -> dict[int, int]:
        mosaic, roster = self.world.mosaic, self.world.roster
        if area:
            pieces = mosaic.territory(area)
        else:
            body = roster.bodies.get(payee)
            if body is None:
                return {}
            day = max(self.year.start, body.start or self.year.start)
            pieces = roster.served(payee, day) or (mosaic.territory(body.area) if body.area else frozenset())
        ordered = sorted(pieces)
        return dict(zip(ordered, self._people(ordered), strict=True))

    def _people(self, pieces: list[int]) -> list[int]:
        """Residents of each piece; one each where nobody lives in any."""
        people = [self.world.mosaic.residents((piece,)) for piece in pieces]
        return people if any(people) else [1] * len(people)


def places_of(world: World, geography: str, within: str = "") -> list[Somewhere]:
    """The areas of a layer in order of code; only those of a place with `within`. Raises NameFault."""
    layer = world.mosaic.layers.get(geography)
    if layer is None:
        raise NameFault("geography", geography, sorted(world.mosaic.geographies))
    inside = place_named(world, within).pieces if within else world.mosaic.everywhere
    found = []
    for code, pieces in sorted(layer.items()):
        if pieces <= inside:
            area = world.mosaic.areas.get((geography, code))
            found.append(Somewhere(code, area.name if area else code, pieces, world.mosaic.residents(pieces)))
    return found


def added_up(fallen: Mapping[int, int], places: list[Somewhere]) -> Iterator[tuple[Somewhere, int]]:
    """Sums on pieces added up to places."""
    for where in places:
        pence = sum(fallen.get(piece, 0) for piece in where.pieces)
        if pence:
            yield where, pence


def per_resident(pence: int, residents: int) -> int | None:
    """Pence for each resident, to the nearest penny; None where nobody lives."""
    return (2 * pence + residents) // (2 * residents) if residents else None
