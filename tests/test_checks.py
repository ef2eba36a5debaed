"""The core's checks: each finding in a small world, and silence where nothing is wrong."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import ASKED, by_rules, world, worlds

from devo import rules
from devo.checks import (
    CHECKS,
    double_sole_holder,
    power_after_its_body,
    power_before_its_body,
    rootless_delegation,
    unmodelled_power,
    unsourced,
)
from devo.gaps import gaps, unmodelled

GENERAL = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
    source = "Buses Act 2009"
"""


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_found_where_nothing_is_wrong(check):
    assert list(check(world(GENERAL).on("2012-01-01"))) == []


def test_two_sole_holders_are_found_with_place_day_and_rows():
    place = world(
        GENERAL
        + """
        [[holding]]
        id = "again"
        power = "buses"
        holder = "gaca"
        start = 2014-04-01
    """
    )
    found = list(double_sole_holder(place.on("2014-04-01")))
    assert [(finding.code, finding.severity) for finding in found] == [("double-sole-holder", "error")] * 2
    assert "Ash City Council and Greater Ash Combined Authority both hold Bus franchising sole over Ash" in (
        found[0].message
    )
    assert "2014-04-01" in found[0].message
    assert {"buses", "ash", "gaca", "general", "again"} == set(found[0].about)
    assert list(double_sole_holder(place.on("2014-03-31"))) == []


def test_members_that_follow_each_other_are_not_two_holders():
    place = world("""
        [[power]]
        id = "homes"
        name = "Housing"

        [[body]]
        id = "oak"
        name = "Oak"
        kind = "board"
        area = "E08000001"
        end = 2012-04-01

        [[body]]
        id = "elm"
        name = "Elm"
        kind = "board"
        area = "E08000001"
        start = 2012-04-01

        [[holding]]
        id = "boards"
        power = "homes"
        holder = "every:board"
    """)
    assert list(double_sole_holder(place.on("2015-01-01"))) == []


def test_what_is_not_known_is_said_with_its_share():
    place = world("""
        [[power]]
        id = "homes"
        name = "Housing"

        [[holding]]
        id = "homes"
        power = "homes"
        holder = "gaca"
    """)
    found = {f.about[0]: f for f in unmodelled_power(place.on("2012-01-01"))}
    assert list(found) == ["homes"]
    assert found["homes"].message == (
        "Who holds Housing on 2012-01-01 is not known over Dene, Cole (70.0% of residents)."
    )


def test_a_power_given_to_a_body_that_is_not_there_yet():
    place = world("""
        [[holding]]
        id = "too-soon"
        power = "buses"
        holder = "pcc"
        start = 2012-11-01
    """)
    (finding,) = power_before_its_body(place.on("2015-01-01"))
    assert "Ashshire PCC is given Bus franchising from 2012-11-01" in finding.message
    assert "does not exist until 2012-11-22" in finding.message


def test_a_power_given_to_a_body_that_is_gone():
    rows = """
        body = [{id = "board", name = "Bus Board", kind = "joint-committee", start = 2011-04-01, end = 2013-04-01}]
        holding = [
            {id = "late", power = "buses", holder = "board", area = "E08000001", start = 2013-04-01},
            {id = "in-time", power = "buses", holder = "board", area = "E08000002", start = 2013-03-31},
        ]
    """
    (finding,) = power_after_its_body(world(rows).on("2015-01-01"))
    assert "Bus Board is given Bus franchising from 2013-04-01 (by late)" in finding.message
    assert "was abolished on 2013-04-01, and nobody took over" in finding.message
    heir = 'succession = [{old = "board", new = "gaca", start = 2013-04-01}]'
    assert list(power_after_its_body(world(f"{rows}        {heir}").on("2015-01-01"))) == []


def test_a_row_that_cannot_be_traced():
    place = world(GENERAL.replace("source", "note"))
    (finding,) = unsourced(place.on("2015-01-01"))
    assert (finding.severity, finding.about) == ("note", ("buses", "general"))


ROOTED = """
    [[holding]]
    id = "leaf"
    power = "buses"
    holder = "gaca"
    mode = "delegated"
    root = "ROOT"
"""


def test_a_delegation_whose_root_is_gone():
    (finding,) = rootless_delegation(world(GENERAL + ROOTED.replace("ROOT", "minister")).on("2015-01-01"))
    assert (
        "delegated Bus franchising by The Minister, which does not hold it over Greater Ash"
        in finding.message
    )


@pytest.mark.parametrize("root", ["every:metropolitan-district", ""])
def test_a_delegation_that_has_its_root_or_names_none_is_sound(root):
    place = world(GENERAL + ROOTED.replace("ROOT", root)).on("2015-01-01")
    assert list(rootless_delegation(place)) == []


# --- laws -----------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.data())
def test_nobody_holds_what_is_not_known_and_gaps_say_when(data):
    place = data.draw(worlds())
    power = data.draw(st.sampled_from(sorted(place.powers)))
    since, until = ASKED[0], ASKED[-1]
    stretches = gaps(place, power, since, until)
    day = data.draw(st.sampled_from(ASKED[:-1]))
    seen = place.on(day)
    unknown = unmodelled(seen, power, place.mosaic.everywhere)
    covered = [gap.pieces for gap in stretches if gap.start <= day < gap.end]
    assert frozenset().union(*covered) == unknown
    assert sum(map(len, covered)) == len(unknown)
    if not place.children.get(power):
        assert not unknown & {piece for piece, _, _ in by_rules(seen, power)}


@settings(max_examples=40)
@given(st.data())
def test_two_sole_holders_on_the_day_are_always_found(data):
    place = data.draw(worlds()).on(data.draw(st.sampled_from(ASKED)))
    found = {finding.about[:3] for finding in double_sole_holder(place)}
    for power in place.powers:
        if place.powers[power].parent and not place.ledger(power).effects:
            continue
        for piece in place.mosaic.everywhere:
            sole = [held.body for held in rules.holders(place, power, piece) if held.mode == "sole"]
            for one in sole:
                for two in sole:
                    if one != two:
                        assert (power, one, two) in found or (power, two, one) in found


def test_a_gap_ends_on_the_day_from_which_the_parts_are_complete():
    place = world("""
        power = [
            {id = "p", name = "Skills"},
            {id = "p1", name = "Courses", parent = "p", complete_from = 2014-01-01},
            {id = "p2", name = "Grants", parent = "p", complete_from = 2014-01-01},
        ]
        holding = [{id = "h", power = "p1", holder = "gaca", start = 2012-01-01}]
    """)
    found = gaps(place, "p", date(2012, 1, 1), date(2016, 1, 1))
    ash = [(gap.start.year, gap.end.year, gap.why) for gap in found if 0 in gap.pieces]
    assert ash == [(2012, 2014, "the tables are complete from 2014-01-01")]
