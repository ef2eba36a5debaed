"""Work that takes long says how far it is, is stopped by Escape, and leaves what was on screen."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace

import pytest

from devo.tools import question_tool
from devo.tui.looking import Subject
from devo.tui.progress import Progress, drawn
from devo.tui.work import Bench, Job, Stopped, step

ASHBY = Subject("place", "lad24:E06000001", "Ashby")
BARTON = Subject("place", "lad24:E06000002", "Barton")


# --- a bench -----------------------------------------------------------------------------------------


def on_a_bench(story):
    """Runs a story with a bench and what it tells."""
    told = []

    async def tell():
        await story(Bench(lambda job, value, fault: told.append((job.about, value, fault))), told)

    asyncio.run(tell())
    return told


async def until(is_so, limit=10.0):
    end = time.monotonic() + limit
    while not is_so():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)


def endless():
    while True:
        step("on and on", 1, 3)
        time.sleep(0.002)


def deaf():
    """It never says how far it is, and keeps every fault to itself."""
    while True:
        try:
            time.sleep(0.002)
        except Exception:
            continue


def test_jobs_are_done_one_at_a_time_and_the_first_ones_first():
    at_once, most = 0, 0

    def get():
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.01)
        at_once -= 1

    async def story(bench, told):
        for about, first in (("one", False), ("two", False), ("three", True)):
            bench.add(Job(about, None, "", get, first))
        await until(lambda: len(told) == 3)

    assert [about for about, _, _ in on_a_bench(story)] == ["one", "three", "two"]
    assert most == 1


def test_a_later_job_for_the_same_part_of_the_screen_takes_the_place_of_one():
    async def story(bench, told):
        bench.add(Job("plan", 1, "", endless))
        bench.add(Job("plan", 2, "", lambda: "dropped before it began"))
        bench.add(Job("plan", 3, "", lambda: "three"))
        await until(lambda: told)
        await until(lambda: not bench.is_busy)

    assert on_a_bench(story) == [("plan", "three", None)]


@pytest.mark.parametrize("get", [endless, deaf])
def test_what_is_stopped_tells_nothing_and_ends_even_if_it_listens_to_nobody(get):
    async def story(bench, told):
        job = Job("plan", 1, "", get)
        bench.add(job)
        bench.add(Job("days", 2, "", lambda: "days"))
        await asyncio.sleep(0.02)
        assert bench.stop("plan") == [job]
        await until(lambda: told)
        await until(lambda: not job.thread.is_alive())

    assert on_a_bench(story) == [("days", "days", None)]


def test_a_fault_is_told_and_the_next_job_is_done():
    async def story(bench, told):
        bench.add(Job("one", 1, "", lambda: 1 / 0))
        bench.add(Job("two", 2, "", lambda: "two"))
        await until(lambda: len(told) == 2)

    (_, _, fault), (_, value, none) = on_a_bench(story)
    assert isinstance(fault, ZeroDivisionError)
    assert (value, none) == ("two", None)


def test_how_far_it_is_stands_in_one_line():
    job = Job("plan", 1, "Working out what " + "a long name " * 20 + "changes", endless)
    job.what, job.done, job.of = "Flows", 2, 4
    line = drawn(job, 80).plain
    assert len(line) <= 80
    assert line.rstrip().endswith("Esc stops it")
    assert "█████░░░░░" in line
    assert (
        "Working out: Flows, 3 of 4"
        in drawn(Job("", 0, "Working out", endless, done=2, of=4, what="Flows"), 80).plain
    )


def test_work_elsewhere_says_nothing():
    step("nobody listens", 1, 2)
    assert not issubclass(Stopped, Exception)


# --- on the screens ----------------------------------------------------------------------------------


def slow(world):
    """A question without an end."""
    endless()
    yield


@pytest.fixture
def opened(monkeypatch, small):
    """The little world, with a question that never ends, and work that is told of soon."""
    from devo.tui import desk

    quick = desk.open_desk

    def opening(given):
        found = quick(given)
        tool = question_tool(slow, "devo_slow")
        found.__dict__["toolbox"] = replace(found.toolbox, questions={**found.questions, "slow": tool})
        return found

    monkeypatch.setattr("devo.tui.desk.open_desk", opening)
    monkeypatch.setattr("devo.tui.progress.AFTER", 0.05)
    return small


async def told(me):
    """Wait until the screen says what is under way."""
    line = me.app.screen.query_one(Progress)
    for _ in range(500):
        await me.pilot.pause(0.01)
        if line.is_shown:
            return str(line.content)
    raise AssertionError("nothing is said to be under way")


def test_escape_stops_what_takes_long_and_every_screen_shows_what_it_showed(explorer, opened, monkeypatch):
    async def story(me):
        app = me.app
        app.look_at(ASHBY)
        await me.settle()
        held = me.rows("#held").table
        day = app.looking.day
        # Another place, on Explore.
        with monkeypatch.context() as patch:
            patch.setattr(opened[0], "about", lambda looking: endless())
            app.look_at(BARTON)
            assert "Looking up who holds what: Barton: on and on, 2 of 3" in await told(me)
            await me.press("escape")
            assert app.looking.subject == ASHBY
            assert me.rows("#held").table is held
            # The same for another day, by mouse.
            await me.pilot.press("left_square_bracket")
            assert app.looking.day < day
            await told(me)
            await me.click("#progress", (5, 0))
            assert app.looking.day == day
            assert me.rows("#held").table is held
        await me.press("R")
        assert me.rows("#held").table.lines == held.lines
        # The days of change: not found is not the same as none.
        with monkeypatch.context() as patch:
            patch.setattr(opened[0], "days", lambda looking: endless())
            app.look_at(BARTON)
            await told(me)
            await me.press("escape")
            assert app.looking.subject == BARTON
            assert "R looks for changes" in me.screen()
        await me.press("R")
        assert "R looks for changes" not in me.screen()
        # A plan, on Compare.
        await me.press("2")
        compared, summary = me.rows("#compared").table, me.text("#summary")
        with monkeypatch.context() as patch:
            patch.setattr(opened[0], "plan", lambda *deals, **terms: endless())
            app.screen.show_deal("X-1")
            assert "Working out what X-1 changes" in await told(me)
            await me.press("escape")
            assert (me.rows("#compared").table, me.text("#summary")) == (compared, summary)
            assert not app.screen.deal
            # A draft keeps what was typed; only what it changes is not worked out.
            await me.press("3", "a", "enter")
            for text in ("buses", "Ashby and Barton Combined Authority", "2028-04-01"):
                app.focused.value = text
                await me.pilot.press("enter")
            await told(me)
            await me.press("escape")
            assert len(app.screen.draft.provisions) == 1
            assert "was stopped" in me.text("#summary")
        await me.press("R")
        assert me.rows("#planned").table.lines
        # A question, and then another answer before it.
        await me.press("5")
        app.screen.show_question("slow")
        await told(me)
        await me.press("escape")
        assert "This was stopped" in me.rows("#answer").table.nothing
        app.screen.show_question("who-holds")
        await me.settle()
        answer, title = me.rows("#answer").table, me.text("#answer-title")
        app.screen.show_question("slow")
        await told(me)
        await me.press("escape")
        assert (me.rows("#answer").table, me.text("#answer-title")) == (answer, title)
        assert app.screen.question == "who-holds"

    explorer(story)
    assert not [t for t in threading.enumerate() if t.name.startswith("devo ") and t.is_alive()]


def test_opening_a_world_is_stopped_and_begun_again(explorer, opened, monkeypatch):
    from devo.tui import desk

    quick = desk.open_desk

    # Slow from the start: the story begins when it is stopped.
    async def stop(app):
        await until(lambda: app.bench.is_busy)
        await until(lambda: app.screen.query_one(Progress).is_shown)
        await app.run_action("screen.back", app.screen)

    async def story(me):
        assert "was stopped" in me.text("#notice")
        assert "nothing open" in me.screen()
        await me.press("1", "2", "3", "4", "5", "1", "slash", "escape", "d", "escape")
        monkeypatch.setattr("devo.tui.desk.open_desk", quick)
        await me.press("R")
        assert me.app.desk is opened[0]
        assert "England" in me.screen()

    monkeypatch.setattr("devo.tui.desk.open_desk", lambda opening: endless())
    explorer(story, before=stop)


def test_a_question_without_an_end_does_not_keep_anybody_from_leaving(explorer, opened):
    async def story(me):
        me.app.look_at(ASHBY)
        await me.press("5")
        me.app.screen.show_question("slow")
        await told(me)
        await me.pilot.press("q")

    assert explorer(story).return_code == 0
