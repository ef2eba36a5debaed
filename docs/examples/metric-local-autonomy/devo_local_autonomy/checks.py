"""Checks of judgements: what cannot be a score, what is judged twice, and what the tables say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import combinations
from typing import Literal

from devo import Finding, World, signed_terms
from devo_local_autonomy.questions import agreement
from devo_local_autonomy.reading import read
from devo_local_autonomy.shipped import items
from devo_local_autonomy.values import Judgement


def judgement_faults(world: World) -> Iterator[Finding]:
    """A judgement in the world's tables that is of no item, out of the item's range, or given twice."""
    codebook, own = items(world), world.of(Judgement)
    for judgement in own:
        item, points = codebook.get(judgement.item), judgement.points
        if item is None:
            near = get_close_matches(judgement.item, codebook, n=3, cutoff=0.3)
            yield _wrong(
                judgement,
                f"is of {judgement.item!r}, which the codebook does not have, so it counts nowhere",
                f"did you mean: {', '.join(near or codebook)}?",
            )
        if points is None:
            yield _wrong(judgement, f"has {judgement.score!r} for a score", "write a number: 2, 1/2, 0.5")
        elif item is not None and not 0 <= points <= item.points:
            yield _wrong(
                judgement,
                f"gives {judgement.score} points for {item.name.lower()}, which has 0 to {item.points}",
                "correct the score, or the item it is of",
            )
        strange = [term for _, term in signed_terms(judgement.bodies) if not world.roster.knows_class(term)]
        if strange:
            known = [*world.roster.classes, *world.roster.kinds]
            near = get_close_matches(strange[0], known, n=3, cutoff=0.5)
            yield _wrong(
                judgement,
                f"is of {strange[0]!r}, which is no class or kind of bodies here, so it is of nobody",
                f"did you mean: {', '.join(near)}?"
                if near
                else "name a class of `body-class.csv`, or a kind",
            )
    for one, two in combinations(own, 2):
        same = (one.coder, one.item, one.bodies) == (two.coder, two.item, two.bodies)
        if same and one.runs(world.today) and two.runs(world.today):
            yield Finding(
                "judged-twice",
                f"{one.id} and {two.id} both judge {one.item} of {one.bodies} on {world.today}; the one that "
                "starts later counts.",
                "warning",
                (one.id, two.id),
                suggestion="end the earlier one on the day the later one starts",
            )


def _wrong(
    judgement: Judgement, what: str, suggestion: str, severity: Literal["error", "warning"] = "error"
) -> Finding:
    message = f"The judgement {judgement.id} {what}."
    return Finding("judgement-fault", message, severity, (judgement.id,), "", suggestion)


def judgement_against_the_tables(world: World) -> Iterator[Finding]:
    """A coder's points for responsibility differ from who holds the item's powers by law; neither need be wrong."""
    codebook = items(world)
    for judgement in world.of(Judgement):
        item, points = codebook.get(judgement.item), judgement.points
        if item is None or points is None or not item.powers or not judgement.runs(world.today):
            continue
        members = {
            t.body for t in world.roster.tenures(judgement.bodies) if t.on(world.today, world.as_known)
        }
        differing = [
            b for b in sorted(members) if agreement(points, item.points, read(world, b, item)) == "no"
        ]
        if differing:
            names = ", ".join(world.body_name(body) for body in differing[:3])
            more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
            yield Finding(
                "judgement-against-the-tables",
                f"{judgement.coder} gives {item.name.lower()} {points} of {item.points} points; by who holds "
                f"{', '.join(world.power_name(power) for power in item.powers)} it would be otherwise for {names}{more}.",
                "note",
                (judgement.id, *differing),
                "",
                "say in `reason` what the law alone does not show",
            )
