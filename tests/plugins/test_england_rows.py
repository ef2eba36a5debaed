"""Every row of England's law can be traced: to an instrument or a source, and to how sure it is."""

import csv

import pytest
from worlds import england

import devo
from devo_england import TABLES

SURE = {"verified", "known", "unsure"}
WHY_NONE = ("no provision", "is a provision of")


def rows():
    world = england()
    for ledger in world.ledgers.values():
        yield from ledger.effects
        yield from ledger.exercises
        yield from ledger.conditions


def test_every_effect_exerciser_and_condition_says_whence_and_how_sure():
    seen = 0
    for row in rows():
        assert row.source or row.instrument, row
        assert row.source, row
        assert row.confidence in SURE, row
        seen += 1
    assert seen > 600


def test_every_effect_comes_from_a_provision_or_a_row_of_a_table():
    world = england()
    provisions = {provision.id: provision for deal in world.deals for provision in deal.provisions}
    holdings = {holding.id for holding in world.of(devo.Holding)}
    for ledger in world.ledgers.values():
        for effect in ledger.effects:
            if effect.deal:
                provision = provisions[effect.origin]
                assert provision.source, effect.origin
                assert effect.instrument == provision.instrument.id
            else:
                assert effect.origin in holdings


def test_every_instrument_named_is_in_the_tables_or_is_the_deals_own():
    world = england()
    own = {deal.code for deal in world.deals}
    for row in rows():
        if row.instrument:
            assert row.instrument in world.instruments or row.instrument in own, row


def test_what_only_an_agreement_stands_behind_is_not_law():
    world = england()
    agreed = {deal.code for deal in world.deals if deal.instrument is None}
    for ledger in world.ledgers.values():
        for effect in ledger.effects:
            if effect.instrument in agreed:
                assert effect.made is None, effect.origin
                assert effect.agreed is not None, effect.origin


@pytest.mark.parametrize("day", ["2012-06-01", "2019-06-01", "2026-06-01"])
def test_every_answer_of_an_authority_explains_itself(day):
    """For each power that an authority holds, `explain` names the row, its source and its sureness."""
    world = england().on(day)
    bodies = [b.id for b in world.roster.bodies.values() if b.kind in ("combined-authority", "gla")]
    asked = 0
    for body in bodies:
        for row in devo.ask(world, "held-by", body=body).rows:
            if row.status not in ("held", "conditional"):
                continue
            said = devo.explain(world, body=body, power=row.power)
            assert said.because, (body, row.power)
            assert said.confidence in SURE, (body, row.power)
            assert all(cause.source and cause.record for cause in said.because), (body, row.power)
            asked += 1
    assert asked


def test_every_deal_says_whence_and_how_sure():
    for deal in england().deals:
        assert deal.source, deal.code
        assert deal.summary, deal.code
        assert deal.confidence in SURE, deal.code
        assert deal.provisions or any(words in deal.summary.casefold() for words in WHY_NONE), deal.code


# Measures and published figures: their source stands in the pages of the docs, not on each row.
PLAIN = {"piece", "lookup"}


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.csv")), ids=lambda path: path.stem)
def test_every_row_of_every_table_says_whence_and_how_sure(path):
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if path.stem not in PLAIN:
                assert row["source"].strip(), row
                assert row["confidence"] in SURE, row
