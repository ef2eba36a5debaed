"""Fewer, larger or shared: single changes tried one by one, and what each would do to a person's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from devo import (
    AreaCode,
    Deal,
    Finding,
    Instrument,
    Pieces,
    Provision,
    World,
    check_new,
    enact,
    question,
)
from devo import place as place_named
from devo_joinup.dimensions import BURDENS, DIMENSIONS, dimensions
from devo_joinup.figures import Figure, Figures
from devo_joinup.headlines import headline
from devo_joinup.meetings import Door, bodies_of
from devo_joinup.shipped import needs_of, persona_named
from devo_joinup.values import Arrangement, Need, PersonaId
from devo_joinup.words import kind_in_words, listed

# How many of the best changes are put to the checks: these read the whole of England again.
CHECKED = 5
# The direction and control of a police force is its chief officer's (Police Reform and Social Responsibility
# Act 2011 s.2(3)): no deal moves it, so none is tried.
UNMOVED = frozenset({"chief-officer-of-police"})


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A single change tried for real, with what it does to each figure, and what speaks against it.

    `figure` is that of the dimension it is ranked by. `better` and `worse` are the dimensions that move,
    with their figures before and after; no sum of them is made. `freedom_lost` says that councils would
    lose a power to a body that answers for more people.
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


@dataclass(frozen=True, slots=True)
class _Try:
    kind: str
    change: str
    provision: Provision
    arrangement: Arrangement | None = None
    power: str = ""
    transferee: str = ""
    losing: tuple[str, ...] = ()


@question(draw="table")
def what_would_help(
    world: World, persona: PersonaId, place: AreaCode, dimension: str = "bodies", most: int = 10
) -> Iterator[HelpRow]:
    """Single changes tried and ranked by what each does for a person at a place: fewer, larger or shared.

    Each power at another council or authority met there, each two pots pooled, each agreement or team signed,
    the place's district moved into a neighbouring area of a layer that crosses it. Ranked by one
    dimension, then by how many others get better and worse. Transactional services are left alone.
    """
    wanted = (dimensions(dimension) or ("bodies",))[0]
    asked = tuple(dict.fromkeys((wanted, *BURDENS, *(("pots",) if wanted == "pots" else ()))))
    person, where = persona_named(world, persona), place_named(world, place)
    needs = needs_of(world, person.id)
    figures = Figures(world)
    groups = figures.meetings.groups(needs, where.pieces)
    if not groups:
        return
    doors, piece = groups[0][1], min(groups[0][0])
    now = _headlines(figures, needs, where.pieces, asked)
    found: list[tuple[tuple[Any, ...], _Try, World | None, dict[str, Figure]]] = []
    for number, tried in enumerate(_tries(figures, doors, piece, where.id, where.pieces), 1):
        after, then = _outcome(world, tried, needs, where.pieces, asked)
        if then is None:
            continue
        better, worse = _moved(now, then)
        if not better:
            continue
        gain = (then[wanted].value or 0) - (now[wanted].value or 0)
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


def _headlines(
    figures: Figures, needs: Sequence[Need], pieces: Pieces, wanted: Sequence[str]
) -> dict[str, Figure]:
    found = [
        (group, figures.of(doors, min(group), wanted))
        for group, doors in figures.meetings.groups(needs, pieces)
    ]
    return {name: headline(figures.world, [(group, f[name]) for group, f in found])[0] for name in wanted}


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
    world: World, tried: _Try, needs: Sequence[Need], pieces: Pieces, wanted: Sequence[str]
) -> tuple[World | None, dict[str, Figure] | None]:
    if tried.arrangement is not None:
        figures = Figures(world, arrangements=[tried.arrangement])
        return None, _headlines(figures, needs, pieces, wanted)
    after = enact(world, [Deal("TRY", "A change to try", (tried.provision,))])
    if any(f not in world.findings for f in after.findings):
        return None, None
    return after, _headlines(Figures(after), needs, pieces, wanted)


def _against(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(finding.message for finding in findings if finding.severity != "note")


def _tries(figures: Figures, doors: Sequence[Door], piece: int, place: str, pieces: Pieces) -> Iterator[_Try]:
    world = figures.world
    acting = [door for door in doors if door.acts]
    yield from _at_another_level(figures, acting, piece)
    yield from _signed(figures, acting, piece)
    yield from _pooled(figures, doors)
    yield from _boundary(world, piece)


def _provision(world: World, verb: str, terms: dict[str, Any]) -> Provision:
    law = Instrument("try-draft", "A draft order", made=world.today, status="draft")
    return Provision("TRY/1", verb, terms, world.today, law, made=world.today, deal="TRY")


def _at_another_level(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[_Try]:
    """Each power moved to each other council or authority of councils that the person meets there."""
    world, meetings = figures.world, figures.meetings
    local = [body for body in bodies_of(acting) if "council" in meetings.bodies.tier(body)]
    for power in sorted({door.need.power for door in acting}):
        holding = tuple(sorted({door.body for door in acting if door.need.power == power}))
        if any(meetings.bodies.kind(body) in UNMOVED for body in holding):
            continue
        for body in local:
            if body in holding:
                continue
            terms = {"power": power, "transferee": body}
            words = f"{world.power_name(power)} moved to {world.body_name(body)}"
            yield _Try(
                "another level", words, _provision(world, "transfer", terms), None, power, body, holding
            )


def _signed(figures: Figures, acting: Sequence[Door], piece: int) -> Iterator[_Try]:
    """A team of all who act, a key worker of all, and a data-sharing agreement of each two that lack one."""
    world = figures.world
    bodies = tuple(bodies_of(acting))
    if len(bodies) > 1:
        for kind in ("multi-disciplinary-team", "key-worker", "co-location"):
            yield _arrangement(world, kind, bodies)
    if figures.ties.knows_gateways:
        for one, two in figures.ties.unshared(acting, piece):
            yield _arrangement(world, "data-sharing-agreement", (one, two))
    for one, two in combinations(bodies, 2):
        yield _arrangement(world, "co-location", (one, two))


def _arrangement(world: World, kind: Any, bodies: tuple[str, ...]) -> _Try:
    terms = {"kind": kind, "bodies": bodies}
    names = listed(world.body_name(body) for body in bodies)
    return _Try(
        "shared",
        f"{kind_in_words(kind)} of {names}",
        _provision(world, "arrange", terms),
        Arrangement("TRY/1", kind, bodies, start=world.today),
    )


def _pooled(figures: Figures, doors: Sequence[Door]) -> Iterator[_Try]:
    """Each two pots that pay one body for the person's needs made one."""
    pots, _, _ = figures.money.behind(doors)
    world = figures.world
    for one, two in combinations(sorted(pots.values(), key=lambda pot: pot.pot), 2):
        if one.payee == two.payee:
            terms = {
                "pot": "try-pool",
                "payee": one.payee,
                "pots": (one.pot, two.pot),
                "name": "A pool to try",
            }
            words = f"{one.pot_name} and {two.pot_name} pooled"
            yield _Try("pooled", words, _provision(world, "pool", terms))


def _boundary(world: World, piece: int) -> Iterator[_Try]:
    """The district moved into the neighbouring area of a layer that other layers of its own cut it from."""
    mosaic = world.mosaic
    here = mosaic.pieces[piece].areas
    layers = [name for name in mosaic.layers if name.rstrip("0123456789") in ("pfa", "icb", "fra")]
    around = next((name for name in sorted(mosaic.layers) if name.rstrip("0123456789") == "cauth"), "")
    if not around or not here.get(around):
        return
    inside = mosaic.pieces_of(around, here[around])
    district = max((name for name in mosaic.layers if name.rstrip("0123456789") == "lad"), default="")
    for layer in sorted(layers):
        geography = mosaic.geographies.get(layer)
        if geography is None or (geography.end is not None and geography.end <= world.today):
            continue
        if geography.start is not None and geography.start > world.today:
            continue
        count: dict[str, int] = {}
        for number in inside:
            code = mosaic.pieces[number].areas.get(layer, "")
            count[code] = count.get(code, 0) + mosaic.residents((number,))
        most = max(count, key=lambda code: (count[code], code))
        if most and here.get(layer) and most != here[layer] and here.get(district):
            area = mosaic.areas[district, here[district]]
            to = mosaic.areas[layer, most]
            terms = {"geography": layer, "moved": f"{district}:{area.code}", "to": most}
            yield _Try(
                "boundary", f"{area.name} moved into {to.name} ({layer})", _provision(world, "redraw", terms)
            )


def _freedom_lost(figures: Figures, tried: _Try) -> bool:
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
