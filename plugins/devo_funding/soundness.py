"""What is wrong or worth saying of money: sums refused, paid to nobody, counted twice, going in circles."""

from __future__ import annotations

from collections.abc import Iterator

from devo import Finding, World
from devo_funding.accounts import ledger
from devo_funding.book import book_of
from devo_funding.parties import is_party
from devo_funding.pots import Adjustment, Amount, Deflator, Pot, Share, Spending
from devo_funding.prices import faults
from devo_funding.spreads import BadSpread, parsed
from devo_funding.years import fiscal_year, year_of


def money_refused(world: World) -> Iterator[Finding]:
    """Amounts that cannot be counted, sums that reach nobody, shares that cannot be, in the year."""
    yield from (f for f in ledger(world, year_of(world.today)).findings if f.severity != "note")


def pot_without_payer(world: World) -> Iterator[Finding]:
    """A pot names a payer or payee that no table has."""
    for pot in world.of(Pot):
        for role, party in (("payer", pot.payer), ("payee", pot.payee)):
            if not is_party(world, party):
                yield Finding(
                    "pot-without-payer",
                    f"The {role} of {pot.name} ({pot.id}) is {party!r}, which no table has.",
                    "error",
                    (pot.id, party),
                )


def money_counted_twice(world: World) -> Iterator[Finding]:
    """A pot and the whole that it is part of are both added up."""
    book = book_of(world)
    for pot in book.pots.values():
        whole = book.pots.get(pot.part_of)
        if whole is not None and whole.counts and pot.counts and book.amounts(whole.id):
            yield Finding(
                "money-counted-twice",
                f"{pot.name} ({pot.id}) counts, and so does the whole that it is part of, {whole.id}.",
                "error",
                (pot.id, whole.id),
                suggestion="let one of them have `counts` no",
            )


def lines_short_of_their_total(world: World) -> Iterator[Finding]:
    """The lines known of a stated total do not add up to it: some are not in the tables."""
    book = book_of(world)
    year = year_of(world.today)
    sums: dict[str, int] = {}
    for parcel in book.parcels(year, all_pots=True):
        sums[parcel.pot.id] = sums.get(parcel.pot.id, 0) + parcel.pence
    for name, total in sorted(sums.items()):
        lines = [pot.id for pot in book.pots.values() if pot.part_of == name and pot.id in sums]
        known = sum(sums[line] for line in lines)
        if lines and known != total:
            yield Finding(
                "lines-short-of-their-total",
                f"{book.pots[name].name} ({name}) is stated as {total // 100:,} pounds in {year}; the "
                f"{len(lines)} lines known come to {known // 100:,}.",
                "note",
                (name, *lines),
            )


def money_misread(world: World) -> Iterator[Finding]:
    """Records that name no pot, no fiscal year or no distribution, and figures of deflators that are none."""
    pots = {pot.id for pot in world.of(Pot)}
    named = [*(share.pot for share in world.of(Share)), *(change.pot for change in world.of(Adjustment))]
    for name in dict.fromkeys(named):
        if name not in pots:
            text = f"A share or a change names a pot {name!r}, which no table has."
            yield Finding("no-such-pot", text, "error", (name,))
    for change in world.of(Adjustment):
        if change.what == "pooled" and change.value not in pots:
            text = (
                f"Pot {change.pot} is pooled into {change.value!r}, which no table has; it stays where it is."
            )
            yield Finding("no-such-pot", text, "error", (change.pot, change.value))
    records: tuple[Amount | Adjustment | Share, ...]
    records = (*world.of(Amount), *world.of(Adjustment), *world.of(Share))
    for record in records:
        try:
            parsed(record.spread)
        except BadSpread as fault:
            yield Finding("bad-spread", f"Pot {record.pot}: {fault}.", "error", (record.pot,))
    for name, reason in faults(world.of(Deflator)):
        yield Finding("bad-deflator", f"Deflator {name}: {reason}.", "error", (name,))
    spending = {(f"Spending on {row.service}", row.service, row.year) for row in world.of(Spending)}
    running = {(f"Pot {p.id}", p.id, year) for p in world.of(Pot) for year in (p.first_year, p.last_year)}
    for what, name, year in sorted(spending | running):
        try:
            _ = fiscal_year(year) if year else None
        except ValueError as fault:
            yield Finding("no-such-year", f"{what}: {fault}.", "error", (name,))


def prices_mixed(world: World) -> Iterator[Finding]:
    """Amounts in constant prices whose deflator the tables lack are added up with cash as they stand."""
    year = year_of(world.today)
    found: dict[str, set[str]] = {}
    for parcel in book_of(world).parcels(year):
        if parcel.prices != "cash":
            found.setdefault(parcel.prices, set()).add(parcel.from_pot or parcel.pot.id)
    for prices, pots in sorted(found.items()):
        yield Finding(
            "prices-mixed",
            f"In {year} money stands in prices of {prices} and not in cash, for the tables lack figures of that "
            f"deflator; it is added up as it stands. Pots: {', '.join(sorted(pots))}.",
            "warning",
            tuple(sorted(pots)),
            suggestion="add the figures to deflator.csv: deflator, year, index, source",
        )


CHECKS = (
    money_refused,
    pot_without_payer,
    money_counted_twice,
    lines_short_of_their_total,
    money_misread,
    prices_mixed,
)
