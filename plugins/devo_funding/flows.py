"""Flows: what every payer paid every payee in a fiscal year, and what came to rest with whom.

New money enters where a pot is paid; money paid out of another pot (`out_of`), or passed on by
shares, is the same money one step further. For every body what came in, its own money included,
is what went out and what it kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from devo import Confidence, Finding, TermFault, cascade
from devo_funding.parcels import Parcel
from devo_funding.pots import Kind, Pot
from devo_funding.prices import Prices, rounded
from devo_funding.spreads import Loose
from devo_funding.years import FiscalYear


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of a pot from a payer to a payee in part of a fiscal year.

    `hop` is 1 for money that is new to the bodies of the model, more for money passed on. `out_of` is the pot that
    the payer had passed-on money in: another where a pot is paid out of it, the same where a share passes it on;
    blank for new money. `order` is `order_of` it, where that was worked out.
    """

    payer: str
    payee: str
    pot: Pot
    pence: int
    kind: Kind
    ringfenced: bool
    decider: str
    area: str
    hop: int
    start: date
    end: date
    loose: tuple[Loose, ...]
    confidence: Confidence
    prices: str = "cash"
    out_of: str = ""
    order: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Balance:
    """A body's money of a year: what it received, what of its own it paid, what it passed on and kept."""

    received: int
    own: int
    paid: int
    kept: int


@dataclass(frozen=True, slots=True)
class Resting:
    """What of a pot's money came to rest at a body, by the flow that brought it there."""

    flow: Flow
    pence: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """All flows of a year with what there is to say of them."""

    year: FiscalYear
    flows: tuple[Flow, ...]
    findings: tuple[Finding, ...]

    def balances(self) -> dict[str, Balance]:
        """Every party's balance. Those of OUTSIDE only pay or only receive."""
        received: dict[str, int] = {}
        own: dict[str, int] = {}
        paid: dict[str, int] = {}
        for flow in self.flows:
            received[flow.payee] = received.get(flow.payee, 0) + flow.pence
            paid[flow.payer] = paid.get(flow.payer, 0) + flow.pence
            if not flow.out_of:
                own[flow.payer] = own.get(flow.payer, 0) + flow.pence
        return {
            party: Balance(
                received.get(party, 0),
                own.get(party, 0),
                paid.get(party, 0),
                received.get(party, 0) + own.get(party, 0) - paid.get(party, 0),
            )
            for party in sorted({*received, *paid})
        }

    def at_rest(self) -> list[Resting]:
        """Where the year's money came to rest: each flow less what was passed on of the same pot."""
        left: dict[tuple[str, str], int] = {}
        for flow in self.flows:
            if flow.out_of:
                source = (flow.payer, flow.out_of)
                left[source] = left.get(source, 0) + flow.pence
        found = []
        for flow in self.flows:
            key = (flow.payee, flow.pot.id)
            gone = min(left.get(key, 0), flow.pence) if flow.pence > 0 else 0
            if gone:
                left[key] -= gone
            if flow.pence - gone:
                found.append(Resting(flow, flow.pence - gone))
        return found


def flow_of(parcel: Parcel, payee: str) -> Flow:
    """A parcel as the flow that reaches a payee."""
    flow = Flow(
        parcel.pot.payer,
        payee,
        parcel.pot,
        parcel.pence,
        parcel.kind,
        parcel.ringfenced,
        parcel.decider,
        parcel.area,
        2 if parcel.pot.out_of else 1,
        parcel.start,
        parcel.end,
        parcel.loose,
        parcel.confidence,
        parcel.prices,
        parcel.pot.out_of,
    )
    return replace(flow, order=order_of(flow))


def order_of(flow: Flow) -> str:
    """Where a flow stands among others: a text of all but its days and amount."""
    return str(
        (
            flow.payer,
            flow.payee,
            flow.pot.id,
            flow.pot.powers,
            flow.out_of,
            flow.kind,
            flow.ringfenced,
            flow.decider,
            flow.area,
            flow.hop,
            flow.loose,
            flow.pence < 0,
            flow.prices,
        )
    )


def merged(flows: Iterable[Flow]) -> list[Flow]:
    """Flows that differ in nothing but their days and amount, taken together; in a fixed order."""
    grouped: dict[str, Flow] = {}
    for flow in flows:
        key = flow.order or order_of(flow)
        before = grouped.get(key)
        if before is None:
            grouped[key] = flow
        else:
            grouped[key] = replace(
                before,
                pence=before.pence + flow.pence,
                start=min(before.start, flow.start),
                end=max(before.end, flow.end),
                confidence=min(before.confidence, flow.confidence, key=("unsure", "known", "verified").index),
            )
    return [grouped[key] for key in sorted(grouped)]


def in_prices(flows: Iterable[Flow], year: FiscalYear, prices: Prices) -> list[Flow]:
    """Flows of a year in constant prices. What is paid on out of one pot stays within what was got of it.

    Raises TermFault where the deflator lacks the year, or a flow stands in other constant prices.
    """
    rate = prices.rate(year)
    listed = list(flows)
    strange = sorted({f"{flow.pot.id} (prices of {flow.prices})" for flow in listed if flow.prices != "cash"})
    if strange:
        raise TermFault(
            f"{', '.join(strange)}: no figures of that deflator for those years are in the tables, so this "
            f"money cannot be put into prices of {prices.year}; add them to deflator.csv"
        )
    groups: dict[tuple[str, str, int], list[int]] = {}
    for number, flow in enumerate(listed):
        # Rounded together is what a body got of a pot, and what it paid on of it: so it never pays on more.
        key = (flow.payer, flow.out_of, -1) if flow.out_of else (flow.payee, flow.pot.id, -2)
        groups.setdefault(key if flow.pence > 0 else ("", "", number), []).append(number)
    for numbers in groups.values():
        whole = sum(listed[number].pence for number in numbers)
        parts = cascade(rounded(whole * rate), [abs(listed[number].pence) for number in numbers])
        for number, part in zip(numbers, parts, strict=True):
            listed[number] = replace(listed[number], pence=part)
    return listed
