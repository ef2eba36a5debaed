"""What a deal does to money: new pots, and changes to the pots there are.

The term for powers is a list (`powers`), for one sum may pay for several. Pounds are whole pounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from devo import Areas, CannotTakeEffect, PowerId, Provision, World, cascade
from devo_funding.entries import (
    adjusted,
    amount_of,
    by_payee,
    new_pot,
    parcels_of,
    picked,
    pot_called,
    sums_of,
)
from devo_funding.flows import is_party, party_name
from devo_funding.network import exact
from devo_funding.parcels import rounded
from devo_funding.pots import Adjustment, Amount, Kind, Pot, PotId, Share
from devo_funding.years import year_of

Change = Pot | Amount | Share | Adjustment


def fund(
    world: World,
    provision: Provision,
    pot: str,
    payer: str,
    payee: str,
    pounds: int = 0,
    name: str = "",
    powers: tuple[PowerId, ...] = (),
    kind: Kind = "grant",
    ringfenced: bool = False,
    nature: Literal["revenue", "capital", "mixed"] = "mixed",
    award: Literal["", "formula", "competed", "negotiated", "set locally", "by results"] = "negotiated",
    until: date | None = None,
    each_year: bool = False,
    reporting: str = "",
    review_years: int = 0,
    out_of: PotId = "",
    area: Areas = "",
    spread: str = "",
    uprate: float = 0.0,
) -> Iterable[Change]:
    """Pay somebody `pounds` from the commencement up to `until` (by default its fiscal year), or `each_year`.

    `uprate` is the part by which a yearly sum grows each fiscal year (0.02 for two per cent).
    `out_of` names the pot the payer got the money in: it is then passed on and not new.
    """
    yield from new_pot(
        world,
        provision,
        pot,
        name,
        payer,
        payee,
        kind,
        powers,
        ringfenced,
        award=award,
        nature=nature,
        reporting=reporting,
        review_years=review_years,
        out_of=out_of,
        area=area,
        first=provision.commencement,
        until=until if until or each_year else year_of(provision.commencement).end,
    )
    yield from sums_of(provision, pot, pounds, until, each_year, spread, uprate)


def retain(
    world: World,
    provision: Provision,
    pot: str,
    payee: str,
    pounds: int,
    name: str = "",
    share: float = 1.0,
    powers: tuple[PowerId, ...] = (),
    until: date | None = None,
    spread: str = "",
) -> Iterable[Change]:
    """Let a body keep a share (0 to 1) of the business rates raised in its area: `pounds` a year in all."""
    if not 0 < share <= 1:
        raise CannotTakeEffect(f"a share of {share} cannot be retained; it is more than 0 and at most 1")
    yield from new_pot(
        world,
        provision,
        pot,
        name or "Retained business rates",
        "business-ratepayers",
        payee,
        "retained-rates",
        powers,
        False,
        award="negotiated",
        nature="revenue",
        first=provision.commencement,
        until=until,
    )
    kept = rounded(pounds * 100 * exact(share))
    yield amount_of(provision, pot, kept, provision.commencement, until, each_year=True, spread=spread)


def pay_by_results(
    world: World,
    provision: Provision,
    pot: str,
    payer: str,
    payee: str,
    people: int,
    success: float,
    outcome_pounds: int,
    attachment_pounds: int = 0,
    cap_pounds: int = 0,
    until: date | None = None,
    name: str = "",
    powers: tuple[PowerId, ...] = (),
    reporting: str = "claims of results, person by person",
    spread: str = "",
) -> Iterable[Change]:
    """Pay by results: `attachment_pounds` for each person or family, `outcome_pounds` for each success.

    `success` is the part of them with the outcome; the whole is held to `cap_pounds` where that is given.
    """
    if not 0 <= success <= 1 or people < 0:
        raise CannotTakeEffect("`success` is a part from 0 to 1, and `people` is not negative")
    results = rounded(people * exact(success))
    pounds = people * attachment_pounds + results * outcome_pounds
    if cap_pounds:
        pounds = min(pounds, cap_pounds)
    until = until or year_of(provision.commencement).end
    yield from new_pot(
        world,
        provision,
        pot,
        name,
        payer,
        payee,
        "pay-by-results",
        powers,
        True,
        award="by results",
        nature="revenue",
        reporting=reporting,
        first=provision.commencement,
        until=until,
        note=f"{people:,} at {attachment_pounds:,} pounds, {results:,} results at {outcome_pounds:,} pounds",
    )
    yield amount_of(provision, pot, pounds * 100, provision.commencement, until, spread=spread)


def repoint(
    world: World, provision: Provision, pot: PotId, payee: str, was: str = "", decided_by: str = ""
) -> Iterable[Change]:
    """Pay a pot to somebody else from the commencement on. `was` picks one of several payees."""
    found = pot_called(world, pot)
    if not is_party(world, payee):
        raise CannotTakeEffect(f"no body {payee!r} is known")
    paid = {p.payee for p in parcels_of(world, provision, [found])}
    if was and paid and was not in paid:
        raise CannotTakeEffect(f"{found.name} is not paid to {party_name(world, was)}")
    if paid == {payee}:
        raise CannotTakeEffect(f"{found.name} is paid to {party_name(world, payee)} already")
    yield adjusted(provision, pot, "payee", value=payee, payee=was)
    if decided_by:
        yield adjusted(provision, pot, "decider", value=decided_by, payee=was)


def cut(
    world: World,
    provision: Provision,
    pot: PotId = "",
    payer: str = "",
    kind: str = "",
    percent: float = 0.0,
    pounds: int = 0,
) -> Iterable[Change]:
    """Take money away from the commencement on: a `percent` of it, or `pounds` a year in all.

    From one pot, from all that a payer pays, from all of a kind, or from what all three pick.
    Pounds are taken from each payee in proportion to what it gets in the year of the commencement.
    """
    if (percent > 0) == (pounds > 0):
        raise CannotTakeEffect("say either `percent` or `pounds`, and more than nothing")
    if percent > 100:
        raise CannotTakeEffect("no more than 100 per cent can be cut")
    found = picked(world, pot, payer, kind)
    parcels = parcels_of(world, provision, found)
    if not parcels:
        raise CannotTakeEffect("the tables know no such money in the year of the commencement")
    if percent:
        rate = float(1 - exact(percent) / 100)
        for name in sorted({p.from_pot or p.pot.id for p in parcels}):
            yield adjusted(provision, name, "times", rate=rate)
        return
    sums = by_payee(parcels)
    total = sum(sums.values())
    if pounds * 100 > total:
        raise CannotTakeEffect(f"{pounds} pounds are more than there are to cut ({total} pence)")
    for (name, payee), pence in zip(sums, cascade(pounds * 100, list(sums.values())), strict=True):
        yield adjusted(provision, name, "minus", pence=pence, payee=payee)


def uprate(
    world: World, provision: Provision, percent: float, pot: PotId = "", payer: str = "", kind: str = ""
) -> Iterable[Change]:
    """Raise money by a per cent from the commencement on; once: say it again for each further year."""
    if percent <= 0:
        raise CannotTakeEffect("`percent` is more than nothing; to lower money use `cut`")
    for name in sorted(p.id for p in picked(world, pot, payer, kind)):
        yield adjusted(provision, name, "times", rate=float(1 + exact(percent) / 100))


def ringfence(world: World, provision: Provision, pot: PotId) -> Iterable[Change]:
    """Tie a pot to its stated purpose."""
    found = pot_called(world, pot)
    if all(p.ringfenced for p in parcels_of(world, provision, [found])) and found.ringfenced:
        raise CannotTakeEffect(f"{found.name} is ring-fenced already")
    yield adjusted(provision, pot, "ringfence")


def unringfence(world: World, provision: Provision, pot: PotId) -> Iterable[Change]:
    """Let whoever gets a pot spend it as they will."""
    found = pot_called(world, pot)
    if not found.ringfenced and not any(p.ringfenced for p in parcels_of(world, provision, [found])):
        raise CannotTakeEffect(f"{found.name} is not ring-fenced")
    yield adjusted(provision, pot, "unringfence")


def pool(
    world: World,
    provision: Provision,
    pot: str,
    payee: str,
    pots: tuple[str, ...],
    name: str = "",
    kind: Kind = "pooled",
    ringfenced: bool = False,
    reporting: str = "",
    decided_by: str = "",
    was: str = "",
) -> Iterable[Change]:
    """Make one pot of several from the commencement on, paid to one body: a pooled budget or a settlement.

    The payers go on paying; the pots' own strings end. `was` pools only what is paid to that body.
    """
    if len(pots) < 2:
        raise CannotTakeEffect("a pool needs at least two `pots`")
    found = [pot_called(world, item) for item in pots]
    powers = tuple(dict.fromkeys(power for item in found for power in item.powers))
    payer = found[0].payer if len({item.payer for item in found}) == 1 else "several-departments"
    yield from new_pot(
        world,
        provision,
        pot,
        name,
        payer,
        payee,
        kind,
        powers,
        ringfenced,
        reporting=reporting,
        award="negotiated",
        first=provision.commencement,
        decided_by=decided_by,
    )
    for item in sorted(pots):
        yield adjusted(provision, item, "pooled", value=pot, payee=was)


def pass_on(
    world: World,
    provision: Provision,
    pot: PotId,
    to: str,
    part: float = 1.0,
    by: str = "residents",
    giver: str = "",
    until: date | None = None,
) -> Iterable[Change]:
    """Let whoever gets a pot pass a part of it (0 to 1) on to another body, or to each of a class.

    A class (`every:icb`) shares by a measure of the places its members serve: residents, or another.
    """
    found = pot_called(world, pot)
    if not 0 < part <= 1:
        raise CannotTakeEffect(f"a part of {part} cannot be passed on; it is more than 0 and at most 1")
    if not is_party(world, to):
        raise CannotTakeEffect(f"no body {to!r} is known")
    if not world.mosaic.measure(world.mosaic.everywhere, by):
        raise CannotTakeEffect(f"no place has a measure {by!r}")
    yield Share(
        pot=found.id,
        giver=giver,
        to=to,
        rate=part,
        by=by,
        start=provision.commencement,
        end=until,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


VERBS = (fund, repoint, pool, cut, uprate, ringfence, unringfence, retain, pay_by_results, pass_on)
