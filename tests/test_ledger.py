"""Effects in the order of law, and rows of tables read as effects."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import said

from devo.ledger import day_made, effects_of, in_legal_order
from devo.values import Effect, Holding, Instrument

DAY = date(2014, 4, 1)


def effect(origin, on=DAY, made=DAY, begins=True, overrides=()):
    return Effect("buses", begins, "gaca", "", on, made, origin, overrides=overrides)


def order(*effects):
    return [item.origin for item in in_legal_order(effects)]


def test_commencement_comes_first_then_the_day_made():
    early, late = effect("b", on=date(2013, 4, 1)), effect("a", made=date(2013, 1, 1))
    assert order(effect("c"), late, early) == ["b", "a", "c"]


def test_what_overrides_comes_after_what_it_prevails_over():
    assert order(effect("a", overrides=("b",)), effect("b")) == ["b", "a"]
    chain = (effect("a", overrides=("b",)), effect("b", overrides=("c",)), effect("c"))
    assert order(*chain) == ["c", "b", "a"]


def test_overrides_in_a_ring_still_give_one_order():
    ring = (effect("a", overrides=("b",)), effect("b", overrides=("a",)))
    assert order(*ring) == order(*reversed(ring))


def test_many_overrides_of_overrides_are_read_at_once():
    each = [
        effect(f"{n:02}", overrides=tuple(f"{n + more:02}" for more in (1, 2) if n + more < 60))
        for n in range(60)
    ]
    assert order(*each) == [f"{n:02}" for n in reversed(range(60))]


def test_what_prevails_over_a_ring_comes_after_all_of_it():
    ring = [effect(name, overrides=(other,)) for name, other in ("ab", "bc", "ca")]
    assert order(effect("0", overrides=("b",)), *ring) == ["a", "b", "c", "0"]


def test_ends_come_before_beginnings_on_one_day():
    assert order(effect("z", begins=False), effect("a")) == ["z", "a"]


def test_what_was_never_made_comes_last_on_its_day():
    assert order(effect("a", made=None), effect("b")) == ["b", "a"]


@given(st.permutations([effect(name, made=made) for name in "abc" for made in (DAY, None, date(2012, 1, 1))]))
def test_the_order_does_not_depend_on_where_an_effect_was_written(effects):
    assert in_legal_order(effects) == in_legal_order(sorted(effects, key=repr))


@pytest.mark.parametrize(
    ("instrument", "made"),
    [
        (Instrument("i", "Order", made=date(2013, 1, 5)), date(2013, 1, 5)),
        (Instrument("i", "Order", number="SI 2013/77"), date(2013, 12, 31)),
        (Instrument("i", "Order", number="SI 2015/77"), DAY),
        (Instrument("i", "Buses Act 2009", "act"), date(2009, 12, 31)),
        (Instrument("i", "Buses Act 2009 (Commencement) Order"), DAY),
        (Instrument("i", "Buses, Local Government Act 2003 s.31 grant", "grant"), DAY),
        (Instrument("i", "Delegation under the Greater Ash Act 1999", "direction"), DAY),
        (Instrument("i", "Order"), DAY),
        (Instrument("i", "Deal", "agreement", made=DAY), None),
        (Instrument("i", "Order", made=DAY, status="quashed"), None),
        (Instrument("i", "Order", made=DAY, status="laid"), None),
        (None, None),
    ],
)
def test_the_day_made_is_known_or_bounded_or_none(instrument, made):
    assert day_made(instrument, DAY) == made


def test_a_row_with_a_start_and_an_end_is_two_effects():
    row = Holding("row", "buses", "gaca", start=DAY, end=date(2016, 4, 1), agreed=date(2013, 1, 1))
    found = effects_of(row, {}, {"gaca": "E47000001"})
    assert said(found, "begins on area origin ends") == [
        "False 2016-04-01 E47000001 row row",
        "True 2014-04-01 E47000001 row ",
    ]


def test_a_row_with_no_start_begins_before_everything():
    (begin,) = effects_of(Holding("row", "buses", "every:district"), {}, {})
    assert (begin.on, begin.made, begin.area) == (date.min, date.min, "")
