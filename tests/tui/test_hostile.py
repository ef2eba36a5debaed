"""Whatever is in the data or wrong with it, the explorer shows what it can and says what is wrong."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from devo import front, hookimpl, world_of
from devo.tui import themes
from devo.tui.desk import Desk
from devo.tui.looking import Subject
from devo.tui.rows import Rows
from devo.tui.tables import Cell, Col, Line, Table, tsv
from devo.tui.texts import cut, safe, wrapped
from devo.values import Area, Body, Geography, Holding, Piece, Power

ROOT = Path(__file__).parents[2]
NASTY = (
    "Road [A1] [/] end",
    "[/red] [bold]x[/]",
    "see [s.12(1)] of Act [@click=app.quit]here[/]",
    "\x1b[31mred\x1b[0m\x07\r\x9b31m",
    "left \u202e thgir \u2066 isolated",
    "zero\u200bwidth\u200d\ufeff",
    "שלום עולם",
    "e\u0301 combining 🏛️ wide 漢字",
    "x" * 300,
    '=HYPERLINK("http://example.com")',
    "tab\tnew\nline",
)


def nasty_world():
    records = [Geography("lad24", NASTY[0]), Power("p", NASTY[2], theme="a-theme", note=NASTY[4])]
    for number, name in enumerate(NASTY):
        code = f"E0600{number:04}"
        records += [
            Area("lad24", code, name),
            Piece(code, {"lad24": code}, {"residents": 10}),
            Body(f"b{number}", name, "unitary", area=code),
            Holding(f"h{number}", "p", f"b{number}", code, carve_outs=name, note=name, source=name),
        ]
    return world_of(records, baseline="england")


def opened(monkeypatch, world):
    monkeypatch.setattr("devo.tui.desk.open_desk", lambda opening: Desk(opening, world))


def test_names_are_never_markup_and_never_steer_the_terminal(explorer, monkeypatch):
    async def story(me):
        for number in range(len(NASTY)):
            me.app.look_at(Subject("place", f"lad24:E0600{number:04}", NASTY[number]))
            await me.settle()
            text = me.screen()
            assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\u200b\ufeff")
        me.app.look_at(Subject("body", "b1", NASTY[1]))
        await me.settle()
        await me.press("b", "w", "p")
        me.app.look_at(Subject("power", "p", NASTY[2]))
        await me.settle()
        await me.find("A1")
        await me.press("2", "3", "5", "1", "question_mark", "escape", "C")
        me.app.say(NASTY[1])
        await me.settle()

    opened(monkeypatch, nasty_world())
    explorer(story, (80, 24))


@pytest.fixture
def big():
    """34,000 areas and 20,000 bodies."""
    records = [
        Geography("lsoa21", "Small areas"),
        Geography("ctry24", "Countries"),
        Area("ctry24", "E92000001", "England"),
    ]
    records += [Area("lsoa21", f"E01{n:06}", f"Small area {n}") for n in range(34_000)]
    records += [
        Piece(f"p{n}", {"lsoa21": f"E01{n:06}", "ctry24": "E92000001"}, {"residents": 1})
        for n in range(34_000)
    ]
    records += [Body(f"body-{n}", f"Body number {n}", "parish", area=f"E01{n:06}") for n in range(20_000)]
    records += [Power("p", "A power", theme="t"), Holding("h", "p", "every:parish")]
    return world_of(records, baseline="england")


def test_a_world_of_34_000_areas_and_20_000_bodies(explorer, monkeypatch, big):
    async def story(me):
        await me.press("slash")
        await me.type("small area")
        assert "Showing 500 of 34,000" in me.text("#search-note")
        await me.type("small area 33999")
        await me.press("enter")
        assert me.app.looking.subject.name == "Small area 33999"
        # Enter that is quicker than the search waits for it, and takes nothing that was found before.
        await me.press("slash")
        me.app.focused.insert_text_at_cursor("body number 19999")
        await me.pilot.press("enter")
        await me.settle()
        assert me.app.looking.subject.name == "Body number 19999"
        await me.press("b", "right")

    opened(monkeypatch, big)
    explorer(story)


def test_an_empty_world(explorer, monkeypatch):
    async def story(me):
        for key in ("1", "2", "3", "4", "5", "1", "b", "w", "slash"):
            await me.press(key)
        await me.type("anything")
        assert "Nothing has all of these words" in me.text("#search-note")
        await me.press("escape", "c", "C", "r", "left_square_bracket")

    opened(monkeypatch, world_of([], baseline="england"))
    explorer(story)


def test_a_scenario_with_faults_says_so_and_shows_england(explorer, tmp_path):
    scenario = tmp_path / "bad.toml"
    scenario.write_text('name = "bad"\nbaselin = "england"\n', "utf-8")

    async def story(me):
        assert "could not be opened" in me.text("#notice")
        assert me.app.desk is not None
        await me.press("F")
        assert "bad.toml" in me.screen()

    explorer(story, scenario=str(scenario))


class Raising:
    """A plugin that raises whatever it is asked."""

    __name__ = "devo_raising"

    @staticmethod
    def fails(world):
        """A question that always fails."""
        raise ZeroDivisionError("by [zero]")
        yield

    @hookimpl
    def questions(self):
        return [self.fails]


def test_a_plugin_that_raises_is_named_and_the_rest_works(explorer, monkeypatch, england):
    from dataclasses import replace

    from devo.tools import question_tool

    box = front.toolbox_of(england)
    failing = question_tool(Raising.fails, "devo_raising")

    async def story(me):
        me.app.desk = Desk(me.app.desk.opening, england)
        me.app.desk.__dict__["toolbox"] = replace(box, questions={**box.questions, "fails": failing})
        await me.press("5")
        me.app.screen.show_question("fails")
        await me.settle()
        assert "by [zero]" in me.rows("#answer").table.nothing
        await me.press("1")
        await me.find("buses")
        assert me.rows("#held").line.texts()[0] == "Bus franchising"

    explorer(story, place="Wigan")


def test_a_crash_leaves_with_a_code_that_is_not_0(explorer, tmp_path, monkeypatch):
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path))
    seen = []

    async def story(me):
        seen.append(me.app)
        me.app.call_later(lambda: 1 / 0)
        await me.pilot.pause(0.2)

    with pytest.raises(ZeroDivisionError):
        explorer(story)
    assert seen[0].return_code == 5
    assert list(tmp_path.glob("fault-*.log"))


# --- texts and tables ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", NASTY)
def test_a_safe_text_has_nothing_that_steers(text):
    assert safe(text).isprintable()


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("width", [4, 7, 40])
def test_wrapped_lines_fit_and_lose_nothing_that_is_read(text, width):
    from rich.cells import cell_len

    lines = wrapped(safe(text), width, 1000)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(safe(text).split())
    assert cell_len(cut(safe(text), width)) <= width


def test_a_million_rows_are_no_more_than_those_in_sight():
    table = Table("", (Col("A"), Col("B")), tuple(Line((str(n), Cell("b", "warn"))) for n in range(100_000)))
    rows = Rows(table)
    rows._lay_out()
    assert rows.virtual_size.height == 100_001


def test_a_pasted_table_has_no_formulas():
    text = tsv(Table("", (Col("A"),), (Line(("=1+1",)), Line(("a\tb\nc",)))))
    assert text == "A\n'=1+1\na b c\n"


# --- the rest --------------------------------------------------------------------------------------


@pytest.mark.parametrize("colours", [themes.LIGHT, themes.DARK], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_four_and_a_half(colours):
    for ink, paper in themes.PAIRS:
        assert themes.contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    for line, paper in themes.LINES:
        assert themes.contrast(colours[line], colours[paper]) >= 3, (line, paper)


@pytest.mark.parametrize("fills", [themes.FILLS_LIGHT, themes.FILLS_DARK], ids=["light", "dark"])
def test_letters_on_the_map_can_be_read(fills):
    for fill in fills:
        assert max(themes.contrast(ink, fill) for ink in ("#000000", "#ffffff")) >= 4.5


def test_only_the_explorer_imports_textual():
    for path in [*(ROOT / "devo").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")]:
        if "tui" in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            assert not any(name.partition(".")[0] in ("textual", "textual_serve") for name in names), path


def test_the_first_screen_imports_nothing_heavy():
    code = (
        "import sys; from devo.tui.app import Explorer; import devo.tui.screens.explore;"
        "print([m for m in ('polars','numpy','networkx','pydantic','pluggy','aiohttp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_terminal_the_command_says_what_else_there_is(capsys):
    from devo.cli import devo

    with pytest.raises(SystemExit) as left:
        devo.main(args=["explore"])
    assert left.value.code == 0
    assert "devo who PLACE" in capsys.readouterr().out


def test_days_as_people_write_them():
    from devo.tui.typed import day_of

    today = date(2026, 11, 22)
    for text in ("2018-05-01", "1 May 2018", "May 2018", "1/5/2018", "1 may, 2018"):
        assert day_of(text, today) == date(2018, 5, 1), text
    assert day_of("today", today) == today
    assert day_of("2018", today) == date(2018, 1, 1)
    for text in ("", "soon", "31 Feb 2020", "1 2", "May June 2018"):
        assert day_of(text, today) is None, text
