"""The core's checks: what is wrong or unknown in a world, as findings.

Each is a function from a world on a day to findings, named by the fault it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from devo import divisions, rules, words
from devo.citing import origin_said, places_said, where_stands
from devo.expressions import class_terms, is_class
from devo.gaps import unmodelled
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.timeline import Span, spans
from devo.values import Body, Effect, Finding
from devo.world import World


def double_sole_holder(world: World) -> Iterator[Finding]:
    """Two bodies hold one power *sole* in one place at one time, up to the day; only one can be right."""
    for power in sorted(world.powers):
        if world.powers[power].parent and not world.ledger(power).effects:
            continue
        clashes: dict[tuple[Span, Span], Pieces] = {}
        for group in alike(world, power, world.mosaic.everywhere):
            if _at_most_one(world, power, min(group)):
                continue
            sole = [span for span in spans(world, power, min(group)) if span.mode == "sole"]
            for pair in combinations(sole, 2):
                if pair[0].body != pair[1].body and _together(*pair) and _first(*pair) <= world.today:
                    clashes[pair] = clashes.get(pair, frozenset()) | group
        for (one, two), pieces in clashes.items():
            yield Finding(
                "double-sole-holder",
                f"{world.body_name(one.body)} and {world.body_name(two.body)} both hold "
                f"{world.power_name(power)} sole over {places_said(world, pieces)} "
                f"({world.mosaic.residents(pieces):,} residents) from {_first(one, two)} "
                f"(by {origin_said(world, one.held.effect)} and {origin_said(world, two.held.effect)}).",
                "error",
                (power, one.body, two.body, one.held.effect.origin, two.held.effect.origin),
                where_stands(world, two.held.effect.origin) or where_stands(world, one.held.effect.origin),
                "end one of them (transfer instead of confer), or say that they share it",
            )


def _at_most_one(world: World, power: str, piece: int) -> bool:
    """Whether it is plain without reading the law day by day that no two bodies ever hold a power sole."""
    roster = world.roster
    named = {
        effect.holder
        for name in divisions.line(world, power)
        for effect in rules.bearing(world, world.ledger(name), piece)
        if effect.begins and effect.mode == "sole"
    }
    if not named:
        return True
    holder = named.pop()
    if named:
        return False
    if is_class(holder):
        serving = sorted(roster.at(class_terms(holder), piece), key=lambda tenure: tenure.start)
        return all(one.end <= two.start for one, two in pairwise(serving))
    return holder in roster.bodies and roster.bodies[holder].end is None


def unmodelled_power(world: World) -> Iterator[Finding]:
    """The tables do not know who holds a power over some places on the day."""
    for power in sorted(power for power, record in world.powers.items() if not record.parent):
        pieces = unmodelled(world, power, world.mosaic.everywhere)
        if pieces:
            share = words.share(world.mosaic.share(pieces, world.mosaic.everywhere))
            yield Finding(
                "unmodelled",
                f"Who holds {world.power_name(power)} on {world.today} is not known over {places_said(world, pieces)} "
                f"({share} of residents).",
                "note",
                (power,),
            )


def power_before_its_body(world: World) -> Iterator[Finding]:
    """A holding begins before the body that it names exists."""
    for effect, body in _given(world):
        if body.start is not None and effect.on < body.start and effect.on != date.min:
            yield Finding(
                "power-before-its-body",
                f"{body.name} is given {world.power_name(effect.power)} from {effect.on} (by {effect.origin}), "
                f"but does not exist until {body.start}.",
                "error",
                (effect.power, body.id, effect.origin),
                suggestion="correct the body's start or the day of the provision",
            )


def power_after_its_body(world: World) -> Iterator[Finding]:
    """A holding begins after the body that it names is gone and nobody took over from it."""
    for effect, body in _given(world):
        if body.end is not None and body.end <= effect.on and not world.roster.passed_on(body.id, effect.on):
            yield Finding(
                "power-after-its-body",
                f"{body.name} is given {world.power_name(effect.power)} from {effect.on} (by {effect.origin}), "
                f"but was abolished on {body.end}, and nobody took over from it.",
                "error",
                (effect.power, body.id, effect.origin),
                suggestion="correct the body's end or the day of the provision, or name who took over from it",
            )


def _given(world: World) -> Iterator[tuple[Effect, Body]]:
    """Every beginning that was made into law for a body named, with the body."""
    for _, ledger in sorted(world.ledgers.items()):
        for effect in ledger.effects:
            body = world.roster.bodies.get(effect.holder)
            if body is not None and effect.begins and effect.made is not None:
                yield effect, body


def unsourced(world: World) -> Iterator[Finding]:
    """A holding that names neither a source nor an instrument cannot be traced."""
    for power, ledger in sorted(world.ledgers.items()):
        for effect in ledger.effects:
            if effect.begins and not effect.source and not effect.instrument:
                yield Finding(
                    "unsourced",
                    f"{world.power_name(power)} for {world.holder_name(effect.holder)} ({effect.origin}) "
                    "says neither source nor instrument.",
                    "note",
                    (power, effect.origin),
                    suggestion="add a `source`: the Act, order or document it was read in",
                )


def rootless_delegation(world: World) -> Iterator[Finding]:
    """A delegated holding whose root no longer holds the power; it has died with it."""
    for power in sorted(world.powers):
        if not rules.speaks_of(world, power, "delegated"):
            continue
        dead: dict[Effect, Pieces] = {}
        for group in alike(world, power, world.mosaic.everywhere):
            piece = min(group)
            holding = {held.body for held in rules.holders(world, power, piece)}
            for effect in rules.entries(world, power, piece).values():
                if effect.mode != "delegated" or not effect.root:
                    continue
                if not rules.has_root(world, effect.root, piece, holding):
                    dead[effect] = dead.get(effect, frozenset()) | group
        for effect, pieces in dead.items():
            yield Finding(
                "rootless-delegation",
                f"{world.holder_name(effect.holder)} was delegated {world.power_name(power)} by "
                f"{world.holder_name(effect.root)}, which does not hold it over "
                f"{places_said(world, pieces)} on {world.today} ({origin_said(world, effect)}).",
                "warning",
                (power, effect.holder, effect.origin),
                where_stands(world, effect.origin),
                "end the delegation, or delegate again from the body that holds the power now",
            )


CHECKS = (
    double_sole_holder,
    unmodelled_power,
    power_before_its_body,
    power_after_its_body,
    unsourced,
    rootless_delegation,
)


def _first(one: Span, two: Span) -> date:
    return max(one.start or date.min, two.start or date.min)


def _together(one: Span, two: Span) -> bool:
    """Whether two spans have a day in common."""
    return _first(one, two) < min(one.end or date.max, two.end or date.max)
