"""What a deal opens: new pots, by funding, retaining, paying by results and pooling.

The term for powers is a list (`powers`), for one sum may pay for several. Pounds are whole pounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from devo import Areas, CannotTakeEffect, PowerId, Provision, World
from devo_funding.entries import (
    Entry,
    adjusted,
    amount_of,
    new_pot,
    payees_of,
    pot_called,
    sums_of,
)
from devo_funding.network import exact
from devo_funding.pots import Award, DecidedBy, Kind, Nature, PotId
from devo_funding.prices import rounded
from devo_funding.years import year_of


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
    nature: Nature = "mixed",
    award: Award = "negotiated",
    until: date | None = None,
    each_year: bool = False,
    reporting: str = "",
    review_years: int = 0,
    out_of: PotId = "",
    area: Areas = "",
    spread: str = "",
    uprate: float = 0.0,
) -> Iterable[Entry]:
    """Pay a `payee` so many `pounds` from the commencement up to `until` (by default its fiscal year), or `each_year`.

    `pot` is the new pot's id, `name` what people call it, `powers` what the money is for.
    Its strings: its `kind`; whether it is `ringfenced` (for its stated purpose alone); its `nature`; how it
    was come by (`award`); to whom an account of it is due, and of what (`reporting`); every how many years
    it is looked at again (`review_years`; 0 where nothing is said).
    `spread` is how far the sum may be out: `triangular 0.8 1 1.3`, a distribution it is multiplied by.
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
) -> Iterable[Entry]:
    """Let a body keep a share (0 to 1) of the business rates raised in its area.

    `payee` is the body, and `pounds` all the rates of a year, of which it keeps the share. `pot` is the new
    pot's id, `name` what people call it, `powers` what it is for.
    `spread` is how far the sum may be out, as a distribution it is multiplied by.
    """
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
) -> Iterable[Entry]:
    """Pay by results: `attachment_pounds` for each person or family, `outcome_pounds` for each success.

    `people` is how many there are, and `success` the part of them with the outcome (0 to 1); the whole is
    held to `cap_pounds` where that is given. The `payer` pays the `payee`. `pot` is the new pot's id, `name`
    what people call it, `powers` what it is for; `reporting` says to whom an account is due, and of what.
    `spread` is how far the sum may be out, as a distribution it is multiplied by.
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
    decided_by: DecidedBy = "",
    was: str = "",
) -> Iterable[Entry]:
    """Make one pot of several from the commencement on, paid to one body: a pooled budget or a settlement.

    `pot` is the new pot's id and `name` what people call it; `payee` is the body, `pots` what goes in.
    The payers go on paying; the pots' own strings end, and the new one's are its `kind`, whether it is
    `ringfenced`, to whom an account is due (`reporting`) and who decides on it (`decided_by`; by default
    whoever the kind of pot and of payee makes it). `was` pools only what is paid to that body.
    """
    if len(set(pots)) < 2:
        raise CannotTakeEffect("a pool needs at least two `pots`, and not one of them twice over")
    found = [pot_called(world, item) for item in dict.fromkeys(pots)]
    for item in found:
        payees_of(world, provision, item, was)
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
    for item in sorted(found, key=lambda item: item.id):
        yield adjusted(provision, item.id, "pooled", value=pot, payee=was)


VERBS = (fund, pool, retain, pay_by_results)
