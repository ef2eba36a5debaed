"""Screens and the command line give the same answers; what is copied and saved is what is shown."""

from __future__ import annotations

import json
import shlex
import zipfile
from datetime import date

import pytest

from devo.cli import devo
from devo.tui.looking import Subject
from devo.tui.screens.compare import LONG_AGO
from devo.tui.sides import Side

ON = date(2025, 6, 1)
WIGAN = Subject("place", "lad24:E08000010", "Wigan")


def answer_of(capsys, source, *more):
    """The command that a screen names, run."""
    program, *command = shlex.split(source)
    assert program == "devo"
    capsys.readouterr()
    with pytest.raises(SystemExit):
        devo.main(args=[*command, *more, "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_explore_shows_what_the_command_line_answers(explorer, capsys):
    shown = []

    async def story(me):
        for subject in (
            Subject("body", "gmca", "Greater Manchester Combined Authority"),
            Subject("power", "bus-franchising", "Bus franchising"),
            WIGAN,
        ):
            me.app.look_at(subject)
            await me.settle()
            shown.append((subject.kind, me.rows("#held").table))
        await me.find("buses")
        shown.append((me.rows("#held").line.key, me.text("#reasons")))

    explorer(story)
    names = {
        "place": ("power_name", "body_name"),
        "body": ("power_name", "power_name"),
        "power": ("place_name", "body_name"),
    }
    for kind, table in shown[:3]:
        rows = answer_of(capsys, table.source)["rows"]
        first, second = names[kind]
        assert sorted(line.texts()[0] for line in table.lines) == sorted(row[first] for row in rows)
        if kind != "body":
            assert sorted(line.texts()[1] for line in table.lines) == sorted(row[second] for row in rows)
        assert {line.key.power for line in table.lines} == {row["power"] for row in rows}
    row, text = shown[3]
    answer = answer_of(capsys, f"devo explain {row.body} {row.power} --place Wigan --on 2025-06-01")
    assert answer["sentence"] in text
    for cause in answer["because"]:
        assert cause["instrument"] in text


def test_another_day_and_another_days_law(explorer, capsys):
    shown = []

    async def story(me):
        day = me.app.looking.day
        await me.press("left_square_bracket")
        earlier = me.app.looking.day
        assert earlier < day
        await me.press("right_square_bracket")
        assert earlier < me.app.looking.day
        await me.press("d")
        await me.type("1 May 2016")
        await me.press("enter")
        await me.press("k")
        await me.type("2016-05-01")
        await me.press("enter")
        await me.find("buses")
        shown.append(me.rows("#held").table)

    explorer(story, place="Wigan")
    assert "--known 2016-05-01" in shown[0].source
    answer = answer_of(capsys, shown[0].source)
    assert sorted(line.texts()[:2] for line in shown[0].lines) == sorted(
        (row["power_name"], row["body_name"]) for row in answer["rows"]
    )


def test_every_question_is_a_screen_and_answers_as_the_command_line(explorer, capsys):
    shown = []

    async def story(me):
        await me.press("5")
        listed = [line.key for line in me.rows("#questions").table.lines]
        assert listed == list(me.app.desk.questions)
        # A question is found as a place is, from any screen; what it needs, it asks for.
        await me.press("1")
        await me.find("the members of an authority")
        await me.type("GMCA")
        await me.press("enter")
        shown.append((me.app.screen.answer, me.app.screen.whole))

    explorer(story, place="Wigan")
    answer, table = shown[0]
    assert answer_of(capsys, table.source)["rows"] == answer.as_json()["rows"]
    assert len(table.lines) == len(answer.rows) == 10


def test_two_and_three_worlds_side_by_side(explorer, capsys):
    shown = []

    async def story(me):
        await me.press("2")
        shown.append(me.rows("#compared").table)
        await me.press("o")
        shown.append(me.rows("#compared").table)
        await me.press("o")
        page = me.app.screen
        page.show_sides(*page.sides, Side(ON, without=("GM-2014-11",)))
        await me.settle()
        shown.append(me.rows("#compared").table)
        said = me.text("#summary")
        assert "From 1 Nov 2014 to 1 Jun 2025" in said
        assert "From 1 Jun 2025 to Without GM-2014-11, 1 Jun 2025" in said
        assert said.count("What lies between") == 2

    explorer(story, place="Wigan")
    differing, everything, three = shown
    assert 0 < len(differing.lines) < len(everything.lines)
    for line in differing.lines:
        _, before, after = line.texts()
        assert after.startswith(("new: ", "gone: ", "changed: ")), (before, after)
    assert differing.columns[1].heading == "1 Nov 2014"
    assert date(2014, 11, 1) == LONG_AGO
    # Each column is what the command that it names answers.
    commands = three.source.split(" and ")
    assert len(commands) == 3
    for number, command in enumerate(commands, 1):
        held = {row["power"]: row["body_name"] for row in answer_of(capsys, command)["rows"]}
        for line in three.lines:
            text = line.texts()[number]
            assert (held[line.key] in text) if line.key in held else text.endswith("nobody known")


def test_the_map_shows_every_district_and_says_each_letter_in_words(explorer):
    async def story(me):
        await me.press("4")
        chart = me.app.screen.query_one("#tilemap")
        if not chart.tiles:
            pytest.skip("no plugin has tiles yet")
        assert sum(key.tiles for key in chart.keys) == len(chart.values)
        assert me.text("#tile-words").startswith("Wigan ")
        name = chart.here.name
        await me.press("right")
        assert chart.here.name != name
        await me.press("m")
        assert "Transport for London (33)" in me.text("#legend-words")
        assert "others" in me.text("#legend-words")
        await me.press("enter")
        assert me.app.looking.subject.kind == "place"
        assert me.app.current_mode == "explore"

    explorer(story, place="Wigan")


def test_copying_says_honestly_where_it_went_and_keeps_a_file(explorer, tmp_path):
    async def story(me):
        await me.find("buses")
        await me.press("c")
        assert me.app.clipboard.split("\t")[:2] == [
            "Bus franchising",
            "Greater Manchester Combined Authority",
        ]
        kept = tmp_path / "state" / "copied.txt"
        assert kept.read_text("utf-8") == me.app.clipboard
        await me.press("C")
        assert me.app.clipboard.startswith("Power\tWho holds it\t")
        await me.press("r")
        assert "Bus Services Act 2017" in me.app.clipboard

    explorer(story, place="Wigan")


def test_what_is_on_screen_is_saved(explorer, tmp_path):
    files = [tmp_path / f"wigan.{ending}" for ending in ("html", "csv", "txt", "xlsx")]

    async def story(me):
        for file in files:
            await me.press("e")
            await me.type(str(file))
            await me.press("enter")

    explorer(story, place="Wigan")
    for file in files:
        data = file.read_bytes()
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as book:
                data = book.read("xl/sharedStrings.xml")
        assert b"Bus franchising" in data
        assert b"Greater Manchester Combined Authority" in data


def test_the_theme_and_the_place_are_kept_for_the_next_time(explorer):
    async def first(me):
        await me.find("wigan")
        me.app.theme = "devo-dark"
        await me.press("t", "h")

    async def second(me):
        assert me.app.theme == "devo-light"
        assert me.app.looking.subject.name == "Wigan"
        await me.press("slash")
        assert me.rows("#found").line.texts()[0] == "Wigan"

    explorer(first)
    explorer(second)


def test_help_hints_and_the_list_of_all_commands(explorer):
    from textual.widgets._footer import FooterKey

    async def story(me):
        titles = [command.title for command in me.app.get_system_commands(me.app.screen)]
        assert {"Explore", "Compare", "Draft a deal", "Map", "Questions", "Question: Who holds"} <= set(
            titles
        )
        for mode in "12345":
            await me.press(mode)
            keys = [key.description for key in me.app.screen.query(FooterKey)]
            assert len(keys) <= 9, keys  # eight, and the list of all commands
            await me.press("question_mark")
            assert me.app.screen.heading == type(me.app.screen_stack[-2]).heading
            await me.press("escape")
        # The five hints are never in the way, and begin again where somebody asks for them.
        for _ in range(2):
            assert await me.app.run_action("hints_again")
            for number in range(1, 6):
                assert f"Hint {number} of 5" in me.text("#hints")
                await me.press("h")
            assert not me.app.screen.query_one("#hints").display

    explorer(story, (80, 24))


def test_every_command_of_the_list_is_one(explorer):
    """Each names an action that there is."""

    async def story(me):
        from devo.tui.palette import _COMMANDS

        for _, _, action in _COMMANDS:
            where = me.app.screen if action.startswith("screen.") else me.app
            assert hasattr(where, f"action_{action.removeprefix('screen.')}"), action

    explorer(story, (80, 24))
