"""Holdings through time: the days on which anything may change, and spans without a break."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import asked, deals, knowns, lines, said, verbs, world, worlds

from devo import rules
from devo.enactment import enact
from devo.timeline import change_days, span_on, spans

GENERAL = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
"""


@settings(max_examples=60)
@given(st.data())
def test_spans_say_what_the_rules_say_on_any_day(data):
    place = data.draw(worlds())
    if data.draw(st.booleans()):
        place = enact(place, data.draw(deals(place)), verbs()).world
    place = place.known(data.draw(knowns))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    piece = data.draw(st.integers(0, len(place.mosaic) - 1))
    found = spans(place, power, piece)
    horizon = place.powers[power].complete_from
    for day in data.draw(st.lists(asked, min_size=1, max_size=4)):
        running = {
            (span.body, span.mode)
            for span in found
            if (span.start or date.min) <= day and (span.end is None or day < span.end)
        }
        holding = {(held.body, held.mode) for held in rules.holders(place.on(day), power, piece)}
        assert holding <= running
        # Before its horizon a span with no start reaches back to we know not when.
        if horizon is not None and day >= horizon:
            assert holding == running


@settings(max_examples=30)
@given(st.data())
def test_nothing_changes_between_two_days_of_change(data):
    place = data.draw(worlds()).known(data.draw(knowns))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    piece = data.draw(st.integers(0, len(place.mosaic) - 1))
    turning = change_days(place, power, piece)
    before, after = sorted((data.draw(asked), data.draw(asked)))
    if not any(before < day <= after for day in turning):
        assert rules.holders(place.on(before), power, piece) == rules.holders(place.on(after), power, piece)


def test_a_new_legal_authority_is_not_a_new_holding():
    place = world("""
        [[holding]]
        id = "first"
        power = "buses"
        holder = "gaca"
        start = 2012-04-01

        [[holding]]
        id = "again"
        power = "buses"
        holder = "gaca"
        start = 2016-04-01
    """)
    (span,) = spans(place, "buses", 0)
    assert (span.start, span.end) == (date(2012, 4, 1), None)
    assert (span.held.effect.origin, span.last.effect.origin) == ("first", "again")


def test_another_mode_is_another_holding():
    place = world("""
        [[holding]]
        id = "first"
        power = "buses"
        holder = "gaca"
        start = 2012-04-01

        [[holding]]
        id = "again"
        power = "buses"
        holder = "gaca"
        mode = "concurrent"
        start = 2016-04-01
    """)
    assert said(spans(place, "buses", 0), "body mode start end") == lines("""
        gaca sole       2012-04-01 2016-04-01
        gaca concurrent 2016-04-01 None
    """)


def test_a_holder_older_than_the_tables_has_no_start():
    (span,) = spans(world(GENERAL), "buses", 0)
    assert (span.body, span.start, span.end) == ("ash", None, None)


def test_a_member_that_came_after_the_tables_begin_has_its_own_start():
    place = world(
        """
        [[body]]
        id = "elm"
        name = "Elm Council"
        kind = "metropolitan-district"
        area = "E08000001"
        start = 2015-04-01
    """
        + GENERAL
    )
    assert said(spans(place, "buses", 0), "body start") == lines("""
        ash None
        elm 2015-04-01
    """)


def test_heirs_take_over_on_the_day_of_the_succession():
    place = world("""
        [[body]]
        id = "oak"
        name = "Old Oak"
        kind = "board"
        area = "E47000001"
        end = 2014-04-01

        [[succession]]
        old = "oak"
        new = "gaca"
        start = 2014-04-01

        [[holding]]
        id = "oak-buses"
        power = "buses"
        holder = "oak"
    """)
    assert said(spans(place, "buses", 1), "body start end") == lines("""
        oak  None       2014-04-01
        gaca 2014-04-01 None
    """)


def test_an_heir_that_comes_later_leaves_a_time_with_nobody():
    place = world("""
        [[body]]
        id = "oak"
        name = "Old Oak"
        kind = "board"
        area = "E47000001"
        end = 2014-04-01

        [[succession]]
        old = "oak"
        new = "gaca"
        start = 2015-04-01

        [[holding]]
        id = "oak-buses"
        power = "buses"
        holder = "oak"
    """)
    assert said(spans(place, "buses", 1), "body start end") == lines("""
        oak  None       2014-04-01
        gaca 2015-04-01 None
    """)


@pytest.mark.parametrize(
    ("day", "found"),
    [("2012-03-31", None), ("2012-04-01", "gaca"), ("2014-03-31", "gaca"), ("2014-04-01", None)],
)
def test_the_span_on_a_day_is_half_open(day, found):
    place = world("""
        [[holding]]
        id = "for-a-time"
        power = "buses"
        holder = "gaca"
        start = 2012-04-01
        end = 2014-04-01
    """)
    span = span_on(spans(place, "buses", 0), "gaca", "sole", date.fromisoformat(day))
    assert (span.body if span else None) == found
