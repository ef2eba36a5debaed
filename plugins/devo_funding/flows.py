"""Flows: what every payer paid every payee in a fiscal year, and what they passed on.

New money enters where a pot is paid; money paid out of another pot (`out_of`), or passed on by
shares, is the same money one step further. For every body what came in, its own money included,
is what went out and what it kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from devo import Confidence, Finding, World
from devo_funding.network import Arc, exact, pass_on
from devo_funding.parcels import Book, Parcel, promises
from devo_funding.pots import OUTSIDE, Kind, Pot, Share
from devo_funding.years import FiscalYear

# Words for those who pay or are paid where the sources name no single body.
UNDIVIDED: Mapping[str, str] = {
    "several-authorities": "Several authorities (the division is not in the tables)",
    "several-departments": "Several departments of government",
}


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of a pot from a payer to a payee in part of a fiscal year.

    `hop` is 1 for money that is new to the bodies of the model, more for money passed on.
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
    spread: str
    confidence: Confidence


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
            if flow.hop == 1:
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
            if flow.hop > 1:
                source = (flow.payer, flow.pot.out_of or flow.pot.id)
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


def ledger(world: World, year: FiscalYear, book: Book | None = None) -> Ledger:
    """The flows of a fiscal year."""
    book = book or Book(world)
    findings = list(book.findings)
    flows: list[Flow] = []
    for parcel in book.parcels(year):
        payee, reason = _receiver(world, parcel)
        if reason:
            findings.append(_not_paid(world, parcel, payee, reason))
            continue
        flows.append(_flow(parcel, payee))
    flows.extend(_passed_on(world, year, flows, findings))
    _overdrawn(world, flows, findings)
    return Ledger(year, tuple(_merged(flows)), tuple(dict.fromkeys(findings)))


def party_name(world: World, party: str) -> str:
    """What a payer or payee is called."""
    if party.startswith("every:"):
        return world.holder_name(party)
    return OUTSIDE.get(party) or UNDIVIDED.get(party) or world.body_name(party)


def is_party(world: World, party: str) -> bool:
    """Whether a text names somebody who can pay or be paid."""
    return (
        party.startswith("every:") or party in OUTSIDE or party in UNDIVIDED or party in world.roster.bodies
    )


def _receiver(world: World, parcel: Parcel) -> tuple[str, str]:
    """Who a parcel reaches: its payee, or the heir of one that is gone; and why it reaches nobody."""
    payee = parcel.payee
    if not is_party(world, payee):
        return payee, "no table has such a body"
    body = world.roster.bodies.get(payee)
    if body is None:
        return payee, ""
    if body.start is not None and body.start >= parcel.end:
        return payee, f"it does not exist until {body.start}"
    if body.end is not None and body.end <= parcel.start:
        heirs = {item.new for item, _ in world.roster.passed_on(payee, parcel.start)}
        if len(heirs) != 1:
            return payee, f"it was abolished on {body.end} and no one body succeeded it"
        return heirs.pop(), ""
    return payee, ""


def _flow(parcel: Parcel, payee: str) -> Flow:
    return Flow(
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
        parcel.spread,
        parcel.confidence,
    )


def _passed_on(world: World, year: FiscalYear, flows: list[Flow], findings: list[Finding]) -> Iterator[Flow]:
    """What reached a body in a pot and was passed on by the pot's shares."""
    shares: dict[str, list[Share]] = {}
    promised = promises(world)
    for share in world.of(Share):
        if share.provision in promised:
            continue
        if share.to and (share.start or date.min) < year.end and year.start < (share.end or date.max):
            shares.setdefault(share.pot, []).append(share)
    for name, found in shares.items():
        coming = [flow for flow in flows if flow.pot.id == name]
        if not coming:
            continue
        sample = coming[0]
        entering: dict[str, int] = {}
        for flow in coming:
            entering[flow.payee] = entering.get(flow.payee, 0) + flow.pence
        done = pass_on(entering, _arcs(world, year, found, sample.payee), name)
        findings.extend(done.findings)
        hops = dict.fromkeys(entering, 1)
        for arc, pence in done.carried:
            hops[arc.to] = max(hops.get(arc.to, 0), hops.get(arc.giver, 1) + 1)
            if pence:
                yield replace(
                    sample, payer=arc.giver, payee=arc.to, pence=pence, hop=hops[arc.to], area="", decider=""
                )


def _arcs(world: World, year: FiscalYear, shares: Iterable[Share], payee: str) -> list[Arc]:
    """Shares as arcs: own weights as parts of their sum, a class as its members by a measure."""
    found: dict[tuple[str, str], Fraction] = {}
    weighted: dict[str, list[Share]] = {}
    for share in shares:
        giver = share.giver or payee
        if share.weight and not share.rate:
            weighted.setdefault(giver, []).append(share)
            continue
        for to, part in _receivers(world, year, share.to, share.by):
            found[giver, to] = found.get((giver, to), Fraction(0)) + exact(share.rate) * part
    for giver, listed in weighted.items():
        whole = sum(share.weight for share in listed)
        for share in listed:
            for to, part in _receivers(world, year, share.to, share.by):
                here = Fraction(share.weight, whole) * part
                found[giver, to] = found.get((giver, to), Fraction(0)) + here
    return [Arc(giver, to, rate) for (giver, to), rate in found.items()]


def _receivers(world: World, year: FiscalYear, to: str, by: str) -> list[tuple[str, Fraction]]:
    """The body that a share goes to, or the members of its class with their parts by a measure."""
    if not to.startswith("every:"):
        return [(to, Fraction(1))]
    sizes: dict[str, int] = {}
    for tenure in world.roster.tenures(to.removeprefix("every:")):
        if tenure.on(year.start, None):
            sizes[tenure.body] = sizes.get(tenure.body, 0) + int(world.mosaic.measure(tenure.pieces, by))
    whole = sum(sizes.values())
    return [(body, Fraction(size, whole)) for body, size in sorted(sizes.items())] if whole else []


def _overdrawn(world: World, flows: Iterable[Flow], findings: list[Finding]) -> None:
    """Bodies that pass on more of a pot than they got of it."""
    have: dict[tuple[str, str], int] = {}
    for flow in flows:
        key = (flow.payee, flow.pot.id)
        have[key] = have.get(key, 0) + flow.pence
    for flow in flows:
        if flow.pot.out_of:
            key = (flow.payer, flow.pot.out_of)
            have[key] = have.get(key, 0) - flow.pence
            if have[key] < 0:
                findings.append(
                    Finding(
                        "passes-on-more-than-it-has",
                        f"{party_name(world, flow.payer)} passes on more of {flow.pot.out_of} than it gets "
                        f"({-have[key]} pence too much, with {flow.pot.id}).",
                        "error",
                        (flow.payer, flow.pot.id, flow.pot.out_of),
                    )
                )


def _merged(flows: Iterable[Flow]) -> list[Flow]:
    """Flows that differ in nothing but their days and amount, taken together; in a fixed order."""
    grouped: dict[tuple[object, ...], Flow] = {}
    for flow in flows:
        key = (
            flow.payer,
            flow.payee,
            flow.pot.id,
            flow.pot.powers,
            flow.pot.out_of,
            flow.kind,
            flow.ringfenced,
            flow.decider,
            flow.area,
            flow.hop,
            flow.spread,
            flow.pence < 0,
        )
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
    return [grouped[key] for key in sorted(grouped, key=str)]


def _not_paid(world: World, parcel: Parcel, payee: str, reason: str) -> Finding:
    return Finding(
        "paid-to-nobody",
        f"{parcel.pence} pence of {parcel.pot.name} ({parcel.pot.id}) for {party_name(world, payee)} "
        f"from {parcel.start} are not paid: {reason}.",
        "warning",
        (parcel.pot.id, payee),
        suggestion="name the body that is paid, or the day from which",
    )
