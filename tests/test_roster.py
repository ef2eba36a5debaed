"""Bodies and classes by day: lives, areas served, statuses, heirs."""

from datetime import date

import pytest
from hypothesis import given, settings
from worlds import asked, lines, world, worlds

WORLD = world("""
    [[body]]
    id = "oak"
    name = "Old Oak"
    kind = "board"
    area = "E23000001"
    start = 2010-04-01
    end = 2014-04-01

    [[succession]]
    old = "oak"
    new = "gaca"
    start = 2014-04-01

    [[succession]]
    old = "oak"
    new = "cole"
    start = 2014-04-01
    area = "E08000003"

    [[serving]]
    body = "dene"
    area = "E08000004"
    end = 2013-04-01

    [[serving]]
    body = "dene"
    area = "E08000003 + E08000004"
    start = 2013-04-01

    [[designation]]
    body = "gaca"
    designation = "mayoral"
    start = 2014-05-01
    end = 2016-05-01
    instrument = "act"

    [[body-class]]
    id = "local"
    name = "local bodies"
    members = "metropolitan-district + mayoral - beck"

    [[body-class]]
    id = "rest"
    name = "the rest of them"
    members = "local - mayoral"
    covering = false
""")
ROSTER = WORLD.roster


def members(classes, day):
    """Who is in a class on a day and over which pieces, as lines."""
    tenures = [t for t in ROSTER.tenures(classes) if t.on(date.fromisoformat(day), None)]
    return sorted(f"{t.body} {''.join(WORLD.mosaic.pieces[n].id for n in sorted(t.pieces))}" for t in tenures)


@pytest.mark.parametrize(
    ("classes", "day", "found"),
    [
        ("metropolitan-district", "2012-01-01", "ash a\nbeck b\ncole c\ndene d"),
        ("metropolitan-district", "2013-04-01", "ash a\nbeck b\ncole c\ndene cd"),
        ("metropolitan-district - ash - cole", "2012-01-01", "beck b\ndene d"),
        ("mayoral", "2014-04-30", ""),
        ("mayoral", "2014-05-01", "gaca ab"),
        ("mayoral", "2016-05-01", ""),
        ("local", "2015-01-01", "ash a\ncole c\ndene cd\ngaca ab"),
        ("rest", "2015-01-01", "ash a\ncole c\ndene cd"),
        ("local - metropolitan-district", "2015-01-01", "gaca ab"),
        ("board", "2010-03-31", ""),
        ("board", "2010-04-01", "oak abc"),
        ("gaca", "2011-04-01", "gaca ab"),
        ("nobody", "2015-01-01", ""),
    ],
)
def test_members_of_a_class_on_a_day(classes, day, found):
    assert members(classes, day) == lines(found)


def test_a_class_takes_away_only_the_days_of_what_it_takes_away():
    assert members("combined-authority - mayoral", "2014-01-01") == ["gaca ab"]
    assert members("combined-authority - mayoral", "2015-01-01") == []
    assert members("combined-authority - mayoral", "2017-01-01") == ["gaca ab"]


def test_only_covering_classes_have_a_member_everywhere():
    assert ROSTER.covering("local")
    assert ROSTER.covering("rest + local")
    assert not ROSTER.covering("rest")
    assert not ROSTER.covering("rest - local")
    assert not ROSTER.covering("metropolitan-district")


def test_a_body_is_alive_from_its_start_up_to_its_end():
    days = [date(2010, 3, 31), date(2010, 4, 1), date(2014, 3, 31), date(2014, 4, 1)]
    assert [ROSTER.alive("oak", day) for day in days] == [False, True, True, False]
    assert not ROSTER.alive("nobody", days[0])


def test_one_who_does_not_know_the_end_yet_sees_a_body_live_on():
    assert ROSTER.alive("oak", date(2015, 1, 1), known=date(2014, 1, 1))


def test_heirs_are_those_at_the_piece_by_the_day():
    day = date(2014, 4, 1)
    assert [item.new for item in ROSTER.heirs("oak", 0, day)] == ["gaca"]
    assert [item.new for item in ROSTER.heirs("oak", 2, day)] == ["cole"]
    assert ROSTER.heirs("oak", 0, date(2014, 3, 31)) == []
    assert ROSTER.forebears("cole") == {"cole", "oak"}


def test_what_a_body_serves_may_change():
    found = [len(ROSTER.served("dene", date(year, 6, 1))) for year in (2012, 2013)]
    assert found == [1, 2]
    assert ROSTER.served("minister", date(2012, 1, 1)) == frozenset()


@settings(max_examples=30)
@given(worlds(), asked)
def test_a_piece_has_the_tenures_that_cover_it(place, day):
    for classes in ("district", "mayoral", "class-a - district", "class-b + authority"):
        for piece in range(len(place.mosaic)):
            covering = [t for t in place.roster.tenures(classes) if piece in t.pieces]
            assert sorted(place.roster.at(classes, piece), key=repr) == sorted(covering, key=repr)


@settings(max_examples=30)
@given(worlds(), asked)
def test_what_is_taken_away_is_in_no_class(place, day):
    taken = {t.body for t in place.roster.tenures("district") if t.on(day, None)}
    left = {t.body for t in place.roster.tenures("class-a - district") if t.on(day, None)}
    assert not taken & left
