"""What was expected of an answer, held against its rows."""

from datetime import date

import pytest

from devo.answers import Answer
from devo.run import mismatches
from devo.values import Expectation

ROWS = ({"body": "ash", "mode": "sole"}, {"body": "ash", "mode": "joint"}, {"body": "beck", "mode": "sole"})


def unmet(given=ROWS, **expected):
    answer = Answer("q", {}, date(2020, 1, 1), None, "", (), "", (), tuple(given), (), ())
    return [mismatch.message for mismatch in mismatches(Expectation("q", {}, **expected), answer)]


def test_exactly_these_rows_in_any_order_and_these_columns():
    assert unmet(rows=({"body": "beck"}, {"body": "ash"}, {"body": "ash"})) == []
    assert unmet(rows=({"body": "ash"}, {"body": "ash"})) == ["3 rows came where exactly 2 were expected"]
    assert unmet(rows=({"body": "ash"}, {"body": "cole"}, {"body": "beck"})) == [
        "a row that was expected is not there"
    ]
    assert unmet(ROWS[:1], rows=({"body": "cole"}, {"body": "beck"})) == [
        "a row that was expected is not there",
        "a row that was expected is not there",
        "1 row came where exactly 2 were expected",
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_row_that_says_less_takes_none_that_another_needs(order):
    wanted = ({"mode": "sole"}, {"body": "ash"}, {"body": "ash", "mode": "sole"})
    assert unmet(rows=tuple(wanted[n] for n in order)) == []
    assert unmet(rows=tuple({**wanted[n], "mode": "sole"} for n in order)) == [
        "a row that was expected is not there"
    ]


def test_some_rows_no_rows_so_many_rows():
    assert unmet(contains=({"body": "ash"},), excludes=({"body": "cole"},), count=3) == []
    assert unmet(ROWS[:1], contains=({"body": "cole"},), excludes=({"mode": "sole"},), count=2) == [
        "a row that was expected is not there",
        "a row is there that was not to be",
        "1 row came where 2 were expected",
    ]
