"""The explorer driven without a terminal, by keys and by mouse, on England as it is shipped."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static

from devo import front
from devo.tui.app import Explorer
from devo.tui.desk import Desk, open_desk
from devo.tui.opening import Opening
from devo.tui.rows import Rows

ON = date(2025, 6, 1)


class Driven:
    """A running explorer and what a person does to it."""

    def __init__(self, app: Explorer, pilot: Any):
        self.app, self.pilot = app, pilot

    async def settle(self, limit: float = 20) -> None:
        """Wait until nothing is being fetched and everything is painted."""
        end = time.monotonic() + limit
        quiet = 0
        while quiet < 2:
            assert time.monotonic() < end, "the explorer is still busy"
            await self.pilot.pause(0 if quiet else 0.03)
            busy = self.app.desk is None and not self.app.trouble
            busy = busy or any(w.name in ("fetch", "open_world") and w.is_running for w in self.app.workers)
            quiet = 0 if busy else quiet + 1

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and wait for what they do."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text into the box that has the focus."""
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
        await self.pilot.click(what, offset=offset or (1, 0), times=times)
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


def said(widget: Static) -> str:
    """The plain text of a widget."""
    return re.sub(r"\s+", " ", str(getattr(widget.content, "plain", widget.content)))


@pytest.fixture
def explorer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, england: Any) -> Callable[..., Any]:
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
        desk = _desk(england)
        desk.opening = opening
        return desk

    monkeypatch.setattr("devo.tui.app.open_desk", opened)

    def run(
        story: Callable[[Driven], Awaitable[None]], size: tuple[int, int] = (120, 40), **opening: Any
    ) -> Explorer:
        opening.setdefault("on", ON)
        opening.setdefault("state", tmp_path / "state")
        app = Explorer(Opening(**opening))
        # The hints of the first run have tests of their own.
        app.hint = app.memory.get("hint", 5)

        async def tell() -> None:
            async with app.run_test(size=size) as pilot:
                driven = Driven(app, pilot)
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
