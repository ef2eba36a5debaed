"""A persona everywhere at once: its figures as a map, and how many people live where it meets so many bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import (
    AreaCode,
    GeographyId,
    Residents,
    World,
    question,
)
from devo_joinup.bodies import UNMODELLED, district_layer
from devo_joinup.counts import Counts
from devo_joinup.dimensions import DIMENSIONS, dimensions
from devo_joinup.figures import Figures
from devo_joinup.headlines import commonest
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import PersonaId


@dataclass(frozen=True, slots=True)
class EverywhereRow:
    """A persona's figure in one area of a layer, for most of its residents; blank is unmodelled.

    `residents` are all the area's, `least` and `most` the figures of any part of it. Worked out from the
    holdings everywhere; `whole-person` gives the source of each at a place.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    dimension: str
    figure: int | None
    unit: str
    least: int | None
    most: int | None
    residents: Residents
    status: str


@question(draw="map")
def whole_person_everywhere(
    world: World, persona: PersonaId = "", geography: GeographyId = "", dimension: str = "bodies"
) -> Iterator[EverywhereRow]:
    """A persona's figure (or every persona's) in each area of a layer, by default every district.

    `dimension` is one of those of `whole-person-figures`, or several with `;` between them.
    """
    wanted = dimensions(dimension)
    counts = Counts(Figures(world))
    layer = geography or district_layer(world)
    places = []
    for code, pieces in sorted(world.mosaic.layers.get(layer, {}).items()):
        area = world.mosaic.areas.get((layer, code))
        parts = [(piece, frozenset({piece})) for piece in sorted(pieces)]
        places.append((code, area.name if area else code, world.mosaic.residents(pieces), parts))
    for person in chosen(world, persona):
        found = counts.of(needs_of(world, person.id), wanted)
        for code, place_name, residents, parts in places:
            for name in wanted:
                values = found[name]
                main = least = most = values[parts[0][0]]
                if len(parts) > 1:  # most districts are of one piece
                    main, _, least, most = commonest(
                        world, [(where, values[piece]) for piece, where in parts]
                    )
                yield EverywhereRow(
                    person.id,
                    code,
                    place_name,
                    name,
                    main,
                    DIMENSIONS[name].unit,
                    least,
                    most,
                    residents,
                    "held" if main is not None else UNMODELLED,
                )


@dataclass(frozen=True, slots=True)
class DoorsRow:
    """How many people live where a persona would meet so many bodies, and in how many districts, parts counted.

    Worked out from the holdings everywhere; `whole-person` gives the source of each at a place.
    """

    persona: PersonaId
    persona_name: str
    bodies: int
    residents: Residents
    districts: int


@question(draw="bars", in_plan=True)
def bodies_met(world: World, persona: PersonaId = "") -> Iterator[DoorsRow]:
    """For each persona, how many residents live where it would meet so many bodies: what a plan compares."""
    counts = Counts(Figures(world))
    districts = {
        piece: code
        for code, pieces in world.mosaic.layers.get(district_layer(world), {}).items()
        for piece in pieces
    }
    for person in chosen(world, persona):
        met: dict[int, set[int]] = {}
        for piece, bodies in enumerate(counts.of(needs_of(world, person.id), ("bodies",))["bodies"]):
            met.setdefault(bodies or 0, set()).add(piece)
        for number, pieces in sorted(met.items()):
            among = len({districts.get(piece) for piece in pieces} - {None})
            yield DoorsRow(person.id, person.name, number, world.mosaic.residents(pieces), among)


QUESTIONS = (whole_person_everywhere, bodies_met)
