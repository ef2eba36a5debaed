"""Running many scenarios and sweeps: what is to do, who does it, and what is kept when it is done.

What comes out does not depend on who did what when: results are put in the order of the paths, and a
sweep's parts are the same runs of variants however many workers there are.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from devo.batch import work
from devo.batch.executors import Executors, is_broken
from devo.batch.folder import Folder, Lock, json_bytes, write_whole
from devo.batch.keys import versions
from devo.batch.results import Result, result_of, result_of_faults
from devo.batch.summaries import summary_of_sweep
from devo.batch.work import Done, Task
from devo.files.documents import read_document
from devo.files.scenarios import read_scenario
from devo.files.sweeps import size
from devo.run import Runner, scenario_files
from devo.stores import cache_folder
from devo.values import Fault, Scenario

PART = 250
MOST_VARIANTS = 1_000_000
# Starting processes costs this much work; below it, one process is quicker.
WORTH_PROCESSES = 4.0
_TRIED = 1.5
_MOST_DEATHS = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: tasks done of all, how many failed so far, what was done last."""

    done: int
    total: int
    failed: int
    last: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. `results` is a folder to keep results in; `cache` whether unchanged outcomes are reused."""

    plugins: tuple[str, ...] = ()
    jobs: int = 0
    executor: str = ""
    timeout: float = 0.0
    fail_fast: bool = False
    shard: tuple[int, int] = (1, 1)
    limit: int = MOST_VARIANTS
    results: Path | None = None
    resume: bool = False
    cache: bool | None = None
    part: int = PART


@dataclass(frozen=True)
class Batch:
    """The results of a run in order of path, how many scenarios were left undone, and where results are."""

    results: tuple[Result, ...]
    left: int = 0
    folder: Path | None = None
    reruns: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Job:
    """A scenario or a sweep with its tasks, and what has come of them."""

    path: str
    tasks: list[Task]
    scenario: Scenario | None = None
    faults: tuple[Fault, ...] = ()
    done: dict[str, Done] = field(default_factory=dict)
    whole: bool = True

    @property
    def failed(self) -> bool:
        return bool(self.faults) or any(done.failed for done in self.done.values())


def run_batch(
    paths: Iterable[Path | str], options: Options = Options(), told: Callable[[Progress], None] | None = None
) -> Batch:
    """Run all scenarios and sweeps at or below some paths.

    Raises InUse for a folder of results that another run writes to, NoExecutor for a cluster that
    cannot be had, and FileExistsError for a folder that has results already where `resume` is not on.
    """
    given = [str(path) for path in paths]
    runner = Runner(options.plugins)
    with ExitStack() as stack:
        folder = _folder(options, stack)
        jobs = [_job(str(path), runner, options, folder, stack) for path in scenario_files(given)]
        jobs = [job for job in jobs if job.tasks or (job.faults and in_shard(job.path, options.shard))]
        _Run(jobs, options, runner, folder, told).go()
        if options.results is not None:
            folder.drop_drafts()
        return _batch(jobs, options, folder, given)


def in_shard(path: str, shard: tuple[int, int]) -> bool:
    """Whether a scenario, or a part of a sweep, belongs to a shard.

    That is by its own name alone, so that new ones move no others.
    """
    number, count = shard
    spelt = Path(path).as_posix().encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.sha256(spelt).digest()[:8], "big") % count == number - 1


def _folder(options: Options, stack: ExitStack) -> Folder:
    if options.results is None:
        return Folder(cache_folder() / "runs", sure=False)
    folder = Folder(options.results, sure=True)
    stack.enter_context(Lock(options.results))
    if folder.is_used() and not options.resume:
        raise FileExistsError(
            f"{options.results} has results of an earlier run; --resume goes on with it, or name another folder"
        )
    folder.drop_drafts()
    return folder


def _kept_as(path: str, options: Options) -> str:
    """The name by which a scenario's results are kept: as it was given in a folder, absolute in the cache."""
    return path if options.results is not None else str(Path(path).resolve())


def _job(path: str, runner: Runner, options: Options, folder: Folder, stack: ExitStack) -> _Job:
    name = _kept_as(path, options)
    may_reuse = options.resume if options.results is not None else options.cache is not False
    if _may_be_sweep(path):
        scenario, faults = read_scenario(path, runner.tools)
        if scenario is not None and scenario.sweep is not None and not faults:
            return _sweep_job(path, name, scenario, options, folder, stack, may_reuse)
    if not in_shard(path, options.shard):
        return _Job(path, [])
    kept = folder.outcome(name) if may_reuse else None
    key, lines = (kept["key"], kept["lines"]) if kept else (None, "")
    trusts = bool(options.cache) or options.results is not None
    return _Job(path, [Task(path, path, known=key, lines=lines, timeout=options.timeout, trusts=trusts)])


def _sweep_job(
    path: str,
    name: str,
    scenario: Scenario,
    options: Options,
    folder: Folder,
    stack: ExitStack,
    may_reuse: bool,
) -> _Job:
    assert scenario.sweep is not None, "the caller looked"
    count = size(scenario.sweep)
    if count > options.limit:
        message = f"the sweep has {count:,} variants; at most {options.limit:,} are run"
        how = (
            'vary fewer values, draw them (`draws`) instead of listing all, say vary = "one-at-a-time", '
            f"or allow as many with --limit {count}"
        )
        return _Job(path, [], scenario, (Fault(path, _line_of_sweep(path), message, "", how),))
    if options.results is None:
        stack.enter_context(Lock(folder.sweep_folder(name)))
    parts = -(-count // options.part)
    folder.drop_parts(name, parts)
    tasks = [
        Task(
            f"{path}#{number:06}",
            path,
            number * options.part,
            min((number + 1) * options.part, count),
            known=folder.part_key(name, number) if may_reuse else None,
            timeout=options.timeout,
        )
        for number in range(parts)
        if in_shard(f"{path}#{number:06}", options.shard)
    ]
    return _Job(path, tasks, scenario, whole=len(tasks) == parts)


class _Run:
    """One run: gives tasks out, takes in what was done, and keeps it at once."""

    def __init__(
        self,
        jobs: Sequence[_Job],
        options: Options,
        runner: Runner,
        folder: Folder,
        told: Callable[[Progress], None] | None,
    ):
        self.jobs, self.options, self.runner, self.folder, self.told = jobs, options, runner, folder, told
        self.job_of = {task.name: number for number, job in enumerate(jobs) for task in job.tasks}
        self.tasks = {task.name: task for job in jobs for task in job.tasks}
        self.total = len(self.job_of)
        self.count = self.failed = 0
        self.stop_after = len(jobs)
        self.name = uuid.uuid4().hex
        self.executors = Executors(options.executor, options.jobs)
        # A worker of a cluster is not ours to end.
        self.way = work.do if self.executors.is_cluster else work.do_alone

    def go(self) -> None:
        """Do all tasks, here or elsewhere."""
        for number, job in enumerate(self.jobs):
            if job.faults and self.options.fail_fast:
                self.stop_after = min(self.stop_after, number)
        waiting = deque(task for job in self.jobs for task in job.tasks)
        try:
            if not self._elsewhere_at_once(len(waiting)):
                waiting = self._here(waiting)
            if waiting:
                self._elsewhere(waiting)
        finally:
            work.forget(self.name)
            self.executors.close()

    def _elsewhere_at_once(self, tasks: int) -> bool:
        if self.executors.is_cluster:
            return True
        return self.options.jobs > 1 and tasks > 1

    def _here(self, waiting: deque[Task]) -> deque[Task]:
        """Work in this process, until what is left would pay for starting others."""
        work.begin(self.name, self.runner)
        began, done = time.perf_counter(), 0
        while waiting:
            task = waiting.popleft()
            if self._is_over(task):
                continue
            self._take(work.do(self.name, self.options.plugins, [task])[0])
            done += 1
            spent = time.perf_counter() - began
            if self.executors.jobs > 1 and spent > _TRIED and spent / done * len(waiting) > WORTH_PROCESSES:
                return waiting
        return waiting

    def _elsewhere(self, waiting: deque[Task]) -> None:
        deaths: dict[str, int] = {}
        while waiting:
            executor = self.executors.new()
            try:
                lost = self._with(executor, waiting, self.executors.width())
            finally:
                executor.shutdown(wait=True)
            # A process died, and which task it was at is not known: they are tried one by one.
            for task in lost:
                self._tried_alone(task, deaths)

    def _with(self, executor: Executor, waiting: deque[Task], width: int) -> list[Task]:
        """Give out tasks until none waits; those that were lost when the executor broke."""
        running: dict[Any, Task] = {}
        lost: list[Task] = []
        try:
            while waiting or running:
                while waiting and len(running) < 2 * width and not lost:
                    task = waiting.popleft()
                    if self._is_over(task):
                        continue
                    running[executor.submit(self.way, self.name, self.options.plugins, [task])] = task
                if not running:
                    break
                finished, _ = wait(running, return_when=FIRST_COMPLETED, timeout=1)
                for future in finished:
                    task = running.pop(future)
                    if is_broken(future):
                        lost.append(task)
                    else:
                        self._take(future.result()[0])
                if lost and not running:
                    break
        except BaseException:
            for future in running:
                future.cancel()
            executor.shutdown(wait=False)
            raise
        return lost

    def _tried_alone(self, task: Task, deaths: dict[str, int]) -> None:
        while not self._is_over(task):
            with self.executors.new(1) as executor:
                future = executor.submit(self.way, self.name, self.options.plugins, [task])
                wait([future])
            if not is_broken(future):
                self._take(future.result()[0])
                return
            deaths[task.name] = deaths.get(task.name, 0) + 1
            if deaths[task.name] >= _MOST_DEATHS:
                message = f"the process that ran it ended {_MOST_DEATHS} times (out of memory, or stopped from outside)"
                self._take(work.stopped(task, message, "worker-died"))
                return

    def _is_over(self, task: Task) -> bool:
        return self.job_of[task.name] > self.stop_after

    def _take(self, done: Done) -> None:
        """Keep what was done, before anything else is begun with it."""
        number = self.job_of[done.name]
        job = self.jobs[number]
        task = self.tasks[done.name]
        name = _kept_as(job.path, self.options)
        if done.content is None and not task.is_sweep:
            kept = self.folder.outcome(name)
            done = replace(done, failed=kept is None or not kept["outcome"]["passed"])
        elif done.content is not None and done.key is not None:
            self._keep(task, name, done.key, done.lines, done.content)
            if task.is_sweep:
                done = replace(done, content=None)
        job.done[done.name] = done
        self.count += 1
        if done.failed:
            self.failed += 1
            if self.options.fail_fast:
                self.stop_after = min(self.stop_after, number)
        if self.told is not None:
            self.told(Progress(self.count, self.total, self.failed, job.path))

    def _keep(self, task: Task, name: str, key: Mapping[str, str], lines: str, content: bytes) -> None:
        if task.is_sweep:
            self.folder.keep_part(name, task.first // self.options.part, content)
        elif self.options.results is not None or self.options.cache is not False:
            self.folder.keep_outcome(name, key, lines, content)


def _batch(jobs: Sequence[_Job], options: Options, folder: Folder, given: Sequence[str]) -> Batch:
    results: list[Result] = []
    reruns: dict[str, str] = {}
    for job in jobs:
        if job.faults:
            results.append(result_of_faults(job.path, job.scenario, job.faults))
        else:
            results.append(_result(job, options, folder))
            why = list(dict.fromkeys(job.done[task.name].why for task in job.tasks))
            if any(why):
                reruns[job.path] = "; ".join(filter(None, why))
        if options.fail_fast and not results[-1].passed:
            break
    if options.results is not None:
        write_whole(options.results / "manifest.json", json_bytes(_manifest(results, folder, given)))
    return Batch(tuple(results), len(jobs) - len(results), options.results, reruns)


def _result(job: _Job, options: Options, folder: Folder) -> Result:
    name = _kept_as(job.path, options)
    if job.scenario is not None and job.tasks and job.tasks[0].is_sweep:
        for task in job.tasks:
            content = job.done[task.name].content
            if content is not None:
                return result_of(json.loads(content), job.path)
        key = job.done[job.tasks[0].name].key or {}
        parts = [task.first // options.part for task in job.tasks]
        return summary_of_sweep(job.scenario, job.path, folder, name, parts, key, whole=job.whole)
    done = job.done[job.tasks[0].name]
    kept: Mapping[str, Any] | None = None
    if done.content is None:
        kept = folder.outcome(name)
        if kept is None:
            raise OSError(f"what was kept of {job.path} is gone: {folder.outcome_file(name)}")
    content = kept["outcome"] if kept else json.loads(done.content or b"{}")
    return replace(result_of(content, job.path), cached=done.content is None)


def _manifest(results: Sequence[Result], folder: Folder, given: Sequence[str]) -> dict[str, Any]:
    return {
        "schema": "devo.results/1",
        "versions": versions(),
        "paths": [Path(path).as_posix() for path in given],
        "scenarios": [
            {
                "path": Path(result.path).as_posix(),
                "name": result.name,
                "passed": result.passed,
                "kept": (
                    folder.sweep_folder(result.path) if result.sweep else folder.outcome_file(result.path)
                )
                .relative_to(folder.root)
                .as_posix(),
            }
            for result in results
        ],
    }


def _may_be_sweep(path: str) -> bool:
    try:
        file = Path(path)
        return file.is_file() and file.stat().st_size < 20_000_000 and b"sweep" in file.read_bytes()
    except (OSError, ValueError):
        return False


def _line_of_sweep(path: str) -> int:
    return read_document(path).line(("sweep",))
