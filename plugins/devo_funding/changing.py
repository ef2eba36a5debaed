"""What a deal does to the pots there are: to whom they are paid, how much they are, how they are tied."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from devo import CannotTakeEffect, Provision, World, cascade
from devo_funding.entries import (
    Entry,
    adjusted,
    by_sum,
    parcels_of,
    payees_of,
    pays_after,
    picked,
    pot_called,
    sound,
)
from devo_funding.network import exact
from devo_funding.parties import is_party, party_name
from devo_funding.pots import DecidedBy, PotId, Share


def repoint(
    world: World,
    provision: Provision,
    pot: PotId,
    payee: str,
    was: str = "",
    decided_by: DecidedBy = "",
) -> Iterable[Entry]:
    """Pay a pot to another `payee` from the commencement on. `was` picks one of several payees.

    `decided_by` says who decides on it from then on, where that changes too.
    """
    found = pot_called(world, pot)
    if not is_party(world, payee):
        raise CannotTakeEffect(f"no body {payee!r} is known")
    if payees_of(world, provision, found, was) == {payee}:
        raise CannotTakeEffect(f"{found.name} is paid to {party_name(world, payee)} already")
    # The decider first: by the next line the money is no longer paid to whom it `was`.
    if decided_by:
        yield adjusted(provision, pot, "decider", value=decided_by, payee=was)
    yield adjusted(provision, pot, "payee", value=payee, payee=was)


def cut(
    world: World,
    provision: Provision,
    pot: PotId = "",
    payer: str = "",
    kind: str = "",
    percent: float = 0.0,
    pounds: int = 0,
    spread: str = "",
) -> Iterable[Entry]:
    """Take money away from the commencement on: a `percent` of it, or `pounds` a year in all.

    From one pot, from all that a payer pays, from all of a kind, or from what all three pick.
    Pounds are taken from each payee in proportion to what it gets in the year of the commencement.
    `spread` is how far the `percent` may be out: `triangular 0.5 1 1.5`.
    """
    if (percent > 0) == (pounds > 0):
        raise CannotTakeEffect("say either `percent` or `pounds`, and more than nothing")
    if spread and not percent:
        raise CannotTakeEffect("`spread` is for a `percent`; a cut by `pounds` is what it says")
    if percent > 100:
        raise CannotTakeEffect("no more than 100 per cent can be cut")
    found = picked(world, pot, payer, kind)
    parcels = parcels_of(world, provision, found)
    if not parcels:
        raise CannotTakeEffect("the tables know no such money in the year of the commencement")
    if percent:
        rate = float(1 - exact(percent) / 100)
        names = {pot.id for pot in found}
        # Pooled money is cut once, by whichever pot was picked.
        for name in sorted({p.from_pot if p.from_pot in names else p.pot.id for p in parcels}):
            yield adjusted(provision, name, "times", rate=rate, spread=sound(spread))
        return
    # What is paid back cannot be cut.
    sums = {key: pence for key, pence in by_sum(parcels).items() if pence > 0}
    total = sum(sums.values())
    if pounds * 100 > total:
        raise CannotTakeEffect(f"{pounds} pounds are more than there are to cut ({total} pence)")
    for (name, payee, area), pence in zip(sums, cascade(pounds * 100, list(sums.values())), strict=True):
        yield adjusted(provision, name, "minus", pence=pence, payee=payee, area=area)


def uprate(
    world: World,
    provision: Provision,
    percent: float,
    pot: PotId = "",
    payer: str = "",
    kind: str = "",
    spread: str = "",
) -> Iterable[Entry]:
    """Raise money by a `percent` from the commencement on; once: say it again for each further year.

    It raises one `pot`, all that a `payer` pays, all of a `kind`, or what all three pick.
    `spread` is how far the `percent` may be out: `uniform 0.5 1.5`.
    """
    if percent <= 0:
        raise CannotTakeEffect("`percent` is more than nothing; to lower money use `cut`")
    found = picked(world, pot, payer, kind)
    if not any(pays_after(world, item, provision.commencement) for item in found):
        raise CannotTakeEffect(
            f"no such money is paid after {provision.commencement}, as far as the tables know"
        )
    for name in sorted(item.id for item in found):
        yield adjusted(provision, name, "times", rate=float(1 + exact(percent) / 100), spread=sound(spread))


def ringfence(world: World, provision: Provision, pot: PotId) -> Iterable[Entry]:
    """Tie a pot to its stated purpose."""
    found = pot_called(world, pot)
    if all(p.ringfenced for p in parcels_of(world, provision, [found])) and found.ringfenced:
        raise CannotTakeEffect(f"{found.name} is ring-fenced already")
    yield adjusted(provision, pot, "ringfence")


def unringfence(world: World, provision: Provision, pot: PotId) -> Iterable[Entry]:
    """Let whoever gets a pot spend it as they will."""
    found = pot_called(world, pot)
    if not found.ringfenced and not any(p.ringfenced for p in parcels_of(world, provision, [found])):
        raise CannotTakeEffect(f"{found.name} is not ring-fenced")
    yield adjusted(provision, pot, "unringfence")


def pass_on(
    world: World,
    provision: Provision,
    pot: PotId,
    to: str,
    part: float = 1.0,
    by: str = "residents",
    giver: str = "",
    until: date | None = None,
    spread: str = "",
) -> Iterable[Entry]:
    """Let whoever gets a pot pass a part of it (0 to 1) on to another body, or to each of a class.

    A class (`every:icb`) shares by a measure of the places its members serve: residents, or another.
    `giver` is who passes it on: by default whoever the pot is paid to, otherwise somebody whom it reached.
    `spread` is how far the part may be out.
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
        spread=sound(spread),
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


VERBS = (repoint, cut, uprate, ringfence, unringfence, pass_on)
