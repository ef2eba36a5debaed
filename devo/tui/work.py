"""Work that takes long: away from the screen, one thing at a time, saying how far it is, and stopped when asked.

A bench has the jobs of one screen. Only the screen's own thread touches a bench; a job's thread says how
far it is with `step`, and learns there that it is to stop. One that does not come by there in time is
stopped from outside, so that a plugin without an end costs nobody the screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import sys
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from typing import Any

_IMPORTING = frozenset({"importlib._bootstrap", "importlib._bootstrap_external"})
# A job that is told to stop has this long until the next one begins without waiting for it.
GRACE = 0.25


class Stopped(BaseException):
    """This work is not wanted any more. No `except Exception` of a plugin's may keep it."""


@dataclass(eq=False)
class Job:
    """Something to get for a part of the screen: `about` which part, `doing` what it is, in words.

    `first` jobs come before others that wait. `done` of `of` parts are there, `what` says which is next.
    """

    about: str
    asked: Any
    doing: str
    get: Callable[[], Any]
    first: bool = False
    began: float = field(default_factory=time.monotonic)
    done: int = 0
    of: int = 0
    what: str = ""
    stopping: bool = False
    thread: threading.Thread | None = None

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return time.monotonic() - self.began

    def said(self) -> str:
        """What it is and how far, in words."""
        part = f": {self.what}" if self.what else ""
        count = f", {self.done + 1:,} of {self.of:,}" if self.of > 1 else ""
        return f"{self.doing}{part}{count}"


_job: ContextVar[Job | None] = ContextVar("job", default=None)


def step(what: str = "", done: int = 0, of: int = 0) -> None:
    """Say in a job's thread how far it is. Raises Stopped where it is to stop; does nothing elsewhere."""
    job = _job.get()
    if job is None:
        return
    if job.stopping:
        raise Stopped
    job.what, job.done, job.of = what, done, of


class Bench:
    """The jobs of one screen, each in a thread of its own and one at a time.

    Two at once would each take twice as long, and the screen would wait for both. `tell` gets each job with
    what it got, or the fault, in the screen's own thread; nothing of a job that was stopped.
    """

    def __init__(self, tell: Callable[[Job, Any, BaseException | None], None]):
        self.tell = tell
        self.running: Job | None = None
        self.waiting: list[Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self.running is not None or bool(self.waiting)

    def add(self, job: Job) -> None:
        """Do a job; it takes the place of one for the same part of the screen."""
        self.waiting = [other for other in self.waiting if other.about != job.about]
        running = self.running
        if running is not None and running.about == job.about and not running.stopping:
            self._end(running)
        at = next((n for n, o in enumerate(self.waiting) if not o.first), None) if job.first else None
        self.waiting.insert(len(self.waiting) if at is None else at, job)
        self._next()

    def stop(self, about: str = "") -> list[Job]:
        """Stop the jobs for one part of the screen, or all; those that were stopped."""
        stopped = [job for job in self.waiting if about in ("", job.about)]
        self.waiting = [job for job in self.waiting if job not in stopped]
        running = self.running
        if running is not None and not running.stopping and about in ("", running.about):
            stopped.insert(0, running)
            self._end(running)
        return stopped

    def _next(self) -> None:
        if self.running is not None or not self.waiting:
            return
        job = self.running = self.waiting.pop(0)
        # What is done when it ends is done as the screen, whose context says which app is running.
        loop, context = asyncio.get_running_loop(), copy_context()

        def ended(value: Any, fault: BaseException | None) -> None:
            loop.call_soon_threadsafe(self._ended, job, value, fault, context=context)

        # Nobody waits for a thread of this kind when the explorer is left.
        # It works in a copy of the context, so that what watches over plugins does so there too.
        args = (_do, job, ended)
        work = copy_context().run
        job.thread = threading.Thread(target=work, args=args, name=f"devo {job.about}", daemon=True)
        job.thread.start()

    def _ended(self, job: Job, value: Any, fault: BaseException | None) -> None:
        if self.running is job:
            self.running = None
        if not job.stopping:
            self.tell(job, value, fault)
        self._next()

    def _end(self, job: Job) -> None:
        job.stopping = True
        asyncio.get_running_loop().call_later(GRACE, self._insist, job)

    def _insist(self, job: Job) -> None:
        if self.running is job:
            self.running = None
            self._next()
        if not _stopped_from_outside(job.thread):
            asyncio.get_running_loop().call_later(GRACE, self._insist, job)


def _do(job: Job, ended: Callable[[Any, BaseException | None], None]) -> None:
    value, fault = None, None
    # Stopped may come at any place, once the work is done too; the loop ends when the explorer is left.
    with contextlib.suppress(Stopped, RuntimeError):
        try:
            _job.set(job)
            value = job.get()
        except BaseException as error:
            fault = error
        ended(value, fault)


def _stopped_from_outside(thread: threading.Thread | None) -> bool:
    """Raise Stopped in a thread; whether it needs no more of that.

    Never in the middle of an import: half a library can be in a process only once.
    """
    if thread is None or thread.ident is None or not thread.is_alive():
        return True
    frame = sys._current_frames().get(thread.ident)
    while frame is not None:
        if frame.f_globals.get("__name__") in _IMPORTING:
            return False
        frame = frame.f_back
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Stopped))
    return False
