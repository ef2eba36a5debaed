"""Enacting deals: a world and deals into the world they make.

Provisions of all deals, old and new, are read in legal order: commencement, then the day made,
then explicit overrides. Enacting a deal therefore gives the same world whatever else was enacted
before it. Only the ledgers that its provisions touch are made anew; the rest are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from typing import Any

from devo.calling import PluginFault, borne, called, shape
from devo.extent import named
from devo.ledger import Ledger, in_legal_order
from devo.making import CannotTakeEffect
from devo.names import NameFault
from devo.tools import Tool
from devo.values import Condition, Deal, Effect, Ending, Exercise, Finding, Instrument, Provision
from devo.world import World

# A verb is a tool as the toolbox lists it; its function is (world, provision, **terms) -> changes.
Verb = Tool


@dataclass(frozen=True, slots=True)
class Enacted:
    """The world that deals make, and what there is to say of the provisions that could not take effect."""

    world: World
    findings: tuple[Finding, ...]


def enact(world: World, deals: Sequence[Deal], verbs: Mapping[str, Verb]) -> Enacted:
    """Enact deals on top of those already in a world.

    A provision that changes nothing or cannot take effect is left out and becomes a finding of
    severity error, with the reason.
    """
    return _enacted(world, (*world.deals, *deals), {p.id for deal in deals for p in deal.provisions}, verbs)


def without(world: World, codes: Iterable[str], verbs: Mapping[str, Verb]) -> Enacted:
    """The world as it would be had some of its deals never been."""
    gone = set(codes)
    left = tuple(deal for deal in world.deals if deal.code not in gone)
    removed = {p.id for deal in world.deals if deal.code in gone for p in deal.provisions}
    return _enacted(world, left, removed, verbs)


def _enacted(world: World, deals: tuple[Deal, ...], changed: set[str], verbs: Mapping[str, Verb]) -> Enacted:
    """Read again, in legal order, all provisions on powers that the changed provisions touch."""
    everything = [*_provisions(world.deals), *_provisions(deals)]
    touched = _touched(world, [p for p in everything if p.id in changed])
    # Records that a provision made stand outside the ledgers, so they cannot be read again by power.
    if touched is not None and any(
        p.id in world.makers and p.terms.get("power") in touched for p in everything
    ):
        touched = None
    if touched is None:
        start = world.before.changed(
            makers=frozenset(),
            deals=deals,
            fingerprint=world.fingerprint,
            plugins=world.plugins,
            findings=world.findings,
        )
        again = in_order_of_law(_provisions(deals))
    else:
        again, reset = _to_read(world, deals, changed, touched)
        start = world.changed(ledgers={power: world.before.ledger(power) for power in reset}, deals=deals)
    after, findings = one_by_one(_with_instruments(start, deals), again, verbs)
    return Enacted(_seen_from(after, world), findings)


def _to_read(
    world: World, deals: Iterable[Deal], changed: set[str], touched: set[str]
) -> tuple[list[Provision], set[str]]:
    """The provisions to read, and the powers to read from the beginning.

    Where all that was there on a power comes before what is new in law, it stands as it was read.
    """
    trees: dict[str, set[str]] = {}
    for name in touched:
        trees.setdefault(_top(world, name), set()).add(name)
    listed: dict[str, list[Provision]] = {top: [] for top in trees}
    for provision in _provisions(deals):
        power = provision.terms.get("power")
        if isinstance(power, str) and power in touched:
            listed[_top(world, power)].append(provision)
    replaced = any(provision.id in changed for provision in _provisions(world.deals))
    again: list[Provision] = []
    reset: set[str] = set()
    for top, provisions in listed.items():
        ordered = in_order_of_law(provisions)
        first = next((n for n, p in enumerate(ordered) if p.id in changed), len(ordered))
        if replaced or any(p.id not in changed for p in ordered[first:]):
            first = 0
            reset |= trees[top]
        again += ordered[first:]
    return in_order_of_law(again), reset


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


def _with_instruments(world: World, deals: Iterable[Deal]) -> World:
    """A world that knows the instruments that deals bring with them."""
    known = world.instruments
    new = {p.instrument.id: p.instrument for p in _provisions(deals) if p.instrument.id not in known}
    if not new:
        return world
    return world.changed(records={Instrument: (*world.of(Instrument), *new.values())})


def _provisions(deals: Iterable[Deal]) -> list[Provision]:
    return [provision for deal in deals for provision in deal.provisions]


def in_order_of_law(provisions: Iterable[Provision]) -> list[Provision]:
    """Provisions by commencement, then the day made, then overrides; the id breaks what ties are left.

    A body that begins on a day is there for whatever else takes effect that day.
    """
    listed = list(provisions)
    prevails = {p.id: p.overrides for p in listed if p.overrides}

    def depth(name: str, seen: frozenset[str] = frozenset()) -> int:
        if name in seen or name not in prevails:
            return 0
        return 1 + max(depth(other, seen | {name}) for other in prevails[name])

    return sorted(
        listed,
        key=lambda p: (p.commencement, p.verb != "establish", p.made or date.max, depth(p.id), p.id),
    )


def _touched(world: World, provisions: Iterable[Provision]) -> set[str] | None:
    """The powers that provisions are about, with their whole trees; None where one is about bodies."""
    powers: set[str] = set()
    for provision in provisions:
        power = provision.terms.get("power")
        if not isinstance(power, str):
            return None
        powers.add(_top(world, power))
    whole: set[str] = set()
    while powers:
        power = powers.pop()
        whole.add(power)
        powers.update(child for child in world.children.get(power, ()) if child not in whole)
    return whole


def _top(world: World, power: str) -> str:
    record = world.powers.get(power)
    while record is not None and record.parent:
        power = record.parent
        record = world.powers.get(power)
    return power


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
    return f"{_name(world, holder)} already holds {world.power_name(power)} there, in the same way."


def _barred(world: World, effect: Effect) -> str:
    """Why a body cannot be given a power on the day: not there yet, gone, or barred by law."""
    if not effect.begins or effect.holder.startswith("every:"):
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
    day = world.today
    return any(
        (item.holder, item.by, item.area) == (exercise.holder, exercise.by, exercise.area)
        and (item.start or date.min) <= day < (item.end or date.max)
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


def _name(world: World, holder: str) -> str:
    return holder if holder.startswith("every:") else world.body_name(holder)


def _finding(provision: Provision, code: str, message: str) -> Finding:
    return Finding(
        code,
        f"{provision.id} ({provision.verb}, {provision.commencement}): {message}",
        "error",
        (provision.id, provision.deal),
        provision.where,
    )


def _seen_from(world: World, view: World) -> World:
    seen = world
    if view.day is not None:
        seen = seen.on(view.day)
    return seen.known(view.as_known) if view.as_known is not None else seen
