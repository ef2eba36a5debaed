"""Silos: whether a deal joins powers together, or puts silos of town halls where those of Whitehall were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from devo import (
    AreaCode,
    BodyId,
    Pieces,
    PowerId,
    World,
    question,
)
from devo import place as place_named
from devo_joinup.changes import earlier
from devo_joinup.meetings import Meetings
from devo_joinup.shipped import powers_asked
from devo_joinup.values import PersonaId


@dataclass(frozen=True, slots=True)
class SiloRow:
    """A silo: bodies and powers that hold together more than with the rest, by the holdings of a place.

    The first has most powers; `sectors`, `themes` and `tiers` are those found in it. Worked out from the
    holdings at the place; `who-holds` gives the source of each.
    """

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
            tuple(sorted({meetings.bodies.sector(body) for body in bodies})),
            tuple(sorted({world.powers[power].theme for power in powers})),
            tuple(sorted({meetings.bodies.tier(body) for body in bodies})),
        )


@dataclass(frozen=True, slots=True)
class SiloChangeRow:
    """How siloed a place is before and after: one measure a row, and what it says.

    Worked out from the holdings at the place in both worlds.
    """

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

    Compared with the world without `deals`, on an earlier day (`since`), or before any deal. With a
    `persona`, of the powers that it needs; without, of all.
    """
    before, words = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = (_measured(Meetings(w), where.pieces, persona) for w in (before, world))
    for name in old:
        a, b = old[name], new[name]
        yield SiloChangeRow(
            where.id, name, a, b, "" if a == b else f"{'fell' if b < a else 'rose'} from the position {words}"
        )
    nearer = old["share held nationally"] - new["share held nationally"]
    if nearer > 0 and new["modularity"] >= old["modularity"]:
        says = "powers came nearer and hold together no better: the silos of Whitehall gave way to silos nearer by"
    elif nearer > 0:
        says = "powers came nearer and hold together better"
    elif nearer < 0:
        says = "more is held nationally than before"
    else:
        says = "as much is held nationally as before"
    yield SiloChangeRow(where.id, "in all", None, None, says)


def _graph(meetings: Meetings, pieces: Pieces, persona: str) -> Any:
    """Organisations and complex powers of a place, an edge weighted by the residents it holds for."""
    import networkx

    world = meetings.world
    graph = networkx.Graph()
    for power in powers_asked(world, persona):
        if power not in world.powers or not meetings.is_complex(power):
            continue
        for piece in sorted(pieces):
            for hold in meetings.holders.at(power, piece):
                if hold.body:
                    edge = (("body", meetings.bodies.organisation(hold.body)), ("power", power))
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
        weights["country" if meetings.bodies.tier(body) == "country" else ""] += data["weight"]
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


QUESTIONS = (silos, silos_replaced)
