"""Duties discharged by another: what `share` says of it, and what a question and an explanation make of that."""

from worlds import enacted, provision, world

import devo
from devo import front

COUNCILS = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
"""


def shared(*, discharges: str = "", table: str = COUNCILS):
    terms = {"discharges": discharges} if discharges else {}
    return enacted(world(table), provision("share", "2014-04-01", power="buses", transferee="gaca", **terms))


def ways(after, place="Ashshire"):
    rows = front.ask(after.on("2015-01-01"), "discharge", power="buses", place=place).rows
    return {(row.body, row.discharges, row.way) for row in rows}


def test_nobodys_duty_is_discharged_unless_the_law_says_so():
    assert ways(shared()) == set()


def test_one_way_the_authority_fulfils_the_councils_duty():
    assert ways(shared(discharges="one-way")) == {("gaca", ("ash", "beck"), "one way")}


def test_both_ways_each_fulfils_the_others():
    assert ways(shared(discharges="both-ways")) == {
        ("gaca", ("ash", "beck"), "both ways"),
        ("ash", ("gaca",), "both ways"),
        ("beck", ("gaca",), "both ways"),
    }


def test_both_ways_also_where_the_councils_held_it_concurrently_before():
    after = shared(discharges="both-ways", table=COUNCILS + 'mode = "concurrent"\n')
    assert ("ash", ("gaca",), "both ways") in ways(after)


def test_a_council_outside_the_authority_is_left_as_it_was():
    assert ways(shared(discharges="both-ways"), place="Cole") == set()


def test_the_explanation_names_whose_duty_is_met():
    after = shared(discharges="one-way").on("2015-01-01")
    said = devo.explain(after, body="gaca", power="buses").sentence
    assert "what it does also fulfils the duty of" in said
    assert "fulfils" not in devo.explain(after, body="ash", power="buses").sentence
