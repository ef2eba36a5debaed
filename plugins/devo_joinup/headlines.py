"""The figures of a person at a place: a headline a dimension, and a paragraph that says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from devo import AreaCode, Pieces, Place, Share, World, question
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED
from devo_joinup.dimensions import DIMENSIONS, JOINED
from devo_joinup.figures import Figure, Figures, label
from devo_joinup.shipped import needs_of, persona_named
from devo_joinup.values import Need, Persona, PersonaId
from devo_joinup.words import paragraph


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figure of one dimension for a persona at a place: that of most residents, and the least and most there.

    A blank figure is unmodelled. `share` is that of the residents it is the figure of; `what` says what it counts
    and `behind` names it. `complex_only` says that transactional services are left out. Worked out from
    `whole-person`, which gives the source of each row.
    """

    persona: PersonaId
    persona_name: str
    place: AreaCode
    place_name: str
    dimension: str
    dimension_name: str
    figure: int | None
    unit: str
    least: int | None
    most: int | None
    share: Share
    what: str
    behind: tuple[str, ...]
    complex_only: bool
    status: str


@question(draw="headlines:dimension_name,figure,least,most")
def whole_person_figures(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[FigureRow]:
    """One headline figure a dimension for a person at a place, with what it counts; never one score for all.

    `leave_out` lists powers, bodies or kinds of bodies (`;` between) that are outside the system looked at.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    yield from figure_rows(Figures(world, outside(leave_out)), person, where)


def figure_rows(figures: Figures, person: Persona, where: Place) -> Iterator[FigureRow]:
    """The figures of a persona at a place, a row a dimension."""
    world = figures.world
    groups = [
        (group, figures.of(doors, min(group)))
        for group, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces)
    ]
    for name, dimension in DIMENSIONS.items() if groups else ():
        main, share, least, most = headline(world, [(group, found[name]) for group, found in groups])
        yield FigureRow(
            person.id,
            person.name,
            where.id,
            where.name,
            name,
            dimension.name,
            main.value,
            dimension.unit,
            least,
            most,
            share,
            dimension.what,
            tuple(label(world, member) for member in main.members),
            name in JOINED,
            "held" if main.value is not None else UNMODELLED,
        )


def headlines(
    figures: Figures, needs: Sequence[Need], pieces: Pieces, wanted: Iterable[str] = DIMENSIONS
) -> dict[str, Figure]:
    """The headline figures of some needs over some pieces, by dimension."""
    names = tuple(wanted)
    groups = [
        (group, figures.of(doors, min(group), names))
        for group, doors in figures.meetings.groups(needs, pieces)
    ]
    return {name: headline(figures.world, [(g, found[name]) for g, found in groups])[0] for name in names}


def headline(
    world: World, groups: Sequence[tuple[Pieces, Figure]]
) -> tuple[Figure, float, int | None, int | None]:
    """Of figures of parts of a place: that of most residents, their share, and the least and most of any."""
    value, share, least, most = commonest(world, [(group, figure.value) for group, figure in groups])
    return next(figure for _, figure in groups if figure.value == value), share, least, most


def commonest(
    world: World, groups: Sequence[tuple[Pieces, int | None]]
) -> tuple[int | None, float, int | None, int | None]:
    """Of values of parts of a place: that of most residents, their share, and the least and most of any."""
    first = groups[0][1]
    if all(value == first for _, value in groups):
        return first, 1.0, first, first
    by_value: dict[int | None, set[int]] = {}
    for group, value in groups:
        by_value.setdefault(value, set()).update(group)
    residents = world.mosaic.residents

    def rank(value: int | None) -> tuple[int, int, bool, int]:
        return -residents(by_value[value]), -len(by_value[value]), value is None, value or 0

    main = min(by_value, key=rank)
    whole = frozenset().union(*by_value.values())
    known = [value for value in by_value if value is not None]
    share = world.mosaic.share(frozenset(by_value[main]), whole)
    return main, share, min(known, default=None), max(known, default=None)


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph on a person at a place that could go into a submission, with what is not known said in it.

    Worked out from `whole-person-figures`.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    text: str


@question(draw="words:text")
def whole_person_paragraph(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[ParagraphRow]:
    """The figures of a person at a place as a plain paragraph, with what is not known said in it.

    `leave_out` lists powers, bodies or kinds of bodies (`;` between) that are outside the system looked at.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    rows = list(whole_person_figures(world, person.id, place, leave_out))
    yield ParagraphRow(person.id, where.id, where.name, paragraph(world, person, where.name, rows))


def outside(leave_out: str) -> tuple[str, ...]:
    """The powers, bodies and kinds that a text leaves out of the system looked at."""
    return tuple(term.strip() for term in leave_out.replace(",", ";").split(";") if term.strip())


QUESTIONS = (whole_person_figures, whole_person_paragraph)
