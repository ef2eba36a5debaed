# ruff: noqa: E501  (a record is easier read on a line)
"""Funding on a little country: pots, what deals do to them, where money goes, and what is wrong with it."""

from dataclasses import replace
from functools import cache

import pytest
import worlds

import devo
from devo.enactment import enact
from devo.files.blocks import records_in
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.toolbox import toolbox
from devo.world import world_of
from devo_funding.pots import Amount, Pot

MONEY = """
pot = [
    {id = "buses", name = "Bus grant", payer = "dept", payee = "gaca", kind = "ring-fenced-grant", ringfenced = true, powers = ["buses"], first_year = "2015-16", last_year = "2017-18", reporting = "quarterly return"},
    {id = "roads", name = "Road grant", payer = "dept", payee = "gaca", kind = "grant"},
    {id = "tax", name = "Council tax", payer = "council-taxpayers", payee = "every:metropolitan-district", kind = "council-tax", award = "set locally"},
    {id = "police", name = "Police precept", payer = "council-taxpayers", payee = "pcc", kind = "precept", award = "set locally"},
]
amount = [
    {pot = "buses", pence = 1000, start = 2015-04-01, end = 2018-04-01, split = "years"},
    {pot = "roads", pence = 600, year = "2016-17"},
    {pot = "tax", pence = 100, year = "2016-17", payee = "ash"},
    {pot = "tax", pence = 200, year = "2016-17", payee = "beck"},
    {pot = "police", pence = 61, year = "2016-17"},
]
share = [
    {pot = "police", giver = "pcc", area = "E08000001", weight = 1},
    {pot = "police", giver = "pcc", area = "E08000003", weight = 1},
]
[[body]]
id = "dept"
name = "The Department"
kind = "department"
"""


@cache
def tools():
    return toolbox(built_in=("devo_transfers", "devo_funding"))


def world(text=""):
    records = []
    for part in (worlds.COUNTRY, MONEY, text):
        found = records_in(Document("world.toml", part), tools().records, tools().records)
        assert not found.faults, found.faults
        records += found.records
    return world_of(records)


def enacted(place, text, day="2016-04-01"):
    done = attempted(place, text, day)
    assert not done.findings, done.findings
    return done.world


def attempted(place, text, day="2016-04-01", code="EX"):
    head = f'code = "{code}"\nname = "A deal"\n'
    body = (
        f'[[provision]]\n{text}\ncommencement = {day}\ninstrument = {{title = "Order", made = 2010-01-01}}\n'
    )
    found = deals_from([Document(f"{code}.toml", head + body)], place, tools().verbs)
    assert not found.faults, found.faults
    return enact(place, found.deals, tools().verbs)


def ask(place, name, day="2016-06-01", /, **terms):
    from devo.answers import ask as asked

    return asked(place.on(day), tools().questions[name], terms).rows


def paid(place, year="2016-17", columns="payer payee pot amount_pence kind"):
    return worlds.said(ask(place, "flows", year=year), columns)


def refused(text, day="2016-04-01", more=""):
    findings = attempted(world(more), text, day).findings
    assert len(findings) == 1
    assert findings[0].code == "cannot-take-effect"
    return findings[0].message


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


def test_prices_that_differ_are_said():
    place = world(
        'amount = [{pot = "buses", pence = 9, year = "2014-15", prices = "2020-21", deflator = "GDP, November 2025"}]'
    )
    check = tools().checks["prices-mixed"].function
    assert not list(check(place.on("2014-06-01")))
    place = place.changed(
        records={
            Amount: tuple(
                replace(a, prices="2020-21", deflator="GDP") if a.pot == "roads" else a
                for a in place.of(Amount)
            )
        }
    )
    assert "1 pots in 2020-21" in next(check(place.on("2016-06-01"))).message


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


def test_fiscal_years_that_are_none_are_refused():
    with pytest.raises(devo.TermFault, match="write 2025-26"):
        ask(world(), "flows", year="2025")


def test_a_world_changed_by_records_alone_is_read_afresh():
    place = world()
    pots = tuple(replace(pot, counts=False) if pot.id == "roads" else pot for pot in place.of(Pot))
    assert "dept gaca roads 600 grant" not in paid(place.changed(records={Pot: pots}))
