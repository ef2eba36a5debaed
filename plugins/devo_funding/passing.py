"""Money passed on: what of a pot a body gives further, by the shares of the pot.

Where a share begins or ends within a year, the year's money is divided by days: each part is passed on by
the shares of its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from devo import Finding, World, cascade
from devo_funding.network import Arc, exact, pass_on
from devo_funding.pots import Share
from devo_funding.spreads import Loose
from devo_funding.years import FiscalYear

if TYPE_CHECKING:
    from devo_funding.flows import Flow


class Passing:
    """The shares of a world that pass money on, by pot, without those only promised."""

    def __init__(self, shares: tuple[Share, ...], promised: frozenset[str]):
        self._shares: dict[str, list[Share]] = {}
        for share in shares:
            if share.to and share.provision not in promised:
                self._shares.setdefault(share.pot, []).append(share)

    def passed_on(
        self, world: World, year: FiscalYear, flows: Sequence[Flow], findings: list[Finding]
    ) -> Iterator[Flow]:
        """What reached a body in a pot and was passed on by the pot's shares."""
        for name, shares in self._shares.items():
            found = [share for share in shares if in_force(share, year.start, year.end)]
            coming = [flow for flow in flows if flow.pot.id == name] if found else []
            for start, end in _spans(year, found) if coming else ():
                parts = [part for flow in coming if (part := _within(flow, year, start, end)).pence]
                now = [share for share in found if in_force(share, start, end)]
                yield from _passed(world, start, parts, now, findings)


def in_force(share: Share, start: date, end: date) -> bool:
    """Whether a share is for some day from `start` up to, not on, `end`."""
    return (share.start or date.min) < end and start < (share.end or date.max)


def _spans(year: FiscalYear, shares: Iterable[Share]) -> Iterator[tuple[date, date]]:
    """The parts of a year between the days on which shares begin or end."""
    marks = {day for share in shares for day in (share.start, share.end) if day is not None}
    yield from pairwise(sorted({year.start, year.end, *(d for d in marks if year.start < d < year.end)}))


def _within(flow: Flow, year: FiscalYear, start: date, end: date) -> Flow:
    """What of a year's flow is for the days from `start` up to `end`."""
    if start <= flow.start and flow.end <= end:
        return flow
    marks = (year.start, start, end, year.end)
    days = [max((min(b, flow.end) - max(a, flow.start)).days, 0) for a, b in pairwise(marks)]
    first, last = max(flow.start, start), min(flow.end, end)
    return replace(flow, pence=cascade(flow.pence, days)[1], start=first, end=last)


def _passed(
    world: World, day: date, coming: Sequence[Flow], shares: Sequence[Share], findings: list[Finding]
) -> Iterator[Flow]:
    """What bodies pass on of flows of one pot by shares, all of the same days; `day` is the first of those."""
    if not (coming and shares):
        return
    sample = coming[0]
    entering: dict[str, int] = {}
    hops: dict[str, int] = {}
    for flow in coming:
        entering[flow.payee] = entering.get(flow.payee, 0) + flow.pence
        hops[flow.payee] = max(hops.get(flow.payee, 1), flow.hop)
    arcs, loose = _arcs(world, day, shares, sorted(entering))
    done = pass_on(entering, arcs, sample.pot.id)
    findings.extend(done.findings)
    for arc, pence in done.carried:
        hops[arc.to] = max(hops.get(arc.to, 0), hops.get(arc.giver, 1) + 1)
        if pence:
            yield replace(
                sample,
                payer=arc.giver,
                payee=arc.to,
                pence=pence,
                hop=hops[arc.to],
                out_of=sample.pot.id,
                area="",
                decider="",
                loose=loose.get((arc.giver, arc.to), ()),
                order="",
            )


# What each arc, by giver and receiver, is loose by.
Looseness = dict[tuple[str, str], tuple[Loose, ...]]


class _Part(NamedTuple):
    """What of a giver's money goes to a receiver by one share, as a part of the whole."""

    share: Share
    giver: str
    to: str
    rate: Fraction


def _arcs(
    world: World, day: date, shares: Iterable[Share], payees: Iterable[str]
) -> tuple[list[Arc], Looseness]:
    """The arcs that shares make between bodies, and what each is loose by; `payees` are paid the pot itself."""
    rates: dict[tuple[str, str], Fraction] = {}
    loose: dict[tuple[str, str], list[tuple[Share, Fraction]]] = {}
    for share, giver, to, rate in _parts(world, day, shares, payees):
        rates[giver, to] = rates.get((giver, to), Fraction(0)) + rate
        if share.spread and rate:
            loose.setdefault((giver, to), []).append((share, rate))
    return [Arc(giver, to, rate) for (giver, to), rate in rates.items()], {
        key: tuple(
            Loose(f"{share.pot} by {share.giver} to {share.to}", share.spread, float(rate / rates[key]))
            for share, rate in listed
        )
        for key, listed in loose.items()
    }


def _parts(world: World, day: date, shares: Iterable[Share], payees: Iterable[str]) -> Iterator[_Part]:
    """Shares that name no giver are of everybody whom the pot is paid to; a weight is a part of a giver's weights.

    What a class would pass to the giver itself, as one of its members, it keeps.
    """
    given = [
        (share, giver)
        for share in shares
        for giver in ([share.giver] if share.giver else [payee for payee in payees if payee != share.to])
    ]
    weights: dict[str, int] = {}
    for share, giver in given:
        weights[giver] = weights.get(giver, 0) + (0 if share.rate else share.weight)
    for share, giver in given:
        weighed = share.weight and not share.rate
        rate = Fraction(share.weight, weights[giver]) if weighed else exact(share.rate)
        for to, part in _receivers(world, day, share.to, share.by):
            if to != giver or to == share.to:
                yield _Part(share, giver, to, rate * part)


def _receivers(world: World, day: date, to: str, by: str) -> list[tuple[str, Fraction]]:
    """The body that a share goes to, or the members of its class on a day with their parts by a measure."""
    if not to.startswith("every:"):
        return [(to, Fraction(1))]
    sizes: dict[str, int] = {}
    for tenure in world.roster.tenures(to.removeprefix("every:")):
        if tenure.on(day, None):
            sizes[tenure.body] = sizes.get(tenure.body, 0) + int(world.mosaic.measure(tenure.pieces, by))
    whole = sum(sizes.values())
    return [(body, Fraction(size, whole)) for body, size in sorted(sizes.items())] if whole else []
