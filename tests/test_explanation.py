"""Why, or why not: causes, conditions, others, parts, and what is missing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import asked, enacted, knowns, provision, why, world, worlds

from devo.explanation import explain
from devo.names import NameFault
from devo.values import Area

LAW = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
    end = 2016-05-01
    end_instrument = "order"
    source = "Buses Act 2009, s.1"
    instrument = "act"

    [[holding]]
    id = "moved"
    power = "buses"
    holder = "gaca"
    start = 2016-05-01
    agreed = 2014-11-03
    instrument = "order"
    confidence = "verified"

    [[condition]]
    id = "consent"
    power = "buses"
    holder = "gaca"
    by = "minister"
    text = "consent of the Minister to each scheme"
    instrument = "order"

    [[exercise]]
    id = "mayor"
    power = "buses"
    holder = "gaca"
    by = "mayor"
    start = 2017-05-08
"""


def test_a_cause_names_change_instrument_days_row_and_confidence():
    (cause,) = why(world(LAW), "2018-01-01", "gaca").because
    assert (cause.change, cause.date, cause.made, cause.agreed) == (
        "begins", date(2016, 5, 1), date(2016, 3, 1), date(2014, 11, 3),
    )  # fmt: skip
    assert (cause.instrument, cause.record, cause.confidence) == (
        "Greater Ash Order 2016 (SI 2016/100)", "moved", "verified",
    )  # fmt: skip


def test_what_ended_a_holding_is_cited_with_what_began_it():
    found = why(world(LAW), "2018-01-01", "ash", where="Ash")
    assert [(cause.change, cause.record, cause.date.year) for cause in found.because] == [
        ("begins", "general", 1),
        ("ends", "general", 2016),
    ]


def test_a_condition_is_listed_and_what_is_missing_says_it():
    found = why(world(LAW), "2018-01-01", "gaca")
    assert found.status == "conditional"
    assert [(item.kind, item.by, item.met) for item in found.conditions] == [
        ("consent", "The Minister", False)
    ]
    assert found.missing == ("consent of the Minister to each scheme",)
    assert "exercised by the mayor" in found.sentence


def test_others_are_those_who_hold_it_and_those_who_held_it():
    found = why(world(LAW), "2018-01-01", "gaca")
    assert [(other.body, other.status, other.end, round(other.share, 2)) for other in found.others] == [
        ("ash", "ended", date(2016, 5, 1), 0.33),
        ("beck", "ended", date(2016, 5, 1), 0.67),
    ]


@pytest.mark.parametrize(
    ("day", "status", "missing"),
    [
        ("2016-04-30", "not-in-force", "commencement on 1 May 2016 of Greater Ash Order 2016 (SI 2016/100)"),
        ("2015-01-01", "promised", "an Act or order: none was made by 1 January 2015"),
        ("2014-01-01", "not-conferred", "it came on 1 May 2016, under Greater Ash Order 2016 (SI 2016/100)"),
        (
            "2010-06-01",
            "not-conferred",
            "Greater Ash Combined Authority is not established until 1 April 2011",
        ),
    ],
)
def test_a_why_not_says_what_is_missing_and_when_it_came(day, status, missing):
    found = why(world(LAW), day, "gaca")
    assert found.status == status
    assert missing in found.missing


def test_a_place_that_is_held_in_part_is_mixed_and_its_parts_are_listed():
    found = why(world(LAW), "2018-01-01", "gaca", where="Ashshire")
    assert found.status == "mixed"
    assert [(part.status, part.name, part.share) for part in found.parts] == [
        ("conditional", "Greater Ash", 0.5),
        ("not-conferred", "Cole", 0.5),
    ]


def test_without_a_place_the_answer_is_for_the_area_of_the_body():
    assert why(world(LAW), "2018-01-01", "gaca").place == "E47000001"
    assert why(world(LAW), "2018-01-01", "ash").place == "E08000001"


def test_an_heir_says_from_whom_it_came():
    text = provision("succeed", "2018-04-01", old="gaca", new="pcc", area="E47000001")
    found = why(enacted(world(LAW), text), "2019-01-01", "pcc", where="Ash")
    assert found.status == "conditional"
    assert "it came to it by succession from Greater Ash Combined Authority" in found.sentence


def test_concurrent_and_delegated_holders_are_named_with_the_others():
    law = (
        LAW
        + """
        [[holding]]
        id = "beside"
        power = "buses"
        holder = "minister"
        mode = "concurrent"
        start = 2016-05-01

        [[holding]]
        id = "below"
        power = "buses"
        holder = "beck"
        mode = "delegated"
        root = "minister"
        start = 2016-05-01
    """
    )
    minister = why(world(law), "2018-01-01", "minister", where="Ash")
    assert "concurrently with Greater Ash Combined Authority" in minister.sentence
    beck = why(world(law), "2018-01-01", "beck")
    assert "by delegation from The Minister, which stays responsible" in beck.sentence
    assert {cause.record for cause in beck.because} == {"beside", "below"}


def test_an_unknown_name_is_said():
    with pytest.raises(NameFault, match="no power is called 'busses'"):
        why(world(LAW), "2018-01-01", "gaca", "busses")


@settings(max_examples=40)
@given(st.data())
def test_there_is_always_a_sentence_and_a_share_of_one(data):
    place = data.draw(worlds()).on(data.draw(asked)).known(data.draw(knowns))
    body = data.draw(st.sampled_from(sorted(place.roster.bodies)))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    where = data.draw(st.sampled_from(["", *(area.code for area in place.of(Area))]))
    found = explain(place, body, power, where)
    assert found.sentence.endswith(".")
    over = [part.share for part in found.parts if part.what == found.place]
    assert not over or sum(over) == pytest.approx(1)
    if found.status in ("held", "conditional", "not-in-force", "promised", "ended"):
        assert found.because
    if found.status == "held":
        assert not found.missing


DIVIDED = """
    power = [
        {id = "skills", name = "Skills", complete_from = 2010-01-01},
        {id = "courses", name = "Courses", parent = "skills"},
        {id = "grants", name = "Grants", parent = "skills"},
        {id = "loans", name = "Loans", parent = "skills"},
    ]
    holding = [
        {id = "c", power = "courses", holder = "gaca", start = 2012-01-01},
        {id = "g", power = "grants", holder = "gaca", start = 2012-01-01, end = 2014-01-01},
    ]
"""


def test_each_part_of_a_divided_power_has_a_status_of_its_own():
    found = why(world(DIVIDED), "2016-01-01", "gaca", power="skills")
    assert found.status == "mixed"
    statuses = {part.name: part.status for part in found.parts}
    assert statuses == {"Courses": "held", "Grants": "ended", "Loans": "not-conferred"}
    unknown = DIVIDED.replace(", complete_from = 2010-01-01", "")
    found = why(world(unknown), "2016-01-01", "gaca", power="skills")
    assert {part.name: part.status for part in found.parts}["Loans"] == "unmodelled"


def test_without_a_place_it_is_the_bodys_own_even_where_an_area_has_the_name_of_its_id():
    place = world('area = [{geography = "lad24", code = "E08000009", name = "GACA"}]')
    assert explain(place.on("2016-01-01"), "gaca", "buses").place == "E47000001"
