"""A screen beside which work goes on: what is under way, how far it is, and how it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.timer import Timer

from devo.tui.messages import Failed, Ready
from devo.tui.progress import EVERY, Progress
from devo.tui.work import Bench, Job

if TYPE_CHECKING:
    from devo.tui.app import Explorer


class WorkingScreen(Screen[None]):
    """A screen with a bench. What a job gets comes to it as a message."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(self._got)
        self._telling: Timer | None = None

    @property
    def explorer(self) -> Explorer:
        """The app, which owns all state."""
        return self.app  # type: ignore[return-value]

    def fetch(
        self, about: str, asked: Any, get: Callable[[], Any], doing: str = "Looking", *, first: bool = False
    ) -> None:
        """Get something away from the screen; a `Ready` or a `Failed` comes when it is there.

        `doing` says in words what is under way; `first` puts it before what waits already.
        """
        self.bench.add(Job(about, asked, doing, get, first))
        self.watch_work()

    async def got(self, doing: str, get: Callable[[], Any]) -> Any:
        """Get something away from the screen and wait for it. What it raises is raised here."""
        waiting = asyncio.get_running_loop().create_future()
        self.fetch(f"waited for {id(waiting)}", waiting, get, doing)
        return await waiting

    def _got(self, job: Job, value: Any, fault: BaseException | None) -> None:
        from devo.tui.faults import said

        if isinstance(job.asked, asyncio.Future):
            if fault is not None:
                job.asked.set_exception(fault)
            else:
                job.asked.set_result(value)
        elif self.is_running:
            about, asked = job.about, job.asked
            self.post_message(
                Ready(about, asked, value) if fault is None else Failed(about, asked, said(fault))
            )

    def watch_work(self) -> None:
        """Say from now on what is under way, until nothing is."""
        if self._telling is None:
            self._telling = self.set_interval(EVERY, self._tell_work)
        self._telling.resume()

    def _tell_work(self) -> None:
        benches = (self.bench, self.explorer.bench)
        job = next((b.running for b in benches if b.running and not b.running.stopping), None)
        self.query_one(Progress).tell(job)
        if job is None and self._telling is not None:
            self._telling.pause()

    def action_stop(self) -> None:
        """Stop what is under way; the screen goes on showing what it showed."""
        stopped = self.bench.stop()
        self._tell_work()
        for job in stopped:
            if isinstance(job.asked, asyncio.Future):
                job.asked.cancel()
            else:
                self.was_stopped(job)
        if self.explorer.bench.stop():
            self.explorer.opening_stopped()

    def was_stopped(self, job: Job) -> None:
        """Go back to what was shown before a job was asked for."""

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self.bench.stop()
