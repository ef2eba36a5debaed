"""Amounts as parcels: what a pot pays whom in one fiscal year, after all that was done to the pot.

Within a year money is divided by days where a provision changes the pot part-way. Every division
conserves the penny. Money that is pooled meets the changes of the pot it is in from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from heapq import heappop, heappush

from devo import Confidence, cascade
from devo_funding.amounts import period
from devo_funding.network import exact
from devo_funding.pots import Adjustment, Amount, Kind, Pot
from devo_funding.prices import rounded
from devo_funding.spreads import Loose
from devo_funding.years import FiscalYear

# Changes to pots by pot, each pot's in order of their days.
Changes = Mapping[str, Sequence[Adjustment]]


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
    changes: Changes,
    pots: Mapping[str, Pot],
) -> Iterator[Parcel]:
    """An amount's money of a year, in as many parcels as the changes that it meets make of it."""
    start, end = period(amount)
    first = max(start, year.start)
    last = min(end or year.end, year.end)
    payee, area = amount.payee or pot.payee, amount.area or pot.area
    loose = (Loose(_figure(amount, payee), amount.spread),) if amount.spread else ()
    met = _met(pot, payee, area, changes, pots)
    days = sorted({first, *(day for day, _ in met if first < day < last)})
    spans = list(zip(days, [*days[1:], last], strict=True))
    parts = cascade(pence, [(b - a).days for a, b in spans]) if len(spans) > 1 else [pence]
    for (begin, until), part in zip(spans, parts, strict=True):
        before = Parcel(
            pot,
            payee,
            area,
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
        now = _after(before, [change for day, change in met if day <= begin], year, pots)
        if now.pence:
            yield now


def _met(
    pot: Pot, payee: str, area: str, changes: Changes, pots: Mapping[str, Pot]
) -> list[tuple[date, Adjustment]]:
    """The changes that a pot's money for a payee and an area meets, in order, each with the day it meets it.

    A change that names a payee is met by money that is paid to that payee by then. Money pooled into another
    pot goes where that pot goes by then; what was added to that pot, or taken from it, before is not its own.
    """
    own = changes.get(pot.id, ())
    waiting = [(item.start, number, item) for number, item in enumerate(own)]
    met: list[tuple[date, Adjustment]] = []
    joined, number = {pot.id}, len(own)
    while waiting:
        day, _, change = heappop(waiting)
        if (change.payee and change.payee != payee) or (change.area and change.area != area):
            continue
        met.append((day, change))
        if change.what == "payee":
            payee = change.value
        elif change.what == "pooled" and change.value in pots:
            payee = pots[change.value].payee
            if change.value not in joined:
                joined.add(change.value)
                for later in changes.get(change.value, ()):
                    if later.start >= day or later.what not in ("times", "minus"):
                        number += 1
                        heappush(waiting, (max(later.start, day), number, later))
    return met


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
            less = rounded(Fraction(change.pence * days, year.days))
            # A repayment is less than nothing already.
            parcel = replace(parcel, pence=max(parcel.pence - less, 0) if parcel.pence > 0 else parcel.pence)
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
