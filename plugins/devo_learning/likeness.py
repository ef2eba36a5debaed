"""Like terms: which bodies hold a power in the same way, so that what one learned holds for the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from devo import (
    BodyId,
    PowerId,
    Residents,
    World,
    ask,
    body_named,
    exercised_by,
    holders,
    power_named,
    question,
)
from devo import alike as alike_at
from devo import standing_conditions as conditions_on
from devo_learning.values import EvidenceNote

CENTRAL = frozenset({"minister", "department", "arms-length-body", "nhs-england", "inspectorate"})


@dataclass(frozen=True, slots=True)
class Terms:
    """How a body holds a power: mode, who exercises it, what stands on its use, and its money's strings."""

    mode: str
    exercised_by: str
    conditions: tuple[str, ...]
    carved_out: bool
    ringfenced: bool | None


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A body that holds the same power, and in what its terms are like and unlike.

    `alike` says that mode, exerciser, conditions, carve-outs and money's strings are the same: a collaborative
    spine. `same` and `unlike` name them; `boundaries` and the peer's `residents` are said beside and decide
    nothing. `notes` counts what the peer wrote on the power for everybody to see. Worked out from how each
    holds the power on the day, with its source in `held-by`, and from the rows of `flows` about its money.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    peer: BodyId
    peer_name: str
    alike: bool
    same: tuple[str, ...]
    unlike: tuple[str, ...]
    boundaries: str
    residents: Residents
    notes: int


@question(
    draw="likeness:peer_name,same,unlike,boundaries,residents,notes",
    beside=("learning-figures", "learning-paragraph"),
)
def peers(world: World, body: BodyId, power: PowerId) -> Iterator[PeerRow]:
    """Who else holds a power on like terms: same mode, exerciser, conditions and strings on its money.

    `boundaries` says whether each answers for the very area that a layer of the service is drawn to.
    `notes` counts what the peer wrote on it for everybody to see: that there are others is not told.
    """
    asked, what = body_named(world, body), power_named(world, power)
    found = terms_by_body(world, what.id)
    mine = found.get(asked.id)
    if mine is None:
        return
    rows = []
    for other, terms in found.items():
        if other == asked.id or is_central(world, other):
            continue
        same, unlike = _compared(mine, terms)
        told = sum(note.power == what.id for note in _notes_in_the_open(world, other))
        rows.append(
            PeerRow(
                asked.id,
                asked.name,
                what.id,
                what.name,
                other,
                world.body_name(other),
                not unlike,
                same,
                unlike,
                _boundaries(world, what.organised_on, other),
                world.mosaic.residents(world.roster.served(other, world.today)),
                told,
            )
        )
    yield from sorted(rows, key=lambda row: (not row.alike, len(row.unlike), row.peer))


def terms_by_body(world: World, power: str) -> dict[str, Terms]:
    """Every body that holds a power on the day, with its terms: those at the first piece where it holds it."""
    found: dict[str, Terms] = {}
    money = _ringfenced(world, power)
    for group in alike_at(world, power, world.mosaic.everywhere):
        piece = min(group)
        for held in holders(world, power, piece):
            if held.body in found:
                continue
            exercise = exercised_by(world, power, held, piece)
            by = exercise.by if exercise else ""
            found[held.body] = Terms(
                held.mode,
                "another body" if by in world.roster.bodies else by,
                tuple(sorted({item.kind for item in conditions_on(world, power, held, piece)})),
                bool(held.effect.carve_outs),
                money.get(held.body),
            )
    return found


def are_peers(world: World, terms: Mapping[str, Terms], one: str, two: str) -> bool:
    """Whether two bodies hold a power on like terms, by those of all its holders; a central body is nobody's peer."""
    if one == two or is_central(world, one) or is_central(world, two):
        return False
    return one in terms and two in terms and not _compared(terms[one], terms[two])[1]


def is_central(world: World, body: str) -> bool:
    """Whether a body is ministers, works to them, or inspects for them; one that no table has is taken to be."""
    record = world.roster.bodies.get(body)
    return record is None or record.kind in CENTRAL


def _compared(mine: Terms, other: Terms) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = {
        "mode": (mine.mode, other.mode),
        "exerciser": (mine.exercised_by, other.exercised_by),
        "conditions": (mine.conditions, other.conditions),
        "carve-outs": (mine.carved_out, other.carved_out),
    }
    if mine.ringfenced is not None and other.ringfenced is not None:
        names["strings on money"] = (mine.ringfenced, other.ringfenced)
    same = tuple(name for name, (one, two) in names.items() if one == two)
    return same, tuple(name for name in names if name not in same)


def _ringfenced(world: World, power: str) -> dict[str, bool]:
    """Whether any money of a power is ring-fenced, for each body paid for it; nothing where no plugin knows."""
    try:
        rows: tuple[Any, ...] = ask(world, "flows").rows
    except LookupError:
        return {}
    found: dict[str, bool] = {}
    for row in rows:
        if power in row.power.split(";"):
            found[row.payee] = found.get(row.payee, False) or row.ringfenced
    return found


def _boundaries(world: World, layer: str, body: str) -> str:
    """How what a body answers for lies to the areas that a service is drawn to."""
    areas = world.mosaic.layers.get(layer)
    served = world.roster.served(body, world.today)
    if not areas or not served:
        return "not known"
    if served in areas.values():
        return "its own area of the service"
    return (
        "whole areas of the service"
        if all(a <= served for a in areas.values() if a & served)
        else "cuts across"
    )


def _notes_in_the_open(world: World, body: str) -> tuple[EvidenceNote, ...]:
    """The notes that a body wrote and that may leave it for the centre: all that may be counted in the open."""
    return EvidenceNote.exported(note for note in world.of(EvidenceNote) if note.body == body)


QUESTIONS = (peers,)
