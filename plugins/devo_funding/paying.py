"""Who has money for a power: paid it out of a pot, paying it out of its own, or spending on a service.

A power that a statute divides is paid for with all its parts; a class with all its members; a body
with the bodies that are part of it (the Greater London Authority with Transport for London).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from devo import World
from devo_funding.accounts import ledger
from devo_funding.book import book_of, runs
from devo_funding.deciders import is_central
from devo_funding.pots import Pot, Service, ServicePower, Spending
from devo_funding.years import FiscalYear


class Paying:
    """Who has money for what in a fiscal year, as far as the tables know."""

    def __init__(self, world: World, year: FiscalYear):
        self.world = world
        self.flows = ledger(world, year).flows
        self._parts: dict[str, list[str]] = {}
        for body in world.roster.bodies.values():
            if body.part_of:
                self._parts.setdefault(body.part_of, []).append(body.id)
        self._known: dict[str, set[str]] = {}
        for flow in self.flows:
            self._add(flow.pot.powers, self._parties(flow.payer, flow.payee))
        for pot in _beside(world, year):
            self._add(pot.powers, self._parties(pot.payer, pot.payee))
        for power, bodies in _spenders(world):
            self._add((power,), bodies)
        self.general = self._with_parts(f.payee for f in self.flows if not f.pot.powers and not f.ringfenced)
        self.settled = {
            f.payee for f in self.flows if f.kind == "integrated-settlement" and not f.pot.part_of
        }

    def of(self, power: str) -> frozenset[str]:
        """The bodies that have money for a power, or for one that it is a part of."""
        found: set[str] = set()
        while power:
            found |= self._known.get(power, set())
            record = self.world.powers.get(power)
            power = record.parent if record else ""
        return frozenset(found)

    def _add(self, powers: Iterable[str], parties: Iterable[str]) -> None:
        bodies = self._with_parts(parties)
        for power in powers:
            self._known.setdefault(power, set()).update(bodies)

    def _parties(self, payer: str, payee: str) -> list[str]:
        """Who has a pot's money: who is paid it, and ministers who pay it out of their own."""
        return [payee, payer] if is_central(self.world, payer) else [payee]

    def _with_parts(self, parties: Iterable[str]) -> set[str]:
        """Bodies with the members of classes, with their parts, and with the heirs of those that are gone."""
        found: set[str] = set()
        for party in parties:
            if party.startswith("every:"):
                found |= members(self.world, party)
                continue
            found.add(party)
            found.update(self._parts.get(party, ()))
            record = self.world.roster.bodies.get(party)
            if record is not None and record.end is not None and record.end <= self.world.today:
                found.update(heir.new for heir, _ in self.world.roster.passed_on(party, self.world.today))
        return found


def members(world: World, holder: str) -> set[str]:
    """The bodies that a holder is: itself, or the members of its class on the day."""
    if not holder.startswith("every:"):
        return {holder}
    return {t.body for t in world.roster.tenures(holder.removeprefix("every:")) if t.on(world.today, None)}


def rules(world: World) -> Iterator[ServicePower]:
    """What is known of the powers that services are done under, what services say of themselves included."""
    for service in world.of(Service):
        for power in service.powers:
            yield ServicePower(service.id, power, source=service.source, confidence=service.confidence)
    yield from world.of(ServicePower)


def under(world: World) -> dict[str, list[tuple[str, set[str] | None]]]:
    """For each service the powers its spending is done under, each with the only spenders; None for all."""
    found: dict[str, list[tuple[str, set[str] | None]]] = {}
    for rule in rules(world):
        if not rule.through:
            only = _ever(world, rule.spenders) if rule.spenders else None
            found.setdefault(rule.service, []).append((rule.power, only))
    return found


def _beside(world: World, year: FiscalYear) -> Iterator[Pot]:
    """Pots of a year that are not added up, or whose amount the tables do not know."""
    book = book_of(world)
    for pot in book.pots.values():
        if runs(pot, year) and (not pot.counts or not book.amounts(pot.id)):
            yield pot


def _spenders(world: World) -> Iterator[tuple[str, set[str]]]:
    """Each power that spending is done under, with the bodies that spend, or those whose use of it they pay."""
    spending: dict[str, set[str]] = {}
    for row in world.of(Spending):
        spending.setdefault(row.service, set()).add(row.body)
    for rule in rules(world):
        bodies = spending.get(rule.service, set())
        if rule.spenders:
            bodies = bodies & _ever(world, rule.spenders)
        if rule.through:
            bodies = _through(world, rule.through, bodies)
        yield rule.power, bodies


def _ever(world: World, classes: str) -> set[str]:
    """The bodies that were ever of some classes."""
    return {tenure.body for tenure in world.roster.tenures(classes)}


def _through(world: World, classes: str, spenders: set[str]) -> set[str]:
    """The members of classes whose whole area one of the spenders answers for."""
    roster = world.roster
    served = [
        roster.served(body, world.today) or world.mosaic.territory(roster.bodies[body].area)
        for body in spenders
        if body in roster.bodies and (roster.bodies[body].area or roster.served(body, world.today))
    ]
    return {
        tenure.body
        for tenure in roster.tenures(classes)
        if tenure.on(world.today, None) and any(tenure.pieces <= pieces for pieces in served)
    }
