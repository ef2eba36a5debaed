"""Silos, churn and distance: whether a deal joins powers together, keeps moving them, or brings them near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from devo import (
    AreaCode,
    BodyId,
    Finding,
    Pieces,
    PowerId,
    Residents,
    Unit,
    World,
    accountability,
    ask,
    question,
)
from devo import place as place_named
from devo_joinup.changes import earlier
from devo_joinup.meetings import BELOW_THE_COUNCIL, UNMODELLED, Meetings, bodies_of
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import PersonaId
from devo_joinup.words import listed

Ratio = Annotated[float, Unit("0 to 1")]


@dataclass(frozen=True, slots=True)
class SiloRow:
    """A silo: bodies and powers that hold together more than with the rest, by the holdings of a place."""

    place: AreaCode
    silo: int
    bodies: tuple[BodyId, ...]
    bodies_names: tuple[str, ...]
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    sectors: tuple[str, ...]
    themes: tuple[str, ...]
    tiers: tuple[str, ...]


@question(draw="network")
def silos(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[SiloRow]:
    """The silos of a place: communities of the graph of bodies and the complex powers they hold there.

    With a persona, of the powers its needs lead to alone. Transactional powers are left out.
    """
    where = place_named(world, place)
    meetings = Meetings(world)
    for number, (bodies, powers) in enumerate(_communities(_graph(meetings, where.pieces, persona))[0], 1):
        yield SiloRow(
            where.id,
            number,
            bodies,
            tuple(world.body_name(body) for body in bodies),
            powers,
            tuple(world.power_name(power) for power in powers),
            tuple(sorted({meetings.sector(body) for body in bodies})),
            tuple(sorted({world.powers[power].theme for power in powers})),
            tuple(sorted({meetings.tier(body) for body in bodies})),
        )


@dataclass(frozen=True, slots=True)
class SiloChangeRow:
    """How siloed a place is before and after: one measure a row, and what it says."""

    place: AreaCode
    measure: str
    before: float | None
    after: float | None
    says: str


@question(draw="table")
def silos_replaced(
    world: World, place: AreaCode, persona: PersonaId = "", deals: str = "", since: date | None = None
) -> Iterator[SiloChangeRow]:
    """Are the silos of Whitehall replaced by the silos of town halls? Measures of the same graph, before and after.

    Compared with the world without `deals`, on an earlier day (`since`), or before any deal.
    """
    before, words = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = (_measured(Meetings(w), where.pieces, persona) for w in (before, world))
    for name in old:
        a, b = old[name], new[name]
        yield SiloChangeRow(
            where.id, name, a, b, "" if a == b else f"{'fell' if b < a else 'rose'} from the position {words}"
        )
    central, shut = (
        (old["share held nationally"], new["share held nationally"]),
        (old["modularity"], new["modularity"]),
    )
    if central[1] < central[0] and shut[1] >= shut[0]:
        says = "powers came nearer and hold together no better: the silos of Whitehall gave way to silos nearer by"
    elif central[1] < central[0]:
        says = "powers came nearer and hold together better"
    elif central[1] > central[0]:
        says = "more is held nationally than before"
    else:
        says = "as much is held nationally as before"
    yield SiloChangeRow(where.id, "in all", None, None, says)


def _graph(meetings: Meetings, pieces: Pieces, persona: str) -> Any:
    """Organisations and complex powers of a place, an edge weighted by the residents it holds for."""
    import networkx

    world = meetings.world
    if persona:
        names = {need.power for p in chosen(world, persona) for need in needs_of(world, p.id) if need.power}
    else:
        names = {power.id for power in world.powers.values() if not power.parent}
    graph = networkx.Graph()
    for power in sorted(names & world.powers.keys()):
        if not meetings.is_complex(power):
            continue
        rows = meetings.holds(power)
        for piece in sorted(pieces):
            for hold in rows[piece]:
                if hold.body:
                    edge = (("body", meetings.organisation(hold.body)), ("power", power))
                    weight = graph.edges[edge]["weight"] if graph.has_edge(*edge) else 0
                    graph.add_edge(*edge, weight=weight + max(world.mosaic.residents((piece,)), 1))
    return graph


def _communities(graph: Any) -> tuple[list[tuple[tuple[str, ...], tuple[str, ...]]], float]:
    """Communities by greedy modularity, the largest first, and the modularity of the division."""
    from networkx.algorithms.community import greedy_modularity_communities, modularity

    if not graph.number_of_edges():
        return [], 0.0
    found = greedy_modularity_communities(graph, weight="weight")
    split = [
        (
            tuple(sorted(name for kind, name in group if kind == "body")),
            tuple(sorted(name for kind, name in group if kind == "power")),
        )
        for group in found
    ]
    split.sort(key=lambda item: (-len(item[1]), -len(item[0]), item))
    return split, float(modularity(graph, found, weight="weight"))


def _measured(meetings: Meetings, pieces: Pieces, persona: str) -> dict[str, float]:
    world = meetings.world
    graph = _graph(meetings, pieces, persona)
    found, modular = _communities(graph)
    weights = {"country": 0.0, "": 0.0}
    powers: dict[str, int] = {}
    for one, two, data in graph.edges(data=True):
        body = one[1] if one[0] == "body" else two[1]
        weights["country" if meetings.tier(body) == "country" else ""] += data["weight"]
        powers[body] = powers.get(body, 0) + 1
    total = sum(weights.values())
    most = max(powers.values(), default=0)
    return {
        "bodies": float(len(powers)),
        "silos": float(len(found)),
        "modularity": round(modular, 4),
        "share held nationally": round(weights["country"] / total, 4) if total else 0.0,
        "share of holdings with the body that holds most": round(most / sum(powers.values()), 4)
        if powers
        else 0.0,
        "themes per silo": round(
            sum(len({world.powers[p].theme for p in names}) for _, names in found) / len(found), 2
        )
        if found
        else 0.0,
    }


@dataclass(frozen=True, slots=True)
class ChurnRow:
    """How long a power has stayed put at a place, and how often it moved in ten years."""

    place: AreaCode
    power: PowerId
    power_name: str
    holders: tuple[BodyId, ...]
    holders_names: tuple[str, ...]
    since: date | None
    years: float | None
    moves_in_ten_years: int
    status: str


def churn(world: World, place: AreaCode, persona: PersonaId = "", power: PowerId = "") -> Iterator[ChurnRow]:
    """How long each power has stayed with its holders at a place, and its moves in the ten years to the day.

    What a successor took over from an abolished body counts as a move: the people who did it moved too.
    """
    where = place_named(world, place)
    today = world.today
    if power:
        names = [power]
    elif persona:
        names = sorted({n.power for p in chosen(world, persona) for n in needs_of(world, p.id) if n.power})
    else:
        names = sorted(p.id for p in world.powers.values() if not p.parent)
    first = date(today.year - 10, today.month, min(today.day, 28))
    for name in names:
        if name not in world.powers:
            continue
        rows = [r for r in ask(world, "history", place=where.id, power=name).rows if r.power == name]
        here = [r for r in rows if (r.start or date.min) <= today < (r.end or date.max)]
        starts = [r.start for r in here]
        begun = max((day for day in starts if day is not None), default=None)
        moved = {r.start for r in rows if r.start is not None and first < r.start <= today}
        years = round((today - begun).days / 365.25, 1) if begun else None
        bodies = tuple(sorted({r.body for r in here}))
        yield ChurnRow(
            where.id,
            name,
            world.power_name(name),
            bodies,
            tuple(world.body_name(body) for body in bodies),
            begun,
            years,
            len(moved),
            "held" if here else UNMODELLED if not rows else "ended",
        )


@dataclass(frozen=True, slots=True)
class DistanceRow:
    """How many people the body that decides a power answers for, at a place; the nearest of several."""

    place: AreaCode
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    tier: str
    answers_for: Residents
    accountability: str
    accountable_to: str
    elections_between: int | None
    below_the_council: bool


def decision_distance(world: World, place: AreaCode, persona: PersonaId = "") -> Iterator[DistanceRow]:
    """The distance of each decision at a place: residents answered for, to whom, and how many elections away.

    `elections_between` counts steps from those elected directly to whoever decides: 0 for a body people
    elect themselves; blank where the tables have no line of accountability.
    """
    where = place_named(world, place)
    meetings = Meetings(world)
    if persona:
        names = sorted({n.power for p in chosen(world, persona) for n in needs_of(world, p.id) if n.power})
    else:
        names = sorted(p.id for p in world.powers.values() if not p.parent)
    for name in names:
        rows = meetings.holds(name)
        nearest: dict[str, Any] = {}
        for piece in sorted(where.pieces):
            known = [hold for hold in rows[piece] if hold.body]
            if known:
                hold = min(known, key=lambda h: (meetings.answers_for(h.body), h.body))
                nearest.setdefault(hold.body, hold)
        for body, hold in sorted(nearest.items()):
            record = world.roster.bodies[body]
            yield DistanceRow(
                where.id,
                name,
                world.power_name(name),
                body,
                record.name,
                meetings.tier(body),
                meetings.answers_for(body),
                accountability(world, body, hold.exerciser or None),
                world.body_name(record.accountable_to) if record.accountable_to else "",
                0 if hold.exerciser == "mayor" else elections_between(world, body),
                record.kind in BELOW_THE_COUNCIL,
            )


_STEPS = {
    "elected directly": 0,
    "directly-elected": 0,
    "elected indirectly": 1,
    "indirectly-elected": 1,
    "ministers": 1,
}


def elections_between(world: World, body: str) -> int | None:
    """How many steps lie between the people who vote and whoever decides in a body; None where no line is known."""
    steps = 0
    seen: set[str] = set()
    while body not in seen:
        seen.add(body)
        record = world.roster.bodies.get(body)
        if record is None:
            return None
        if record.accountability in _STEPS:
            return steps + _STEPS[record.accountability]
        body = record.accountable_to or record.part_of
        steps += 1
        if not body:
            return None
    return None


@dataclass(frozen=True, slots=True)
class BelowRow:
    """A body nearer than the council and the powers it holds or exercises at a place, or that none is known."""

    place: AreaCode
    body: BodyId
    body_name: str
    kind: str
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    share_of_powers: Ratio | None
    answers_for: Residents | None
    status: str


def below_the_council(world: World, place: AreaCode) -> Iterator[BelowRow]:
    """Power held at the front line, by tenants, neighbourhoods, community and voluntary bodies at a place.

    They are bodies like any other: `establish` and `delegate` make them, and they can lose what they hold.
    """
    where = place_named(world, place)
    meetings = Meetings(world)
    today = world.today
    found = [
        body
        for body in world.roster.bodies.values()
        if body.kind in BELOW_THE_COUNCIL
        and world.roster.alive(body.id, today)
        and world.roster.served(body.id, today) & where.pieces
    ]
    names = sorted(power.id for power in world.powers.values() if not power.parent)
    held: dict[str, set[str]] = {body.id: set() for body in found}
    for name in names if found else ():
        for piece in where.pieces:
            for hold in meetings.holds(name)[piece]:
                for holder in (hold.body, hold.exerciser):
                    if holder in held:
                        held[holder].add(name)
    for body in sorted(found, key=lambda b: b.id):
        powers = tuple(sorted(held[body.id]))
        yield BelowRow(
            where.id,
            body.id,
            body.name,
            body.kind,
            powers,
            tuple(world.power_name(power) for power in powers),
            len(powers) / len(names) if names else None,
            meetings.answers_for(body.id),
            "held",
        )
    if not found:
        yield BelowRow(where.id, "", "", "", (), (), None, None, UNMODELLED)


def no_line_of_accountability(world: World) -> Iterator[Finding]:
    """A body that a persona meets has no line of accountability in the tables."""
    meetings = Meetings(world)
    met: dict[str, str] = {}
    for person in chosen(world):
        needs = needs_of(world, person.id)
        for piece in range(len(world.mosaic)):
            for body in bodies_of(meetings.at(needs, piece)):
                met.setdefault(body, person.name)
    bare = sorted(body for body in met if elections_between(world, body) is None)
    by_kind: dict[str, list[str]] = {}
    for body in bare:
        by_kind.setdefault(meetings.kind(body), []).append(body)
    for kind, bodies in sorted(by_kind.items()):
        names = listed((world.body_name(body) for body in bodies), 3)
        yield Finding(
            "no-line-of-accountability",
            f"The tables have no line from {names} to anybody elected, though {_lower(met[bodies[0]])} depends on it.",
            "note",
            (kind, *bodies[:3]),
            suggestion="fill in `accountable_to` and `accountability` of its row",
        )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


QUESTIONS = (silos, silos_replaced, churn, decision_distance, below_the_council)
CHECKS = (no_line_of_accountability,)
