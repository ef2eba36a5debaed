"""How a provision takes effect: read into a world as what it begins and ends, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass, replace
from typing import Any

from devo.calling import PluginFault, borne, called, shape
from devo.expressions import is_class
from devo.extent import named
from devo.ledger import Ledger, in_legal_order
from devo.making import CannotTakeEffect, holder_spelt
from devo.names import NameFault
from devo.tools import Tool
from devo.values import (
    Body,
    Condition,
    Designation,
    Effect,
    Ending,
    Exercise,
    Finding,
    Membership,
    Provision,
    Serving,
    Succession,
    runs,
)
from devo.world import World

# A verb is a tool as the toolbox lists it; its function is (world, provision, **terms) -> changes.
Verb = Tool


def one_by_one(
    world: World, provisions: Iterable[Provision], verbs: Mapping[str, Verb]
) -> tuple[World, tuple[Finding, ...]]:
    """A world with provisions read into it in the order given, and findings on those that cannot be."""
    findings: list[Finding] = []
    for provision in provisions:
        world, finding = _apply(world, provision, verbs)
        if finding is not None:
            findings.append(finding)
    return world, tuple(findings)


def _apply(world: World, provision: Provision, verbs: Mapping[str, Verb]) -> tuple[World, Finding | None]:
    """Read one provision into the world, or say why it cannot take effect."""
    verb = verbs.get(provision.verb)
    if verb is None:
        return world, _finding(
            provision, "unknown-verb", f"no plugin that is on has a verb {provision.verb!r}"
        )
    seen = world.on(provision.commencement).known(None)
    try:
        changes = list(
            called("verb", verb, seen, provision, terms=provision.terms, misfit=misfit, lets=_SAID)
        )
    except _SAID as fault:
        return world, _finding(provision, "cannot-take-effect", f"{fault}.")
    except PluginFault as fault:  # a plugin's fault must not take the run down
        return world, _finding(provision, borne(fault).code, fault.message)
    reason = _vain(seen, provision, changes)
    if reason:
        return world, _finding(provision, "changes-nothing", reason)
    if provision.made is None and any(_about_bodies(change) for change in changes):
        return world, _only_agreed(provision)
    changes = [
        replace(c, plugin=verb.plugin) if isinstance(c, Effect) and not c.plugin else c for c in changes
    ]
    after = with_changes(world, changes)
    if not all(isinstance(change, Effect | Exercise | Condition) for change in changes):
        after = after.changed(makers=world.makers | {provision.id})
    return after, None


# What a verb raises to say that it cannot do what its terms ask.
_SAID = (CannotTakeEffect, NameFault)


def misfit(change: Any) -> str:
    """What is wrong with one thing that a verb gives; '' for an effect, a record or an ending."""
    if isinstance(change, Ending) and not hasattr(change.record, "end"):
        return f"it ends {shape(change.record)}, which has no `end`"
    if is_dataclass(change) and not isinstance(change, type):
        return ""
    return f"it gave {shape(change)}, which is no effect and no record"


def with_changes(world: World, changes: Iterable[Any]) -> World:
    """A world with effects added to its ledgers, records added, and dated records ended."""
    ledgers: dict[str, tuple[list[Effect], list[Exercise], list[Condition]]] = {}
    records: dict[type, list[Any]] = {}
    for change in changes:
        if isinstance(change, Effect | Exercise | Condition):
            effects, exercises, conditions = ledgers.setdefault(change.power, ([], [], []))
            if isinstance(change, Effect):
                effects.append(change)
            elif isinstance(change, Exercise):
                exercises.append(change)
            else:
                conditions.append(change)
        elif isinstance(change, Ending):
            kind = type(change.record)
            rows = records.setdefault(kind, list(world.of(kind)))
            if change.record in rows:  # and was not ended by the same provision before
                rows[rows.index(change.record)] = replace(change.record, end=change.on)
        else:
            records.setdefault(type(change), list(world.of(type(change)))).append(change)
    fresh = {}
    for power, (effects, exercises, conditions) in ledgers.items():
        old = world.ledger(power)
        fresh[power] = Ledger(
            power,
            in_legal_order((*old.effects, *effects)) if effects else old.effects,
            (*old.exercises, *exercises),
            (*old.conditions, *conditions),
        )
    return world.changed(records={kind: tuple(rows) for kind, rows in records.items()}, ledgers=fresh)


def _vain(world: World, provision: Provision, changes: list[Any]) -> str:
    """Why a provision would change nothing, or give a power to one that cannot hold it; '' if it would."""
    if not changes:
        return "it begins nothing and ends nothing."
    for change in changes:
        if isinstance(change, Ending) and change.record not in world.of(type(change.record)):
            return f"it ends {shape(change.record)} that is not there on that day."
    effects = [change for change in changes if isinstance(change, Effect)]
    for effect in effects:
        barred = _barred(world, effect)
        if barred:
            return barred
    if all(isinstance(change, Exercise) and _exercised_already(world, change) for change in changes):
        change = changes[0]
        return f"{world.power_name(change.power)} is exercised by {world.body_name(change.by)} there already."
    if not effects or len(effects) < len(changes) or provision.verb == "re-source":
        return ""
    if any(not effect.begins or not _held_already(world, effect) for effect in effects):
        return ""
    holder, power = effects[0].holder, effects[0].power
    return f"{holder_spelt(world, holder)} already holds {world.power_name(power)} there, in the same way."


def _barred(world: World, effect: Effect) -> str:
    """Why a body cannot be given a power on the day: not there yet, gone, or barred by law."""
    if not effect.begins or is_class(effect.holder):
        return ""
    roster, body = world.roster, effect.holder
    record = roster.bodies.get(body)
    if record is None:
        return f"no body {body!r} is known."
    if record.start is not None and effect.on < record.start:
        return f"{record.name} does not exist until {record.start}."
    if not roster.alive(body, effect.on) and not roster.passed_on(body, effect.on):
        return f"{record.name} was abolished on {record.end}."
    power = world.powers.get(effect.power)
    if power is not None and power.may_not_hold:
        for tenure in roster.tenures(power.may_not_hold):
            if tenure.body == body and tenure.on(effect.on, None):
                return f"{record.name} may not hold {power.name}: the law bars it ({power.may_not_hold})."
    return ""


def _exercised_already(world: World, exercise: Exercise) -> bool:
    """Whether the same exerciser exercises the same holding over the same area already."""
    return any(
        (item.holder, item.by, item.area) == (exercise.holder, exercise.by, exercise.area)
        and runs(item, world.today)
        for item in world.ledger(exercise.power).exercises
    )


def _held_already(world: World, effect: Effect) -> bool:
    wanted = world.mosaic.bits(effect.area)
    for item in named(world, effect.power, effect.area):
        before = item.effect
        if (before.holder, before.mode, before.root, before.carve_outs) == (
            effect.holder,
            effect.mode,
            effect.root,
            effect.carve_outs,
        ):
            wanted &= ~world.mosaic.bits(item.area)
    return not wanted


def _about_bodies(change: Any) -> bool:
    """Whether a change founds or ends a body, or alters its status, its members, its area or its heirs."""
    return isinstance(change.record if isinstance(change, Ending) else change, _OF_BODIES)


_OF_BODIES = (Body, Designation, Membership, Serving, Succession)


def _only_agreed(provision: Provision) -> Finding:
    # A holding that is only agreed answers as promised; a body is there or it is not.
    return replace(
        _finding(
            provision,
            "only-agreed",
            "it is agreed, and no law has made it: an agreement founds no body, ends none and moves no boundary.",
        ),
        severity="warning",
        suggestion="name the order or Act that made it, or leave it as a promise",
    )


def _finding(provision: Provision, code: str, message: str) -> Finding:
    return Finding(
        code,
        f"{provision.id} ({provision.verb}, {provision.commencement}): {message}",
        "error",
        (provision.id, provision.deal),
        provision.where,
    )
