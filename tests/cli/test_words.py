from datetime import date

import pytest

from devo import words
from devo.values import Column


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.5, "50.0%"),
        (0.1234, "12.3%"),
        (0.0001, "under 0.1%"),
        (0.9999, "over 99.9%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, said):
    assert words.share(share) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [(0, "£0"), (5, "£0.05"), (123_400, "£1,234"), (123_456, "£1,234.56"), (-250, "-£2.50")],
)
def test_pounds(pence, said):
    assert words.pounds(pence) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("body_name", "Body"),
        ("places_names", "Where"),
        ("amount_pence", "Amount"),
        ("first_year", "First year"),
    ],
)
def test_headings(name, said):
    assert words.heading(name) == said


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (Column("mode", "", "string"), "sole", "alone"),
        (Column("start", "", "date"), None, "before the tables"),
        (Column("end", "", "date"), None, ""),
        (Column("start", "", "date"), date(2017, 6, 27), "2017-06-27"),
        (Column("year", "", "integer"), 2025, "2025"),
        (Column("residents", "residents, mid-2023", "integer"), 57690323, "57,690,323"),
        (Column("ringfenced", "", "boolean"), True, "yes"),
        (Column("places", "", "list"), tuple("abcdef"), "a, b, c and 3 more"),
    ],
)
def test_cells(column, value, said):
    assert words.cell(column, value) == said
