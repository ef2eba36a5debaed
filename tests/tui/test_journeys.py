"""The four journeys of an official, by key on three sizes of screen and by mouse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from devo import front, names
from devo.cli import devo
from devo.planning import Wanted, plan_deals

SIZES = [(80, 24), (120, 40), (200, 60)]


def name_of(size):
    return f"{size[0]}x{size[1]}"


def by_size(test):
    return pytest.mark.parametrize("size", SIZES, ids=name_of)(test)


def by_size_in_time(test):
    """On the usual screen always, on the others with the heavy tests: each is seconds of planning."""
    marked = [size if size == (120, 40) else pytest.param(size, marks=pytest.mark.heavy) for size in SIZES]
    return pytest.mark.parametrize("size", marked, ids=[name_of(size) for size in SIZES])(test)


def words(text):
    return " ".join(text.split())


@by_size
def test_who_runs_buses_where_i_live_since_when_and_why(explorer, england, size):
    async def story(me):
        await me.find("wigan")
        await me.find("buses")
        row = me.rows("#held").line
        assert row.texts()[:2] == ("Bus franchising", "Greater Manchester Combined Authority")
        assert row.texts()[3] == "27 Jun 2017"
        assert front.explain(england, "gmca", "bus-franchising", "Wigan").sentence in me.text("#reasons")
        await me.press("enter")
        assert me.app.screen.query_one("#why").has_focus
        assert "Bus Services Act 2017" in me.screen()

    explorer(story, size)


@by_size_in_time
def test_what_did_the_2014_agreement_change_in_wigan(explorer, england, size):
    before, after, deals = front.with_and_without(front.open_world(), ["GM-2014-11"])
    wanted = Wanted(pieces=names.place(england, "Wigan").pieces)
    expected = plan_deals(before, after, deals, wanted=wanted)

    async def story(me):
        await me.find("wigan")
        await me.find("2014 agreement")
        assert words(" ".join(expected.summary)) == me.text("#summary").replace("• ", "").strip()
        shown = [line.key.as_json() for line in me.rows("#compared").table.lines]
        assert shown == [change.as_json() for change in expected.changes]
        await me.press("enter")
        assert "Greater Manchester" in me.screen()

    explorer(story, size)


@by_size_in_time
def test_if_this_draft_goes_through_what_does_my_council_lose(explorer, size):
    async def story(me):
        await me.find("wigan")
        await draft(me, "public health", "GMCA")
        assert "loses Public health" in me.text("#detail-words")
        await me.press("tab", "tab")
        assert "Wigan Metropolitan Borough Council" in words(me.screen())

    explorer(story, size)


@by_size_in_time
def test_a_draft_saved_and_run_on_the_command_line_gives_the_same_answer(explorer, size, tmp_path, capsys):
    file = tmp_path / "skills.toml"
    shown = []

    async def story(me):
        await draft(me, "adult education", "Wigan Metropolitan Borough Council")
        await me.press("s")
        await me.type(str(file))
        await me.press("enter")
        shown.extend(line.key.as_json() for line in me.rows("#planned").table.lines)

    explorer(story, size, place="Wigan")
    answer = on_the_command_line(capsys, "plan", str(file), "--format", "json")
    assert shown
    assert answer["changes"] == shown


async def draft(me, power, body):
    await me.press("3", "a", "enter")
    for text in (power, body, "2028-04-01"):
        await me.type(text)
        await me.press("enter")


def on_the_command_line(capsys, *command):
    capsys.readouterr()
    with pytest.raises(SystemExit):
        devo.main(args=list(command))
    return json.loads(capsys.readouterr().out)


def test_buses_by_mouse(explorer, england):
    async def story(me):
        await me.click_key("Search")
        await me.type("wigan")
        await me.click("#found", (4, 0))
        await me.click_row("#held", "Bus franchising")
        assert front.explain(england, "gmca", "bus-franchising", "Wigan").sentence in me.text("#reasons")

    explorer(story)


@pytest.mark.heavy
def test_the_2014_agreement_by_mouse(explorer):
    async def story(me):
        await me.click("#menu-compare")
        await me.click_key("Deal")
        await me.type("2014 agreement")
        await me.click("#found", (4, 0))
        assert "Greater Manchester Agreement (GM-2014-11) changes" in me.text("#summary")
        await me.click_row("#compared", "Bus franchising")
        assert "Bus franchising" in me.text("#detail-words")

    explorer(story, place="Wigan")


@pytest.mark.heavy
def test_a_draft_by_mouse(explorer, tmp_path: Path):
    async def story(me):
        await me.click("#menu-draft")
        await me.click_key("Add")
        await me.click("#choices", (4, 0))
        await me.click("#choices", (4, 0), times=2)
        for term, text in (
            ("power", "public health"),
            ("transferee", "GMCA"),
            ("commencement", "2028-04-01"),
        ):
            await me.click(f"#term-{term}")
            await me.type(text)
        await me.click("#form-done")
        assert "loses Public health" in me.text("#detail-words")
        await me.click_key("Save deal")
        await me.type(str(tmp_path / "draft.toml"))
        await me.press("enter")

    explorer(story, place="Wigan")
    assert front.read_deal(tmp_path / "draft.toml").provisions[0].terms["transferee"] == "gmca"


def test_days_by_mouse(explorer):
    async def story(me):
        day = me.app.looking.day
        await me.click("#timebar", (4, 0))
        earlier = me.app.looking.day
        assert earlier < day
        await me.click("#timebar", (112, 0))
        assert me.app.looking.day > earlier

    explorer(story, place="Wigan")


def test_what_plugins_say_beside_a_draft(explorer):
    async def story(me):
        await draft(me, "adult education", "Wigan Metropolitan Borough Council")
        assert me.app.screen.plan.indirect
        assert "what changes with it" in me.text("#detail-words")

    explorer(story, place="Wigan", plugins=("devo_england",))
