"""`import devo`: what plugins and analysts see, and nothing loaded before it is used."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pytest
from worlds import deal, enacted, provision, world

import devo
from devo import front
from devo.answers import TermFault
from devo.calling import watching
from devo.front import UnknownQuestion
from devo.views import table

LAW = """
    [[holding]]
    id = "general"
    power = "buses"
    holder = "every:metropolitan-district"
    confidence = "unsure"
    instrument = "act"
"""
MOVE = provision("transfer", "2014-04-01", power="buses", transferee="gaca")


@pytest.mark.parametrize("name", [name for name in dir(devo) if not name.startswith("_")])
def test_every_name_of_the_front_door_is_there(name):
    assert getattr(devo, name) is not None


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(AttributeError, match=r"devo has no 'baselin'; it has: .*baseline"):
        devo.baselin  # noqa: B018


def test_import_loads_none_of_the_heavy_libraries():
    heavy = ("numpy", "polars", "pydantic", "networkx", "pluggy")
    code = f"import devo, sys; print([m for m in {heavy} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )


def test_enact_ask_and_explain():
    after = devo.enact(world(LAW), [deal(world(LAW), MOVE)])
    answer = devo.ask(after.on("2015-01-01"), "who-holds", place="Ash", power="T03")
    assert [(row.body, row.status) for row in answer.rows] == [("gaca", "held")]
    assert devo.explain(after.on("2015-01-01"), body="GACA", power="buses").status == "held"
    assert after.findings == ()


def test_what_could_not_take_effect_is_a_finding_of_the_world():
    twice = MOVE + MOVE.replace("2014", "2015")
    after = devo.enact(world(LAW), [deal(world(LAW), twice)])
    assert [(f.code, f.severity) for f in after.findings] == [("cannot-take-effect", "error")]


def test_the_envelope_of_an_answer():
    answer = devo.ask(world(LAW).on("2015-01-01"), "who-holds", place="ash", power="t03")
    found = answer.as_json()
    assert (found["schema"], found["question"], found["on"], found["known"]) == (
        "devo.answer/1", "who-holds", "2015-01-01", None,
    )  # fmt: skip
    assert found["terms"] == {"place": "E08000001", "power": "buses"}
    assert list(found["rows"][0]) == [column["name"] for column in found["columns"]]
    assert found["columns"][8] == {"name": "share", "unit": "share of residents", "type": "float"}
    assert found["sources"] == ["Buses Act 2009"]
    assert [finding["code"] for finding in found["findings"]] == ["unsure"]
    assert answer.table().shape == (1, len(found["columns"]))


def test_an_answer_past_the_last_day_of_a_layer_is_marked():
    place = world(
        LAW
        + """
        [[geography]]
        id = "icb24"
        name = "NHS"
        end = 2014-01-01

        [[area]]
        geography = "icb24"
        code = "E54000001"
        name = "Ashshire NHS"

        [[piece]]
        id = "n"
        measures = {residents = 5}
        areas = {icb24 = "E54000001"}
    """
    )
    codes = [
        f.code
        for f in devo.ask(place.on("2014-01-01"), "who-holds", place="E54000001", power="buses").findings
    ]
    assert "layer-past-its-days" in codes
    codes = [
        f.code
        for f in devo.ask(place.on("2013-12-31"), "who-holds", place="E54000001", power="buses").findings
    ]
    assert "layer-past-its-days" not in codes


@pytest.mark.parametrize(
    ("question", "terms", "fault", "says"),
    [
        ("who-hold", {}, UnknownQuestion, "no question is called 'who-hold'; did you mean: who-holds"),
        ("who-holds", {}, TermFault, "who-holds needs a term 'place'"),
        ("who-holds", {"place": "Ash", "powr": "x"}, TermFault, "no term 'powr'; its terms are: place, power"),
        ("who-holds", {"place": "Ahs"}, devo.NameFault, "no place is called 'Ahs'"),
        ("what-changed", {"since": "last year"}, TermFault, "since cannot be 'last year'; give a"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_said(question, terms, fault, says):
    with pytest.raises(fault) as raised:
        devo.ask(world(LAW).on("2015-01-01"), question, **terms)
    assert says in str(raised.value)


def test_a_world_with_no_day_cannot_be_asked():
    with pytest.raises(ValueError, match="say which day"):
        devo.ask(world(LAW), "who-holds", place="Ash")
    with pytest.raises(ValueError, match="say which day"):
        devo.check(world(LAW))


def test_the_same_question_gives_the_same_bytes():
    place = enacted(world(LAW), MOVE).on("2015-01-01")
    asked = [devo.ask(place, "who-holds", place="England").as_json() for _ in range(2)]
    assert asked[0] == asked[1]


def test_a_table_and_a_graph_of_a_world():
    place = enacted(world(LAW), MOVE).on("2015-01-01")
    assert place.table(devo.Body)["id"].to_list()[:2] == ["ash", "beck"]
    edges = {
        (source, target, data["residents"])
        for source, target, data in place.graph().edges(data=True)
        if data["kind"] == "holds"
    }
    assert ("body:gaca", "power:buses", 300) in edges
    assert ("body:cole", "power:buses", 300) in edges


def test_a_table_of_no_rows_has_the_columns_types():
    asked = devo.ask(world().on("2015-01-01"), "who-holds", place="Ash", power="buses")
    assert asked.rows == ()
    there = devo.ask(world(LAW).on("2015-01-01"), "who-holds", place="Ash", power="buses")
    assert asked.table().schema == there.table().schema


def test_columns_of_a_table_have_the_types_of_their_annotations():
    @dataclass(frozen=True)
    class Row:
        count: int | None
        share: devo.Share | None
        day: date | None
        numbers: tuple[int, ...]
        state: Literal["up-to-date", "old"]

    rows = [Row(1, 0.5, None, (1, 2), "old"), Row(None, None, date(2020, 1, 1), (), "up-to-date")]
    assert table(rows, Row).rows() == [
        (1, 0.5, None, [1, 2], "old"),
        (None, None, date(2020, 1, 1), [], "up-to-date"),
    ]


def test_a_part_is_checked_with_the_parts_beside_it():
    place = world("""
        power = [
            {id = "p", name = "Skills", kind = "duty", complete_from = 2010-01-01},
            {id = "p1", name = "Courses", parent = "p"},
            {id = "p2", name = "Grants", parent = "p"},
        ]
        holding = [
            {id = "h", power = "p", holder = "minister", start = 2010-01-01, end = 2013-01-01},
            {id = "h2", power = "p2", holder = "minister", start = 2013-01-01},
        ]
    """).on("2016-01-01")
    every, part, whole = (front.check(place, powers) for powers in (None, ["p1"], ["p"]))
    assert not [f for f in every if f.code == "orphaned-duty" and f.about[0] == "p"]
    assert part == whole == tuple(f for f in every if f.about[0] != "buses")


def test_a_deal_that_is_there_under_another_name_is_not_enacted_again():
    made = replace(deal(world(LAW), MOVE), aliases=("The Ash deal",))
    after = devo.enact(world(LAW), [made])
    assert front.with_deals(after, ["the ash DEAL"]) is after
    before, with_it, deals = front.with_and_without(after, ["the ash deal"])
    assert (before.deal_codes, with_it.deal_codes, deals) == ((), ("EX-2015",), [made])


def test_a_toolbox_is_kept_with_its_line_and_a_plugin_that_cannot_be_switched_on_is_said_each_time(tmp_path):
    place = world(LAW)
    kept = front.toolbox_of(place)
    assert front.toolbox_of(enacted(place, MOVE).on("2015-01-01")) is kept
    (tmp_path / "broken_one.py").write_text("1 / 0\n")
    other = place.changed(plugins=(str(tmp_path / "broken_one.py"),))
    for _ in range(2):
        with watching() as watch:
            assert front.toolbox_of(other) is not kept
        assert [fault.why for fault in watch.faults] == ["raised"]
