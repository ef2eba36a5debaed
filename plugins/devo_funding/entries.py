"""What the verbs write: pots, amounts and changes of a provision, and the pots that it picks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from devo import CannotTakeEffect, Provision, World
from devo_funding.amounts import period
from devo_funding.book import book_of
from devo_funding.deciders import is_central
from devo_funding.network import exact
from devo_funding.parcels import Parcel
from devo_funding.parties import is_party, party_name
from devo_funding.pots import Adjustment, Amount, Kind, Pot, Share
from devo_funding.prices import rounded
from devo_funding.spreads import BadSpread, parsed
from devo_funding.years import FiscalYear, year_of

# What a verb on money writes.
Entry = Pot | Amount | Share | Adjustment


def new_pot(
    world: World,
    provision: Provision,
    pot: str,
    name: str,
    payer: str,
    payee: str,
    kind: Kind,
    powers: tuple[str, ...],
    ringfenced: bool,
    first: date,
    until: date | None = None,
    **more: Any,
) -> Iterator[Pot]:
    """The pot that a provision opens. Raises CannotTakeEffect for one that is there, or for parties that are not."""
    if any(item.id == pot for item in world.of(Pot)):
        raise CannotTakeEffect(f"there is already a pot {pot!r}")
    for party in (payer, payee):
        if not is_party(world, party):
            raise CannotTakeEffect(
                f"no body {party!r} is known, and it is none of the words for those outside"
            )
    if until is not None and until <= first:
        raise CannotTakeEffect(f"`until` {until} is not after the commencement {first}")
    body = world.roster.bodies.get(payee)
    if body is not None and body.start is not None and until is not None and body.start >= until:
        raise CannotTakeEffect(f"{body.name} does not exist until {body.start}")
    if kind == "grant" and ringfenced and is_central(world, payer):
        kind = "ring-fenced-grant"
    last = str(year_of(date.fromordinal(until.toordinal() - 1))) if until else ""
    yield Pot(
        id=pot,
        name=name or pot.replace("-", " ").capitalize(),
        payer=payer,
        payee=payee,
        kind=kind,
        powers=powers,
        ringfenced=ringfenced or kind == "ring-fenced-grant",
        first_year=str(year_of(first)),
        last_year=last,
        provision=provision.id,
        instrument=provision.instrument.id,
        source=provision.source,
        confidence=provision.confidence,
        **more,
    )


def sums_of(
    provision: Provision,
    pot: str,
    pounds: int,
    until: date | None,
    each_year: bool,
    spread: str,
    growth: float,
) -> Iterator[Amount]:
    """The amounts of a pot of so many pounds, growing from year to year where it says so."""
    if not pounds:
        return
    first = provision.commencement
    if not growth:
        yield amount_of(provision, pot, pounds * 100, first, until, each_year=each_year, spread=spread)
        return
    if not each_year or until is None:
        raise CannotTakeEffect("`uprate` is for a sum `each_year` with an `until`")
    pence, start = pounds * 100, first
    while start < until:
        end = min(year_of(start).end, until)
        yield amount_of(provision, pot, pence, start, end, each_year=True, spread=spread)
        pence, start = rounded(pence * (1 + exact(growth))), end


def amount_of(
    provision: Provision,
    pot: str,
    pence: int,
    start: date,
    until: date | None,
    *,
    each_year: bool = False,
    spread: str = "",
) -> Amount:
    """An amount that a provision puts into a pot. Raises CannotTakeEffect for one below nothing."""
    if pence < 0:
        raise CannotTakeEffect(
            "a negative sum is no funding; a repayment is a pot of its own, paid the other way"
        )
    end = until if until or each_year else year_of(start).end
    return Amount(
        pot=pot,
        pence=pence,
        start=start,
        end=end,
        basis="per-year" if each_year else "total",
        spread=sound(spread),
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def sound(spread: str) -> str:
    """A spread that is one, or none. Raises CannotTakeEffect."""
    try:
        parsed(spread)
    except BadSpread as fault:
        raise CannotTakeEffect(str(fault)) from None
    return spread


def adjusted(provision: Provision, pot: str, what: Any, **terms: Any) -> Adjustment:
    """A change that a provision makes to a pot from its commencement on."""
    return Adjustment(
        pot=pot,
        what=what,
        start=provision.commencement,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
        **terms,
    )


def pot_called(world: World, name: str) -> Pot:
    """The pot of an id. Raises CannotTakeEffect, with the nearest ids."""
    pots = {pot.id: pot for pot in world.of(Pot)}
    if name in pots:
        return pots[name]
    from difflib import get_close_matches

    near = get_close_matches(name, pots, n=3)
    raise CannotTakeEffect(
        f"no pot is called {name!r}" + (f"; did you mean: {', '.join(near)}?" if near else "")
    )


def picked(world: World, pot: str, payer: str, kind: str) -> list[Pot]:
    """The pots that count of an id, a payer and a kind. Raises CannotTakeEffect where there are none."""
    if not (pot or payer or kind):
        raise CannotTakeEffect("say which money: a `pot`, a `payer` or a `kind`")
    found = [pot_called(world, pot)] if pot else list(world.of(Pot))
    found = [
        p for p in found if (not payer or p.payer == payer) and (not kind or p.kind == kind) and p.counts
    ]
    if not found:
        raise CannotTakeEffect("the tables know no such money")
    return found


def parcels_of(world: World, provision: Provision, pots: Sequence[Pot]) -> list[Parcel]:
    """What pots pay in the fiscal year of a provision's commencement, from that day on."""
    names = {pot.id for pot in pots}
    year: FiscalYear = year_of(provision.commencement)
    return [
        parcel
        for parcel in book_of(world).parcels(year)
        if (parcel.pot.id in names or parcel.from_pot in names) and parcel.end > provision.commencement
    ]


def payees_of(world: World, provision: Provision, pot: Pot, was: str = "") -> set[str]:
    """Whom a pot pays from a provision's commencement on in that year. Raises CannotTakeEffect where not who it `was`."""
    paid = {parcel.payee for parcel in parcels_of(world, provision, [pot])}
    if was and paid and was not in paid:
        raise CannotTakeEffect(f"{pot.name} is not paid to {party_name(world, was)}")
    return paid


def pays_after(world: World, pot: Pot, day: date) -> bool:
    """Whether the tables have money in a pot, or pooled into it, for a day or later; True for one without amounts."""
    book = book_of(world)
    into = [name for name, made in book.adjustments.items() if any(item.value == pot.id for item in made)]
    ends = [period(amount)[1] for name in (pot.id, *into) for amount in book.amounts(name)]
    return not ends or any(end is None or end > day for end in ends)


def by_sum(parcels: Iterable[Parcel]) -> dict[tuple[str, str, str], int]:
    """Parcels added up by the pot they first were in, their payee and their area, in order."""
    found: dict[tuple[str, str, str], int] = {}
    for parcel in parcels:
        key = (parcel.from_pot or parcel.pot.id, parcel.payee, parcel.area)
        found[key] = found.get(key, 0) + parcel.pence
    return dict(sorted(found.items()))
