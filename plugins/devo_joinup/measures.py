"""What the five barriers measure at one piece: each figure with its inputs and what it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from devo import World, ask
from devo_joinup.dimensions import DIMENSIONS
from devo_joinup.figures import Figures, label
from devo_joinup.meetings import Door
from devo_joinup.money import Cycle
from devo_joinup.words import kind_in_words, listed

# Money that ends within so many years, the one asked about counted, is soon at an end.
SOON = 2


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
