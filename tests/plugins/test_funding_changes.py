# ruff: noqa: E501  (a record is easier read on a line)
"""Changes to money that has changed before: repointed, pooled, passed on part-way, paid out of another pot."""

import pytest
import worlds
from money import ask, attempted, enacted, refused, tools, world

import devo

POOL = 'verb = "pool"\npot = "one"\npayee = "gaca"\npots = ["buses", "roads"]'


def then(place, text, day="2016-04-01"):
    done = attempted(place, text, day, "LATER")
    assert not done.findings, done.findings
    return done.world


def said(place, pot, year="2016-17", columns="payer payee amount_pence"):
    return worlds.said([row for row in ask(place, "flows", year=year) if row.pot == pot], columns)


def found(place, day="2016-06-01"):
    return [f.message for check in tools().checks.values() for f in check.function(place.on(day))]


def test_money_paid_to_somebody_else_is_cut_and_repointed_from_there():
    beck = enacted(world(), 'verb = "repoint"\npot = "roads"\npayee = "beck"')
    assert said(then(beck, 'verb = "cut"\npot = "roads"\npounds = 1'), "roads") == ["dept beck 500"]
    cole = then(beck, 'verb = "repoint"\npot = "roads"\nwas = "beck"\npayee = "cole"', "2016-10-01")
    assert said(cole, "roads") == ["dept beck 301", "dept cole 299"]
    decided = enacted(
        world(), 'verb = "repoint"\npot = "roads"\nwas = "gaca"\npayee = "beck"\ndecided_by = "mayor"'
    )
    assert said(decided, "roads", columns="payee decided_by") == ["beck mayor"]


def test_what_is_done_to_a_pool_is_done_to_the_money_in_it():
    pool = enacted(world(), POOL)
    halved = ["dept gaca 167", "dept gaca 300"]
    for text in ('pot = "one"', 'kind = "pooled"', 'payer = "dept"'):
        assert said(then(pool, f'verb = "cut"\n{text}\npercent = 50.0'), "one") == halved, text
    assert said(then(pool, 'verb = "cut"\npot = "one"\npounds = 9'), "one") == [
        "dept gaca 12",
        "dept gaca 22",
    ]
    assert said(then(pool, 'verb = "uprate"\npot = "one"\npercent = 100.0'), "one") == [
        "dept gaca 1200",
        "dept gaca 668",
    ]
    assert said(then(pool, 'verb = "repoint"\npot = "one"\npayee = "beck"'), "one") == [
        "dept beck 334",
        "dept beck 600",
    ]
    assert "not paid to Beck" in refused(f'{POOL}\nwas = "beck"')
    fenced = then(pool, 'verb = "ringfence"\npot = "one"')
    assert said(fenced, "one", columns="ringfenced") == ["True", "True"]


def test_money_joins_a_pool_as_it_stands_by_then():
    """It goes to whom the pool is paid by then; a cut to the pool before it came was not a cut of it."""
    place = world("""
        adjustment = [
            {pot = "buses", what = "times", rate = 0.5, start = 2016-04-01},
            {pot = "buses", what = "payee", value = "beck", start = 2016-04-01},
            {pot = "roads", what = "pooled", value = "buses", start = 2016-10-01},
        ]
    """)
    assert said(place, "buses") == ["dept beck 167", "dept beck 299"]
    assert said(place, "roads") == ["dept gaca 301"]
    circle = world("""
        adjustment = [
            {pot = "buses", what = "pooled", value = "roads", start = 2016-04-01},
            {pot = "roads", what = "pooled", value = "buses", start = 2016-04-01},
        ]
    """)
    assert sum(row.amount_pence for row in ask(circle, "flows", year="2016-17") if row.payer == "dept") == 934


def test_a_cut_in_pounds_is_that_many_pounds_however_many_places_the_money_is_for():
    place = world("""
        pot = [{id = "parish", name = "Parishes", payer = "council-taxpayers", payee = "parish-councils", kind = "parish-precept"}]
        amount = [
            {pot = "parish", pence = 3000, year = "2016-17", area = "E08000001"},
            {pot = "parish", pence = 1000, year = "2016-17", area = "E08000002"},
        ]
    """)
    after = enacted(place, 'verb = "cut"\npot = "parish"\npounds = 8')
    assert said(after, "parish", columns="area amount_pence") == ["E08000001 2400", "E08000002 800"]


def test_repayments_are_divided_between_years_and_never_cut():
    place = world(
        'amount = [{pot = "roads", pence = -50, start = 2016-04-01, end = 2018-04-01, repayment = true}]'
    )
    assert said(place, "roads", "2017-18") == ["dept gaca -25"]
    after = enacted(place, 'verb = "cut"\npot = "roads"\npounds = 1')
    assert said(after, "roads") == ["dept gaca -25", "dept gaca 500"]
    assert not found(after)


def test_money_passed_on_from_the_middle_of_a_year_is_divided_by_days():
    half = enacted(world(), 'verb = "pass-on"\npot = "roads"\nto = "ash"\npart = 0.5', "2016-10-01")
    assert said(half, "roads") == ["dept gaca 600", "gaca ash 150"]  # of 299, for 182 days of 365
    in_turn = world("""
        share = [
            {pot = "roads", to = "ash", rate = 0.6, end = 2016-10-01},
            {pot = "roads", to = "beck", rate = 0.6, start = 2016-10-01},
        ]
    """)
    assert said(in_turn, "roads") == ["dept gaca 600", "gaca ash 181", "gaca beck 179"]
    assert not found(in_turn)
    for row in ask(in_turn, "money-by-body", year="2016-17"):
        assert row.in_pence == row.out_pence
    joined = enacted(in_turn, 'verb = "repoint"\npot = "roads"\npayee = "ash"', "2016-10-01")
    assert said(joined, "roads") == [
        "ash beck 179",
        "dept ash 299",
        "dept gaca 301",
        "gaca ash 181",
    ]


def test_each_of_several_payees_passes_on_its_part():
    levy = enacted(world(), 'verb = "pass-on"\npot = "tax"\nto = "gaca"\npart = 0.1')
    passed = [row for row in ask(levy, "flows", year="2016-17") if row.pot == "tax" and row.hop > 1]
    assert worlds.said(passed, "payer payee amount_pence") == ["ash gaca 10", "beck gaca 20"]
    # Of a class that it is one of, each keeps its own part: ash the tenth that its residents are.
    each = enacted(
        world(), 'verb = "pass-on"\npot = "tax"\ngiver = "ash"\nto = "every:metropolitan-district"'
    )
    passed = [row for row in ask(each, "flows", year="2016-17") if row.pot == "tax" and row.hop > 1]
    assert worlds.said(passed, "payer payee amount_pence") == ["ash beck 20", "ash cole 30", "ash dene 40"]
    assert not found(each)


SECOND = """
    pot = [{id = "second", name = "Second", payer = "gaca", payee = "beck", kind = "grant", out_of = "roads"}]
    amount = [{pot = "second", pence = 100, year = "2016-17"}]
    share = [{pot = "second", to = "cole", rate = 0.5}]
"""


def test_money_out_of_another_pot_may_be_passed_on_again():
    place = world(SECOND)
    assert not found(place)
    assert said(place, "second", columns="payer payee amount_pence hop") == [
        "beck cole 50 3",
        "gaca beck 100 2",
    ]
    fallen = sum(row.amount_pence for row in ask(place, "money-by-place", geography="lad24", year="2016-17"))
    assert fallen == sum(row.amount_pence for row in ask(place, "flows", year="2016-17") if row.hop == 1)
    over = world(SECOND.replace("pence = 100", "pence = 601"))
    assert ["1 pence too much" in message for message in found(over)].count(True) == 1


def test_a_share_by_area_needs_no_giver_and_has_its_days():
    def at(more):
        place = world(f'share = [{{pot = "roads", area = "E08000001", weight = 1{more}}}]')
        rows = ask(place, "money-by-place", geography="lad24", year="2016-17")
        return {row.place_name: row.amount_pence for row in rows if row.decided_by == "combined authority"}

    assert at("") == at(', giver = "gaca"') == at(", start = 2016-05-01") == {"Ash": 600}
    assert at(", end = 2016-04-01") == {"Ash": 200, "Beck": 400}


YEARS = """
    pot = [{id = "x", name = "X", payer = "dept", payee = "gaca", kind = "grant", first_year = "16-17", last_year = "2017"}]
    spending = [{body = "ash", service = "s", year = "2016/17", pence = 5}, {body = "ash", service = "t", year = "2016", pence = 7}]
    adjustment = [{pot = "roads", what = "pooled", value = "nowhere", start = 2016-04-01}]
"""


def test_years_that_are_none_are_said_and_stop_no_question():
    place = world(YEARS)
    messages = found(place)
    for text in ("Pot x: '16-17'", "Pot x: '2017'", "Spending on t: '2016'", "pooled into 'nowhere'"):
        assert any(text in message for message in messages), text
    assert [row.last_year for row in ask(place, "pots", body="gaca", year="2016-17") if row.pot == "x"] == [
        None
    ]
    assert ask(place, "cliff-edges", year="2016-17")
    decided = ask(place, "who-decides", geography="lad24", before="2015-16", after="2016-17")
    assert [row.after_pence for row in decided if row.decided_by == "council"] == [5]
    # A year may be written in another way.
    assert [row.service for row in ask(place, "service-spending", year="2016-17")] == ["s"]


def test_all_that_follows_money_that_ends_is_counted():
    place = world("""
        pot = [
            {id = "b2", name = "B2", payer = "dept", payee = "gaca", kind = "grant", powers = ["buses"]},
            {id = "b3", name = "B3", payer = "dept", payee = "gaca", kind = "grant", powers = ["buses"]},
        ]
        amount = [{pot = "b2", pence = 5, year = "2018-19"}, {pot = "b3", pence = 7, year = "2018-19"}]
    """)
    rows = ask(place, "cliff-edges", year="2017-18")
    assert worlds.said(rows, "pot next_amount_pence followed_by") == ["buses 12 B2; B3"]


def test_a_cut_to_what_is_not_known_leaves_before_and_after_blank():
    rows = ask(world(), "cut-through", geography="lad24", payer="gaca", pounds=1, year="2016-17")
    assert {(row.before_pence, row.after_pence) for row in rows} == {(None, None)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('verb = "retain"\npot = "x"\npayee = "ash"\npounds = -1', "negative sum"),
        (
            'verb = "fund"\npot = "x"\npayer = "dept"\npayee = "ash"\npounds = 1\neach_year = true\nuntil = 2033-04-01\nuprate = -2.0',
            "negative sum",
        ),
        ('verb = "uprate"\npot = "buses"\npercent = 1.0', "is paid after 2030-04-01"),
        ('verb = "pool"\npot = "x"\npayee = "gaca"\npots = ["roads", "roads"]', "not one of them twice"),
        (
            'verb = "fund"\npot = "x"\npayer = "dept"\npayee = "ash"\npounds = 1\nspread = "uniform 0 inf"',
            "with an end",
        ),
    ],
)
def test_what_money_cannot_be_is_refused(text, reason):
    assert reason in refused(text, "2030-04-01")


def test_who_decides_is_one_of_those_there_are():
    with pytest.raises(AssertionError, match="decided_by"):
        attempted(world(), 'verb = "repoint"\npot = "roads"\npayee = "beck"\ndecided_by = "wizard"')
    with pytest.raises(devo.TermFault):
        ask(
            world('amount = [{pot = "roads", pence = 5, year = "2018-19", spread = "normal nan 1"}]'),
            "money-uncertain",
            year="2018-19",
        )


MERGED = """
    body = [
        {id = "one", name = "One", kind = "icb", area = "E08000001", end = 2017-04-01},
        {id = "two", name = "Two", kind = "icb", area = "E08000002"},
        {id = "three", name = "Three", kind = "icb", area = "E08000003", end = 2017-04-01},
    ]
    succession = [{old = "one", new = "two", start = 2017-04-01}, {old = "three", new = "two", start = 2017-04-01, area = "E08000003"}, {old = "three", new = "ash", start = 2017-04-01, area = "E08000004"}]
    pot = [{id = "health", name = "Health", payer = "dept", payee = "every:icb", kind = "nhs-allocation"}]
    amount = [
        {pot = "health", payee = "one", pence = 100, year = "2016-17"},
        {pot = "health", payee = "two", pence = 200, year = "2016-17"},
        {pot = "health", payee = "three", pence = 300, year = "2016-17"},
    ]
    adjustment = [{pot = "health", what = "decider", value = "NHS", start = 2016-10-01, payee = "two"}]
"""


def test_a_near_years_figure_stands_for_all_of_a_bodys_money_and_for_its_heirs():
    """A body beside its heir in the near year, an heir in the year asked about, one with two heirs."""

    def total(year):
        rows = ask(
            world(MERGED), "who-decides", "2016-06-01", geography="ctry24", before="2016-17", after=year
        )
        return sum(row.after_pence for row in rows if row.decided_by == "NHS")

    assert total("2015-16") == total("2017-18") == total("2016-17") == 600
