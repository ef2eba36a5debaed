"""Jobs: each scenario and each sweep below some paths, with the tasks that it comes to in this run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from devo.batch.folder import Folder, Lock
from devo.batch.options import MOST_ALLOWED, Options
from devo.batch.variant_questions import KeptAsk, VariantQuestions
from devo.batch.work import Done, Task
from devo.files.documents import read_document
from devo.files.scenarios import read_scenario
from devo.files.varying import size
from devo.run import Runner, scenario_files
from devo.values import Fault, Scenario


@dataclass
class Job:
    """A scenario or a sweep with its tasks, and what has come of them."""

    path: str
    tasks: list[Task]
    scenario: Scenario | None = None
    faults: tuple[Fault, ...] = ()
    done: dict[str, Done] = field(default_factory=dict)
    whole: bool = True
    asked: tuple[KeptAsk, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether its files have faults, or something that was done of it failed."""
        return bool(self.faults) or any(done.failed for done in self.done.values())


def jobs_of(
    paths: Iterable[str], options: Options, runner: Runner, folder: Folder, stack: ExitStack
) -> list[Job]:
    """What is to do, in order of path. Locks that are taken for it are left with the stack.

    Raises InUse for a sweep that another run is at.
    """
    jobs = [_job(str(path), runner, options, folder, stack) for path in scenario_files(paths)]
    return [job for job in jobs if job.tasks or (job.faults and in_shard(job.path, options.shard))]


def in_shard(path: str, shard: tuple[int, int]) -> bool:
    """Whether a scenario, or a part of a sweep, belongs to a shard.

    That is by its own name alone, so that new ones move no others.
    """
    number, count = shard
    spelt = Path(path).as_posix().encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.sha256(spelt).digest()[:8], "big") % count == number - 1


def kept_as(path: str, options: Options) -> str:
    """The name by which a scenario's results are kept: as it was given in a folder, absolute in the cache."""
    return path if options.results is not None else os.path.realpath(path)


def _job(path: str, runner: Runner, options: Options, folder: Folder, stack: ExitStack) -> Job:
    name = kept_as(path, options)
    may_reuse = options.resume if options.results is not None else options.cache is not False
    if _may_be_sweep(path):
        scenario, faults = read_scenario(path, runner.tools)
        if scenario is not None and scenario.sweep is not None and not faults:
            return _sweep_job(path, name, scenario, runner, options, folder, stack, may_reuse)
    if not in_shard(path, options.shard):
        return Job(path, [])
    kept = folder.outcome(name) if may_reuse else None
    key, lines = (kept["key"], kept["lines"]) if kept else (None, "")
    trusts = bool(options.cache) or options.results is not None
    return Job(path, [Task(path, path, known=key, lines=lines, timeout=options.timeout, trusts=trusts)])


def _sweep_job(
    path: str,
    name: str,
    scenario: Scenario,
    runner: Runner,
    options: Options,
    folder: Folder,
    stack: ExitStack,
    may_reuse: bool,
) -> Job:
    assert scenario.sweep is not None, "the caller looked"
    count = size(scenario.sweep)
    if count > options.limit:
        message = f"the sweep has {count:,} variants; at most {options.limit:,} are run"
        how = 'vary fewer values, draw them (`draws`) instead of listing all, or say vary = "one-at-a-time"'
        if count <= MOST_ALLOWED:
            how += f"; --limit {count} allows as many"
        return Job(path, [], scenario, (Fault(path, _line_of_sweep(path), message, "", how),))
    if options.results is None:
        stack.enter_context(Lock(folder.sweep_folder(name)))
    parts = -(-count // options.part)
    asked = VariantQuestions.read(runner, scenario).kept
    folder.drop_parts(name, parts, [kept.folder for kept in asked])
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
    return Job(path, tasks, scenario, whole=len(tasks) == parts, asked=asked)


def _may_be_sweep(path: str) -> bool:
    try:
        file = Path(path)
        return file.is_file() and file.stat().st_size < 20_000_000 and b"sweep" in file.read_bytes()
    except (OSError, ValueError):
        return False


def _line_of_sweep(path: str) -> int:
    return read_document(path).line(("sweep",))
