"""The explorer: first paint against an empty Textual app, what a person waits for, and how long nothing moves.

First paint is a whole process in a pseudo-terminal, from its start until its first screen has been painted,
in turn with the same of an app that has one line of text. The others are in an explorer of 120 by 40 on England
without a terminal, and have nothing to be set against. *Waited* is from the key until the screen shows the
answer. *Still* is the longest time meanwhile in which no key would have been heard: a task that wakes every few
milliseconds says when it was late. Its first figure is the work of the screen's own thread in that time, which
is the program's; the second is the time on the clock, to which other work on the machine adds.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.rounds import Contender, Line, medians

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("one line")
    def on_mount(self):
        self.call_after_refresh(self.exit)
Empty().run()
"""
OURS = """
import sys
sys.argv = ["devo", "explore"]
from devo.tui.app import Explorer
Explorer.open_world = lambda self: self.exit()
from devo.cli import main
main()
"""
AGAINST = "an empty Textual app"


def run() -> list[Line]:
    """Time whole processes first, then what a person waits for."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PYTHONPYCACHEPREFIX": f"{folder}/code",
            "DEVO_STATE_DIR": f"{folder}/state",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        found = medians(
            {
                "empty": Contender(lambda _: painted(EMPTY, environment)),
                "ours": Contender(lambda _: painted(OURS, environment)),
            },
            rounds=9,
        )
        waits = asyncio.run(_waits(Path(folder)))
    print("explorer: waited, and still meanwhile: work of its own, on the clock")
    for what, (seconds, own, clock) in waits.items():
        print(f"  {what:34} {seconds * 1000:6.0f} ms  {own * 1000:6.0f} ms  {clock * 1000:6.0f} ms")
    return [Line("first paint of the explorer", AGAINST, found["ours"], found["empty"], 2.5)]


def painted(code: str, environment: dict[str, str]) -> None:
    """Run an app in a pseudo-terminal until it has painted once and left."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment | {"TERM": "xterm-256color"},
        close_fds=True,
    )
    os.close(theirs)
    with suppress(OSError):  # the other end is closed when the app has left
        while os.read(ours, 65536):
            pass
    os.close(ours)
    if process.wait() != 0:
        raise SystemExit("an app failed to start")


class Heartbeat:
    """A task that wakes every few milliseconds, and notes by how much it was late."""

    EVERY = 0.004

    def __init__(self) -> None:
        self.own = self.clock = 0.0
        self.task = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        before, own = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(self.EVERY)
            now, done = time.perf_counter(), time.thread_time()
            self.clock = max(self.clock, now - before - self.EVERY)
            self.own = max(self.own, done - own)
            before, own = now, done

    def taken(self) -> tuple[float, float]:
        """The longest gap since last asked: the thread's own work, and on the clock."""
        found = (self.own, self.clock)
        self.own = self.clock = 0.0
        return found


async def _waits(folder: Path) -> dict[str, tuple[float, float, float]]:
    from devo.tui.app import Explorer
    from devo.tui.looking import Subject
    from devo.tui.opening import Opening

    opening = Opening(on=date(2025, 6, 1), place="Wigan", state=folder / "state", fresh=True)
    app = Explorer(opening, alone=True)
    heart = Heartbeat()
    found: dict[str, list[tuple[float, float, float]]] = {}

    async def timed(what: str, do: Callable[[], Awaitable[Any] | None]) -> None:
        heart.taken()
        start = time.perf_counter()
        done = do()
        if done is not None:
            await done
        spent = await _quiet(app) - start
        found.setdefault(what, []).append((spent, *heart.taken()))

    start = time.perf_counter()
    async with app.run_test(size=(120, 40)) as pilot:

        def key(name: str) -> Callable[[], Awaitable[Any]]:
            return lambda: pilot.press(name)

        spent = await _quiet(app) - start
        found["England opened"] = [(spent, *heart.taken())]
        layers = {"E10": "utla23"}
        for code in ("E08000003", "E06000049", "E10000016", "E07000223", "E09000007"):
            place = Subject("place", f"{layers.get(code[:3], 'lad24')}:{code}", code)
            await timed("a place opened", lambda place=place: app.look_at(place))  # type: ignore[misc]
        for _ in range(8):
            await timed("a step in time", key("left_square_bracket"))
        for _ in range(8):
            await timed("the next row explained", key("down"))
        await timed("the search opened", key("slash"))
        for letter in "public health":
            await timed("a letter of a search", key("space" if letter == " " else letter))
        await timed("a window closed", key("escape"))
        for name, number in (("Compare", "2"), ("Draft a deal", "3"), ("Map", "4"), ("Questions", "5")):
            await timed(f"the screen {name}", key(number))
        await timed("a question of money answered", lambda: _ask(app, "money-by-body"))
        await pilot.press("2")
        await timed("a deal's plan", lambda: app.screen.show_deal("GM-2014-11"))  # type: ignore[attr-defined]
        await timed("light instead of dark", key("t"))
        heart.task.cancel()
    return {
        what: (
            median(spent for spent, _, _ in turns),
            max(own for _, own, _ in turns),
            max(c for _, _, c in turns),
        )
        for what, turns in found.items()
    }


def _ask(app: Any, question: str) -> None:
    page = app.screen
    page.question, page.terms, page.answer = question, {"year": "2025-26"}, None
    page.follow()


async def _quiet(app: Any) -> float:
    """Wait until nothing is under way; when that began."""
    since: float | None = None
    while since is None or time.perf_counter() - since < 0.05:
        await asyncio.sleep(0.01)
        benches = [screen.bench for screen in app.screen_stack if hasattr(screen, "bench")]
        if app.desk is None or any(bench.is_busy for bench in (app.bench, *benches)):
            since = None
        elif since is None:
            since = time.perf_counter()
    return since
