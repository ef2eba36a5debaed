"""The questions of transfers in a small world: what moved, whose consent, what came of it, what it would take."""

import pytest
from worlds import deal, enacted, provision, said, verbs, world

from devo import TermFault, front
from devo.enactment import enact
from devo.tools import question_tool
from devo_transfers.attribution import attribution
from devo_transfers.commitments import commitments, timetable
from devo_transfers.consent import consents
from devo_transfers.questions import moved
from devo_transfers.route import route

LAW = """
[[power]]
id = "homes"
name = "Homelessness"
kind = "duty"
complete_from = 2010-01-01
[[holding]]
id = "h"
power = "homes"
holder = "every:metropolitan-district"
start = 2010-01-01
[[membership]]
body = "gaca"
member = "ash"
start = 2011-04-01
[[membership]]
body = "gaca"
member = "beck"
start = 2011-04-01
[[decision-rule]]
id = "two-thirds"
electorate = "the members"
threshold = "two-thirds"
must_include = ["beck"]
"""
UP = provision("transfer", "2017-01-01", power="homes", transferee="gaca")


# --- moved ----------------------------------------------------------------------------------------


def test_a_power_that_leaves_councils_for_a_larger_body_is_a_freedom_lost():
    place = enacted(world(LAW), UP)
    assert said(
        moved(place.on("2018-01-01"), "2016-01-01"), "kind power before after freedom_lost residents"
    ) == ["moved-up homes ('ash', 'beck') ('gaca',) True 300"]


def test_a_scenario_can_expect_that_nothing_moves_up():
    place = enacted(world(LAW), UP)
    assert list(moved(place.on("2016-06-01"), "2016-01-01", only="moved-up")) == []
    assert list(moved(place.on("2018-01-01"), "2016-01-01", only="lost")) == []
    assert list(moved(place.on("2018-01-01"), "2016-01-01", place="Dene")) == []


# --- consents -------------------------------------------------------------------------------------


def conditioned(**terms):
    place = enacted(
        world(LAW),
        UP,
        provision("condition", "2017-01-01", power="homes", holder="gaca", kind="consent", **terms),
    )
    return place.on("2018-01-01")


def test_each_member_whose_area_has_the_site():
    seen = conditioned(by="each member whose area contains the site")
    columns = "electorate agree_size agree block_size"
    assert said(consents(seen, "homes", "gaca"), columns) == ["('ash', 'beck') 2 ('ash', 'beck') 1"]
    assert said(consents(seen, "homes", "gaca", place="Ash"), columns) == ["('ash',) 1 ('ash',) 1"]


def test_a_condition_on_one_place_is_none_elsewhere():
    seen = conditioned(by="minister", area="E08000001")
    assert len(list(consents(seen, "homes", "gaca", place="Ash"))) == 1
    assert list(consents(seen, "homes", "gaca", place="Beck")) == []


def test_what_stands_before_a_class_s_use_stands_before_each_of_it():
    consent = provision(
        "condition",
        "2017-01-01",
        power="homes",
        holder="every:metropolitan-district",
        kind="consent",
        by="minister",
    )
    seen = enacted(world(LAW), consent).on("2018-01-01")
    assert said(consents(seen, "homes", "ash"), "body power electorate") == ["ash homes ('minister',)"]
    assert list(consents(seen, "homes", "gaca")) == []


def test_two_thirds_that_must_have_one_among_them():
    seen = conditioned(by="the members", rule="two-thirds")
    assert said(consents(seen, "homes", "gaca"), "agree_size agree block_size block") == [
        "2 ('ash', 'beck') 1 ('beck',)"
    ]


def test_words_that_name_nobody_known_have_no_electorate():
    seen = conditioned(by="the residents, by ballot")
    assert said(consents(seen, "homes", "gaca"), "electorate agree_size block_size by") == [
        "() 0 0 the residents, by ballot"
    ]


def test_a_named_body_is_the_electorate():
    seen = conditioned(by="minister")
    assert said(consents(seen, "homes", "gaca"), "electorate_names met") == ["('The Minister',) False"]


# --- commitments and timetable --------------------------------------------------------------------


def test_each_line_of_a_deal_as_far_as_it_had_come():
    before = world(LAW)
    text = UP + provision("confer", "2019-01-01", power="buses", holder="gaca", instrument="agreement")
    after = enact(before, [deal(before, "agreed = 2015-01-01\n" + text, "EX-1")], verbs()).world
    stages = "provision stage came"
    assert said(commitments(after.on("2018-01-01"), "EX-1"), stages) == [
        "EX-1/1 in force True",
        "EX-1/2 promised False",
    ]
    assert said(commitments(after.on("2016-01-01"), "EX-1"), stages)[0] == "EX-1/1 legislated True"


def test_steps_go_back_from_commencement_and_say_what_is_assumed():
    before = world(LAW)
    after = enact(before, [deal(before, UP, "EX-1")], verbs()).world
    steps = list(timetable(after.on("2016-01-01"), "EX-1"))
    assert [step.latest for step in steps] == sorted((step.latest for step in steps), reverse=True)
    assert steps[0].latest.isoformat() == "2017-01-01"
    assert any("8 weeks" in step.assumed for step in steps)


@pytest.mark.parametrize(
    ("weeks", "said_of_them"), [(-1, "less than nought"), (10**9, "before the calendar does")]
)
def test_weeks_that_cannot_be_are_refused(weeks, said_of_them):
    before = world(LAW)
    after = enact(before, [deal(before, UP, "EX-1")], verbs()).world
    with pytest.raises(TermFault, match=said_of_them):
        list(timetable(after.on("2016-01-01"), "EX-1", weeks_laid=weeks))


# --- route ----------------------------------------------------------------------------------------


def test_the_shortest_way_is_tried_and_works():
    rows = list(route(world(LAW).on("2018-01-01"), "gaca", "homes"))
    assert (rows[0].way, rows[0].verb, rows[0].share, rows[0].blocked) == (1, "transfer", 1.0, False)
    assert {row.verb for row in rows} <= {"transfer", "share", "delegate"}


def test_a_body_of_two_areas_that_no_layer_has_as_one():
    pair = """
        [[body]]
        id = "pair"
        name = "The Pair"
        kind = "combined-authority"
        area = "E08000001 + E08000003"
        """
    rows = [row for row in route(world(LAW + pair).on("2016-01-01"), "pair", "homes") if row.way == 1]
    assert [(row.verb, row.share) for row in rows] == [("transfer", 1.0)]


def test_what_is_held_already_needs_nothing():
    (row,) = route(enacted(world(LAW), UP).on("2018-01-01"), "gaca", "homes")
    assert "already" in row.what


def test_a_place_that_a_body_does_not_answer_for_blocks_every_way():
    rows = list(route(world(LAW).on("2018-01-01"), "gaca", "homes", place="Dene"))
    assert all(row.blocked and row.way == 0 for row in rows)
    assert "does not answer for Dene" in rows[0].why


def test_a_body_that_is_not_there_yet():
    rows = list(route(world(LAW).on("2011-01-01"), "gaca", "homes"))
    assert "not established until 2011-04-01" in rows[0].why


# --- attribution ----------------------------------------------------------------------------------


def test_two_deals_that_are_each_needed_have_a_half_each():
    before = world(LAW)
    texts = {
        "FIRST": provision("confer", "2015-01-01", power="buses", holder="pcc"),
        "SECOND": provision("transfer", "2016-01-01", power="buses", transferor="pcc", transferee="gaca"),
        "IDLE": provision("transfer", "2016-01-01", power="homes", transferee="pcc"),
    }
    after = enact(before, [deal(before, texts["FIRST"], "FIRST")], verbs()).world
    after = enact(after, [deal(after, texts["SECOND"], "SECOND")], verbs()).world
    after = enact(after, [deal(after, texts["IDLE"], "IDLE")], verbs()).world
    rows = attribution(after.on("2018-01-01"), ("FIRST", "SECOND", "IDLE"))
    assert said((r for r in rows if r.power == "buses" and r.after == ("gaca",)), "deal first part") == [
        "FIRST False 0.5",
        "SECOND True 0.5",
    ]


def test_a_new_exerciser_and_a_loss_are_each_a_deal_s_doing():
    before = world(LAW)
    texts = {
        "MAYOR": provision(
            "exercise", "2016-01-01", power="homes", holder="every:metropolitan-district", by="leader"
        ),
        "LOSS": provision(
            "cease", "2017-01-01", power="homes", holder="every:metropolitan-district", area="E08000004"
        ),
    }
    after = enact(before, [deal(before, text, code) for code, text in texts.items()], verbs()).world
    # A deal named twice is one deal, and the order in which they are named decides nothing.
    rows = attribution(after.on("2018-01-01"), ("LOSS", "MAYOR", "LOSS"))
    assert said(rows, "kind places_names deal first part") == [
        "inside ('Greater Ash', 'Cole') MAYOR True 1.0",
        "lost ('Dene',) LOSS True 1.0",
    ]


def test_nine_deals_are_too_many():
    before = world(LAW)
    texts = [deal(before, UP.replace("2017-01-01\n", f"20{n + 20}-01-01\n"), f"D-{n}") for n in range(9)]
    after = enact(before, texts, verbs()).world
    with pytest.raises(TermFault, match="at most 8"):
        list(attribution(after.on("2018-01-01"), tuple(item.code for item in texts)))


def test_they_are_asked_by_name():
    assert {"moved", "consents", "commitments", "timetable", "route", "attribution"} <= set(
        front.toolbox_of(world()).questions
    )
    assert question_tool(moved, "transfers").columns[0].name == "power"
