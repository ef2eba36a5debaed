"""The four journeys of an official, by key on three sizes of screen and by mouse."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from devo import front, names
from devo.cli import devo
from devo.planning import Wanted
from devo.tools import question_tool
from devo.tui.looking import Subject

SIZES = [(80, 24), (120, 40), (200, 60)]
LEEDS = Subject("place", "lad24:E08000035", "Leeds")


def words(text):
    return " ".join(text.split())


def at_each_size(explorer, walk):
    """Takes one walk on each size of screen, each from the first screen and another place."""

    async def story(me):
        for size in SIZES:
            await me.pilot.resize_terminal(*size)
            await me.press("1")
            me.app.look_at(LEEDS)
            await me.settle()
            await walk(me)

    explorer(story)


# --- by key ------------------------------------------------------------------------------------------


def test_who_runs_buses_where_i_live_since_when_and_why(explorer, england):
    why = front.explain(england, "gmca", "bus-franchising", "Wigan").sentence

    async def walk(me):
        await me.find("wigan")
        await me.find("buses")
        row = me.rows("#held").line
        assert row.texts()[:2] == ("Bus franchising", "Greater Manchester Combined Authority")
        assert row.texts()[3] == "27 Jun 2017"
        assert why in me.text("#reasons")
        await me.press("enter")
        assert me.app.screen.query_one("#why").has_focus
        assert "Bus Services Act 2017" in me.screen()

    at_each_size(explorer, walk)


def test_what_did_the_2014_agreement_change_in_wigan(explorer, england):
    before, after, deals = front.with_and_without(england, ["GM-2014-11"])
    wanted = Wanted(pieces=names.place(england, "Wigan").pieces)
    expected = front.plan_of(before, after, deals, wanted=wanted, questions=())

    async def walk(me):
        await me.find("wigan")
        await me.find("2014 agreement")
        assert words(" ".join(expected.summary)) == me.text("#summary").replace("• ", "").strip()
        shown = [line.key.as_json() for line in me.rows("#compared").table.lines]
        assert shown == [change.as_json() for change in expected.changes]
        assert me.app.screen.plan.findings == expected.findings
        await me.press("enter")
        assert "Greater Manchester" in me.screen()

    at_each_size(explorer, walk)


def test_my_draft_what_my_council_loses_and_the_same_on_the_command_line(explorer, tmp_path, capsys):
    shown = []

    async def walk(me):
        file = tmp_path / f"{me.app.size.width}.toml"
        await me.find("wigan")
        await me.press("3", "n", "a", "enter")
        for text in ("public health", "GMCA", "2028-04-01"):
            await me.type(text)
            await me.press("enter")
        lost = "Wigan Metropolitan Borough Council − loses Public health, to Greater Manchester Combined Authority"
        assert lost in words(me.text("#detail-words"))
        await me.press("tab", "tab")
        assert "To: Greater Manchester Combined" in me.screen()
        await me.press("s")
        await me.type(str(file))
        await me.press("enter")
        shown.append((file.read_text("utf-8"), changes_shown(me)))

    at_each_size(explorer, walk)
    text, changes = shown[0]
    assert shown == [(text, changes)] * len(SIZES)
    assert changes == on_the_command_line(capsys, tmp_path / "80.toml")


# --- by mouse ----------------------------------------------------------------------------------------


def test_all_of_it_by_mouse(explorer, england, tmp_path: Path, capsys, monkeypatch):
    file = tmp_path / "mine.toml"
    shown = []

    async def story(me):
        await me.click_key("Search")
        await me.type("wigan")
        await me.click("#found", (4, 0))
        await me.click_row("#held", "Bus franchising")
        assert front.explain(england, "gmca", "bus-franchising", "Wigan").sentence in me.text("#reasons")
        # The days of change.
        day = me.app.looking.day
        await me.click("#timebar", (4, 0))
        earlier = me.app.looking.day
        assert earlier < day
        await me.click("#timebar", (112, 0))
        assert me.app.looking.day > earlier
        # What the agreement of 2014 changed.
        await me.click("#menu-compare")
        await me.click_key("Deal")
        await me.type("2014 agreement")
        await me.click("#found", (4, 0))
        assert "Greater Manchester Agreement (GM-2014-11) changes" in me.text("#summary")
        await me.click_row("#compared", "Bus franchising")
        assert "Bus franchising" in me.text("#detail-words")
        # A draft, what it would do, its file.
        await me.click("#menu-draft")
        await me.click_key("Add")
        await me.click("#choices", (4, 0))
        for term, text in (
            ("power", "adult education"),
            ("transferee", "Wigan Metropolitan Borough Council"),
            ("commencement", "2028-04-01"),
        ):
            await me.click(f"#term-{term}")
            await me.type(text)
        await me.click("#form-done")
        assert "gains Adult education" in me.text("#detail-words")
        await me.click_key("Save deal")
        await me.type(str(file))
        await me.click("#asked-ok")
        shown.extend(changes_shown(me))

    explorer(story)
    assert front.read_deal(file).provisions[0].terms["transferee"] == "wigan-metropolitan-borough-council"
    assert shown
    # The command reads its options and the file; the England that it would open is open already.
    monkeypatch.setattr(front, "open_world", lambda *names, **options: england)
    assert shown == on_the_command_line(capsys, file)


def changes_shown(me):
    return [line.key.as_json() for line in me.rows("#planned").table.lines]


def on_the_command_line(capsys, file):
    """What `devo plan` says that a deal file changes."""
    capsys.readouterr()
    with pytest.raises(SystemExit):
        devo.main(args=["plan", str(file), "--format", "json"])
    return json.loads(capsys.readouterr().out)["changes"]


def test_what_plugins_say_beside_a_draft(explorer, small):
    def pots_left_behind(world) -> list[str]:
        """Says for each holder of buses that money is left with it."""
        return [
            f"money left with {holder}"
            for holder in sorted({e.holder for e in world.ledger("buses").effects})
        ]

    tool = replace(question_tool(pots_left_behind, "devo_purse"), options={"in_plan": True})

    async def story(me):
        small[0].__dict__["toolbox"] = replace(small[0].toolbox, questions={"pots-left-behind": tool})
        await me.press("3", "a", "enter")
        for text in ("buses", "Ashby and Barton Combined Authority", "2028-04-01"):
            await me.type(text)
            await me.press("enter")
        assert "Purse: what changes with it • new: money left with abca" in me.text("#detail-words")

    explorer(story)
