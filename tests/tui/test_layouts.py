"""Questions drawn as they say: headline figures, words, groups, bars, likeness; and options of a term."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Literal

import pytest

from devo.answers import Answer
from devo.tools import Tool, columns_of, question_tool
from devo.tools import question as marked
from devo.tui.drawings import hint_of, table_of
from devo.tui.options import Option, meant

WORLD = SimpleNamespace(roster=SimpleNamespace(bodies={}))


@dataclass(frozen=True)
class Row:
    name: str
    role: Literal["first", "second"] = "first"
    what: str = ""
    figure: float | None = 1
    unit: str = "areas"
    higher_is: str = ""
    before: float | None = None
    least: int | None = None
    most: int | None = None
    same: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    share: float = 1.0
    confidence: str = "known"
    met: str = ""


def tool(draw: str) -> Tool:
    @marked(draw=draw, row=Row)
    def some(world):
        """Something."""

    return question_tool(some, "a_plugin")


def drawn(draw: str, *rows: Row):
    answer = Answer("some", {}, date(2025, 6, 1), None, "b", (), "f", columns_of(Row), rows, (), ())
    return table_of(answer, tool(draw), WORLD, "")


def lines(table):
    return [(line.group, *line.texts()) for line in table.lines]


def test_a_hint_that_names_no_column_of_the_rows_is_a_table():
    assert hint_of(tool("bars:role,name,figure")).word == "bars"
    for draw in ("bars:role,name,figgure", "bars:role", "spiral:name", "", "table"):
        assert hint_of(tool(draw)).word == "table"


def test_headlines_are_short_and_what_is_not_known_is_no_nought():
    rows = [Row("a", figure=12), Row("b", figure=None), Row("c", figure=0), Row("d", figure=1_130_000)]
    found = drawn("headlines:name,figure", *rows, Row("e", figure=7, least=7, most=9))
    assert [(item.figure, item.label) for item in found.headlines] == [
        ("12", "a"),
        ("?", "b"),
        ("0", "c"),
        ("1.1m", "d"),
        ("7", "e (7 to 9)"),
    ]
    assert found.headlines[1].text() == "not known b"


def test_words_are_prose_and_no_rows():
    found = drawn("words:what", Row("a", what="One."), Row("b", what="Two."))
    assert (found.words, found.lines) == ("One.\n\nTwo.", ())


def test_groups_say_each_name_once_in_the_order_of_the_choices():
    rows = [
        Row("Ash", "second", "care"),
        Row("Ash", "first", "care"),
        Row("", "first", "health"),
        Row("Ash", "first", "housing"),
        Row("Beck", "first", "police", confidence="unsure"),
    ]
    assert lines(drawn("groups:role,name,what", *rows)) == [
        ("First: 2", "Ash", "care; housing"),
        ("First: 2", "Beck", "police: unsure"),
        ("First: 2", "not known", "health"),
        ("Second: 1", "Ash", "care"),
    ]


def test_groups_say_for_how_many_residents_and_shares_of_one_thing_add_up():
    half = [Row("Ash", what="care", share=0.25), Row("Ash", what="care", share=0.25)]
    whole = [Row("Beck", what="care", share=0.75), Row("Beck", what="care", share=0.25)]
    ash, beck = lines(drawn("groups:role,name,what", *half, *whole))
    assert ash[2] == "for 50.0% of residents: care"
    assert beck[2] == "care"


def test_yes_and_no_read_as_words():
    rows = [Row("a", met="yes"), Row("b", met="no")]
    assert [line[0] for line in lines(drawn("groups:met,name,what", *rows))] == ["Met: 1", "Not met: 1"]


def test_bars_are_against_the_largest_of_their_unit():
    rows = [
        Row("wide", figure=4, higher_is="worse"),
        Row("half", figure=2, higher_is="better"),
        Row("other", figure=3, unit="pots"),
        Row("none", figure=None),
        Row("one", figure=1, unit="pairs of bodies", before=2),
    ]
    found = drawn("bars:role,name,figure,what", *rows)
    said = {line.texts()[0]: line for line in found.lines}
    assert {name: len(line.texts()[2]) for name, line in said.items()} == {
        "wide": 12,
        "half": 6,
        "other": 12,
        "none": 0,
        "one": 12,
    }
    assert said["none"].texts()[1] == "not known"
    assert said["one"].texts()[1:4:2] == ("1 pair of bodies", "was 2 pairs of bodies")
    assert [said[name].cells[2].tone for name in ("wide", "half", "other")] == ["loss", "gain", "accent"]


def test_a_group_of_two_columns_leaves_out_what_is_alike_in_all_rows():
    assert lines(drawn("bars:what+role,name,figure", Row("a", what="Ash")))[0][0] == "First"
    two = [Row("a", what="Ash"), Row("a", what="Beck")]
    assert [line[0] for line in lines(drawn("bars:what+role,name,figure", *two))] == ["Ash", "Beck"]


def test_likeness_says_what_is_like_and_what_is_not():
    rows = [Row("a", same=("mode", "money")), Row("b", same=("mode",), unlike=("money",))]
    assert lines(drawn("likeness:name,same,unlike", *rows)) == [
        ("Like in all that is known", "a", "mode, money", "nothing"),
        ("Unlike in 1 thing", "b", "mode", "money"),
    ]


OPTIONS = (
    Option("leaving-prison", "Someone leaving prison"),
    Option("leaving-care", "A young person leaving care"),
)


def test_a_term_is_an_option_by_id_by_name_or_by_words_of_one_alone():
    for typed in ("leaving-prison", "someone LEAVING prison", "prison"):
        assert meant(OPTIONS, typed) == "leaving-prison"
    with pytest.raises(ValueError, match="that could be Someone leaving prison or A young person"):
        meant(OPTIONS, "leaving")
    with pytest.raises(ValueError, match="the nearest: "):
        meant(OPTIONS, "nobody at all")
