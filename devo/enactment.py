"""Enacting deals: a world and deals into the world they make.

Provisions of all deals, old and new, are read in legal order: commencement, then the day made,
then explicit overrides. Enacting a deal therefore gives the same world whatever else was enacted
before it. Only the ledgers that its provisions touch are made anew; the rest are shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from devo.ledger import precedence
from devo.taking_effect import Verb, one_by_one
from devo.values import Deal, Finding, Instrument, Provision
from devo.world import World


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
    rank = precedence({p.id: p.overrides for p in listed if p.overrides})
    return sorted(
        listed,
        key=lambda p: (p.commencement, p.verb != "establish", p.made or date.max, rank.get(p.id, 0), p.id),
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


def _seen_from(world: World, view: World) -> World:
    seen = world
    if view.day is not None:
        seen = seen.on(view.day)
    return seen.known(view.as_known) if view.as_known is not None else seen
