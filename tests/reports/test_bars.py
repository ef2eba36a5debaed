"""Holdings through time as bars."""

from datetime import date
from xml.etree import ElementTree

from devo.reports.bars import Bar, Lane, timeline

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars):
    return ElementTree.fromstring(timeline([Lane("Roads & <lanes>", bars)], date(2020, 6, 1), "Roads", "t"))


def boxes(svg):
    return [
        (float(box.get("x")), float(box.get("y")), float(box.get("width")))
        for group in svg.iter(f"{SVG}g")
        for box in group.iter(f"{SVG}rect")
    ]


def test_one_after_the_other_share_a_row_and_those_at_once_do_not():
    first, second = Bar("Old", None, date(2015, 1, 1)), Bar("New", date(2015, 1, 1), None)
    (x1, y1, wide), (x2, y2, _) = boxes(drawn(first, second))
    assert y1 == y2
    assert abs(x1 + wide - x2) < 0.2
    (_, above, _), (_, below, _) = boxes(drawn(first, Bar("Beside", date(2014, 1, 1), None)))
    assert above < below


def test_a_bar_says_its_days():
    svg = drawn(Bar("New", date(2015, 1, 1), date(2016, 1, 1)))
    assert "New: from 2015-01-01 to 2016-01-01" in "".join(svg.itertext())
    assert "Roads & <lanes>" in "".join(svg.itertext())


def test_the_last_year_is_written_within_the_drawing():
    svg = drawn(Bar("New", date(2015, 1, 1), None))
    wide = float(svg.get("width"))
    last = max(
        (text for text in svg.iter(f"{SVG}text") if text.text.isdecimal()), key=lambda t: float(t.get("x"))
    )
    assert float(last.get("x")) + (16 if last.get("text-anchor") == "middle" else 0) <= wide
