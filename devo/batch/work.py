"""What one worker does: a scenario, or a run of a sweep's variants, from its task to bytes.

A worker reads each baseline once and keeps open the sweep it works on. Nothing here writes a file:
whoever gave the task keeps what comes of it, so a worker may be on another machine.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import json
import os
import re
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from devo.batch.keys import changed, digest, key_of
from devo.batch.variants import Variant, Variants
from devo.files.documents import read_document
from devo.files.sweeps import names_of, spelt
from devo.files.worlds import added_files, world_from
from devo.run import Outcome, Runner
from devo.values import Finding, Scenario, Sweep
from devo.world import World

# Beyond its time, what cannot be stopped from within is ended with its process.
_GRACE = 10.0
_MOST_SAID = 10
_LINE = re.compile(rb"\.toml:\d")


@dataclass(frozen=True, slots=True)
class Task:
    """A scenario to run, or variants `first` to `last` (not counted) of a sweep.

    `known` is the key of what is kept of it. With `trusts` that is believed whatever plugins are on.
    """

    name: str
    path: str
    first: int = 0
    last: int = 0
    known: Mapping[str, str] | None = None
    lines: str = ""
    timeout: float = 0.0
    trusts: bool = False

    @property
    def is_sweep(self) -> bool:
        """Whether it is variants of a sweep."""
        return self.last > 0


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: its key and content; no content where what is kept still holds.

    `stopped` means that the content is an outcome that says why there is no result.
    """

    name: str
    key: Mapping[str, str] | None
    content: bytes | None
    lines: str = ""
    why: str = ""
    failed: bool = False
    stopped: bool = False


class TimedOut(BaseException):
    """The time of a scenario is over. Not an Exception, so that no plugin takes it for its own."""


@dataclass
class Workshop:
    """What a worker keeps between tasks."""

    runner: Runner
    sweep: tuple[str, Variants, dict[str, str]] | None = None

    def do(self, task: Task) -> Done:
        """Do a task; what goes wrong is in the outcome, but for what is wrong with devo itself."""
        try:
            with _limited(task.timeout):
                return self._variants(task) if task.is_sweep else self._scenario(task)
        except TimedOut:
            self.sweep = None
            return stopped(task, f"it was not done after {task.timeout:g} seconds", "timed-out")

    def _scenario(self, task: Task) -> Done:
        opened = self.runner.open(task.path)
        if isinstance(opened, Outcome):
            return _faulty(task, opened)
        scenario, world = opened
        key = key_of(scenario, world, self.runner.tools(scenario.plugins))
        lines = _lines(scenario, world)
        why = changed(task.known, key)
        if task.lines not in ("", lines):
            why = why or "the lines that it names have moved"
        if world.plugins and not task.trusts:
            why = why or "plugins are on whose code is not all known (--cache trusts it)"
        if not why:
            return Done(task.name, key, None)
        outcome = self.runner.outcome(scenario, world).as_json()
        content = _json(outcome)
        # An outcome that names lines is right only as long as they stand where they stood.
        said = _LINE.search(content) is not None
        failed = any(finding["code"] == "plugin-failed" for finding in outcome["findings"])
        return Done(
            task.name, None if failed else key, content, lines if said else "", why, not outcome["passed"]
        )

    def _variants(self, task: Task) -> Done:
        if self.sweep is None or self.sweep[0] != task.path:
            opened = self.runner.open(task.path)
            if isinstance(opened, Outcome):
                return _faulty(task, opened)
            scenario, world = opened
            key = sweep_key(
                key_of(scenario, world, self.runner.tools(scenario.plugins)), scenario, self.runner
            )
            self.sweep = (task.path, Variants.of(self.runner, scenario), key)
        _, variants, key = self.sweep
        key = {**key, "variants": f"{task.first} to {task.last}"}
        why = changed(task.known, key)
        if not why:
            return Done(task.name, key, None)
        rows = [variants.run(number) for number in range(task.first, task.last)]
        failed = any(row.errors or row.unmet for row in rows)
        return Done(task.name, key, _parquet(variants, rows, key), why=why, failed=failed)


def sweep_key(key: dict[str, str], scenario: Scenario, runner: Runner) -> dict[str, str]:
    """The key of a sweep: its deals' files count as they are written, for what varies in them is in no world."""
    tools = runner.tools(scenario.plugins)
    bare = replace(scenario, deals=(), sweep=None, tables=(), records=(), without=())
    base = world_from(bare, tools, runner.worlds)
    files, _ = added_files(scenario, base.world, tools)
    data = [read_document(path).data for path in files]
    own = read_document(scenario.path).data
    asked = {name: own.get(name) for name in ("ask", "expect", "sweep", "on", "known")}
    return {**key, "world": digest([key["world"], data]), "scenario": digest(asked)}


_WORKSHOPS: dict[str, Workshop] = {}
# A cluster's worker may have several threads, and a workshop has one bench.
_ONE_AT_A_TIME = threading.Lock()


def do(run: str, plugins: tuple[str, ...], tasks: Sequence[Task]) -> list[Done]:
    """Do some tasks in this process. `run` names the run, whose workshop is kept until another comes."""
    with _ONE_AT_A_TIME:
        if run not in _WORKSHOPS:
            begin(run, Runner(plugins))
        return [_WORKSHOPS[run].do(task) for task in tasks]


def begin(run: str, runner: Runner) -> None:
    """Keep a runner for a run in this process, and none of another run."""
    _WORKSHOPS.clear()
    _WORKSHOPS[run] = Workshop(runner)


def do_alone(run: str, plugins: tuple[str, ...], tasks: Sequence[Task]) -> list[Done]:
    """The same in a process of our own, which ends itself where a task cannot be stopped otherwise."""
    return [done for task in tasks for done in _watched(run, plugins, task)]


def _watched(run: str, plugins: tuple[str, ...], task: Task) -> list[Done]:
    if not task.timeout:
        return do(run, plugins, [task])
    faulthandler.dump_traceback_later(task.timeout + _GRACE, exit=True, file=_nowhere())
    try:
        return do(run, plugins, [task])
    finally:
        faulthandler.cancel_dump_traceback_later()


def forget(run: str) -> None:
    """Let go of what was kept for a run in this process."""
    _WORKSHOPS.pop(run, None)


def stopped(task: Task, message: str, code: str) -> Done:
    """The outcome of a task that came to no end of its own."""
    which = f" (variants {task.first} to {task.last - 1})" if task.is_sweep else ""
    finding = Finding(code, f"{message}{which}.", "error", (task.path,))
    outcome = Outcome(task.path, task.path, findings=(finding,))
    return Done(task.name, None, _json(outcome.as_json()), why=message, failed=True, stopped=True)


def _faulty(task: Task, outcome: Outcome) -> Done:
    content = _json(outcome.as_json())
    return Done(task.name, None, content, why="its files have faults", failed=True, stopped=True)


@cache
def _nowhere() -> Any:
    return open(os.devnull, "w", encoding="utf-8")  # stays open as long as the process


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise TimedOut in what is done within, when the time is over."""
    if not seconds:
        yield
    elif hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _raising(seconds):
            yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def over(*_: Any) -> None:
        raise TimedOut

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _raising(seconds: float) -> Iterator[None]:
    """Without alarms (Windows, or a thread of a cluster's worker): raised between two steps of Python."""
    import ctypes

    me = threading.get_ident()
    lock, over = threading.Lock(), False

    def raise_there() -> None:
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(TimedOut))

    timer = threading.Timer(seconds, raise_there)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()


def _lines(scenario: Scenario, world: World) -> str:
    """Where everything stands that an outcome may name by its line."""
    asked = [item.where for item in scenario.asks] + [item.where for item in scenario.expects]
    return digest([asked, [item.where for deal in world.deals for item in deal.provisions]])


def _json(outcome: Mapping[str, Any]) -> bytes:
    return json.dumps(outcome, separators=(",", ":")).encode()


# --- a run of variants as Parquet ---------------------------------------------------------------------


def _parquet(variants: Variants, rows: Sequence[Variant], key: Mapping[str, str]) -> bytes:
    """One row a variant: its number, draw, seed, parameters and figures, and what stands against it."""
    import polars as pl

    sweep = variants.sweep
    columns: dict[str, Any] = {
        "variant": pl.Series([row.number for row in rows], dtype=pl.Int64),
        "draw": pl.Series([row.draw for row in rows], dtype=pl.Int64),
        "seed": pl.Series([row.given["seed"] for row in rows], dtype=pl.Int64),
    }
    for name in names_of(sweep):
        cells = [row.given[name] for row in rows]
        kind = _column_type(sweep, name)
        columns[name] = pl.Series([spelt(c) for c in cells] if kind == pl.String else cells, dtype=kind)
    for place, follow in enumerate(variants.follows):
        kind = pl.Int64 if follow.whole else pl.Float64
        columns[follow.column] = pl.Series([row.figures[place] for row in rows], dtype=kind)
    columns["errors"] = pl.Series([len(row.errors) for row in rows], dtype=pl.Int64)
    columns["unmet"] = pl.Series([len(row.unmet) for row in rows], dtype=pl.Int64)
    columns["trouble"] = pl.Series([_trouble(row) for row in rows], dtype=pl.String)
    stream = io.BytesIO()
    frame = pl.DataFrame(columns)
    frame.write_parquet(stream, compression="zstd", statistics=True, metadata={"devo": json.dumps(dict(key))})
    return stream.getvalue()


def _trouble(row: Variant) -> str:
    said = [*row.errors, *row.unmet]
    more = [f"and {len(said) - _MOST_SAID} more"] if len(said) > _MOST_SAID else []
    return "\n".join([*said[:_MOST_SAID], *more])


def _column_type(sweep: Sweep, name: str) -> Any:
    """The type of a parameter's column: of all its values, and so the same in every part."""
    import polars as pl

    parameter = next((item for item in sweep.parameters if item.name == name), None)
    if parameter is not None and parameter.law not in ("", "choice"):
        return pl.Int64 if parameter.whole else pl.Float64
    values = parameter.values if parameter is not None else [row[name] for row in sweep.table]
    kinds = {type(item) for item in values}
    plain_types: dict[Any, Any] = {
        int: pl.Int64,
        float: pl.Float64,
        str: pl.String,
        bool: pl.Boolean,
        date: pl.Date,
    }
    if len(kinds) == 1:
        return plain_types.get(kinds.pop(), pl.String)
    return pl.Float64 if kinds == {int, float} else pl.String
