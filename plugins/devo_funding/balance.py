"""The balance of powers and money: duties that nothing pays for, and money for what its body may not do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from devo import BodyId, Pence, PowerId, Residents, World, question
from devo import named as named_holders
from devo_funding.deciders import is_central
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.paying import Paying, members
from devo_funding.pots import Raising
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A power without money, or money without its power (`finding`).

    `body` holds the power, or is paid for it; `residents` are those it holds it over, or those it answers for.
    `amount_pence` is what the pot pays it. `why` says what is known: that no pot in the tables names the power
    is not that nothing is paid. Worked out from the pots of the year and the holdings of the day.
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
    Powers that bring money in (a precept, a levy) want none and are left out.
    """
    paying = Paying(world, asked_year(world, year))
    raising = {row.power for row in world.of(Raising)}
    for power, record in sorted(world.powers.items()):
        if record.kind in ("influence", "general") or power in raising:
            continue
        funded = paying.of(power)
        for holder, pieces in _holders(world, power).items():
            bodies = members(world, holder)
            if body and body not in bodies and body != holder:
                continue
            lacking = bodies - funded
            if not lacking or (len(lacking) < len(bodies) and holder.startswith("every:")):
                continue
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
                _why(world, paying, bodies, bool(funded)),
            )
    yield from _money_without_power(world, paying.flows, body)


def _why(world: World, paying: Paying, bodies: set[str], others: bool) -> str:
    """What is known of a power that nothing in the tables pays its holder for."""
    if bodies & paying.settled:
        return "it may be met from the integrated settlement, whose lines the tables do not have"
    if all(is_central(world, body) for body in bodies):
        return "what departments and their agencies are voted is not in the tables"
    if others:
        return "the tables have pots or outturn of others for this power, and none of this holder"
    if bodies <= paying.general:
        return (
            "no pot and no outturn in the tables names this power; its holder has money with no strings "
            "(council tax, grants) that may be spent on it"
        )
    return "no pot and no outturn in the tables names this power"


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


def _holds(world: World, body: str, holders: dict[str, frozenset[int]]) -> bool:
    """Whether a body is among the holders, by itself, through a class, or through a part of it (TfL)."""
    line = {body, *(b.id for b in world.roster.bodies.values() if b.part_of == body)}
    record = world.roster.bodies[body]
    if record.part_of:
        line.add(record.part_of)
    if record.accountable_to:
        line.add(record.accountable_to)
    return any(line & members(world, holder) for holder in holders)
