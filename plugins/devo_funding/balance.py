"""The balance of powers and money: duties that nothing pays for, and money for what its body may not do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import BodyId, Pence, PowerId, Residents, World, question
from devo import named as named_holders
from devo_funding.flows import Flow, ledger, party_name
from devo_funding.pots import Service, Spending
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A power without money, or money without its power.

    `why` says what is known: that no pot in the tables names the power is not that nothing is paid.
    """

    finding: str
    power: PowerId
    power_name: str
    power_kind: str
    body: str
    body_name: str
    residents: Residents
    pot: str
    pot_name: str
    amount_pence: Pence
    why: str


@question(in_plan=True)
def balance(world: World, year: str = "", body: BodyId = "") -> Iterator[BalanceRow]:
    """Duties, powers and budgets that no money in the tables is for, and money for powers its body lacks.

    A holder that is a class of bodies is paid for when a pot pays the class or outturn shows it spends.
    """
    asked = asked_year(world, year)
    paid: dict[str, dict[str, set[str]]] = {}
    flows = ledger(world, asked).flows
    for flow in flows:
        for power in flow.pot.powers:
            paid.setdefault(power, {}).setdefault(flow.payee, set()).add(flow.pot.id)
    settled = {f.payee for f in flows if f.kind == "integrated-settlement" and not f.pot.part_of}
    services = {service.id: service for service in world.of(Service)}
    spent: dict[str, set[str]] = {}
    for row in world.of(Spending):
        for power in services[row.service].powers if row.service in services else ():
            spent.setdefault(power, set()).add(row.body)
    for power, record in sorted(world.powers.items()):
        if record.kind in ("influence", "general"):
            continue
        funded = {*paid.get(power, ()), *spent.get(power, ())}
        for holder, pieces in _holders(world, power).items():
            members = _members(world, holder)
            if body and body not in members and body != holder:
                continue
            lacking = members - funded
            if (
                holder in funded
                or not lacking
                or (len(lacking) < len(members) and holder.startswith("every:"))
            ):
                continue
            why = "no pot and no outturn in the tables names this power"
            if members & settled:
                why = "it may be met from the integrated settlement, whose lines the tables do not have"
            elif funded:
                why = "the tables have pots or outturn of others for this power, and none of this holder"
            yield BalanceRow(
                "power without money",
                power,
                record.name,
                record.kind,
                holder,
                party_name(world, holder),
                world.mosaic.residents(pieces),
                "",
                "",
                0,
                why,
            )
    yield from _money_without_power(world, flows, body)


def _money_without_power(world: World, flows: Sequence[Flow], body: str) -> Iterator[BalanceRow]:
    """Money paid to a body for a power that it does not hold on the day."""
    seen: set[tuple[str, str, str]] = set()
    sums: dict[tuple[str, str], int] = {}
    for flow in flows:
        sums[flow.pot.id, flow.payee] = sums.get((flow.pot.id, flow.payee), 0) + flow.pence
    for flow in flows:
        if flow.payee not in world.roster.bodies or (body and flow.payee != body):
            continue
        for power in flow.pot.powers:
            key = (power, flow.payee, flow.pot.id)
            holders = _holders(world, power)
            if key in seen or not holders or _holds(world, flow.payee, holders):
                continue
            seen.add(key)
            others = ", ".join(party_name(world, name) for name in list(holders)[:3])
            record = world.powers[power]
            yield BalanceRow(
                "money without power",
                power,
                record.name,
                record.kind,
                flow.payee,
                party_name(world, flow.payee),
                world.mosaic.residents(world.roster.served(flow.payee, world.today)),
                flow.pot.id,
                flow.pot.name,
                sums[flow.pot.id, flow.payee],
                f"it does not hold the power on {world.today}; held by {others}",
            )


QUESTIONS = (balance,)


def _holders(world: World, power: str) -> dict[str, frozenset[int]]:
    """Those whom the law names as holding a power anywhere, with the pieces each holds it over."""
    found: dict[str, frozenset[int]] = {}
    if power not in world.powers:
        return found
    for item in named_holders(world, power, ""):
        pieces = world.mosaic.territory(item.area) if item.area else world.mosaic.everywhere
        found[item.holder] = found.get(item.holder, frozenset()) | pieces
    return dict(sorted(found.items()))


def _members(world: World, holder: str) -> set[str]:
    """The bodies that a holder is: itself, or the members of its class on the day."""
    if not holder.startswith("every:"):
        return {holder}
    return {t.body for t in world.roster.tenures(holder.removeprefix("every:")) if t.on(world.today, None)}


def _holds(world: World, body: str, holders: dict[str, frozenset[int]]) -> bool:
    """Whether a body is among the holders, by itself, through a class, or through a part of it (TfL)."""
    line = {body, *(b.id for b in world.roster.bodies.values() if b.part_of == body)}
    record = world.roster.bodies[body]
    if record.part_of:
        line.add(record.part_of)
    if record.accountable_to:
        line.add(record.accountable_to)
    return any(line & _members(world, holder) for holder in holders)
