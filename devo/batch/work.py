"""What one worker does: a scenario, or a run of a sweep's variants, from its task to bytes.

A worker reads each baseline once and keeps open the sweep it works on. Nothing here writes a file:
whoever gave the task keeps what comes of it, so a worker may be on another machine.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from devo.batch.keys import changed, digest, key_of
from devo.batch.variant_tables import asked_of, figures_of
from devo.batch.variants import Variants
from devo.calling import FAILED, Care, PluginFault, seconds, watch, watching
from devo.deadlines import TimedOut, limited
from devo.files.documents import read_document
from devo.files.worlds import added_files, world_from
from devo.front import load_baseline
from devo.run import Outcome, Runner
from devo.values import Finding, Scenario
from devo.world import World

# Beyond its time, what cannot be stopped from within is ended with its process.
_GRACE = 10.0
_LINE = re.compile(rb"\.toml:\d")


@dataclass(frozen=True, slots=True)
class Task:
    """A scenario to run, or variants `first` to `last` (not counted) of a sweep.

    `known` is the key of what is kept of it. With `trusts` that is believed whatever plugins are on.
    `plugin_seconds` limits each call of a plugin, as the watch of who gave the task has it.
    """

    name: str
    path: str
    first: int = 0
    last: int = 0
    known: Mapping[str, str] | None = None
    lines: str = ""
    timeout: float = 0.0
    trusts: bool = False
    plugin_seconds: float = field(default_factory=seconds)

    @property
    def is_sweep(self) -> bool:
        """Whether it is variants of a sweep."""
        return self.last > 0


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: its key and content; no content where what is kept still holds.

    `asked` are the rows of a sweep's [[ask]]s, by the folders they are kept in. `stopped` means that the
    content is an outcome that says why there is no result. `broke` are the plugins' faults that no watch
    of this process has.
    """

    name: str
    key: Mapping[str, str] | None
    content: bytes | None
    asked: Mapping[str, bytes] = field(default_factory=dict)
    lines: str = ""
    why: str = ""
    failed: bool = False
    stopped: bool = False
    broke: tuple[PluginFault, ...] = ()


@dataclass
class Workshop:
    """What a worker keeps between tasks."""

    runner: Runner
    sweep: tuple[str, Variants, dict[str, str]] | None = None

    def do(self, task: Task) -> Done:
        """Do a task; what goes wrong is in the outcome, but for what is wrong with devo itself."""
        if watch() is None:
            with watching(Care(seconds=task.plugin_seconds)) as opened:
                return replace(self.do(task), broke=tuple(opened.faults))
        try:
            with limited(task.timeout):
                return self._variants(task) if task.is_sweep else self._scenario(task)
        except TimedOut as over:
            self.sweep = None
            doing = f", in {over.doing}" if over.doing else ""
            return stopped(task, f"it was not done after {task.timeout:g} seconds{doing}", "timed-out")

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
        failed = any(finding["code"] == FAILED for finding in outcome["findings"])
        return Done(
            task.name,
            None if failed else key,
            content,
            lines=lines if said else "",
            why=why,
            failed=not outcome["passed"],
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
        content, asked = figures_of(variants, rows, key), asked_of(variants, rows)
        return Done(task.name, key, content, asked, why=why, failed=failed)


def sweep_key(key: dict[str, str], scenario: Scenario, runner: Runner) -> dict[str, str]:
    """The key of a sweep: its deals' files count as they are written, for what varies in them is in no world."""
    tools = runner.tools(scenario.plugins)
    bare = replace(scenario, deals=(), sweep=None, tables=(), records=(), without=())
    base = world_from(bare, tools, runner.worlds, load_baseline)
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


def warm(plugins: tuple[str, ...]) -> None:
    """Load in a process what every task will need, while it is still found out what there is to do."""
    import polars  # noqa: F401

    Runner(plugins).tools(())


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


def _lines(scenario: Scenario, world: World) -> str:
    """Where everything stands that an outcome may name by its line."""
    asked = [item.where for item in scenario.asks] + [item.where for item in scenario.expects]
    return digest([asked, [item.where for deal in world.deals for item in deal.provisions]])


def _json(outcome: Mapping[str, Any]) -> bytes:
    return json.dumps(outcome, separators=(",", ":")).encode()
