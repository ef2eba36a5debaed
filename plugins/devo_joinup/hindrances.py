"""The five barriers of the Institute for Government's report of 2015, as figures with their inputs and assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import AreaCode, DealId, Pieces, TermFault, World, question, with_and_without
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED
from devo_joinup.edges import reached
from devo_joinup.figures import Figures
from devo_joinup.measures import Measure, measures
from devo_joinup.shipped import chosen, items, needs_of
from devo_joinup.values import Need, PersonaId
from devo_joinup.words import listed

NAMES = {
    "B1": "Funding cycles",
    "B2": "Misaligned geographies, and the patchwork of commissioning, funding and regulation",
    "B3": "Cultures of professions and organisations",
    "B4": "Data sharing",
    "B5": "Knowing what works elsewhere",
}


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """One measure of one barrier for a persona at a place: its figure, its inputs and what it assumes.

    With a deal, `before` is the figure without it. A blank figure is unmodelled: the facts are missing.
    """

    persona: PersonaId
    persona_name: str
    place: AreaCode
    place_name: str
    barrier: str
    barrier_name: str
    measure: str
    figure: float | None
    before: float | None
    unit: str
    higher_is: str
    inputs: str
    assumption: str
    status: str
    source: str


@question(draw="bars:persona_name+barrier_name,measure,figure,inputs")
def barriers(
    world: World, place: AreaCode = "", persona: PersonaId = "", deal: DealId = "", as_seen_by: str = "centre"
) -> Iterator[BarrierRow]:
    """The five barriers as figures, for a persona or each, at a place; with a `deal`, without it and with it.

    With a deal and no place they are those of the area the deal's changes reach. What most residents
    meet counts for a place that boundaries cut. Evidence counts as far as `as_seen_by` may see it.
    """
    if not place and not deal:
        raise TermFault("barriers needs a `place`, a `deal`, or both")
    before = with_and_without(world, [deal])[0] if deal else None
    if place:
        found = place_named(world, place)
        code, name, pieces = found.id, found.name, found.pieces
    else:
        pieces = reached(world, [deal]) or world.mosaic.everywhere
        areas = world.mosaic.describe(pieces)
        code, name = " + ".join(c for c, _ in areas[:3]), listed((n for _, n in areas), 3)
    sources = {item.id: item.source for item in items()}
    now, then = Figures(world), Figures(before) if before is not None else None
    for person in chosen(world, persona):
        needs = needs_of(world, person.id)
        old = (
            {(m.barrier, m.name): m.figure for m in _measures(then, needs, pieces, as_seen_by)}
            if then
            else {}
        )
        for m in _measures(now, needs, pieces, as_seen_by):
            yield BarrierRow(
                person.id,
                person.name,
                code,
                name,
                m.barrier,
                NAMES[m.barrier],
                m.name,
                m.figure,
                old.get((m.barrier, m.name)),
                m.unit,
                m.higher_is,
                m.inputs if m.figure is not None else m.inputs or "the tables have none of the facts for it",
                m.assumption,
                "held" if m.figure is not None else UNMODELLED,
                sources.get(m.barrier, ""),
            )


def _measures(figures: Figures, needs: Sequence[Need], pieces: Pieces, viewer: str) -> list[Measure]:
    groups = figures.meetings.groups(needs, pieces)
    return measures(figures, groups[0][1], min(groups[0][0]), viewer) if groups else []


QUESTIONS = (barriers,)
