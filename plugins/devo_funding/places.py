"""Where money falls: sums at rest divided over the pieces of the country, to the penny.

A sum falls on the area its pot or amount names; else where shares by area say it is raised or due;
else on the residents of the area its body answers for. Pieces are then added up to the areas of any
layer, so that every layer gives the same total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from devo import NameFault, Unit, World, cascade
from devo import place as place_named
from devo_funding.flows import Resting
from devo_funding.passing import in_force
from devo_funding.pots import Pot, Share
from devo_funding.years import FiscalYear

PencePerResident = Annotated[int, Unit("pence per resident")]


@dataclass(frozen=True, slots=True)
class Somewhere:
    """One place of a layer: its code, its name, its pieces and residents."""

    code: str
    name: str
    pieces: frozenset[int]
    residents: int


# How many sums a ground remembers the fall of: a few years of a country's, and the draws of some sweeps.
MOST_KEPT = 20_000
# What falls on no place of a layer: not divided in the sources, or outside the layer.
NOWHERE = Somewhere("", "Not divided between these places", frozenset(), 0)


class Ground:
    """The pieces of a world as ground that money falls on in a fiscal year."""

    def __init__(self, world: World, year: FiscalYear):
        self.world = world
        self.year = year
        self._raised: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for share in world.of(Share):
            if share.area and not share.to and in_force(share, year.start, year.end):
                self._raised.setdefault((share.pot, share.giver), []).append((share.area, share.weight))
        self._weights: dict[tuple[str, str, str], dict[int, int]] = {}
        self._fallen: dict[tuple[str, str, str, int], dict[int, int]] = {}

    def fall(self, resting: Resting) -> Mapping[int, int]:
        """What of a sum falls on each piece; empty for a sum that nothing places."""
        flow = resting.flow
        key = (flow.pot.id, flow.payee, flow.area, resting.pence)
        found = self._fallen.get(key)
        if found is None:
            weights = self.weights(flow.pot, flow.payee, flow.area)
            parts = cascade(resting.pence, list(weights.values())) if weights else []
            found = dict(zip(weights, parts, strict=True))
            if len(self._fallen) >= MOST_KEPT:
                self._fallen.clear()
            self._fallen[key] = found
        return found

    def weights(self, pot: Pot | None, payee: str, area: str) -> dict[int, int]:
        """The pieces that money of a pot (None: of no pot) falls on once it is a body's, by weight, in order."""
        raised = self._raised_by(pot, payee) if pot else []
        key = (pot.id if pot and raised else "", payee, area)
        found = self._weights.get(key)
        if found is None:
            found = self._weights[key] = (
                self._by_weight(raised) if raised and not area else self._served(payee, area)
            )
        return found

    def _raised_by(self, pot: Pot, giver: str) -> list[tuple[str, int]]:
        """Where shares say that a body's money of a pot is raised or due; one that names no giver is of the pot's payee."""
        unnamed = self._raised.get((pot.id, ""), []) if giver == pot.payee else []
        return [*self._raised.get((pot.id, giver), []), *unnamed]

    def _by_weight(self, raised: list[tuple[str, int]]) -> dict[int, int]:
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


def ground_of(world: World, year: FiscalYear) -> Ground:
    """The ground of a fiscal year, the same for all worlds of a line with the same map, bodies and shares."""
    found = world.kept(_grounds)
    if year not in found:
        found[year] = Ground(world, year)
    return found[year]


def _grounds(world: World, last: dict[FiscalYear, Ground] | None) -> dict[FiscalYear, Ground]:
    same = last and next(iter(last.values())).world
    if same and same.roster is world.roster and same.of(Share) is world.of(Share):
        return last or {}
    return {}


def places_of(world: World, geography: str, within: str = "") -> list[Somewhere]:
    """The areas of a layer in order of code; only those of a place with `within`. Raises NameFault."""
    if geography not in world.mosaic.layers:
        raise NameFault("geography", geography, sorted(world.mosaic.geographies))
    found = world.kept(_layers).of(geography)
    if not within:
        return found
    inside = place_named(world, within).pieces
    return [where for where in found if where.pieces <= inside]


class Layers:
    """The places of each layer of a world's map, once they were asked for."""

    def __init__(self, world: World):
        self.mosaic = world.mosaic
        self._found: dict[str, list[Somewhere]] = {}

    def of(self, geography: str) -> list[Somewhere]:
        """The places of a layer in order of code."""
        if geography not in self._found:
            names = self.mosaic.areas
            self._found[geography] = [
                Somewhere(
                    code,
                    names[geography, code].name if (geography, code) in names else code,
                    pieces,
                    self.mosaic.residents(pieces),
                )
                for code, pieces in sorted(self.mosaic.layers[geography].items())
            ]
        return self._found[geography]


def _layers(world: World, last: Layers | None) -> Layers:
    return last if last is not None and last.mosaic is world.mosaic else Layers(world)


def added_up(fallen: Mapping[int, int], places: list[Somewhere]) -> Iterator[tuple[Somewhere, int]]:
    """Sums on pieces added up to places."""
    sums, _ = added(fallen, at_places(places), len(places))
    for where, pence in zip(places, sums, strict=True):
        if pence:
            yield where, pence


def at_places(places: list[Somewhere]) -> dict[int, int]:
    """For each piece the number of its place."""
    return {piece: number for number, where in enumerate(places) for piece in where.pieces}


def added(fallen: Mapping[int, int], at: Mapping[int, int], places: int) -> tuple[list[int], int]:
    """Sums on pieces added up to so many places, by their numbers, and what falls on none of them."""
    sums, outside = [0] * places, 0
    for piece, pence in fallen.items():
        number = at.get(piece)
        if number is None:
            outside += pence
        else:
            sums[number] += pence
    return sums, outside


def per_resident(pence: int, residents: int) -> int | None:
    """Pence for each resident, to the nearest penny; None where nobody lives."""
    return (2 * pence + residents) // (2 * residents) if residents else None
