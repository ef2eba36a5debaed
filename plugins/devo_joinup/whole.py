"""The whole person: whom they meet at a place, in one figure a dimension, everywhere, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import (
    AreaCode,
    BodyId,
    Confidence,
    Place,
    PowerId,
    Residents,
    Share,
    World,
    question,
)
from devo import place as place_named
from devo_joinup.figures import DIMENSIONS, JOINED, Figure, Figures, label
from devo_joinup.meetings import UNMODELLED, Door
from devo_joinup.shipped import needs_of, persona_named
from devo_joinup.values import Persona, PersonaId
from devo_joinup.words import paragraph


@dataclass(frozen=True, slots=True)
class WholePersonRow:
    """One body that a person meets for a need, and as what.

    `role` is acts, commissions, pays (whoever holds the power), exercises (another who uses it for the
    holder), must agree (a condition on its use), funds (a pot and its payer), regulates (an
    inspectorate). A row without a body is one that the tables do not know: its status says so.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    need: str
    power: PowerId
    power_name: str
    role: str
    body: BodyId
    body_name: str
    organisation: BodyId
    organisation_name: str
    tier: str
    sector: str
    profession: str
    mode: str
    status: str
    answers_for: Residents | None
    pot: str
    pot_name: str
    years_certain: int | None
    year_ends: tuple[str, ...]
    condition: str
    service: str
    share: Share
    source: str
    confidence: Confidence


@question(draw="table")
def whole_person(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[WholePersonRow]:
    """Every body, tier, boundary, pot and condition that a person with several needs meets at a place.

    `leave_out` lists powers, bodies or kinds of bodies (`;` between) that are outside the system looked at.
    """
    person, where = persona_named(world, persona), place_named(world, place)
    figures = Figures(world, system(leave_out))
    needs = needs_of(world, person.id)
    for group, doors in figures.meetings.groups(needs, where.pieces):
        share = world.mosaic.share(group, where.pieces)
        for door in doors:
            yield from _rows(figures, person.id, where.id, where.name, door, share)


def system(leave_out: str) -> tuple[str, ...]:
    """The powers, bodies and kinds that a text leaves out of the system."""
    return tuple(term.strip() for term in leave_out.replace(",", ";").split(";") if term.strip())


def _rows(
    figures: Figures, persona: str, place: str, place_name: str, door: Door, share: float
) -> Iterator[WholePersonRow]:
    world, meetings, need, hold = figures.world, figures.meetings, door.need, door.hold
    cycle = figures.money.cycle(need.power, door.body) if door.body else None

    def row(role: str, body: str, status: str = hold.status, **more: object) -> WholePersonRow:
        organisation = meetings.organisation(body)
        said: dict[str, object] = {
            "profession": "",
            "mode": "",
            "pot": "",
            "pot_name": "",
            "years_certain": None,
            "year_ends": (),
            "condition": "",
            "source": need.source,
            "confidence": hold.confidence,
            **more,
        }
        return WholePersonRow(
            persona=persona,
            place=place,
            place_name=place_name,
            need=need.need,
            power=need.power,
            power_name=world.power_name(need.power) if need.power else need.note,
            role=role,
            body=body,
            body_name=world.body_name(body) if body else "",
            organisation=organisation,
            organisation_name=world.body_name(organisation) if organisation else "",
            tier=meetings.tier(body) if body else "",
            sector=meetings.sector(body) if body else "",
            status=status,
            answers_for=meetings.answers_for(body) if body in world.roster.bodies else None,
            service="complex" if door.complex else "transactional",
            share=share,
            **said,  # type: ignore[arg-type]
        )

    yield row(
        need.part,
        door.body,
        profession=need.profession,
        mode=hold.mode,
        years_certain=cycle.shortest if cycle else None,
        year_ends=cycle.year_ends if cycle else (),
        source=hold.effect.source if hold.effect else need.source,
    )
    if not door.body:
        return
    if need.part == "commissions":
        yield row(
            "acts",
            "",
            UNMODELLED,
            profession=need.profession,
            condition="who provides it is not in the tables",
        )
    if hold.exerciser:
        by = hold.exerciser if hold.exerciser in world.roster.bodies else door.body
        yield row("exercises", by, mode=hold.exerciser)
    for item in hold.conditions:
        by = item.by if item.by in world.roster.bodies else ""
        said = f"{item.kind}: {item.text or item.by}"
        yield row("must agree", by, condition=said, source=item.source, confidence=item.confidence)
    pots = figures.money.pots(need.power, door.body)
    for pot in sorted({pot.pot: pot for pot in pots}.values(), key=lambda p: p.pot):
        payer = pot.payer if pot.payer in world.roster.bodies else ""
        yield row("funds", payer, pot=pot.pot, pot_name=pot.pot_name)
    if not pots:
        yield row(
            "funds", "", UNMODELLED, condition="no pot for this power and body is in the tables this year"
        )
    for watcher in sorted(figures.ties.regulators([door]) or {}):
        yield row("regulates", watcher, "held")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The figure of one dimension for a persona at a place: that of most residents, and the least and most there.

    A blank figure is unmodelled. `complex_only` says that transactional services are left out of it.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    dimension: str
    figure: int | None
    unit: str
    least: int | None
    most: int | None
    share: Share
    what: str
    behind: tuple[str, ...]
    complex_only: bool
    status: str


@question(draw="table")
def whole_person_figures(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[FigureRow]:
    """One headline figure a dimension for a person at a place, with what it counts; never one score for all."""
    person, where = persona_named(world, persona), place_named(world, place)
    yield from figure_rows(Figures(world, system(leave_out)), person, where)


def figure_rows(figures: Figures, person: Persona, where: Place) -> Iterator[FigureRow]:
    """The figures of a persona at a place, a row a dimension."""
    world = figures.world
    groups = [
        (group, figures.of(doors, min(group)))
        for group, doors in figures.meetings.groups(needs_of(world, person.id), where.pieces)
    ]
    for name, (unit, what) in DIMENSIONS.items() if groups else ():
        main, share, least, most = headline(world, [(group, found[name]) for group, found in groups])
        yield FigureRow(
            person.id,
            where.id,
            where.name,
            name,
            main.value,
            unit,
            least,
            most,
            share,
            what,
            tuple(label(world, member) for member in main.members),
            name in JOINED,
            "held" if main.value is not None else UNMODELLED,
        )


def headline(
    world: World, groups: Sequence[tuple[frozenset[int], Figure]]
) -> tuple[Figure, float, int | None, int | None]:
    """Of figures of parts of a place: that of most residents, their share, and the least and most of any."""
    if len(groups) == 1:
        figure = groups[0][1]
        return figure, 1.0, figure.value, figure.value
    by_value: dict[int | None, tuple[set[int], Figure]] = {}
    for group, figure in groups:
        by_value.setdefault(figure.value, (set(), figure))[0].update(group)
    whole = frozenset().union(*(group for group, _ in groups))
    ranked = sorted(
        by_value.values(),
        key=lambda item: (
            -world.mosaic.residents(item[0]),
            -len(item[0]),
            item[1].value is None,
            item[1].value or 0,
        ),
    )
    pieces, main = ranked[0]
    values = [value for value in by_value if value is not None]
    share = world.mosaic.share(frozenset(pieces), whole)
    return main, share, min(values, default=None), max(values, default=None)


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph on a person at a place that could go into a submission."""

    persona: PersonaId
    place: AreaCode
    place_name: str
    text: str


def whole_person_paragraph(
    world: World, persona: PersonaId, place: AreaCode, leave_out: str = ""
) -> Iterator[ParagraphRow]:
    """The figures of a person at a place as a plain paragraph, with what is not known said in it."""
    person, where = persona_named(world, persona), place_named(world, place)
    rows = list(whole_person_figures(world, person.id, place, leave_out))
    yield ParagraphRow(person.id, where.id, where.name, paragraph(world, person, where.name, rows))


QUESTIONS = (whole_person, whole_person_figures, whole_person_paragraph)
