"""Pooling what-if: which pots in a place could be one, what that would remove and what it would break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from devo import Pence, Place, Ref, TermFault, World, question
from devo import place as place_named
from devo_funding.accounts import ledger
from devo_funding.book import Book, book_of
from devo_funding.endings import year_ends
from devo_funding.flows import Flow, Resting
from devo_funding.parties import party_name
from devo_funding.places import ground_of
from devo_funding.strings import account_of
from devo_funding.years import FiscalYear, asked_year


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One pot that could go in, or one thing that pooling would remove or break, with `text` to say it in words.

    `amount_pence` is what falls on the place of the pot, or of all the pots where something is removed;
    `number` is how many pots, accounts or year-ends fewer there would be, 1 for a pot and for what breaks.
    Worked out from the pots of the place and their strings; `pots` gives the source of each.
    """

    what: Literal["pot", "removes", "breaks"]
    text: str
    pot: str
    pot_name: str
    payer: str
    payee: str
    amount_pence: Pence
    ringfenced: bool
    reporting: str
    year_end: str
    number: int


@question()
def pooling(
    world: World, place: Annotated[str, Ref("place")], powers: tuple[str, ...] = (), year: str = ""
) -> Iterator[PoolRow]:
    """Which pots for some powers (all, where none is named) in a place could be pooled, and at what price.

    Amounts are what falls on the place. Ring-fences are broken; powers outside the set that a pot
    also pays for are left without it.
    """
    wanted = _powers(world, powers)
    asked = asked_year(world, year)
    book = book_of(world)
    rests = ledger(world, asked).at_rest()
    pots = _pots_at(world, place_named(world, place), asked, rests, wanted)
    for flow, pence in pots:
        yield _row("pot", f"{flow.pot.name}, paid to {party_name(world, flow.payee)}", flow, pence, book)
    if len(pots) < 2:
        return
    yield from _removed(pots, book)
    for flow, pence in pots:
        if flow.ringfenced:
            yield _row("breaks", f"the ring-fence of {flow.pot.name}", flow, pence, book)
    yield from _left_unpaid(world, [flow for flow, _ in pots], [rest.flow for rest in rests], wanted)


QUESTIONS = (pooling,)


def _powers(world: World, asked: tuple[str, ...]) -> set[str]:
    """Powers by id from what a user wrote: ids or short codes. Raises TermFault."""
    known = {text.casefold(): p.id for p in world.powers.values() for text in (p.id, p.code, p.name) if text}
    strange = [text for text in asked if text.casefold() not in known]
    if strange:
        raise TermFault(f"no power is called {strange[0]!r}")
    return {known[text.casefold()] for text in asked} if asked else set(world.powers)


def _pots_at(
    world: World, place: Place, year: FiscalYear, rests: Iterable[Resting], wanted: set[str]
) -> list[tuple[Flow, int]]:
    """The money for some powers that falls on a place: for each pot and payee a flow, and pence."""
    ground = ground_of(world, year)
    found: dict[tuple[str, str], tuple[Flow, int]] = {}
    for resting in rests:
        flow = resting.flow
        if wanted & set(flow.pot.powers):
            pence = sum(part for piece, part in ground.fall(resting).items() if piece in place.pieces)
            if pence:
                key = (flow.pot.id, flow.payee)
                found[key] = (flow, found.get(key, (flow, 0))[1] + pence)
    return [found[key] for key in sorted(found)]


def _removed(pots: Sequence[tuple[Flow, int]], book: Book) -> Iterator[PoolRow]:
    """What there would be less of: pots, accounts to give, year-ends."""
    accounts = {account_of(flow) for flow, _ in pots if flow.pot.reporting}
    ends = {end for flow, _ in pots for end in year_ends(book, flow)}
    for many, text in (
        (len(pots), f"{len(pots)} pots become one"),
        (len(accounts), f"{len(accounts)} accounts to give become one"),
        (len(ends), f"{len(ends)} year-ends become one ({', '.join(sorted(ends))})"),
    ):
        if many > 1:
            yield _said("removes", text, sum(pence for _, pence in pots), many - 1)


def _left_unpaid(
    world: World, pooled: Sequence[Flow], everything: Sequence[Flow], wanted: set[str]
) -> Iterator[PoolRow]:
    """Duties outside the set that only the pooled pots pay for."""
    names = {flow.pot.id for flow in pooled}
    for power in sorted({power for flow in pooled for power in flow.pot.powers} - wanted):
        payees = {flow.payee for flow in pooled if power in flow.pot.powers}
        others = any(
            power in flow.pot.powers and flow.payee in payees and flow.pot.id not in names
            for flow in everything
        )
        if not others and world.powers[power].kind == "duty":
            text = f"{world.power_name(power)}, a duty outside the set, has no other pot in the tables"
            yield _said("breaks", text, 0, 1)


def _row(what: Literal["pot", "breaks"], text: str, flow: Flow, pence: int, book: Book) -> PoolRow:
    return PoolRow(
        what,
        text,
        flow.pot.id,
        flow.pot.name,
        flow.payer,
        flow.payee,
        pence,
        flow.ringfenced,
        flow.pot.reporting,
        ", ".join(sorted(year_ends(book, flow))),
        1,
    )


def _said(what: Literal["removes", "breaks"], text: str, pence: int, number: int) -> PoolRow:
    return PoolRow(what, text, "", "", "", "", pence, False, "", "", number)
