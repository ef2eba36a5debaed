"""The explorer driven without a terminal, by keys and by mouse, on England as it is shipped."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from devo import front, world_of
from devo.toolbox import toolbox
from devo.tui.app import Explorer
from devo.tui.desk import Desk, open_desk
from devo.tui.opening import Opening
from devo.tui.page import Page
from devo.tui.progress import Progress
from devo.tui.rows import Rows
from devo.tui.work import Bench
from devo.values import Area, Body, Geography, Holding, Instrument, Piece, Power

ON = date(2025, 6, 1)


class Driven:
    """A running explorer and what a person does to it."""

    def __init__(self, app: Explorer, pilot: Any):
        self.app, self.pilot = app, pilot

    async def settle(self, limit: float = 120) -> None:
        """Wait until nothing is being fetched and everything is painted; `limit` is for what never ends."""
        end = time.monotonic() + limit
        quiet = 0
        while quiet < 3:
            assert time.monotonic() < end, "the explorer is still busy"
            await self.pilot.pause(0 if quiet else 0.004)
            await nothing_to_do()
            busy = self.app.desk is None and not self.app.trouble and not self.app.stopped
            busy = busy or any(bench.is_busy for bench in (self.app.bench, *_benches(self.app)))
            busy = busy or any(w.name == "_look_for" and w.is_running for w in self.app.workers)
            busy = busy or any(line.is_shown for line in self.app.screen.query(Progress))
            quiet = 0 if busy else quiet + 1

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and wait for what they do."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into the box that has the focus."""
        for _ in range(100):
            if isinstance(self.app.focused, Input):
                break
            await self.pilot.pause(0.01)
        box = self.app.focused
        assert isinstance(box, Input), f"no box to type in, but {box!r}"
        box.value = ""
        box.insert_text_at_cursor(text)
        await self.settle()

    async def find(self, text: str) -> None:
        """Search for something, and take the first that is found."""
        await self.press("slash")
        await self.type(text)
        await self.press("enter")

    async def click(self, what: Any, offset: tuple[int, int] | None = None, times: int = 1) -> None:
        """Click a widget; with an offset, that spot of it."""
        # What is laid out anew at that moment is not hit; a person would click again.
        for _ in range(20):
            if await self.pilot.click(what, offset=offset or (1, 0), times=times):
                break
            await self.pilot.pause(0.05)
        await self.settle()

    async def click_row(self, rows: str, text: str, times: int = 1) -> None:
        """Click the row that begins so."""
        table = self.app.screen.query_one(rows, Rows)
        number = next(n for n, line in enumerate(table.table.lines) if line.texts()[0].startswith(text))
        # It is brought into sight, and the cursor taken elsewhere, so that a click has something to do.
        table.cursor = number
        await self.settle()
        table.set_reactive(Rows.cursor, 0 if number else 1)
        for y in range(table.size.height):
            if table.row_at(y) == number:
                await self.click(rows, (4, y), times)
                return
        raise AssertionError(f"{text!r} is not in sight")

    async def click_key(self, description: str) -> None:
        """Click a word of the footer."""
        from textual.widgets._footer import FooterKey

        await self.pilot.pause(0.1)  # the footer is made anew with a screen's first focus
        key = next(k for k in self.app.screen.query(FooterKey) if k.description == description)
        await self.click(key)

    def rows(self, selector: str) -> Rows:
        """A table on the screen."""
        return self.app.screen.query_one(selector, Rows)

    def text(self, selector: str) -> str:
        """What a part of the screen says, its lines joined."""
        return said(self.app.screen.query_one(selector, Static))

    def screen(self) -> str:
        """The whole screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def nothing_to_do(*_: Any, **__: Any) -> None:
    """Wait until no message is on its way.

    Textual's pilot waits for 20 ms in which nothing was done, twice for each key: most of what a test took.
    """
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0)
        quiet = 0 if ready else quiet + 1


def _benches(app: Explorer) -> Iterator[Bench]:
    return (screen.bench for screen in app.screen_stack if isinstance(screen, Page))


def said(widget: Static) -> str:
    """The plain text of a widget."""
    return re.sub(r"\s+", " ", str(getattr(widget.content, "plain", widget.content)))


@pytest.fixture
def explorer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[..., Any]:
    """Runs an explorer of some size, and a story in it.

    England as it is shipped is opened once for all tests, and what was asked of it is kept; every other
    world is opened each time.
    """

    def opened(opening: Opening) -> Desk:
        if (
            opening.scenario
            or opening.deals
            or opening.without
            or opening.plugins
            or opening.baseline != "england"
        ):
            return open_desk(opening)
        desk = _desk(request.getfixturevalue("england"))
        desk.opening = opening
        return desk

    monkeypatch.setattr("devo.tui.desk.open_desk", opened)
    monkeypatch.setattr("textual.app.wait_for_idle", nothing_to_do)
    monkeypatch.setattr("textual.pilot.wait_for_idle", nothing_to_do)

    def run(
        story: Callable[[Driven], Awaitable[None]],
        size: tuple[int, int] = (120, 40),
        before: Callable[[Explorer], Awaitable[None]] | None = None,
        **opening: Any,
    ) -> Explorer:
        opening.setdefault("on", ON)
        opening.setdefault("state", tmp_path / "state")
        app = Explorer(Opening(**opening))
        # The hints of the first run have tests of their own.
        app.hint = app.memory.get("hint", 5)

        async def tell() -> None:
            async with app.run_test(size=size) as pilot:
                driven = Driven(app, pilot)
                if before is not None:
                    await before(app)
                await driven.settle()
                await story(driven)

        asyncio.run(tell())
        return app

    return run


@cache
def _desk(world: Any) -> Desk:
    # What plugins say beside a plan takes seconds; it has a test of its own, which opens a desk of its own.
    desk = Desk(Opening(), world)
    box = desk.toolbox
    quick = {
        name: replace(tool, options={**tool.options, "in_plan": False})
        for name, tool in box.questions.items()
    }
    desk.__dict__["toolbox"] = replace(box, questions=quick)
    return desk


@pytest.fixture(scope="session")
def england() -> Any:
    """England, to ask what the screens should say."""
    return front.open_world().on(ON)


@pytest.fixture
def little() -> Any:
    """Two districts, their councils and an authority over both, and three powers."""
    records = [
        Geography("ctry24", "Countries"),
        Geography("lad24", "Districts"),
        Area("ctry24", "E92000001", "England"),
    ]
    for number, name in enumerate(("Ashby", "Barton"), 1):
        code = f"E0600000{number}"
        records += [
            Area("lad24", code, name),
            Piece(code, {"lad24": code, "ctry24": "E92000001"}, {"residents": 1000 * number}),
            Body(
                f"{name.lower()}-council",
                f"{name} Council",
                "unitary",
                area=code,
                accountability="elected directly",
            ),
        ]
    records += [
        Body(
            "abca",
            "Ashby and Barton Combined Authority",
            "combined-authority",
            area="E06000001 + E06000002",
            accountability="elected indirectly",
            start=date(2016, 4, 1),
        ),
        Instrument("act", "The Exampleshire Act 2016", "act", made=date(2016, 1, 1)),
        Power("buses", "Buses", theme="transport", statute="Transport Act 1985 s.63"),
        Power("roads", "Roads", theme="transport"),
        Power("skills", "Adult skills", theme="skills-and-work"),
        Holding("h1", "buses", "every:unitary"),
        Holding("h2", "roads", "every:unitary", mode="concurrent"),
        Holding("h3", "skills", "abca", start=date(2018, 8, 1), instrument="act", confidence="unsure"),
    ]
    return world_of(records, baseline="england")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, little: Any) -> list[Desk]:
    """Opens the little world instead of England, without plugins that say more each month; the desks opened."""
    desks: list[Desk] = []

    def opened(opening: Opening) -> Desk:
        found = Desk(opening, little)
        found.__dict__["toolbox"] = toolbox((), built_in=("devo_transfers",))
        desks.append(found)
        return found

    monkeypatch.setattr("devo.tui.desk.open_desk", opened)
    return desks
