"""Tiers: how large a population a body answers for, to whom it answers, and what officials call it.

"Up" and "down" are measured, not felt: by the residents of the whole area a holder answers for.
The Secretary of State answers for the country. To whom it answers is a second thing, beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from devo import rules
from devo.mosaic import Pieces
from devo.names import AUTHORITIES, COUNCILS
from devo.rules import Held
from devo.sightings import alike
from devo.world import World

Direction = Literal["up", "down", "across"]

# Two areas count as the same size when neither has over a twentieth more residents than the other.
TOLERANCE = 0.05

_MAYOR = "mayor"


def answers_for(world: World, body: str, day: date) -> int:
    """The residents of a body's whole area on a day; the country's for a body that serves no area."""
    served = world.roster.served(body, day)
    counted: dict[Pieces, int] = world.roster.columns.setdefault("residents", {})
    if served not in counted:
        counted[served] = world.mosaic.residents(served or world.mosaic.everywhere)
    return counted[served]


def direction(before: int, after: int, tolerance: float = TOLERANCE) -> Direction:
    """Up to a larger population, down to a smaller one, or across, within a tolerance."""
    if after > before * (1 + tolerance):
        return "up"
    return "down" if before > after * (1 + tolerance) else "across"


def accountability(world: World, body: str, exerciser: str | None) -> str:
    """To whom those who decide answer, in words."""
    record = world.roster.bodies.get(body)
    if exerciser == _MAYOR:
        return "a directly elected mayor"
    if exerciser and exerciser in world.roster.bodies:
        return accountability(world, exerciser, None)
    said = record.accountability if record else ""
    return {
        "elected directly": "directly elected members",
        "directly-elected": "directly elected members",
        "elected indirectly": "members elected to other bodies",
        "indirectly-elected": "members elected to other bodies",
        "appointed": "an appointed board",
        "ministers": "ministers",
    }.get(said, said or "not known")


def level(world: World, held: Held, exerciser: str | None) -> str:
    """What officials call the level that a holding is at: Mayor, Combined authority, Council ..."""
    if exerciser == _MAYOR:
        return "Mayor"
    record = world.roster.bodies.get(held.body)
    kind = record.kind if record else ""
    parent = world.roster.bodies.get(record.part_of) if record else None
    for authority in (record, parent):
        if authority is not None and authority.kind in AUTHORITIES:
            return "Mayor of London and GLA" if authority.kind == "gla" else "Combined authority"
    if kind in COUNCILS:
        return "Council"
    return _LEVELS.get(kind, "Other public body")


_LEVELS = {
    "minister": "Not devolved",
    "department": "Not devolved",
    "arms-length-body": "Not devolved",
    "inspectorate": "Not devolved",
    "nhs-england": "NHS",
    "icb": "NHS",
    "clinical-commissioning-group": "NHS",
    "police-and-crime-commissioner": "Police commissioner",
    "police-authority": "Police authority",
    "chief-officer-of-police": "Chief constable",
    "combined-fire-authority": "Fire authority",
    "metropolitan-fire-authority": "Fire authority",
    "joint-waste-authority": "Joint authority",
    "integrated-transport-authority": "Joint authority",
    "joint-committee": "Joint authority",
    "employer-representative-body": "Employers",
}


def level_over(world: World, power: str, pieces: Pieces) -> str:
    """The level that a power is held at over an area, in a word: the cell of a matrix of powers and areas."""
    words: dict[str, int] = {}
    for group in alike(world, power, pieces):
        word = _level_at(world, power, min(group))
        words[word] = words.get(word, 0) + world.mosaic.residents(group & pieces)
    if len(words) == 1:
        return next(iter(words))
    return "Mixed" if words else "Not known"


def _level_at(world: World, power: str, piece: int) -> str:
    divided = rules.differing_parts(world, power, piece)
    if divided:
        found = {_level_at(world, part, piece) for part in divided}
        return found.pop() if len(found) == 1 else "Mixed"
    levels = set()
    for held in rules.holders(world, power, piece):
        exercise = rules.exercised_by(world, power, held, piece)
        levels.add(level(world, held, exercise.by if exercise else None))
    if not levels:
        return "Nobody" if rules.is_modelled(world, power, piece) else "Not known"
    devolved = levels - {"Not devolved"}
    if len(levels) == 1:
        return levels.pop()
    return devolved.pop() if _delegated_only(world, power, piece) and len(devolved) == 1 else "Shared"


def _delegated_only(world: World, power: str, piece: int) -> bool:
    """Whether those who hold a power beside its first holder hold it by delegation: theirs in practice."""
    modes = [held.mode for held in rules.holders(world, power, piece)]
    return "delegated" in modes and all(mode in ("sole", "delegated") for mode in modes)
