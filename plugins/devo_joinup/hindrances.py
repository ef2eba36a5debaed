"""The five barriers of the Institute for Government's report of 2015, as figures with their inputs and assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from devo import AreaCode, DealId, Pieces, TermFault, World, ask, question, with_and_without
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED
from devo_joinup.changes import reached
from devo_joinup.dimensions import DIMENSIONS
from devo_joinup.figures import Figures, label
from devo_joinup.meetings import Door
from devo_joinup.money import Cycle
from devo_joinup.shipped import chosen, items, needs_of
from devo_joinup.values import Need, PersonaId
from devo_joinup.words import kind_in_words, listed

# Money that ends within so many years, the one asked about counted, is soon at an end.
SOON = 2
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


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a barrier at one piece."""

    barrier: str
    name: str
    figure: float | None
    unit: str
    higher_is: str
    inputs: str
    assumption: str = ""


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


def measures(figures: Figures, doors: Sequence[Door], piece: int, viewer: str = "centre") -> list[Measure]:
    """Every measure of the five barriers for some doors at a piece."""
    acting = [door for door in doors if door.acts]
    return [
        *_cycles(figures, doors),
        *_patchwork(figures, doors, piece),
        *_cultures(figures, acting, piece),
        *_sharing(figures, acting, piece),
        *_knowing(figures, acting, viewer),
    ]


def _cycles(figures: Figures, doors: Sequence[Door]) -> Iterator[Measure]:
    pots, cycles, bare = figures.money.behind(doors)
    ending = [cycle for cycle in cycles if cycle.shortest is not None]
    certain = [years for cycle in ending if (years := cycle.shortest) is not None]
    inputs = f"{len(pots)} pots known; no money known for {len(bare)} of the powers" if pots else ""
    assumed = "only money with a stated end counts; years are counted with the one asked about"
    yield Measure(
        "B1", "years the least certain money runs", _least(certain), "years", "better", inputs, assumed
    )
    yield Measure(
        "B1",
        "years of certain money per power",
        mean(certain) if certain else None,
        "years",
        "better",
        inputs,
        assumed,
    )
    soon = [years for years in certain if years <= SOON]
    yield Measure(
        "B1",
        f"share of money for powers that ends within {SOON} years",
        len(soon) / len(certain) if certain else None,
        "share of powers with money",
        "worse",
        inputs,
        assumed,
    )
    ends = _ends(cycles)
    yield Measure(
        "B1", "different year-ends", len(ends) or None, "days of the year", "worse", listed(sorted(ends))
    )


def _ends(cycles: Sequence[Cycle]) -> set[str]:
    return {end for cycle in cycles for end in cycle.year_ends}


def _least(years: Sequence[int]) -> float | None:
    return float(min(years)) if years else None


def _patchwork(figures: Figures, doors: Sequence[Door], piece: int) -> Iterator[Measure]:
    world = figures.world
    found = figures.of(doors, piece, ("bodies", "areas", "crossings", "regulators"))
    known = [door for door in doors if door.body]
    by_part = {
        part: {figures.meetings.bodies.organisation(d.body) for d in known if d.need.part == part}
        for part in ("acts", "commissions", "pays")
    }
    pots, _, _ = figures.money.behind(doors)
    payers = by_part["pays"] | {pot.payer for pot in pots.values()}

    def names(bodies: set[str] | tuple[str, ...]) -> str:
        return listed(label(world, body) for body in sorted(bodies))

    for dimension, name in (
        ("areas", "different areas"),
        ("crossings", "pairs of areas that cut across each other"),
    ):
        figure = found[dimension]
        unit = DIMENSIONS[dimension].unit
        yield Measure("B2", name, figure.value, unit, "worse", names(figure.members))
    yield Measure(
        "B2",
        "bodies that commission",
        len(by_part["commissions"]),
        "bodies",
        "worse",
        names(by_part["commissions"]),
    )
    yield Measure(
        "B2",
        "bodies that fund",
        len(payers) or None,
        "bodies",
        "worse",
        names(payers),
        "those who hold a budget, and the payers of pots that the tables know",
    )
    regulators = found["regulators"]
    yield Measure(
        "B2", "inspectorates", regulators.value, "inspectorates", "worse", names(regulators.members)
    )


def _cultures(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[Measure]:
    world = figures.world
    assumed = "sector and profession stand in for culture: a proxy, not a measure of it"
    bound = _bridges(figures, acting, piece)
    for name, alike in (
        ("hand-offs between bodies", None),
        ("hand-offs between sectors", figures.meetings.bodies.sector),
    ):
        found = figures.hand_offs(acting, piece, alike)
        text = listed(label(world, item) for item in found)
        yield Measure("B3", name, len(found), "hand-offs", "worse", text + bound, assumed)
    professions = figures.professions(acting, piece)
    yield Measure(
        "B3",
        "hand-offs between professions",
        max(len(professions) - 1, 0),
        "hand-offs",
        "worse",
        listed(sorted(professions)) + bound,
        f"{assumed}; professions are those the persona's table names",
    )


def _bridges(figures: Figures, acting: Sequence[Door], piece: int) -> str:
    """What binds those who act, in words: what they arranged, and what the law has them co-operate in."""
    found = [item for item in figures.ties.at(piece) if len(figures.ties.bound(item, acting)) > 1]
    duties = [item for item in found if item.kind == "duty-to-cooperate"]
    text = ""
    for words, some in (
        ("bridged by", [item for item in found if item not in duties]),
        ("bound to co-operate by", duties),
    ):
        if some:
            text += f"; {words} {listed(item.name or kind_in_words(item.kind) for item in some)}"
    return text


def _sharing(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[Measure]:
    if not figures.ties.knows_gateways:
        yield Measure(
            "B4", "pairs of bodies with no known way to share data", None, "pairs of bodies", "worse", ""
        )
        return
    found = figures.ties.unshared(acting, piece)
    bodies = {figures.meetings.bodies.organisation(door.body) for door in acting}
    text = listed((f"{figures.world.body_name(a)} and {figures.world.body_name(b)}" for a, b in found), 6)
    yield Measure(
        "B4",
        "pairs of bodies with no known way to share data",
        len(found),
        "pairs of bodies",
        "worse",
        f"of {len(bodies) * (len(bodies) - 1) // 2} pairs{': ' + text if text else ''}",
        "a pair needs a gateway for a power of either; a gateway is leave to share, not proof that it is done",
    )


def _knowing(figures: Figures, acting: Sequence[Door], viewer: str) -> Iterator[Measure]:
    name = "powers whose holder may see no evidence from another place"
    rows = _evidence(figures.world, viewer)
    if not rows:
        yield Measure("B5", name, None, "powers", "worse", "no evidence notes are in the tables")
        return
    blind: set[str] = set()
    for power in sorted({door.need.power for door in acting}):
        holders = {door.body for door in acting if door.need.power == power}
        if not any(body in row.may_see for body in holders for row in rows if row.power == power):
            blind.add(power)
    yield Measure(
        "B5",
        name,
        len(blind),
        "powers",
        "worse",
        listed(figures.world.power_name(power) for power in sorted(blind)),
        "a note counts where one of those who hold the power may see it and did not write it",
    )


def _evidence(world: World, viewer: str) -> tuple[Any, ...]:
    try:
        return ask(world, "evidence-reach", as_seen_by=viewer).rows
    except LookupError:
        return ()


QUESTIONS = (barriers,)
