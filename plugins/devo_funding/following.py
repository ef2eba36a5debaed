"""What money follows a power that moves, and what is left behind with whoever had the power."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from devo import Effect, Pence, PowerId, Residents, World, cascade, question
from devo_funding.accounts import ledger
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.years import year_of


@dataclass(frozen=True, slots=True)
class FollowRow:
    """A power that moved and a pot that is for it: whether the money moved too, and what would make it.

    `on` is the day of the move, `residents` those who changed hands, `provision` what moved it. Of money that
    is left behind `amount_pence` is the part that belongs to those residents, and `suggestion` a provision
    that would move it; of money that follows it is all of it, in the first whole fiscal year after the move.
    Worked out from the effects of the provision and the flows of that year.
    """

    power: PowerId
    power_name: str
    on: date
    old_holder: str
    old_holder_name: str
    new_holder: str
    new_holder_name: str
    residents: Residents
    money: str
    pot: str
    pot_name: str
    payee: str
    amount_pence: Pence
    provision: str
    suggestion: str


@question()
def money_follows(
    world: World, since: date, until: date | None = None, power: PowerId = ""
) -> Iterator[FollowRow]:
    """For each power that moved from `since` up to `until`: what money followed, what stayed behind.

    `follows`: the new holder is paid for the power in the first whole fiscal year after the move.
    `left behind`: the old holder still is, with the `repoint` to consider. `none known`: no pot names it.
    A power that a body gained beside those who had it stands with a blank old holder.
    """
    last = until or world.today
    for name in sorted(world.ledgers) if not power else [power]:
        for losing, gaining, pieces in _moves(world, name, since, last):
            day = gaining.on
            asked = year_of(day) if (day.month, day.day) == (4, 1) else year_of(day).later(1)
            found = [flow for flow in ledger(world, asked).flows if name in flow.pot.powers]
            moved = world.mosaic.residents(pieces)
            rows = list(_follows(found, gaining))
            if losing:
                rows += _left(world, found, losing, gaining, pieces, day)
            elif not rows:
                continue
            known: list[tuple[str, Flow | None, int, str]] = [*rows] or [("none known", None, 0, "")]
            for money, flow, pence, suggestion in known:
                yield FollowRow(
                    name,
                    world.power_name(name),
                    day,
                    losing.holder if losing else "",
                    party_name(world, losing.holder) if losing else "",
                    gaining.holder,
                    party_name(world, gaining.holder),
                    moved,
                    money,
                    flow.pot.id if flow else "",
                    flow.pot.name if flow else "",
                    flow.payee if flow else "",
                    pence,
                    gaining.origin,
                    suggestion,
                )


QUESTIONS = (money_follows,)


def _moves(
    world: World, power: str, since: date, until: date
) -> Iterator[tuple[Effect | None, Effect, frozenset[int]]]:
    """What began in a time for a named body, with what the same provision ended where there is any."""
    effects = [e for e in world.ledger(power).effects if since <= e.on < until and e.made is not None]
    for gaining in effects:
        if not gaining.begins or gaining.holder.startswith("every:"):
            continue
        area = _pieces(world, gaining.area)
        alone = True
        for losing in effects:
            if losing.begins or losing.origin != gaining.origin or losing.holder == gaining.holder:
                continue
            shared = _pieces(world, losing.area) & area
            if shared:
                alone = False
                yield losing, gaining, shared
        if alone:
            yield None, gaining, area


def _follows(found: list[Flow], gaining: Effect) -> Iterator[tuple[str, Flow, int, str]]:
    for flow in found:
        if flow.payee == gaining.holder:
            yield "follows", flow, flow.pence, ""


def _left(
    world: World, found: list[Flow], losing: Effect, gaining: Effect, moved: frozenset[int], day: date
) -> Iterator[tuple[str, Flow, int, str]]:
    """The money of those who lost a power: the part of it that is for the residents who changed hands."""
    losers = {losing.holder}
    if losing.holder.startswith("every:"):
        tenures = world.roster.tenures(losing.holder.removeprefix("every:"))
        losers |= {t.body for t in tenures if t.on(day, None) and t.pieces & moved}
    for flow in found:
        if flow.payee not in losers:
            continue
        area = _pieces(world, flow.area) if flow.area else world.roster.served(flow.payee, day)
        gone, whole = world.mosaic.residents(moved & area), world.mosaic.residents(area)
        pence = cascade(flow.pence, [gone, whole - gone])[0] if whole else flow.pence
        if not pence:
            continue
        if pence == flow.pence:
            how = f'verb = "repoint", pot = "{flow.pot.id}", payee = "{gaining.holder}", was = "{flow.payee}"'
        else:
            how = (
                f'verb = "pass-on", pot = "{flow.pot.id}", giver = "{flow.payee}", to = "{gaining.holder}", '
                f"part = {gone / whole:.4f}"
            )
        yield "left behind", flow, pence, how


def _pieces(world: World, area: str) -> frozenset[int]:
    return world.mosaic.territory(area) if area else world.mosaic.everywhere
