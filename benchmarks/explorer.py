"""The explorer: first paint against an empty Textual app, then a step in time, a place opened, a plan made.

First paint is a whole process in a pseudo-terminal, from its start until its first screen has been painted,
in turn with the same of an app that has one line of text. The others are from the key until the screen shows
the answer, in an explorer of 120 by 40 on England without a terminal, and have nothing to be set against.
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
    for what, seconds in waits.items():
        print(f"explorer: {what}: {seconds * 1000:.0f} ms")
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


async def _waits(folder: Path) -> dict[str, float]:
    from devo.tui.app import Explorer
    from devo.tui.looking import Subject
    from devo.tui.opening import Opening

    app = Explorer(Opening(on=date(2025, 6, 1), place="Wigan", state=folder / "state", fresh=True))
    async with app.run_test(size=(120, 40)) as pilot:
        while app.desk is None:
            await pilot.pause(0.01)
        await _quiet(app, pilot)

        async def timed(do: Callable[[], Awaitable[Any] | None]) -> float:
            start = time.perf_counter()
            done = do()
            if done is not None:
                await done
            await _quiet(app, pilot)
            return time.perf_counter() - start

        places = ("E08000003", "E06000049", "E10000016", "E07000223", "E09000007")
        layers = {"E10": "utla23"}
        opened = [
            await timed(
                lambda code=code: app.look_at(
                    Subject("place", f"{layers.get(code[:3], 'lad24')}:{code}", code)
                )
            )
            for code in places
        ]
        steps = [await timed(lambda: pilot.press("left_square_bracket")) for _ in range(8)]
        rows = [await timed(lambda: pilot.press("down")) for _ in range(8)]
        await timed(lambda: pilot.press("2"))
        plans = [await timed(lambda: app.screen.show_deal("GM-2014-11"))]  # type: ignore[attr-defined]
    return {
        "a place opened": median(opened),
        "a step in time": median(steps),
        "the next row explained": median(rows),
        "a deal's plan shown": median(plans),
    }


async def _quiet(app: Any, pilot: Any) -> None:
    while True:
        await pilot.pause()
        if not any(w.name == "fetch" and w.is_running for w in app.workers):
            await pilot.pause()
            return
