"""Amounts as parcels: what a pot pays whom in one fiscal year, after all that was done to the pot.

Within a year money is divided by days where a provision changes the pot part-way. Every division
conserves the penny.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from devo import Confidence, cascade
from devo_funding.amounts import period
from devo_funding.network import exact
from devo_funding.pots import Adjustment, Amount, Kind, Pot
from devo_funding.prices import rounded
from devo_funding.spreads import Loose
from devo_funding.years import FiscalYear


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a pot pays one payee in part of a fiscal year, in pence, as it stands there.

    `prices` is *cash* but where an amount stands in constant prices that no deflator of the tables turns
    into cash of the year.
    """

    pot: Pot
    payee: str
    area: str
    pence: int
    kind: Kind
    ringfenced: bool
    decider: str
    start: date
    end: date
    loose: tuple[Loose, ...]
    confidence: Confidence
    from_pot: str = ""
    prices: str = "cash"


def parcels_after(
    pot: Pot,
    amount: Amount,
    year: FiscalYear,
    pence: int,
    prices: str,
    changes: Sequence[Adjustment],
    pots: Mapping[str, Pot],
) -> Iterator[Parcel]:
    """An amount's money of a year, in as many parcels as the changes to its pot make of it."""
    start, end = period(amount)
    first = max(start, year.start)
    last = min(end or year.end, year.end)
    payee = amount.payee or pot.payee
    loose = (Loose(_figure(amount, payee), amount.spread),) if amount.spread else ()
    mine = [a for a in changes if not a.payee or a.payee == payee]
    days = sorted({first, *(a.start for a in mine if first < a.start < last)})
    spans = list(zip(days, [*days[1:], last], strict=True))
    parts = cascade(pence, [(b - a).days for a, b in spans]) if len(spans) > 1 else [pence]
    for (begin, until), part in zip(spans, parts, strict=True):
        before = Parcel(
            pot,
            payee,
            amount.area or pot.area,
            part,
            pot.kind,
            pot.ringfenced,
            pot.decided_by,
            begin,
            until,
            loose,
            min(pot.confidence, amount.confidence, key=_CERTAINTY.index),
            prices=prices,
        )
        now = _after(before, [a for a in mine if a.start <= begin], year, pots)
        if now.pence:
            yield now


def _after(
    parcel: Parcel, changes: Iterable[Adjustment], year: FiscalYear, pots: Mapping[str, Pot]
) -> Parcel:
    """A parcel as the changes in force leave it, one after the other."""
    for change in changes:
        parcel = replace(parcel, confidence=min(parcel.confidence, change.confidence, key=_CERTAINTY.index))
        if change.what == "payee":
            parcel = replace(parcel, payee=change.value)
        elif change.what == "times":
            rate = exact(change.rate)
            parcel = replace(parcel, pence=rounded(parcel.pence * rate))
            if change.spread and rate:
                figure = change.provision or f"{change.pot} from {change.start}"
                bearing = float((rate - 1) / rate)
                parcel = replace(parcel, loose=(*parcel.loose, Loose(figure, change.spread, bearing)))
        elif change.what == "minus":
            days = (parcel.end - parcel.start).days
            parcel = replace(
                parcel, pence=max(parcel.pence - rounded(Fraction(change.pence * days, year.days)), 0)
            )
        elif change.what == "ringfence":
            kind: Kind = "ring-fenced-grant" if parcel.kind == "grant" else parcel.kind
            parcel = replace(parcel, ringfenced=True, kind=kind)
        elif change.what == "unringfence":
            kind = "grant" if parcel.kind == "ring-fenced-grant" else parcel.kind
            parcel = replace(parcel, ringfenced=False, kind=kind)
        elif change.what == "decider":
            parcel = replace(parcel, decider=change.value)
        elif change.value in pots:
            into = pots[change.value]
            parcel = replace(
                parcel,
                pot=replace(into, payer=parcel.pot.payer, powers=parcel.pot.powers, out_of=parcel.pot.out_of),
                payee=into.payee,
                kind=into.kind,
                ringfenced=into.ringfenced,
                decider=into.decided_by,
                from_pot=parcel.from_pot or parcel.pot.id,
            )
    return parcel


def _figure(amount: Amount, payee: str) -> str:
    """The name of an amount's figure, the same for all its years and days."""
    return f"{amount.pot} to {payee} {amount.area} {amount.year or amount.start}"


_CERTAINTY: Sequence[Confidence] = ("unsure", "known", "verified")
