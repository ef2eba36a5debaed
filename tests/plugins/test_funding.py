# ruff: noqa: E501  (a record is easier read on a line)
"""Funding on a little country: pots, what deals do to them, where money goes, and what is wrong with it."""

from dataclasses import replace

import pytest
import worlds
from money import ask, attempted, enacted, paid, refused, tools, world

import devo
from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo_funding.pots import Pot


def test_each_pound_stands_once():
    assert paid(world()) == worlds.lines("""
        dept gaca buses 334 ring-fenced-grant
        dept gaca roads 600 grant
        council-taxpayers ash tax 100 council-tax
        council-taxpayers beck tax 200 council-tax
        council-taxpayers pcc police 61 precept
    """)


def test_a_total_over_years_keeps_its_penny():
    found = [
        sum(r.amount_pence for r in ask(world(), "flows", year=y) if r.pot == "buses")
        for y in ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")
    ]
    assert found == [0, 333, 334, 333, 0]


def test_academic_years_are_split_by_months():
    place = world("""
        pot = [{id = "skills", name = "Skills", payer = "dept", payee = "gaca", kind = "grant"}]
        amount = [{pot = "skills", pence = 1200, start = 2016-08-01, end = 2017-08-01, split = "months"}]
    """)
    found = [
        sum(r.amount_pence for r in ask(place, "flows", year=y) if r.pot == "skills")
        for y in ("2016-17", "2017-18")
    ]
    assert found == [800, 400]


def test_what_another_pot_states_is_not_counted_twice():
    place = world("""
        pot = [{id = "whole", name = "Whole", payer = "dept", payee = "gaca", kind = "grant"}]
        amount = [{pot = "whole", pence = 1600, start = 2015-04-01, end = 2018-04-01, split = "years", less = ["roads"]}]
    """)
    assert "dept gaca whole 600 grant" not in paid(place)
    assert "dept gaca whole 500 grant" in paid(place, "2015-16")
    assert "dept gaca whole 500 grant" in paid(place, "2017-18")


def test_money_in_is_money_out_for_every_body():
    for row in ask(world(), "money-by-body", year="2016-17"):
        assert row.in_pence == row.out_pence
    rows = {row.body: row for row in ask(world(), "money-by-body", year="2016-17")}
    assert rows["gaca"].received_pence == rows["gaca"].kept_pence == 934
    assert rows["dept"].own_pence == rows["dept"].paid_pence == 934


def test_money_falls_on_residents_or_where_it_is_raised():
    rows = ask(world(), "money-by-place", geography="lad24", year="2016-17")
    assert worlds.said(rows, "place_name decided_by amount_pence") == worlds.lines(
        """
        Ash combined\u00a0authority 200
        Ash council 100
        Ash ministers 111
        Ash police 31
        Beck combined\u00a0authority 400
        Beck council 200
        Beck ministers 223
        Cole police 30
    """.replace("\u00a0", " ")
    )
    assert next(row for row in rows if row.place_name == "Ash").per_resident_pence == 2


def test_every_layer_gives_the_same_total():
    whole = sum(row.amount_pence for row in ask(world(), "flows", year="2016-17"))
    for layer in ("lad24", "cauth25", "pfa24", "ctry24"):
        assert (
            sum(row.amount_pence for row in ask(world(), "money-by-place", geography=layer, year="2016-17"))
            == whole
        )


def test_money_passed_on_keeps_its_penny_and_its_kind():
    place = enacted(world(), 'verb = "pass-on"\npot = "roads"\nto = "ash"\npart = 0.333')
    rows = [row for row in ask(place, "flows", year="2016-17") if row.pot == "roads"]
    assert worlds.said(rows, "payer payee amount_pence hop") == ["dept gaca 600 1", "gaca ash 200 2"]
    balance = {row.body: row for row in ask(place, "money-by-body", year="2016-17")}
    assert balance["gaca"].kept_pence == 734
    assert balance["ash"].kept_pence == 300


def test_a_formula_divides_a_pot_among_a_class():
    place = enacted(world(), 'verb = "pass-on"\npot = "roads"\nto = "every:metropolitan-district"')
    rows = [row for row in ask(place, "flows", year="2016-17") if row.payer == "gaca"]
    assert worlds.said(rows, "payee amount_pence") == ["ash 60", "beck 120", "cole 180", "dene 240"]
    place = world("""
        share = [{pot = "roads", to = "ash", weight = 1}, {pot = "roads", to = "beck", weight = 2}]
    """)
    rows = [row for row in ask(place, "flows", year="2016-17") if row.payer == "gaca"]
    assert worlds.said(rows, "payee amount_pence") == ["ash 200", "beck 400"]
    assert "no place has a measure" in refused('verb = "pass-on"\npot = "roads"\nto = "ash"\nby = "age_200"')


def test_a_pot_for_a_class_is_each_members_with_no_amount():
    place = world("""
        pot = [{id = "health", name = "Health grant", payer = "dept", payee = "every:metropolitan-district", kind = "grant"}]
        amount = [{pot = "health", pence = 900, year = "2016-17"}]
    """)
    rows = ask(place, "pots", body="cole", year="2016-17")
    assert worlds.said(rows, "pot amount_pence payer") == ["health None dept"]


def test_money_paid_out_of_another_pot_is_not_new():
    place = world("""
        pot = [{id = "second", name = "Second hop", payer = "gaca", payee = "beck", kind = "grant", out_of = "roads"}]
        amount = [{pot = "second", pence = 250, year = "2016-17"}]
    """)
    rows = {row.body: row for row in ask(place, "money-by-body", year="2016-17")}
    assert (rows["gaca"].own_pence, rows["gaca"].paid_pence, rows["gaca"].kept_pence) == (0, 250, 684)
    at_rest = sum(row.amount_pence for row in ask(place, "money-by-place", geography="lad24", year="2016-17"))
    assert at_rest == sum(row.amount_pence for row in ask(place, "flows", year="2016-17") if row.hop == 1)


def test_a_pot_repointed_mid_year_is_divided_by_days():
    place = enacted(world(), 'verb = "repoint"\npot = "roads"\npayee = "beck"', "2016-10-01")
    rows = [row for row in ask(place, "flows", year="2016-17") if row.pot == "roads"]
    assert worlds.said(rows, "payee amount_pence") == ["beck 299", "gaca 301"]  # 182 and 183 days of 365


def test_cuts_by_per_cent_and_by_pounds_take_what_they_say():
    place = enacted(world(), 'verb = "cut"\npayer = "dept"\npercent = 10.0')
    assert {"dept gaca buses 301 ring-fenced-grant", "dept gaca roads 540 grant"} <= set(paid(place))
    place = enacted(world(), 'verb = "cut"\npayer = "dept"\npounds = 3')
    assert {"dept gaca buses 227 ring-fenced-grant", "dept gaca roads 407 grant"} <= set(paid(place))
    assert "more than there are" in refused('verb = "cut"\npayer = "dept"\npounds = 300000')


def test_changes_are_made_in_order_of_their_days():
    place = enacted(world(), 'verb = "uprate"\npot = "roads"\npercent = 50.0')
    place = attempted(place, 'verb = "cut"\npot = "roads"\npercent = 50.0', "2016-04-02", "EX-2").world
    # Two pence of the first day rise to 3; of the other 598 half is left after the rise: 449.
    assert "dept gaca roads 452 grant" in paid(place)


def test_ring_fences_go_on_and_off():
    place = enacted(world(), 'verb = "unringfence"\npot = "buses"')
    row = next(row for row in ask(place, "flows", year="2016-17") if row.pot == "buses")
    assert (row.ringfenced, row.kind, row.decided_by) == (False, "grant", "combined authority")
    assert "is not ring-fenced" in refused('verb = "unringfence"\npot = "roads"')
    assert "ring-fenced already" in refused('verb = "ringfence"\npot = "buses"')


def test_a_pool_replaces_its_pots():
    text = 'verb = "pool"\npot = "one"\nname = "One pot"\npayee = "gaca"\npots = ["buses", "roads"]\nkind = "integrated-settlement"'
    rows = [row for row in ask(enacted(world(), text), "flows", year="2016-17") if row.payee == "gaca"]
    assert worlds.said(rows, "pot amount_pence kind ringfenced") == [
        "one 334 integrated-settlement False",
        "one 600 integrated-settlement False",
    ]


def test_funding_growing_and_by_results():
    text = 'verb = "fund"\npot = "new"\npayer = "dept"\npayee = "ash"\npounds = 100\neach_year = true\nuntil = 2019-04-01\nuprate = 0.1'
    place = enacted(world(), text)
    found = [
        sum(r.amount_pence for r in ask(place, "flows", year=y) if r.pot == "new")
        for y in ("2016-17", "2017-18", "2018-19", "2019-20")
    ]
    assert found == [10_000, 11_000, 12_100, 0]
    text = """verb = "pay-by-results"
        pot = "families"
        payer = "dept"
        payee = "ash"
        people = 12
        success = 0.75
        attachment_pounds = 100
        outcome_pounds = 1000
        cap_pounds = 10000"""
    assert "dept ash families 1000000 pay-by-results" in paid(enacted(world(), text))
    text = 'verb = "retain"\npot = "rates"\npayee = "ash"\npounds = 101\nshare = 0.5'
    assert "business-ratepayers ash rates 5050 retained-rates" in paid(enacted(world(), text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            'verb = "fund"\npot = "x"\npayer = "dept"\npayee = "nobody-here"\npounds = 1',
            "no body 'nobody-here'",
        ),
        ('verb = "fund"\npot = "roads"\npayer = "dept"\npayee = "ash"\npounds = 1', "there is already a pot"),
        ('verb = "fund"\npot = "x"\npayer = "dept"\npayee = "ash"\npounds = -1', "negative"),
        (
            'verb = "fund"\npot = "x"\npayer = "dept"\npayee = "ash"\npounds = 1\nspread = "wobbly 1"',
            "no distribution",
        ),
        ('verb = "repoint"\npot = "road"\npayee = "ash"', "did you mean: roads?"),
        ('verb = "repoint"\npot = "roads"\npayee = "gaca"', "already"),
        ('verb = "cut"\npayer = "dept"', "either `percent` or `pounds`"),
        ('verb = "pool"\npot = "x"\npayee = "gaca"\npots = ["roads"]', "at least two"),
        ('verb = "pass-on"\npot = "roads"\nto = "ash"\npart = 1.5', "at most 1"),
    ],
)
def test_what_cannot_be_done_says_why(text, reason):
    assert reason in refused(text)


def test_money_only_promised_is_not_paid():
    head = 'code = "P"\nname = "A promise"\nagreed = 2015-01-01\n'
    text = '[[provision]]\nverb = "cut"\npayer = "dept"\npercent = 10.0\ncommencement = 2016-04-01\n'
    text += '[[provision]]\nverb = "fund"\npot = "new"\npayer = "dept"\npayee = "ash"\npounds = 5\ncommencement = 2016-04-01\n'
    place = world()
    deals = deals_from([Document("P.toml", head + text)], place, tools().verbs).deals
    after = enact(place, deals, tools().verbs).world
    assert paid(after) == paid(place)
    made = enacted(place, 'verb = "cut"\npayer = "dept"\npercent = 10.0')
    assert paid(made) != paid(place)
    assert paid(made.known("2009-12-31")) == paid(place)


def test_leaving_a_deal_out_leaves_its_money_out():
    from devo.enactment import without

    place = world()
    after = enacted(place, 'verb = "cut"\npayer = "dept"\npercent = 10.0')
    assert paid(without(after, ["EX"], tools().verbs).world) == paid(place)


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ('{pot = "roads", pence = -5, year = "2019-20"}', "negative and no repayment"),
        ('{pot = "roads", pence = 5, year = "2016-17"}', "a second time"),
        ('{pot = "roads", pence = 5, start = 2016-07-01, end = 2019-01-01}', "a second time"),
        ('{pot = "roads", pence = 5, year = "2016-18"}', "no fiscal year"),
        ('{pot = "roads", pence = 5}', "neither a `year` nor a `start`"),
        ('{pot = "lost", pence = 5, year = "2016-17"}', "no such pot"),
        ('{pot = "roads", pence = 5, year = "2019-20", prices = "2020-21"}', "no deflator"),
        ('{pot = "roads", pence = 5, start = 2019-04-01, end = 2020-04-01, less = ["tax", "buses"]}', ""),
    ],
)
def test_amounts_that_cannot_be_are_left_out_and_said(amount, reason):
    place = world(f"amount = [{amount}]")
    found = [
        f for f in tools().checks["money-refused"].function(place.on("2016-06-01")) if reason in f.message
    ]
    assert bool(found) == bool(reason)
    assert paid(place) == paid(world())


def test_a_stated_repayment_may_be_negative():
    place = world('amount = [{pot = "roads", pence = -50, year = "2016-17", repayment = true}]')
    assert "dept gaca roads -50 grant" in paid(place)
    for row in ask(place, "money-by-body", year="2016-17"):
        assert row.in_pence == row.out_pence


def test_money_for_a_body_that_is_not_there_yet_is_not_paid():
    place = world("""
        body = [{id = "late", name = "Late Authority", kind = "combined-authority", start = 2020-01-01}]
        pot = [{id = "early", name = "Early", payer = "dept", payee = "late", kind = "grant"}]
        amount = [{pot = "early", pence = 7, year = "2016-17"}]
    """)
    assert paid(place) == paid(world())
    message = next(tools().checks["money-refused"].function(place.on("2016-06-01"))).message
    assert "does not exist until 2020-01-01" in message
    assert "7 pence" in message


def test_what_an_heir_gets_and_what_a_circle_keeps():
    place = world("""
        body = [{id = "old", name = "Old", kind = "other-body", end = 2016-01-01}]
        pot = [{id = "round", name = "Round", payer = "dept", payee = "old", kind = "grant"}]
        amount = [{pot = "round", pence = 9, year = "2016-17"}]
        succession = [{old = "old", new = "ash", start = 2016-01-01}]
        share = [{pot = "round", giver = "ash", to = "beck", rate = 1.0}, {pot = "round", giver = "beck", to = "ash", rate = 0.5}]
    """)
    assert "dept ash round 9 grant" in paid(place)
    message = next(
        f.message
        for f in tools().checks["money-refused"].function(place.on("2016-06-01"))
        if "comes back" in f.message
    )
    assert "ash > beck > ash" in message


def test_parts_and_their_whole_may_not_both_count():
    place = world("""
        pot = [{id = "line", name = "Line", payer = "dept", payee = "gaca", kind = "grant", part_of = "roads"}]
        amount = [{pot = "line", pence = 100, year = "2016-17"}]
    """)
    found = list(tools().checks["money-counted-twice"].function(place.on("2016-06-01")))
    assert [f.about for f in found] == [("line", "roads")]
    assert "200" not in found[0].message


def test_strings_cycles_and_edges():
    row = ask(world(), "strings", body="gaca", year="2016-17")[0]
    assert (row.pots, row.payers, row.reporting_duties, row.ringfenced_pence) == (2, 1, 1, 334)
    assert (row.shortest_years_certain, row.longest_years_certain) == (1, 2)
    cycle = ask(world(), "money-cycles", year="2016-17")[0]
    assert (cycle.power, cycle.shortest_years_certain, str(cycle.ends)) == ("buses", 2, "2018-04-01")
    assert worlds.said(ask(world(), "cliff-edges", year="2017-18"), "pot ends amount_pence note") == [
        "buses 2018-04-01 333 the tables know nothing that follows it"
    ]


def test_pots_say_first_and_last_year_and_what_is_not_known():
    place = world(
        'pot = [{id = "rates", name = "Rates", payer = "business-ratepayers", payee = "gaca", kind = "retained-rates", first_year = "2016-17"}]'
    )
    rows = ask(place, "pots", body="gaca", year="2016-17")
    assert worlds.said(rows, "pot amount_pence first_year last_year") == worlds.lines("""
        buses 334 2015-16 2017-18
        rates None 2016-17 None
        roads 600 2016-17 2016-17
    """)


HELD = """
holding = [
    {id = "h", power = "buses", holder = "every:metropolitan-district", start = 2010-01-01, instrument = "act"},
]
"""


def test_balance_of_powers_and_money():
    rows = ask(world(HELD), "balance", year="2016-17")
    assert worlds.said(rows, "pot finding power body") == [
        " power without money buses every:metropolitan-district",
        "buses money without power buses gaca",
    ]


def test_spending_shows_who_has_money_for_a_power():
    officers = """
        body = [{id = "constable", name = "Chief Constable", kind = "chief-officer-of-police", area = "E23000001"}]
        service = [{id = "roads", name = "Roads"}]
        spending = [{body = "ash", service = "roads", year = "2015-16", pence = 50}]
    """
    rule = 'service-power = [{service = "roads", power = "buses", SPENDERS}]'
    for more, lacking in (
        ("", ["every:metropolitan-district"]),
        (rule.replace(", SPENDERS", ""), []),
        (rule.replace("SPENDERS", 'spenders = "metropolitan-district"'), []),
        (rule.replace("SPENDERS", 'spenders = "combined-authority"'), ["every:metropolitan-district"]),
    ):
        rows = ask(world(HELD + officers + more), "balance", year="2017-18")
        assert [row.body for row in rows if row.finding == "power without money"] == lacking, more


def test_powers_that_bring_money_in_want_none():
    assert "power without money" in {row.finding for row in ask(world(HELD), "balance", year="2016-17")}
    rows = ask(world(HELD + 'raising = [{power = "buses", kind = "levy"}]'), "balance", year="2016-17")
    assert "power without money" not in {row.finding for row in rows}


def test_why_a_power_has_no_money():
    rows = ask(world(HELD), "balance", year="2016-17")
    assert "of others for this power" in next(r.why for r in rows if r.finding == "power without money")
    tax = 'pot = [{id = "all", name = "Tax", payer = "council-taxpayers", payee = "every:metropolitan-district", kind = "council-tax"}]'
    amount = 'amount = [{pot = "all", pence = 9, year = "2019-20"}]'
    rows = ask(world(f"{HELD}{tax}\n{amount}"), "balance", year="2019-20")
    assert "money with no strings" in next(r.why for r in rows if r.finding == "power without money")
    ministers = HELD.replace("every:metropolitan-district", "dept")
    rows = ask(world(ministers), "balance", year="2019-20")
    assert "departments and their agencies" in next(r.why for r in rows if r.finding == "power without money")


def test_every_pot_of_a_year_with_what_is_in_it():
    more = """
        pot = [
            {id = "rates", name = "Rates", payer = "business-ratepayers", payee = "gaca", kind = "retained-rates"},
            {id = "line", name = "Line", payer = "dept", payee = "gaca", kind = "grant", part_of = "roads", counts = false},
        ]
        amount = [{pot = "line", pence = 100, year = "2016-17"}]
    """
    rows = ask(world(more), "money-by-pot", year="2016-17")
    assert worlds.said(rows, "pot payees amount_pence counts") == worlds.lines("""
        buses 1 334 True
        line 1 100 False
        police 1 61 True
        rates 0 None True
        roads 1 600 True
        tax 2 300 True
    """)
    assert [row.pot for row in ask(world(more), "money-by-pot", year="2016-17", kind="grant")] == [
        "line",
        "roads",
    ]
    with pytest.raises(devo.TermFault, match="no kind of money 'grants'"):
        ask(world(), "money-by-pot", kind="grants")
    own = ask(world(), "money-by-body", year="2016-17", party="council taxpayers")
    assert worlds.said(own, "body own_pence") == ["council-taxpayers 361"]
    with pytest.raises(devo.TermFault, match="did you mean: council-taxpayers"):
        ask(world(), "money-by-body", year="2016-17", party="council taxpayer")


def test_totals_whose_parts_lead_back_to_them_are_left_out():
    more = """
        pot = [{id = "one", name = "One", payer = "dept", payee = "gaca", kind = "grant"}, {id = "two", name = "Two", payer = "dept", payee = "gaca", kind = "grant"}]
        amount = [
            {pot = "one", pence = 100, start = 2016-04-01, end = 2018-04-01, less = ["two"]},
            {pot = "two", pence = 100, start = 2016-04-01, end = 2018-04-01, less = ["one"]},
        ]
    """
    found = [f.message for f in tools().checks["money-refused"].function(world(more).on("2016-06-01"))]
    assert any("lead back to it: one > two > one" in message for message in found)
    assert not {"one", "two"} & {
        row.pot for row in ask(world(more), "flows", year="2016-17") if row.pot == "one"
    }


def test_money_follows_a_transfer_or_is_left_behind():
    held = (
        HELD
        + """
        pot = [{id = "old", name = "Old bus money", payer = "dept", payee = "ash", kind = "grant", powers = ["buses"]}]
        amount = [{pot = "old", pence = 500, year = "2017-18"}]
    """
    )
    place = enacted(world(held), 'verb = "transfer"\npower = "buses"\ntransferee = "gaca"', "2016-05-01")
    rows = ask(place, "money-follows", "2018-01-01", since="2016-01-01")
    assert worlds.said(rows, "money pot old_holder new_holder amount_pence") == worlds.lines("""
        follows buses every:metropolitan-district gaca 333
        left behind old every:metropolitan-district gaca 500
    """)
    assert 'verb = "repoint", pot = "old", payee = "gaca", was = "ash"' in [row.suggestion for row in rows]


def test_pooling_says_what_goes_and_what_breaks():
    more = """
        pot = [{id = "two", name = "Second bus grant", payer = "minister", payee = "gaca", kind = "grant", powers = ["buses"], reporting = "letter"}]
        amount = [{pot = "two", pence = 300, start = 2016-08-01, end = 2017-08-01}]
    """
    rows = ask(world(more), "pooling", place="Ash", powers="T03", year="2016-17")
    assert worlds.said(rows, "what text number") == worlds.lines("""
        breaks the ring-fence of Bus grant 1
        pot Bus grant, paid to Greater Ash Combined Authority 1
        pot Second bus grant, paid to Greater Ash Combined Authority 1
        removes 2 accounts to give become one 1
        removes 2 pots become one 1
        removes 2 year-ends become one (31 July, 31 March) 1
    """)


def test_a_cut_goes_through_to_places_and_names_what_it_assumes():
    rows = ask(world(), "cut-through", geography="lad24", payer="dept", pounds=3, year="2016-17")
    assert worlds.said(rows, "place_name before_pence cut_pence after_pence") == [
        "Ash 311 100 211",
        "Beck 623 200 423",
    ]
    assert all("in proportion" in row.assumption for row in rows)
    rows = ask(world(), "cut-through", geography="lad24", payer="minister", pounds=10, year="2016-17")
    assert [row.cut_pence for row in rows] == [100, 200, 300, 400]
    assert all("falls on residents alike" in row.assumption for row in rows)


def test_uncertain_money_has_quantiles_and_certain_money_has_none():
    place = enacted(
        world(),
        'verb = "fund"\npot = "new"\npayer = "dept"\npayee = "ash"\npounds = 100\nspread = "uniform 0.5 1.5"',
    )
    rows = {row.body: row for row in ask(place, "money-uncertain", year="2016-17")}
    assert rows["gaca"].low_pence == rows["gaca"].high_pence == 934
    low, middle, high = rows["ash"].low_pence, rows["ash"].middle_pence, rows["ash"].high_pence
    assert 5400 < low < 5800 < 9900 < middle < 10300 < 14400 < high < 14900
    again = {row.body: row for row in ask(place, "money-uncertain", year="2016-17")}
    assert again == rows


def test_a_rate_and_a_share_may_be_uncertain_and_what_is_passed_on_follows():
    def rows(text, more=""):
        found = ask(enacted(world(more), text), "money-uncertain", year="2016-17")
        return {row.body: row for row in found}

    # A cut of ten per cent that may be between none and twenty: 934 pence less 0 to 187, all pots alike.
    gaca = rows('verb = "cut"\npayer = "dept"\npercent = 10.0\nspread = "uniform 0 2"')["gaca"]
    assert 750 <= gaca.low_pence <= 765 < 825 < gaca.middle_pence < 855 < 915 <= gaca.high_pence <= 934
    rise = rows('verb = "uprate"\npot = "roads"\npercent = 10.0\nspread = "uniform 0 2"')["gaca"]
    assert 934 <= rise.low_pence <= 945 < rise.middle_pence < rise.high_pence <= 1054
    # Half of the road grant of 600 is passed on, give or take half of that half.
    half = rows('verb = "pass-on"\npot = "roads"\nto = "ash"\npart = 0.5\nspread = "uniform 0.5 1.5"')
    assert (half["gaca"].low_pence, half["gaca"].high_pence) == (934, 934)
    assert (
        255
        < half["ash"].low_pence
        < 275
        < 390
        < half["ash"].middle_pence
        < 410
        < 530
        < half["ash"].high_pence
        < 545
    )
    # Of money that may be twice as much or nothing all is passed on, and never more than came.
    more = 'amount = [{pot = "roads", pence = 1000, year = "2017-18", spread = "list 0 2"}]'
    place = enacted(
        world(more), 'verb = "pass-on"\npot = "roads"\nto = "ash"\npart = 0.9\nspread = "list 1 9"'
    )
    found = {row.body: row for row in ask(place, "money-uncertain", year="2017-18")}
    assert (found["ash"].low_pence, found["ash"].high_pence) == (0, 2000)
    assert "more than nothing" in refused('verb = "cut"\npayer = "dept"\nspread = "uniform 0 2"')
    assert "for a `percent`" in refused('verb = "cut"\npayer = "dept"\npounds = 1\nspread = "uniform 0 2"')
    assert "no distribution" in refused('verb = "pass-on"\npot = "roads"\nto = "ash"\nspread = "wobbly 1"')


def test_a_figure_has_the_same_draws_whatever_else_is_drawn():
    one = 'amount = [{pot = "roads", pence = 100, year = "2017-18", spread = "normal 1 0.2"}]'
    two = 'amount = [{pot = "roads", pence = 100, year = "2017-18", spread = "normal 1 0.2"}, {pot = "tax", pence = 100, year = "2017-18", payee = "ash", spread = "normal 1 0.2"}]'
    alone, beside = (
        {row.body: row for row in ask(world(text), "money-uncertain", year="2017-18")} for text in (one, two)
    )
    assert alone["gaca"] == beside["gaca"]
    assert beside["ash"].low_pence != beside["gaca"].low_pence - 333


def test_what_cannot_be_drawn_is_refused_plainly():
    wobbly = 'amount = [{pot = "roads", pence = 5, year = "2017-18", spread = "triangular 0.8 1"}]'
    with pytest.raises(devo.TermFault, match="pot roads has a spread that is none"):
        ask(world(wobbly), "money-uncertain", year="2017-18")
    for terms in ({"seed": -1}, {"draws": 0}):
        with pytest.raises(devo.TermFault, match=next(iter(terms))):
            ask(world(), "money-uncertain", year="2016-17", **terms)
    with pytest.raises(devo.TermFault, match="no body 'depth' is known"):
        ask(world(), "cut-through", geography="lad24", payer="depth", pounds=3)


def test_fiscal_years_that_are_none_are_refused():
    with pytest.raises(devo.TermFault, match="write 2025-26"):
        ask(world(), "flows", year="2025")


def test_a_world_changed_by_records_alone_is_read_afresh():
    place = world()
    pots = tuple(replace(pot, counts=False) if pot.id == "roads" else pot for pot in place.of(Pot))
    assert "dept gaca roads 600 grant" not in paid(place.changed(records={Pot: pots}))
