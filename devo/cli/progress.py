"""How far a long command is: a bar in a terminal, a line a minute elsewhere, and nothing for a short one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from devo.cli.faults import say

if TYPE_CHECKING:
    from devo.batch.running import Progress

EVERY = 60.0
_QUIET = 1.0


@contextmanager
def progress() -> Iterator[Callable[[Progress], None]]:
    """A function to tell how far it is; what it draws goes to stderr and leaves nothing behind in a terminal."""
    if sys.stderr.isatty():
        with _bar() as told:
            yield told
    else:
        yield _line_a_minute()


def _line_a_minute() -> Callable[[Progress], None]:
    last = time.monotonic()

    def told(now: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            failed = f", {now.failed} failed" if now.failed else ""
            say(f"devo: {now.done:,} of {now.total:,} done{failed}")

    return told


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from devo.formats.page import printable

    began = time.monotonic()
    # A name is data, and never markup.
    last = TextColumn("{task.description}", markup=False)
    columns = (last, BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("running")
    shown = False

    def told(now: Progress) -> None:
        nonlocal shown
        if not shown and time.monotonic() - began > _QUIET:
            bar.start()
            shown = True
        bar.update(task, completed=now.done, total=now.total, description=printable(now.last)[-30:])

    try:
        yield told
    finally:
        if shown:
            bar.stop()
