"""Checks on what deals make of a world: holders out of place, duties left behind, delegation that fails.

Each is a function from a world on a day to findings, named by the fault it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from devo import divisions, rules
from devo.citing import origin_said, places_said, where_stands
from devo.expressions import class_terms, is_class
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.timeline import spans
from devo.values import Effect, Finding, runs
from devo.world import World


def holder_outside_its_area(world: World) -> Iterator[Finding]:
    """A body is given a power over places that it does not answer for; it cannot hold it there."""
    for power, effect in _in_force(world):
        body = world.roster.bodies.get(effect.holder)
        # Bodies that hold jointly hold together over the area of them all.
        if body is None or not body.area or effect.mode == "joint":
            continue
        given = world.mosaic.territory(effect.area) if effect.area else world.mosaic.everywhere
        serving = world.roster.served(body.id, max(effect.on, body.start or date.min))
        outside = given - serving
        if serving and outside:
            yield Finding(
                "holder-outside-its-area",
                f"{body.name} is given {world.power_name(power)} over {places_said(world, outside)} "
                f"({world.mosaic.residents(outside):,} residents), which it does not answer for: "
                f"it cannot hold it there ({origin_said(world, effect)}).",
                "error",
                (power, body.id, effect.origin),
                where_stands(world, effect.origin),
                "leave those places out of `area`, or name the body that answers for them",
            )


def orphaned_duty(world: World) -> Iterator[Finding]:
    """A duty that somebody had in a place, and that nobody has there on the day."""
    for power, record in sorted(world.powers.items()):
        if record.kind != "duty" or (record.parent and not world.ledger(power).effects):
            continue
        orphaned: dict[str, Pieces] = {}
        for group in alike(world, power, world.mosaic.everywhere):
            piece = min(group)
            if rules.holders(world, power, piece) or not rules.is_modelled(world, power, piece):
                continue
            if any(rules.holders(world, part, piece) for part in divisions.parts(world, power)):
                continue
            last = [span for span in spans(world, power, piece) if span.end and span.end <= world.today]
            if last:
                body = last[-1].body
                orphaned[body] = orphaned.get(body, frozenset()) | group
        for body, pieces in sorted(orphaned.items()):
            yield Finding(
                "orphaned-duty",
                f"{world.body_name(body)} had the duty {record.name} over {places_said(world, pieces)}, and on "
                f"{world.today} nobody has it there ({world.mosaic.residents(pieces):,} residents).",
                "warning",
                (power, body),
                suggestion="transfer the duty to somebody, or say with `cease` and its source that it was repealed",
            )


def circular_delegation(world: World) -> Iterator[Finding]:
    """Bodies that delegate a power to one another in a ring: none of them holds it."""
    for power in sorted(world.powers):
        if not rules.speaks_of(world, power, "delegated"):
            continue
        seen: set[tuple[str, ...]] = set()
        for group in alike(world, power, world.mosaic.everywhere):
            named = rules.entries(world, power, min(group))
            roots = {h: e.root for h, e in named.items() if e.mode == "delegated" and e.root}
            for start in sorted(roots):
                ring = [start]
                while roots.get(ring[-1]) and roots[ring[-1]] not in ring:
                    ring.append(roots[ring[-1]])
                if roots.get(ring[-1]) == start and (key := tuple(sorted(ring))) not in seen:
                    seen.add(key)
                    yield Finding(
                        "circular-delegation",
                        f"{world.power_name(power)} is delegated in a ring: "
                        f"{' to '.join(world.holder_name(holder) for holder in [*reversed(ring), ring[-1]])}.",
                        "error",
                        (power, *ring),
                        suggestion="one of them must hold it in its own right",
                    )


def delegation_not_allowed(world: World) -> Iterator[Finding]:
    """A power is delegated that the law lets nobody delegate."""
    for power, effect in _in_force(world):
        record = world.powers.get(power)
        if record is not None and record.may_not_delegate and effect.mode == "delegated":
            yield Finding(
                "delegation-not-allowed",
                f"{world.holder_name(effect.root)} delegates {record.name} to "
                f"{world.holder_name(effect.holder)}, which the law does not allow ({origin_said(world, effect)}).",
                "error",
                (power, effect.holder, effect.origin),
                where_stands(world, effect.origin),
                "transfer it instead, or leave it where it is",
            )


def consent_of_abolished_body(world: World) -> Iterator[Finding]:
    """A condition that waits for the consent of a body that is gone on the day."""
    for power, ledger in sorted(world.ledgers.items()):
        for item in ledger.conditions:
            if not runs(item, world.today) or item.met is not None:
                continue
            body = world.roster.bodies.get(item.by)
            if body is not None and body.end is not None and body.end <= world.today:
                heirs = [s.new for s, _ in world.roster.passed_on(body.id, world.today)]
                yield Finding(
                    "consent-of-abolished-body",
                    f"{world.power_name(power)} waits for the {item.kind} of {body.name}, which was "
                    f"abolished on {body.end}"
                    + (
                        f"; its place was taken by {', '.join(map(world.body_name, heirs))}."
                        if heirs
                        else "."
                    ),
                    "warning" if heirs else "error",
                    (power, item.id, body.id),
                    where_stands(world, item.provision),
                    "name the body that took its place",
                )


def joint_holding_without_a_rule(world: World) -> Iterator[Finding]:
    """Bodies hold a power jointly and nothing says how they decide together."""
    for power in sorted(world.powers):
        if not rules.speaks_of(world, power, "joint"):
            continue
        silent: dict[tuple[str, ...], Pieces] = {}
        for group in alike(world, power, world.mosaic.everywhere):
            piece = min(group)
            joint = [h for h in rules.holders(world, power, piece) if h.mode == "joint"]
            if joint and not any(c.rule for h in joint for c in rules.conditions(world, power, h, piece)):
                named = tuple(sorted({h.holder for h in joint}))
                silent[named] = silent.get(named, frozenset()) | group
        for named, pieces in sorted(silent.items()):
            yield Finding(
                "joint-without-rule",
                f"{' and '.join(world.holder_name(holder) for holder in named)} hold {world.power_name(power)} "
                f"jointly over {places_said(world, pieces)}, and nothing says how they decide.",
                "note",
                (power, *named),
                suggestion="add a `condition` with a decision `rule`",
            )


def overlap_in_territory(world: World) -> Iterator[Finding]:
    """Two bodies of a class that law gives powers to serve one place on the day."""
    used = {class_terms(effect.holder) for _, effect in _in_force(world) if is_class(effect.holder)}
    for name in sorted(used):
        if not world.roster.covering(name):
            continue
        overlaps: dict[tuple[str, ...], set[int]] = {}
        for piece in world.mosaic.everywhere:
            serving = world.roster.at(name, piece)
            bodies = tuple(sorted({t.body for t in serving if t.on(world.today, world.as_known)}))
            if len(bodies) > 1:
                overlaps.setdefault(bodies, set()).add(piece)
        for bodies, pieces in sorted(overlaps.items()):
            yield Finding(
                "overlap-in-territory",
                f"{' and '.join(world.body_name(body) for body in bodies)} both count as {name} over "
                f"{places_said(world, frozenset(pieces))} on {world.today}.",
                "error",
                (name, *bodies),
                suggestion="end one of them, or give them areas that do not meet",
            )


CHECKS = (
    holder_outside_its_area,
    orphaned_duty,
    circular_delegation,
    delegation_not_allowed,
    consent_of_abolished_body,
    joint_holding_without_a_rule,
    overlap_in_territory,
)


def _in_force(world: World) -> Iterator[tuple[str, Effect]]:
    """Every effect that begins something and is law in force on the day."""
    for power, ledger in sorted(world.ledgers.items()):
        for effect in ledger.effects:
            if effect.begins and effect.on <= world.today and rules.is_law(effect, world.as_known):
                yield power, effect
