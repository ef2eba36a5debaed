"""The strings on money: how much is tied, how many pots and accounts, how long it is certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from devo import BodyId, Pence, PowerId, Unit, World, question
from devo_funding.accounts import ledger
from devo_funding.book import book_of
from devo_funding.deciders import is_central
from devo_funding.endings import year_ends, years_certain
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.years import asked_year

PartOfMoney = Annotated[float, Unit("share of the money, 0 to 1")]


@dataclass(frozen=True, slots=True)
class StringsRow:
    """What a body's money of a year is tied to.

    `amount_pence` is all it is paid, and what follows are parts of it: ring-fenced, paid by ministers, won in a
    competition. `reporting_duties` is how many accounts it owes: pots of one settlement share one. `year_ends`
    are the last days of the years that its pots are stated in; years certain are counted with this one, and
    blank where no pot has a stated end. Worked out from the body's pots; `pots` gives the source of each.
    """

    body: BodyId
    body_name: str
    amount_pence: Pence
    ringfenced_pence: Pence
    ringfenced_share: PartOfMoney | None
    from_ministers_pence: Pence
    competed_pence: Pence
    pots: int
    payers: int
    reporting_duties: int
    year_ends: tuple[str, ...]
    shortest_years_certain: int | None
    longest_years_certain: int | None


def strings(world: World, body: BodyId = "", year: str = "") -> Iterator[StringsRow]:
    """For a body, or all: its pots, payers, accounts due, year-ends, and what of its money is ring-fenced."""
    asked = asked_year(world, year)
    book = book_of(world)
    paid: dict[str, list[Flow]] = {}
    for flow in ledger(world, asked).flows:
        if flow.payee in world.roster.bodies and (not body or flow.payee == body):
            paid.setdefault(flow.payee, []).append(flow)
    for party, found in sorted(paid.items()):
        whole = sum(flow.pence for flow in found)
        fenced = sum(flow.pence for flow in found if flow.ringfenced)
        certain = [years for flow in found if (years := years_certain(book, flow, asked)) is not None]
        yield StringsRow(
            party,
            party_name(world, party),
            whole,
            fenced,
            fenced / whole if whole else None,
            sum(flow.pence for flow in found if is_central(world, flow.payer)),
            sum(flow.pence for flow in found if flow.pot.award == "competed"),
            len({flow.pot.id for flow in found}),
            len({flow.payer for flow in found}),
            len({account_of(flow) for flow in found if flow.pot.reporting}),
            tuple(sorted({end for flow in found for end in year_ends(book, flow)})),
            min(certain, default=None),
            max(certain, default=None),
        )


@dataclass(frozen=True, slots=True)
class CycleRow:
    """How long the money of a power is certain for a body, and whether its pots end together.

    Years certain are counted with the one asked about, and blank where no pot has a stated end; `first_to_end`
    is the pot that ends first, `ends` the first day without it, `clash` what does not match, in words. Worked
    out from the amounts and last years of the body's pots; `pots` gives the source of each.
    """

    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    pots: int
    shortest_years_certain: int | None
    longest_years_certain: int | None
    first_to_end: str
    ends: date | None
    year_ends: tuple[str, ...]
    clash: str


@question(draw="timeline")
def money_cycles(world: World, year: str = "", power: PowerId = "", body: BodyId = "") -> Iterator[CycleRow]:
    """For each power that money is for: how many years it is certain, and year-ends that do not match.

    Years are counted with the one asked about: 1 is this year only. Blank is no stated end.
    """
    asked = asked_year(world, year)
    book = book_of(world)
    groups: dict[tuple[str, str], list[Flow]] = {}
    for flow in ledger(world, asked).flows:
        if flow.payee in world.roster.bodies and (not body or flow.payee == body):
            for name in flow.pot.powers:
                if not power or name == power:
                    groups.setdefault((name, flow.payee), []).append(flow)
    for (name, party), found in sorted(groups.items()):
        certain = {flow.pot.id: years_certain(book, flow, asked) for flow in found}
        known = {pot: years for pot, years in certain.items() if years is not None}
        first = min(known, key=lambda pot: (known[pot], pot), default="")
        ends = asked.later(known[first] - 1).end if first else None
        marks = tuple(sorted({end for flow in found for end in year_ends(book, flow)}))
        clash = []
        if len(marks) > 1:
            clash.append(f"year-ends differ: {', '.join(marks)}")
        if known and len(set(known.values())) > 1:
            clash.append(
                f"{book.pots[first].name} ends {max(known.values()) - known[first]} years before the longest"
            )
        yield CycleRow(
            name,
            world.power_name(name),
            party,
            party_name(world, party),
            len(certain),
            min(known.values(), default=None),
            max(known.values(), default=None),
            first,
            ends,
            marks,
            "; ".join(clash),
        )


QUESTIONS = (strings, money_cycles)


def account_of(flow: Flow) -> tuple[str, str]:
    """The account that a pot calls for: pots of one settlement share one."""
    return flow.pot.part_of or flow.pot.id, flow.pot.reporting
