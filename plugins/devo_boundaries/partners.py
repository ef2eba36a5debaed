"""Partners: the bodies whose areas meet a body's own, and how they lie to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import Body, BodyId, Residents, Share, World
from devo_boundaries.overlays import share_of

# Bodies that answer for the country or for a subject, and so are no neighbour of anybody.
_NOT_PARTNERS = frozenset(["department", "minister", "arms-length-body", "inspectorate", "nhs-england"])


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A body whose area meets another's, with the `residents` who live in both areas.

    `share` is their part of the asked body's residents, `share_of_partner` of the partner's; `meets` says how the
    partner's area lies: *same*, *inside*, *around* or *across*. Worked out from the pieces that each body
    serves on the day and their published residents.
    """

    body: BodyId
    body_name: str
    kind: str
    share: Share
    share_of_partner: Share
    residents: Residents
    meets: str


def partners(world: World, body: BodyId) -> Iterator[PartnerRow]:
    """Every body there is on the day whose area meets this one's, with the residents they share.

    Councils, health, police, fire, authorities and their functional bodies; not ministers,
    departments and other bodies that answer for the whole country. By kind, then largest share first.
    """
    mine = world.roster.served(body, world.today)
    mosaic = world.mosaic
    people = mosaic.residents(mine)
    rows = []
    for other in world.roster.bodies.values():
        if other.id == body or not _is_partner(world, other):
            continue
        theirs = world.roster.served(other.id, world.today)
        both = mine & theirs
        if both:
            shared = mosaic.residents(both)
            rows.append(
                PartnerRow(
                    other.id,
                    other.name,
                    other.kind,
                    share_of(shared, people),
                    share_of(shared, mosaic.residents(theirs)),
                    shared,
                    _how_meets(mine, theirs),
                )
            )
    yield from sorted(rows, key=lambda row: (row.kind, -row.residents, row.body))


def _is_partner(world: World, body: Body) -> bool:
    """Whether a body exists on the day and is one that others have as a neighbour."""
    alive = world.roster.alive(body.id, world.today, world.as_known)
    return alive and body.kind not in _NOT_PARTNERS


def _how_meets(mine: frozenset[int], theirs: frozenset[int]) -> str:
    """How another's territory lies to one's own: `same`, `inside` it, `around` it, or `across` its edge."""
    if mine == theirs:
        return "same"
    if theirs < mine:
        return "inside"
    return "around" if mine < theirs else "across"
