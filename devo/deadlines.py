"""A limit to the time that something may take, for what runs in this process."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any


class TimedOut(BaseException):
    """The time is over. Not an Exception, so that no plugin takes it for its own.

    `doing` says what was going on when it was over, where that is known.
    """

    doing = ""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[type[TimedOut]]:
    """Raise in what is done within when the time is over; none where `seconds` is 0.

    Gives the class of what it raises: a limit may stand within another, whose time is not its own.
    What runs no step of Python for long (a loop in C) is stopped only when it comes back.
    """
    over = type("TimedOut", (TimedOut,), {})
    if not seconds:
        yield over
    elif hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds, over):
            yield over
    else:
        with _raising(seconds, over):
            yield over


@contextlib.contextmanager
def _alarm(seconds: float, over: type[TimedOut]) -> Iterator[None]:
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if 0 < left <= seconds:
        yield  # the limit around this one ends first
        return

    def ring(*_: Any) -> None:
        raise over

    before, began = signal.signal(signal.SIGALRM, ring), time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 1e-6))


@contextlib.contextmanager
def _raising(seconds: float, over: type[TimedOut]) -> Iterator[None]:
    """Without alarms (Windows, or another thread than the first): raised between two steps of Python."""
    import ctypes

    me = threading.get_ident()
    lock, done = threading.Lock(), False

    def raise_there() -> None:
        with lock:
            if not done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(over))

    timer = threading.Timer(seconds, raise_there)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            done = True
        timer.cancel()
