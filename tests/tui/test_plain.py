"""What somebody who has never seen the explorer would stumble over: keys, days and columns do as they say."""

from __future__ import annotations

from datetime import date

from devo import drafts, front
from devo.drafts import Draft
from devo.tui.looking import Subject
from devo.tui.sides import Side

ASHBY = Subject("place", "lad24:E06000001", "Ashby")
GIVE = {"verb": "transfer", "power": "buses", "transferee": "abca", "commencement": date(2020, 1, 1)}


def test_a_column_with_a_draft_follows_the_draft(explorer, small, tmp_path):
    file = tmp_path / "mine.toml"
    day = date(2025, 6, 1)

    def write(draft):
        file.write_text(drafts.spelt(draft), "utf-8")

    async def story(me):
        write(Draft().added(GIVE))
        me.app.look_at(ASHBY)
        await me.press("2")
        me.app.screen.show_sides(Side(day), Side(day, deals=(str(file),), named="With my draft"))
        await me.settle()
        (line,) = me.rows("#compared").table.lines
        assert line.texts()[0] == "Buses"
        assert "1 power" in me.text("#summary")
        await me.press("1")
        write(Draft().added(GIVE | {"power": "roads"}))
        await me.press("2")
        (line,) = me.rows("#compared").table.lines
        assert line.texts()[0] == "Roads"
        assert "Roads" in me.text("#summary")
        assert "Buses" not in me.text("#summary")
        # All sentences can be read where there is no room for them, and are saved with the rows.
        await me.press("w")
        assert "Roads" in me.text("#reading-text Static")
        await me.press("escape")
        assert "Roads" in me.app.screen.text_on_screen()

    explorer(story)


def test_a_day_means_the_same_on_every_screen(explorer, small):
    async def story(me):
        me.app.look_at(ASHBY)
        await me.press("2")
        # Today is today, and not the day that is looked at.
        await me.press("b", "enter")
        await me.type("today")
        await me.press("enter")
        assert me.app.screen.sides[1].day == front.today() != me.app.looking.day
        # Another day is that of the last column.
        await me.press("d")
        await me.type("2017-01-01")
        await me.press("enter")
        assert [side.day for side in me.app.screen.sides] == [date(2014, 11, 1), date(2017, 1, 1)]
        # What there is in the trees is what there is on the day.
        await me.press("1", "b")
        kinds = me.app.screen.query_one("#tree-bodies").root.children
        assert [node.data.remark for node in kinds] == ["1", "2"]
        me.app.look_on(date(2015, 1, 1))
        await me.settle()
        kinds = me.app.screen.query_one("#tree-bodies").root.children
        assert [node.data.remark for node in kinds] == ["none on this day", "2"]

    explorer(story)


def test_no_key_of_a_screen_does_nothing_without_a_word(explorer, small, monkeypatch):
    said = []

    async def story(me):
        monkeypatch.setattr(me.app, "say", lambda text, **more: said.append(text))
        for screen, keys in (("2", "[]w"), ("3", "[]dwxU"), ("5", "[]mw")):
            await me.press(screen)
            for key in keys:
                said.clear()
                await me.press({"[": "left_square_bracket", "]": "right_square_bracket"}.get(key, key))
                assert said, (screen, key)
        # With no question asked yet, the one under the cursor is asked.
        await me.press("a")
        assert me.app.screen.query("#asks") or me.app.screen.heading.startswith("Who holds")

    explorer(story, (80, 24))
