"""Fewer, larger or shared: single changes tried one by one, and what each would do to a person's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from devo import (
    AreaCode,
    Deal,
    Finding,
    Pieces,
    Provision,
    TermFault,
    World,
    check_new,
    enact,
    question,
)
from devo import place as place_named
from devo_joinup.dimensions import BURDENS, DIMENSIONS, dimensions
from devo_joinup.figures import Figure, Figures
from devo_joinup.headlines import headlines
from devo_joinup.shipped import needs_of, persona_named
from devo_joinup.tries import Try, tries
from devo_joinup.values import Need, PersonaId

# How many of the best changes are put to the checks: these read the whole of England again.
CHECKED = 5


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A single change tried for real, with what it does to each figure, and what speaks against it.

    `figure` is that of the dimension it is ranked by, blank where the tables cannot know it. `better` and
    `worse` are the dimensions that move, with their figures before and after; no sum of them is made.
    `freedom_lost` says that councils would lose a power to a body that answers for more people.
    """

    rank: int
    kind: str
    change: str
    dimension: str
    before: int | None
    figure: int | None
    better: tuple[str, ...]
    worse: tuple[str, ...]
    freedom_lost: bool
    conflicts: tuple[str, ...]
    provision: str


@question(draw="table")
def what_would_help(
    world: World, persona: PersonaId, place: AreaCode, dimension: str = "bodies", most: int = 10
) -> Iterator[HelpRow]:
    """Single changes tried and ranked by what each does for a person at a place: fewer, larger or shared.

    Each power at another council or authority met there, each two pots pooled, each agreement or team signed,
    the place's district moved into a neighbouring area of a layer that crosses it. Ranked by one
    `dimension`, then by how many others get better and worse, and at `most` so many shown. Transactional
    services are left alone.
    """
    if most < 1:
        raise TermFault("what-would-help: most is how many changes to show, one or more")
    wanted = (dimensions(dimension) or ("bodies",))[0]
    asked = tuple(dict.fromkeys((wanted, *BURDENS, *(("pots",) if wanted == "pots" else ()))))
    person, where = persona_named(world, persona), place_named(world, place)
    needs = needs_of(world, person.id)
    figures = Figures(world)
    groups = figures.meetings.groups(needs, where.pieces)
    if not groups:
        return
    doors, piece = groups[0][1], min(groups[0][0])
    now = headlines(figures, needs, where.pieces, asked)
    found: list[tuple[tuple[Any, ...], Try, World | None, dict[str, Figure]]] = []
    for number, tried in enumerate(tries(figures, doors, piece), 1):
        after, then = _outcome(figures, tried, needs, where.pieces, asked)
        if then is None:
            continue
        better, worse = _moved(now, then)
        if not better:
            continue
        old, new = now[wanted].value, then[wanted].value
        # What is not known is neither better nor worse.
        gain = new - old if new is not None and old is not None else 0
        found.append(((gain, len(worse) - len(better), len(worse), number), tried, after, then))
    found.sort(key=lambda item: item[0])
    for rank, (_, tried, after, then) in enumerate(found[:most], 1):
        better, worse = _moved(now, then)
        conflicts: tuple[str, ...] = ()
        if after is not None and tried.power and rank <= CHECKED:
            conflicts = _against(check_new(world, after, {tried.power}))
        yield HelpRow(
            rank,
            tried.kind,
            tried.change,
            wanted,
            now[wanted].value,
            then[wanted].value,
            better,
            worse,
            _freedom_lost(figures, tried),
            conflicts,
            _spelt(tried.provision),
        )


def _moved(now: dict[str, Figure], then: dict[str, Figure]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    better: list[str] = []
    worse: list[str] = []
    for name in DIMENSIONS:
        if name not in now or name == "distance":
            continue
        a, b = now[name].value, then[name].value
        if a is not None and b is not None and a != b:
            (better if b < a else worse).append(f"{name} {a} to {b}")
    return tuple(better), tuple(worse)


def _outcome(
    now: Figures, tried: Try, needs: Sequence[Need], pieces: Pieces, wanted: Sequence[str]
) -> tuple[World | None, dict[str, Figure] | None]:
    """The world after a change, where one had to be made, and the figures in it; None where it cannot take effect."""
    world = now.world
    if tried.arrangement is not None:
        figures = Figures(world, arrangements=[tried.arrangement])
        return None, headlines(figures, needs, pieces, wanted)
    after = enact(world, [Deal("TRY", "A change to try", (tried.provision,))])
    if any(f not in world.findings for f in after.findings):
        return None, None
    then = headlines(Figures(after), needs, pieces, wanted)
    if "pots" in then and any(now.money.pots(tried.power, body) for body in tried.losing):
        # Its money does not move with a power, so whether there is less of it by then is not known.
        then["pots"] = Figure("pots", None, ())
    return after, then


def _against(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(finding.message for finding in findings if finding.severity != "note")


def _freedom_lost(figures: Figures, tried: Try) -> bool:
    if not tried.transferee:
        return False
    size = figures.meetings.bodies.answers_for
    return any(
        "council" in figures.meetings.bodies.tier(body) and size(body) < size(tried.transferee)
        for body in tried.losing
    )


def _spelt(provision: Provision) -> str:
    """The provision as a line of a deal file would have it."""
    terms = ", ".join(
        f"{key} = {list(value) if isinstance(value, tuple) else repr(value)}"
        for key, value in provision.terms.items()
    )
    return f"verb = {provision.verb!r}, {terms}".replace("'", '"')


QUESTIONS = (what_would_help,)
