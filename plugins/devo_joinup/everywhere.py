"""A persona everywhere at once: its figures as a map, and how many people live where it meets so many bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import (
    AreaCode,
    GeographyId,
    Residents,
    TermFault,
    World,
    question,
)
from devo_joinup.figures import DIMENSIONS, Figure, Figures
from devo_joinup.meetings import UNMODELLED
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import PersonaId
from devo_joinup.whole import headline
from devo_joinup.words import listed


@dataclass(frozen=True, slots=True)
class EverywhereRow:
    """A persona's figure in one area of a layer, for most of its residents; blank is unmodelled."""

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
    figures = Figures(world)
    layer = geography or figures.meetings.district_layer
    places = sorted(world.mosaic.layers.get(layer, {}).items())
    for person in chosen(world, persona):
        found = everywhere(figures, person.id, wanted)
        for code, pieces in places:
            area = world.mosaic.areas.get((layer, code))
            for name in wanted:
                groups = [(frozenset({piece}), found[piece][name]) for piece in sorted(pieces)]
                main, _, least, most = headline(world, groups)
                yield EverywhereRow(
                    person.id,
                    code,
                    area.name if area else code,
                    name,
                    main.value,
                    DIMENSIONS[name][0],
                    least,
                    most,
                    world.mosaic.residents(pieces),
                    "held" if main.value is not None else UNMODELLED,
                )


def everywhere(figures: Figures, persona: str, wanted: Sequence[str]) -> list[dict[str, Figure]]:
    """A persona's figures at every piece."""
    columns = [figures.meetings.doors(need) for need in needs_of(figures.world, persona)]
    found = []
    for piece in range(len(figures.world.mosaic)):
        doors = [door for column in columns for door in column[piece]]
        found.append(figures.of(doors, piece, wanted))
    return found


def dimensions(text: str) -> tuple[str, ...]:
    """The dimensions that a text lists. Raises TermFault."""
    wanted = tuple(name.strip() for name in text.replace(",", ";").split(";") if name.strip())
    if wanted == ("all",):
        return tuple(DIMENSIONS)
    for name in wanted:
        if name not in DIMENSIONS:
            raise TermFault(f"no dimension is called {name!r}; there are: {listed(DIMENSIONS)}")
    return wanted


@dataclass(frozen=True, slots=True)
class DoorsRow:
    """How many people live where a persona would meet so many bodies."""

    persona: PersonaId
    persona_name: str
    bodies: int
    residents: Residents
    districts: int


@question(draw="bars", in_plan=True)
def bodies_met(world: World, persona: PersonaId = "") -> Iterator[DoorsRow]:
    """For each persona, how many residents live where it would meet so many bodies: what a plan compares."""
    figures = Figures(world)
    districts = {
        piece: code
        for code, pieces in world.mosaic.layers.get(figures.meetings.district_layer, {}).items()
        for piece in pieces
    }
    for person in chosen(world, persona):
        counted: dict[int, set[int]] = {}
        for piece, found in enumerate(everywhere(figures, person.id, ("bodies",))):
            counted.setdefault(found["bodies"].value or 0, set()).add(piece)
        for bodies, pieces in sorted(counted.items()):
            among = len({districts.get(piece) for piece in pieces} - {None})
            yield DoorsRow(person.id, person.name, bodies, world.mosaic.residents(pieces), among)


QUESTIONS = (whole_person_everywhere, bodies_met)
