"""Drafts: kept as one goes, taken back, recovered after a crash, never mixed."""

from __future__ import annotations

from datetime import date

import pytest

from devo import drafts
from devo.drafts import Draft, History, Keeper, leftovers, parsed, spelt

GIVE = {
    "verb": "transfer",
    "power": "adult-education",
    "transferee": "gmca",
    "commencement": date(2028, 4, 1),
}


def test_a_draft_reads_back_as_it_was_written():
    hostile = 'a "quoted" [s.12(1)] \x1b[31m \x7f \u202e line\nbreak \\ tab\t é 🏛'
    draft = Draft({"name": hostile, "code": "X-1", "agreed": date(2027, 1, 1), "parties": ["gmca"]}).added(
        {
            **GIVE,
            "exercised_by": "mayor",
            "instrument": {"title": hostile, "status": "draft"},
            "mirrored": True,
        }
    )
    assert parsed(spelt(draft)) == Draft(draft.head | {"parties": ["gmca"]}, draft.provisions)


def test_undo_and_redo():
    history = History(Draft())
    history.change(history.now.added(GIVE))
    assert history.undo()
    assert not history.now.provisions
    assert history.redo()
    assert history.now.provisions == (GIVE,)
    assert not history.redo()


def test_a_session_that_dies_leaves_its_draft_and_one_that_runs_does_not(tmp_path):
    running, dead = Keeper(tmp_path), Keeper(tmp_path)
    running.keep(Draft().added(GIVE))
    dead.keep(Draft({"name": "Left behind", "code": "L"}).added(GIVE))
    dead.close()
    assert [left.draft.name for left in leftovers(tmp_path)] == ["Left behind"]
    with pytest.raises(BlockingIOError):
        Keeper(tmp_path, running.name)
    running.close()


def test_what_was_saved_is_no_leftover(tmp_path):
    keeper = Keeper(tmp_path)
    keeper.keep(Draft().added(GIVE))
    keeper.saved(tmp_path / "mine.toml")
    keeper.close()
    assert not list(leftovers(tmp_path))
    assert not list((tmp_path / "drafts").iterdir())


def test_two_sessions_never_write_to_one_draft(tmp_path):
    keepers = [Keeper(tmp_path) for _ in range(8)]
    assert len({keeper.path for keeper in keepers}) == 8
    for keeper in keepers:
        keeper.close()


def test_a_draft_comes_back_after_a_crash(explorer, small):
    class Crash(Exception):
        pass

    async def first(me):
        await add(me, "adult skills", "Ashby Council")
        await me.press("m")
        await me.type("Skills for everyone")
        await me.press("enter")
        raise Crash

    async def second(me):
        await me.press("3")
        assert "Skills for everyone" in me.text("#kept")
        await me.press("b", "enter")
        assert me.app.screen.draft.provisions[0]["power"] == "skills"
        assert me.app.screen.draft.name == "Skills for everyone"

    with pytest.raises(Crash):
        explorer(first)
    explorer(second)


def test_a_draft_on_the_screen(explorer, tmp_path):
    file = tmp_path / "deal.toml"
    file.write_text(
        spelt(Draft({"name": "Mine", "code": "MINE"}).added(GIVE | {"transferee": "wmca"})), "utf-8"
    )

    async def story(me):
        # A form says what is wrong, and names the nearest.
        await me.press("3", "a", "enter")
        await me.type("bus franchsing")
        await me.press("enter")
        wrong = me.text("#wrong-power").lower()
        assert "did you mean: bus-franchising" in wrong.replace("bus franchising", "bus-franchising")
        await me.press("escape")
        assert not me.app.screen.draft.provisions
        # Undo, redo, remove.
        await add(me, "adult education", "Wigan Metropolitan Borough Council")
        assert len(me.rows("#provisions").table.lines) == 1
        await me.press("u")
        assert not me.rows("#provisions").table.lines
        await me.press("U")
        assert len(me.rows("#provisions").table.lines) == 1
        await me.press("x")
        assert not me.rows("#provisions").table.lines
        # What cannot take effect says so.
        await add(me, "adult education", "West Yorkshire Combined Authority", "2010-04-01")
        assert "Cannot be: " in me.text("#detail-words")
        # Another draft from a file, which is changed and saved again.
        await me.press("o")
        await me.type(str(file))
        await me.press("enter")
        assert me.app.screen.draft.name == "Mine"
        await me.press("m")
        await me.type("Mine, again")
        await me.press("enter", "s", "enter")

    explorer(story)
    saved = drafts.parsed(file.read_text("utf-8"))
    assert saved.name == "Mine, again"
    assert saved.provisions[0]["transferee"] == "wmca"


async def add(me, power, body, day="2028-04-01"):
    await me.press("3", "a", "enter")
    for text in (power, body, day):
        await me.type(text)
        await me.press("enter")
