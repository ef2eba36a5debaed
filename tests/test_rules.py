"""Who holds what at one place, read as a lawyer would."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    LAST,
    answers,
    asked,
    by_rules,
    enacted,
    knowns,
    lines,
    made_of,
    provision,
    records_of,
    said,
    who,
    world,
    worlds,
)

from devo import rules
from devo.values import Body

GENERAL = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
"""


# --- what begins and ends -------------------------------------------------------------------------


def test_a_holding_is_held_from_its_first_day_up_to_its_end():
    place = world("""
        [[holding]]
        id = "for-a-time"
        power = "buses"
        holder = "gaca"
        start = 2012-04-01
        end = 2014-04-01
    """)
    assert who(place, "2012-03-31", "Ash") == []
    assert who(place, "2012-04-01", "Ash") == ["gaca sole"]
    assert who(place, "2014-03-31", "Ash") == ["gaca sole"]
    assert who(place, "2014-04-01", "Ash") == []


def test_a_holding_covers_its_own_area_and_no_more():
    place = world("""
        [[holding]]
        id = "east"
        power = "buses"
        holder = "minister"
        area = "E92000001 - E47000001"
        start = 2012-04-01
    """)
    assert who(place, "2013-01-01", "Ash") == []
    assert who(place, "2013-01-01", "Cole") == ["minister sole"]


def test_what_is_made_later_prevails_on_the_same_day():
    place = world("""
        [[instrument]]
        id = "later"
        title = "Later Order"
        made = 2016-03-20

        [[holding]]
        id = "a-later"
        power = "buses"
        holder = "gaca"
        mode = "concurrent"
        start = 2016-04-01
        instrument = "later"

        [[holding]]
        id = "z-earlier"
        power = "buses"
        holder = "gaca"
        start = 2016-04-01
        instrument = "order"
    """)
    assert who(place, "2016-04-01", "Ash") == ["gaca concurrent"]


def test_an_agreement_and_a_quashed_order_give_nothing():
    place = world("""
        [[holding]]
        id = "promise"
        power = "buses"
        holder = "gaca"
        start = 2015-04-01
        instrument = "agreement"

        [[holding]]
        id = "struck"
        power = "buses"
        holder = "cole"
        start = 2015-04-01
        instrument = "quashed"
    """)
    assert by_rules(place.on("2016-01-01"), "buses") == set()


def test_an_order_is_unknown_before_it_is_made():
    place = world("""
        [[holding]]
        id = "ordered"
        power = "buses"
        holder = "gaca"
        start = 2016-04-01
        instrument = "order"
    """).on("2017-01-01")
    assert said(rules.holders(place, "buses", 0), "body") == ["gaca"]
    assert said(rules.holders(place.known("2016-02-29"), "buses", 0), "body") == []
    assert said(rules.holders(place.known("2016-03-01"), "buses", 0), "body") == ["gaca"]


# --- classes --------------------------------------------------------------------------------------


def test_a_class_is_whoever_of_it_serves_the_place():
    assert who(world(GENERAL), "2012-01-01", "Ash") == ["ash sole"]
    assert who(world(GENERAL), "2012-01-01", "Greater Ash") == lines("""
        ash  sole
        beck sole
    """)


def test_a_class_is_less_what_it_takes_away():
    place = world("""
        [[holding]]
        id = "general"
        power = "buses"
        holder = "every:metropolitan-district - ash"
    """)
    assert who(place, "2012-01-01", "Greater Ash") == ["beck sole"]


def test_a_designation_is_a_class_for_its_days():
    place = world("""
        [[designation]]
        body = "gaca"
        designation = "mayoral"
        start = 2014-04-01

        [[holding]]
        id = "mayors"
        power = "buses"
        holder = "every:mayoral"
    """)
    assert who(place, "2014-03-31", "Ash") == []
    assert who(place, "2014-04-01", "Ash") == ["gaca sole"]


def test_a_body_named_counts_before_the_same_body_as_one_of_a_class():
    place = world(
        GENERAL
        + """
        [[holding]]
        id = "named"
        power = "buses"
        holder = "ash"
        mode = "concurrent"
    """
    )
    (held,) = rules.holders(place.on("2012-01-01"), "buses", 0)
    assert (held.effect.origin, held.holder) == ("named", "ash")


# --- successions ----------------------------------------------------------------------------------

HEIRS = """
    [[body]]
    id = "oak"
    name = "Old Oak"
    kind = "board"
    area = "E23000001"
    end = 2012-04-01

    [[holding]]
    id = "oak-buses"
    power = "buses"
    holder = "oak"
"""


def test_what_a_body_held_its_heirs_hold_each_over_its_own():
    place = world(
        HEIRS
        + """
        [[succession]]
        old = "oak"
        new = "gaca"
        start = 2012-04-01

        [[succession]]
        old = "oak"
        new = "cole"
        start = 2012-04-01
    """
    )
    assert who(place, "2012-03-31", "Ashshire") == ["oak sole"]
    assert who(place, "2012-04-01", "Ashshire", columns="body share") == lines("""
        cole 0.5
        gaca 0.5
    """)


def test_heirs_of_heirs_hold_and_say_by_which_line():
    place = world(
        HEIRS
        + """
        [[body]]
        id = "elm"
        name = "Elm"
        kind = "board"
        area = "E23000001"
        end = 2013-04-01

        [[succession]]
        old = "oak"
        new = "elm"
        start = 2012-04-01

        [[succession]]
        old = "elm"
        new = "pcc"
        start = 2013-04-01
    """
    )
    (held,) = rules.holders(place.on("2014-01-01"), "buses", 0)
    assert (held.body, held.holder) == ("pcc", "oak")
    assert [item.old for item in held.heir_of] == ["oak", "elm"]


def test_heirs_in_a_ring_are_nobody():
    place = world(
        HEIRS
        + """
        [[body]]
        id = "elm"
        name = "Elm"
        kind = "board"
        end = 2012-04-01

        [[succession]]
        old = "oak"
        new = "elm"
        start = 2012-04-01

        [[succession]]
        old = "elm"
        new = "oak"
        start = 2012-04-01
    """
    )
    assert who(place, "2014-01-01", "Ash") == []


def test_a_body_that_no_table_has_may_still_have_heirs():
    place = world("""
        [[holding]]
        id = "forgotten"
        power = "buses"
        holder = "forgotten"

        [[succession]]
        old = "forgotten"
        new = "gaca"
        start = 2012-04-01
    """)
    assert who(place, "2013-01-01", "Ash") == ["gaca sole"]


# --- powers that a statute divides ----------------------------------------------------------------

DIVIDED = (
    """
    [[power]]
    id = "buses-a"
    name = "Bus franchising, part A"
    parent = "buses"

    [[power]]
    id = "buses-b"
    name = "Bus franchising, part B"
    parent = "buses"
"""
    + GENERAL
)


def test_a_part_is_held_as_the_whole_is():
    assert who(world(DIVIDED), "2012-01-01", "Ash", "buses-a") == ["ash sole"]


def test_what_is_held_of_a_part_overrides_what_is_held_of_the_whole():
    place = world(
        DIVIDED
        + """
        [[holding]]
        id = "part"
        power = "buses-a"
        holder = "gaca"
        start = 2012-04-01
    """
    )
    assert who(place, "2013-01-01", "Ash", columns="power body") == lines("""
        buses-a gaca
        buses-b ash
    """)
    assert who(place, "2013-01-01", "Cole", columns="power body") == ["buses cole"]


def test_a_whole_whose_parts_all_moved_is_answered_by_its_parts():
    place = world(
        DIVIDED
        + """
        [[holding]]
        id = "part-a"
        power = "buses-a"
        holder = "gaca"
        start = 2012-04-01

        [[holding]]
        id = "part-b"
        power = "buses-b"
        holder = "gaca"
        start = 2012-04-01
    """
    )
    assert who(place, "2013-01-01", "Ash", columns="power body") == lines("""
        buses-a gaca
        buses-b gaca
    """)


def test_who_lost_a_part_no_longer_has_it_by_the_whole():
    place = world(DIVIDED).on("2012-01-01")
    after = enacted(
        place, provision("cease", "2013-04-01", power="buses-a", holder="every:metropolitan-district")
    )
    assert who(after, "2013-04-01", "Ash", "buses-a") == []
    assert who(after, "2013-04-01", "Ash", "buses-b") == ["ash sole"]


# --- delegation -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"), [("2012-06-01", ["gaca delegated", "minister sole"]), ("2014-06-01", [])]
)
def test_what_is_delegated_dies_with_its_root(day, expected):
    place = world("""
        [[holding]]
        id = "root"
        power = "buses"
        holder = "minister"
        end = 2014-04-01

        [[holding]]
        id = "leaf"
        power = "buses"
        holder = "gaca"
        mode = "delegated"
        root = "minister"
        start = 2012-04-01
    """)
    assert who(place, day, "Ash") == expected


def test_delegations_hang_from_each_other():
    place = world("""
        [[holding]]
        id = "leaf"
        power = "buses"
        holder = "ash"
        mode = "delegated"
        root = "gaca"

        [[holding]]
        id = "stem"
        power = "buses"
        holder = "gaca"
        mode = "delegated"
        root = "minister"

        [[holding]]
        id = "root"
        power = "buses"
        holder = "minister"
    """)
    assert who(place, "2012-01-01", "Ash") == ["ash delegated", "gaca delegated", "minister sole"]


def test_a_ring_of_delegations_has_no_root():
    place = world("""
        [[holding]]
        id = "one"
        power = "buses"
        holder = "ash"
        mode = "delegated"
        root = "gaca"

        [[holding]]
        id = "two"
        power = "buses"
        holder = "gaca"
        mode = "delegated"
        root = "ash"
    """)
    assert who(place, "2012-01-01", "Ash") == []


def test_a_class_may_be_the_root():
    place = world(
        GENERAL
        + """
        [[holding]]
        id = "leaf"
        power = "buses"
        holder = "gaca"
        mode = "delegated"
        root = "every:metropolitan-district"
    """
    )
    assert who(place, "2012-01-01", "Ash") == ["ash sole", "gaca delegated"]


# --- who exercises, and on what terms -------------------------------------------------------------

MAYOR = """
    [[holding]]
    id = "held"
    power = "buses"
    holder = "gaca"
    start = 2012-04-01

    [[exercise]]
    id = "mayor"
    power = "buses"
    holder = "gaca"
    by = "mayor"
    start = 2014-05-05

    [[condition]]
    id = "consent"
    power = "buses"
    holder = "gaca"
    kind = "consent"
    by = "ash"
    area = "E08000001"
    start = 2012-04-01
    met = 2015-01-01
"""


def test_a_holder_and_its_exerciser_have_their_own_days():
    place = world(MAYOR)
    columns = "body exercised_by start"
    assert who(place, "2014-05-04", "Beck", columns=columns) == ["gaca None 2012-04-01"]
    assert who(place, "2014-05-05", "Beck", columns=columns) == ["gaca mayor 2012-04-01"]


def test_a_condition_stands_until_it_is_met_and_where_it_is_laid():
    place = world(MAYOR)
    assert who(place, "2014-12-31", "Greater Ash", columns="body status share") == lines(f"""
        gaca conditional {100 / 300}
        gaca held        {200 / 300}
    """)
    assert who(place, "2015-01-01", "Greater Ash", columns="body status share") == ["gaca held 1.0"]


# --- laws -----------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_records_never_matters(data):
    place = data.draw(worlds())
    mixed = made_of(data.draw(st.permutations(records_of(place))))
    number = {piece.id: n for n, piece in enumerate(mixed.mosaic.pieces)}
    day, known = data.draw(asked), data.draw(knowns)
    found = answers(mixed, day, known)
    for (power, piece), rows in answers(place, day, known).items():
        assert found[power, number[place.mosaic.pieces[piece].id]] == rows


@settings(max_examples=30)
@given(worlds(), asked)
def test_looking_from_the_far_future_changes_nothing(place, day):
    assert answers(place, day) == answers(place, day, LAST)


@settings(max_examples=30)
@given(worlds(), asked)
def test_a_body_that_nobody_names_changes_nothing(place, day):
    stranger = Body("stranger", "Stranger", "stranger", area=place.mosaic.pieces[0].areas["lad24"])
    assert answers(made_of([*records_of(place), stranger]), day) == answers(place, day)


@settings(max_examples=30)
@given(st.data())
def test_the_grounds_of_an_answer_are_enough_for_it(data):
    place = data.draw(worlds()).on(data.draw(asked)).known(data.draw(knowns))
    power = data.draw(st.sampled_from(sorted(place.powers)))
    for piece in range(len(place.mosaic)):
        kept = rules.grounds(place, power, piece)
        without = [item for item in records_of(place) if type(item).__name__ != "Effect"]
        again = made_of([*without, *kept]).on(place.today).known(place.as_known)
        assert rules.holders(again, power, piece) == rules.holders(place, power, piece)
