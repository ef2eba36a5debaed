"""Plans: what deals change, in sentences first, each line once, whatever the order and the files."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import deal, provision, verbs, world

from devo.enactment import enact
from devo.planning import NotOneMap, compare, plan_deals
from devo.plans import Wanted

LAW = """
power = [
    {id = "homes", name = "Homelessness", kind = "duty", theme = "housing", complete_from = 2010-01-01},
    {id = "skills", name = "Adult skills", theme = "skills", complete_from = 2010-01-01},
    {id = "fund", name = "Investment fund", kind = "budget", complete_from = 2010-01-01},
]
holding = [
    {id = "h", power = "homes", holder = "every:metropolitan-district", start = 2010-01-01},
    {id = "s", power = "skills", holder = "minister", area = "E92000001", start = 2010-01-01},
]
"""
TEXTS = (
    provision("transfer", "2017-01-01", power="homes", transferee="gaca"),
    provision("transfer", "2018-01-01", power="skills", transferee="gaca", exercised_by="mayor"),
    provision("confer", "2019-01-01", power="fund", holder="gaca"),
    provision("confer", "2016-06-01", power="buses", holder="gaca"),
)


def planned(*texts: str, wanted: Wanted | None = None):
    before = world(LAW)
    deals = [deal(before, text, f"EX-{n}") for n, text in enumerate(texts, 1)]
    after = enact(before, deals, verbs()).world
    return plan_deals(before, after, deals, wanted=wanted or Wanted())


def test_sentences_come_first_and_money_is_not_a_power():
    plan = planned("\n".join(TEXTS))
    assert 3 <= len(plan.summary) <= 5
    assert "changes 3 powers, and 1 budget," in plan.summary[0]
    assert "300 residents" in plan.summary[0]
    assert "Homelessness moves up" in plan.summary[1]
    assert "adult skills move down" in plan.summary[1]


def test_a_move_is_one_line_with_its_cause_and_its_day():
    plan = planned("\n".join(TEXTS))
    assert [(c.kind, c.power, c.on.isoformat(), c.residents) for c in plan.changes] == [
        ("moved-up", "homes", "2017-01-01", 300),
        ("moved-down", "skills", "2018-01-01", 300),
        ("gained", "buses", "2016-06-01", 300),
        ("gained", "fund", "2019-01-01", 300),
    ]
    assert {c.cause["provision"] for c in plan.changes} == {"EX-1/1", "EX-1/2", "EX-1/3", "EX-1/4"}


def test_the_matrix_says_each_cell_before_and_after():
    plan = planned("\n".join(TEXTS))
    assert [(row.power, row.before, row.after) for row in plan.matrix] == [
        ("homes", "Council", "Combined authority"),
        ("skills", "Not devolved", "Mayor"),
        ("buses", "Nobody", "Combined authority"),
        ("fund", "Nobody", "Combined authority"),
    ]


def test_only_what_is_wanted():
    plan = planned("\n".join(TEXTS), wanted=Wanted(kinds=("moved-up",)))
    assert [change.power for change in plan.changes] == ["homes"]
    plan = planned("\n".join(TEXTS), wanted=Wanted(theme="skills"))
    assert [change.power for change in plan.changes] == ["skills"]


def test_the_json_has_what_the_contract_names():
    said = planned("\n".join(TEXTS)).as_json()
    json.dumps(said)
    assert said["schema"] == "devo.plan/1"
    assert {"kind", "power", "from", "from_names", "to", "to_names", "places", "places_names"} < set(
        said["changes"][0]
    )
    assert {"summary", "changes", "indirect", "findings"} < set(said)


def test_what_only_an_agreement_holds_changes_no_power():
    plan = planned(provision("confer", "2017-01-01", power="buses", holder="gaca", instrument="agreement"))
    assert plan.changes == ()
    assert "changes no power" in plan.summary[0]


@settings(max_examples=25)
@given(st.permutations(TEXTS), st.integers(0, 4))
def test_halving_a_deal_and_reordering_its_provisions_change_nothing(texts, cut):
    whole = planned("\n".join(TEXTS))
    halves = planned(*(half for half in ("\n".join(texts[:cut]), "\n".join(texts[cut:])) if half))
    lines = [(c.kind, c.power, c.before, c.after, c.on, c.pieces) for c in whole.changes]
    assert [(c.kind, c.power, c.before, c.after, c.on, c.pieces) for c in halves.changes] == lines


def test_two_days_of_one_world():
    before = world(LAW)
    after = enact(before, [deal(before, TEXTS[0])], verbs()).world
    plan = compare(after.on("2016-01-01"), after.on("2018-01-01"), title="two days")
    assert [(c.kind, c.power) for c in plan.changes] == [("moved-up", "homes")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bus franchising", "bus franchising"),
        ("Better Care Fund", "Better Care Fund"),
        ("UK Shared Prosperity Fund", "UK Shared Prosperity Fund"),
        ("Rail concessions (Merseyrail)", "rail concessions (Merseyrail)"),
        ("Bus partnerships and BSIP", "bus partnerships and BSIP"),
    ],
)
def test_names_of_their_own_keep_their_capitals_in_a_sentence(name, said):
    before = world(LAW.replace("Adult skills", name))
    move = deal(before, TEXTS[1], "EX-1")
    plan = plan_deals(before, enact(before, [move], verbs()).world, [move])
    assert plan.summary[1].startswith(f"{said[0].upper()}{said[1:]} moves down")
    assert f": {said}." in plan.summary[2]


def test_a_deal_of_the_last_day_of_the_calendar_can_be_planned():
    plan = planned(provision("confer", "9999-12-31", power="buses", holder="gaca"))
    assert [(c.kind, c.power) for c in plan.changes] == [("gained", "buses")]


def test_worlds_on_different_maps_are_not_compared():
    other = world('piece = [{id = "e", measures = {residents = 1}, areas = {ctry24 = "E92000001"}}]')
    with pytest.raises(NotOneMap, match="one of 4 pieces and one of 5 pieces"):
        compare(world().on("2016-01-01"), other.on("2016-01-01"))
