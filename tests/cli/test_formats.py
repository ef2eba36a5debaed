import csv
import io
import json

import pytest

from devo.formats import FORMATS, Grid, Page, Records, Terminal, draw
from devo.formats.page import LIST, PAIRS, printable
from devo.formats.table import widths

NASTY = [
    "Road [A1] [/]",
    "[s.12(1)]",
    "[@click=app.quit]x[/]",
    "a | b",
    "<b>&",
    "\x1b[31mred",
    "two\nlines",
    "日本",
]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_text_is_never_markup_nor_a_command_to_the_terminal(format, text):
    page = Page(
        title=text,
        paragraphs=(text,),
        lines=(text,),
        grids=(Grid((text,), ((text,),), text), Grid(PAIRS, ((text, text),)), Grid(LIST, ((text,),))),
        notes=(text,),
        envelope={"text": text},
        records=Records(("text",), ({"text": text},)),
    )
    drawn = draw(page, format, Terminal(60))
    assert "\x1b" not in drawn
    if format in ("plain", "table"):
        assert printable(text) in drawn
    if format == "json":
        assert json.loads(drawn)["text"] == text


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_its_last_line(format):
    page = Page(title="A", envelope={"a": 1}, records=Records(("a",), ({"a": 1},)))
    assert draw(page, format).endswith("\n")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@sum", "\tx", "  =1"])
def test_a_cell_that_looks_like_a_formula_is_text_to_a_spreadsheet(text):
    drawn = draw(Page(records=Records(("a", "b"), ({"a": text, "b": -5},))), "csv")
    [row] = csv.DictReader(io.StringIO(drawn))
    assert row == {"a": f"'{text}", "b": "-5"}


def test_csv_joins_lists_and_leaves_nothing_blank():
    rows = ({"a": ["x", "y"], "b": None, "c": True, "d": 0.5},)
    assert draw(Page(records=Records(("a", "b", "c", "d"), rows)), "csv") == "a,b,c,d\nx;y,,yes,0.5\n"


def test_csv_writes_what_is_in_a_list_as_it_writes_a_cell():
    rows = ({"a": [True, None, -1], "b": {"x": False, "y": ["p", "q"]}},)
    assert draw(Page(records=Records(("a", "b"), rows)), "csv") == "a,b\nyes;;-1,x=no;y=p;q\n"


def test_plain_has_a_line_a_value_and_a_blank_line_between_rows():
    grid = Grid(("Body", "Since"), (("A", "2001"), ("B", "")))
    assert draw(Page(grids=(grid,), notes=("n",)), "plain") == "body: A\nsince: 2001\n\nbody: B\n\nn\n"


def test_md_escapes_what_would_be_markup():
    grid = Grid(("A", "N"), (("a|b *c*", "1"),), figures=frozenset({"N"}))
    assert (
        draw(Page(title="T", grids=(grid,)), "md")
        == "# T\n\n| A | N |\n| --- | ---: |\n| a\\|b \\*c\\* | 1 |\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("## x", "\\## x"),
        ("---", "\\---"),
        ("+ x", "\\+ x"),
        ("1. x", "1\\. x"),
        ("12) x", "12\\) x"),
        ("1.5 x", "1.5 x"),
        ("a - b", "a - b"),
    ],
)
def test_md_begins_no_line_and_no_item_with_what_would_be_markup(text, written):
    page = Page(paragraphs=(text,), lines=(text,), grids=(Grid(LIST, ((text,),)),), notes=(text,))
    assert draw(page, "md") == f"{written}\n\n- {written}\n\n- {written}\n\n- {written}\n"


def test_a_narrow_table_leaves_wide_columns_out_and_says_what_is_the_same_in_each():
    grid = Grid(
        ("Body", "Under", "Note"),
        (("A", "the Act", "x"), ("B", "the Act", "y")),
        wide=frozenset({"Under", "Note"}),
    )
    narrow, broad = (draw(Page(grids=(grid,)), "table", Terminal(width)) for width in (80, 140))
    assert "Under: the Act" in narrow
    assert "Note" not in narrow
    assert "Note" in broad.splitlines()[0]


@pytest.mark.parametrize("room", [20, 40, 60, 100])
def test_columns_take_no_more_room_than_there_is(room):
    columns = [
        ["Body", "Greater Manchester Combined Authority"],
        ["Since", "2017-06-27"],
        ["How", "concurrently"],
    ]
    found = widths(columns, room)
    assert sum(found) <= room
    assert min(found) >= 1
    if room >= 40:
        assert found[1] == 10  # a day is never broken


def test_a_terminal_without_boxes_gets_none():
    drawn = draw(Page(grids=(Grid(("A",), (("b",),)),)), "table", Terminal(boxes=False))
    assert drawn.isascii()
