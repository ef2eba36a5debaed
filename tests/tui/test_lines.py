"""How rows stand on lines: nothing is lost, figures stand at the end, long tables cost no more than what is in sight."""

from __future__ import annotations

import pytest

from devo.tui.lines import WRAPPED_UP_TO, Layout
from devo.tui.tables import Cell, Col, Line, Table

COLUMNS = (Col("Power", weight=2), Col("Who", weight=3), Col("Pounds", 18, right=True), Col("Note", weight=2))


def table(rows, **more):
    lines = tuple(
        Line(
            (f"Power {n // 2}", "Greater Manchester Combined Authority", f"£{n:,}", "a note"),
            n,
            f"theme {n // 40}",
        )
        for n in range(rows)
    )
    return Table("", COLUMNS, lines, **more)


def text(drawn):
    return "".join(piece for piece, _ in drawn.pieces)


@pytest.mark.parametrize("width", [24, 60, 120])
@pytest.mark.parametrize("rows", [90, WRAPPED_UP_TO + 90])
def test_every_line_belongs_to_the_row_that_stands_there(rows, width):
    layout = Layout(table(rows), width)
    assert layout.height == sum(len(layout.lines_of(n)) for n in range(rows))
    for number in range(rows):
        here = [layout.line_at(layout.starts[number] + n) for n in range(len(layout.lines_of(number)))]
        assert here == layout.lines_of(number)
        assert {drawn.row for drawn in here} <= {number, -1}
        assert here[-1].row == number
    assert layout.line_at(-1) is layout.line_at(layout.height) is None


def test_a_stacked_row_has_its_figure_at_the_end_of_its_first_line():
    layout = Layout(table(3), 50)
    assert layout.is_stacked
    first = [text(drawn) for drawn in layout.lines_of(0)]
    assert first[0] == "theme 0"
    assert first[1].startswith(" Power 0 ")
    assert first[1].endswith("  £0")
    assert len(first[1]) == 49
    # The second row of the same power does not say it again, and keeps its figure.
    second = [text(drawn) for drawn in layout.lines_of(1)]
    assert second[0].startswith("   Greater Manchester Combined Authority")
    assert second[0].endswith("£1")


def test_a_row_that_says_nothing_new_still_has_a_line():
    same = Line((Cell("A"), "", "", ""))
    layout = Layout(Table("", COLUMNS, (same, same)), 30)
    assert [len(layout.lines_of(n)) for n in range(2)] == [1, 1]


def test_a_long_table_is_drawn_where_it_is_looked_at():
    layout = Layout(table(20_000), 120)
    assert not layout._made
    # Figures are never cut, however late the longest comes.
    assert "£19,999 " in text(layout.line_at(layout.height - 1))
    assert len(layout._made) == 1
