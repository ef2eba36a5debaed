# ruff: noqa: E501  (a record is easier read on a line)
"""Constant prices: money put into the prices of a year by a deflator, and refused where none can do it."""

from functools import cache

import money
import pytest
import worlds
from money import enacted, paid, tools, world

import devo
from devo.answers import ask
from devo.toolbox import toolbox

# Prices double from 2016-17 to 2018-19; 2017-18 lies between.
DEFLATOR = """
deflator = [
    {deflator = "made-up", year = "2016-17", index = 50.0},
    {deflator = "made-up", year = "2017-18", index = 80.0},
    {deflator = "made-up", year = "2018-19", index = 100.0},
]
"""
TWO = 'deflator = [{deflator = "a", year = "2018-19", index = 1.0}, {deflator = "b", year = "2018-19", index = 1.0}]'
REAL = """
pot = [{id = "real", name = "Rail pledge", payer = "dept", payee = "ash", kind = "grant"}]
amount = [{pot = "real", pence = 1000, start = 2016-04-01, end = 2019-04-01, basis = "per-year", prices = "2018-19", deflator = "made-up"}]
"""


def sums(place, question, **terms):
    return sum(row.amount_pence for row in money.ask(place, question, **terms))


def test_cash_is_put_into_the_prices_of_a_year():
    rows = money.ask(world(DEFLATOR), "flows", year="2016-17", prices="2018-19")
    assert worlds.said(rows, "pot amount_pence") == worlds.lines("""
        buses 668
        roads 1200
        tax 200
        tax 400
        police 122
    """)
    assert money.ask(world(DEFLATOR), "flows", year="2018-19", prices="2018-19") == money.ask(
        world(), "flows", year="2018-19"
    )


def test_every_question_of_money_takes_prices():
    place = world(DEFLATOR + 'spending = [{body = "ash", service = "roads", year = "2016-17", pence = 50}]')
    terms = {"year": "2016-17", "prices": "2018-19"}
    assert sums(place, "flows", **terms) == 2 * 1295
    assert sums(place, "money-by-place", geography="lad24", **terms) == 2 * 1295
    assert sums(place, "pots", body="gaca", **terms) == 2 * 934
    assert sums(place, "service-spending", **terms) == 100
    gaca = next(row for row in money.ask(place, "money-by-body", **terms) if row.body == "gaca")
    assert gaca.received_pence == gaca.kept_pence == 2 * 934
    gaca = next(row for row in money.ask(place, "money-uncertain", **terms) if row.body == "gaca")
    assert gaca.amount_pence == gaca.middle_pence == 2 * 934
    edge = next(
        row for row in money.ask(place, "cliff-edges", year="2016-17", prices="2018-19") if row.pot == "roads"
    )
    assert edge.amount_pence == 1200


def test_who_decides_compares_two_years_in_one_years_prices():
    place = world(
        DEFLATOR
        + """
        amount = [{pot = "roads", pence = 960, year = "2017-18"}]
        spending = [{body = "ash", service = "roads", year = "2016-17", pence = 50}]
    """
    )
    rows = money.ask(
        place,
        "who-decides",
        geography="lad24",
        before="2016-17",
        after="2017-18",
        prices="2018-19",
        within="gaca",
    )
    ash = {row.decided_by: row for row in rows if row.place_name == "Ash"}
    # 600 pence of 2016-17 and 960 of 2017-18 are both 1,200 of 2018-19, a third of them in Ash.
    both = ash["combined authority"]
    assert (both.before_pence, both.after_pence) == (400, 400)
    assert both.sentence.endswith("as much in 2017-18, in prices of 2018-19.")
    # What was spent in 2016-17 stands for the next year in the same prices.
    assert (ash["council"].before_pence, ash["council"].after_pence) == (100, 100)
    assert "carried over from another year" in ash["council"].sentence


def test_amounts_in_constant_prices_count_in_the_cash_of_each_year():
    found = [
        next(
            row.amount_pence
            for row in money.ask(world(DEFLATOR + REAL), "flows", year=year)
            if row.pot == "real"
        )
        for year in ("2016-17", "2017-18", "2018-19")
    ]
    assert found == [500, 800, 1000]
    for year in ("2016-17", "2017-18"):
        rows = money.ask(world(DEFLATOR + REAL), "flows", year=year, prices="2018-19")
        assert next(row.amount_pence for row in rows if row.pot == "real") == 1000
    assert not list(tools().checks["prices-mixed"].function(world(DEFLATOR + REAL).on("2016-06-01")))


def test_without_figures_constant_prices_stand_as_they_are_and_are_said():
    place = world(REAL)
    assert "dept ash real 1000 grant" in paid(place)
    found = next(tools().checks["prices-mixed"].function(place.on("2016-06-01")))
    assert "prices of 2018-19 by made-up" in found.message
    assert found.about == ("real",)
    assert not list(tools().checks["prices-mixed"].function(world().on("2016-06-01")))
    other = 'deflator = [{deflator = "other", year = "2016-17", index = 1.0}]'
    with pytest.raises(devo.TermFault, match=r"real \(prices of 2018-19 by made-up\)"):
        money.ask(world(REAL + other), "flows", year="2016-17", prices="2016-17")


@pytest.mark.parametrize(
    ("more", "terms", "reason"),
    [
        ("", {"prices": "2018-19"}, "the tables have none. Put its figures into deflator.csv"),
        ("", {"prices": "real"}, "write 2025-26"),
        ("", {"deflator": "made-up"}, "say which: prices=2025-26"),
        (DEFLATOR, {"prices": "2030-31"}, "no figure for 2030-31; it has 2016-17 to 2018-19"),
        (DEFLATOR, {"prices": "2018-19", "year": "2015-16"}, "no figure for 2015-16"),
        (
            DEFLATOR,
            {"prices": "2018-19", "deflator": "cpi"},
            "no deflator is called 'cpi'; the tables have: 'made-up'",
        ),
        (
            TWO,
            {"prices": "2018-19"},
            "say by which `deflator` prices of 2018-19 are meant; the tables have: 'a', 'b'",
        ),
    ],
)
def test_what_cannot_be_put_into_prices_is_refused_plainly(more, terms, reason):
    with pytest.raises(devo.TermFault) as fault:
        money.ask(world(more), "flows", **{"year": "2016-17", **terms})
    assert reason in str(fault.value)


def test_figures_that_are_none_are_said():
    rows = 'deflator = [{deflator = "d", year = "2018", index = 1.0}, {deflator = "d", year = "2018-19", index = 0.0}, {deflator = "d", year = "2017-18", index = 1.0}, {deflator = "d", year = "2017-18", index = 2.0}]'
    found = [
        f.message
        for f in tools().checks["money-misread"].function(world(rows).on("2016-06-01"))
        if f.code == "bad-deflator"
    ]
    assert len(found) == 3
    assert any("no fiscal year" in text for text in found)
    assert any("more than nothing" in text for text in found)
    assert any("stands twice, with 1.0 and 2.0" in text for text in found)


def test_money_passed_on_keeps_its_penny_in_any_prices():
    rates = 'deflator = [{deflator = "odd", year = "2016-17", index = 70.1}, {deflator = "odd", year = "2018-19", index = 99.9}]'
    more = """
        pot = [
            {id = "one", name = "One", payer = "gaca", payee = "ash", kind = "grant", out_of = "roads"},
            {id = "two", name = "Two", payer = "gaca", payee = "beck", kind = "grant", out_of = "roads"},
        ]
        amount = [{pot = "one", pence = 299, year = "2016-17"}, {pot = "two", pence = 301, year = "2016-17"}]
    """
    place = enacted(
        world(rates + more),
        'verb = "pass-on"\npot = "buses"\nto = "every:metropolitan-district"\npart = 0.777',
    )
    terms = {"year": "2016-17", "prices": "2018-19"}
    new = sum(row.amount_pence for row in money.ask(place, "flows", **terms) if row.hop == 1)
    for layer in ("lad24", "pfa24", "ctry24"):
        assert sums(place, "money-by-place", geography=layer, **terms) == new
    for row in money.ask(place, "money-by-body", **terms):
        assert row.in_pence == row.out_pence
        assert row.kept_pence >= 0


@cache
def england():
    return worlds.england().on("2025-06-01")


def test_englands_money_in_the_treasurys_deflator():
    flows = toolbox().questions["flows"]
    cash, real = (
        {
            (r.payee, r.pot, r.area, r.kind): r.amount_pence
            for r in ask(england(), flows, terms).rows
            if r.hop == 1
        }
        for terms in ({"year": "2024-25"}, {"year": "2024-25", "prices": "2025-26"})
    )
    assert len(cash) == len(real) > 600
    for key, pence in real.items():
        assert abs(pence - cash[key] * 1.032388) <= cash[key] * 1e-9 + 2
    with pytest.raises(devo.TermFault, match="no figure for 2044-45"):
        ask(england(), flows, {"year": "2044-45", "prices": "2025-26"})
