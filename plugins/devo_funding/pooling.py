"""Pooling what-if: which pots in a place could be one, what that would remove and what it would break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from devo import Pence, Ref, TermFault, World, question
from devo import place as place_named
from devo_funding.accounts import ledger
from devo_funding.book import Book, book_of
from devo_funding.endings import year_ends
from devo_funding.flows import Flow
from devo_funding.parties import party_name
from devo_funding.places import ground_of
from devo_funding.years import asked_year


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One pot that could go in, or one thing that pooling would remove or break.

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
    where = place_named(world, place)
    wanted = _powers(world, powers)
    asked = asked_year(world, year)
    book = book_of(world)
    ground = ground_of(world, asked)
    found: dict[tuple[str, str], tuple[Flow, int]] = {}
    everywhere: list[Flow] = []
    for resting in ledger(world, asked).at_rest():
        flow = resting.flow
        everywhere.append(flow)
        if not wanted & set(flow.pot.powers):
            continue
        pence = sum(part for piece, part in ground.fall(resting).items() if piece in where.pieces)
        if pence:
            key = (flow.pot.id, flow.payee)
            found[key] = (flow, found.get(key, (flow, 0))[1] + pence)
    pots = [found[key] for key in sorted(found)]
    for flow, pence in pots:
        yield _row("pot", f"{flow.pot.name}, paid to {party_name(world, flow.payee)}", flow, pence, book)
    if len(pots) < 2:
        return
    names = {flow.pot.id for flow, _ in pots}
    accounts = {(f.pot.part_of or f.pot.id, f.pot.reporting) for f, _ in pots if f.pot.reporting}
    ends = {end for flow, _ in pots for end in year_ends(book, flow)}
    for number, text in (
        (len(pots) - 1, f"{len(pots)} pots become one"),
        (max(len(accounts) - 1, 0), f"{len(accounts)} accounts to give become one"),
        (max(len(ends) - 1, 0), f"{len(ends)} year-ends become one ({', '.join(sorted(ends))})"),
    ):
        if number:
            yield _said("removes", text, sum(pence for _, pence in pots), number)
    for flow, pence in pots:
        if flow.ringfenced:
            yield _row("breaks", f"the ring-fence of {flow.pot.name}", flow, pence, book)
    left = {power for flow, _ in pots for power in flow.pot.powers} - wanted
    for power in sorted(left):
        payees = {flow.payee for flow, _ in pots if power in flow.pot.powers}
        others = any(
            power in flow.pot.powers and flow.payee in payees and flow.pot.id not in names
            for flow in everywhere
        )
        if not others and world.powers[power].kind == "duty":
            text = f"{world.power_name(power)}, a duty outside the set, has no other pot in the tables"
            yield _said("breaks", text, 0, 1)


QUESTIONS = (pooling,)


def _powers(world: World, asked: tuple[str, ...]) -> set[str]:
    """Powers by id from what a user wrote: ids or short codes. Raises TermFault."""
    known = {text.casefold(): p.id for p in world.powers.values() for text in (p.id, p.code, p.name) if text}
    strange = [text for text in asked if text.casefold() not in known]
    if strange:
        raise TermFault(f"no power is called {strange[0]!r}")
    return {known[text.casefold()] for text in asked} if asked else set(world.powers)


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
