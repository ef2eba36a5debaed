"""Running many scenarios and sweeps: what is to do is done, kept, and put together in the order of the paths.

What comes out does not depend on who did what when: a sweep's parts are the same runs of variants however
many workers there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from devo.batch import work
from devo.batch.dispatch import Dispatch
from devo.batch.executors import Executors
from devo.batch.folder import Folder, Lock, json_bytes, write_whole
from devo.batch.jobs import Job, jobs_of, kept_as
from devo.batch.keys import versions
from devo.batch.options import MOST_VARIANTS, Options, Progress
from devo.batch.results import Result, result_of, result_of_faults
from devo.batch.summaries import summary_of_sweep
from devo.run import Runner
from devo.stores import cache_folder

__all__ = ["MOST_VARIANTS", "Batch", "Options", "Progress", "run_batch"]


@dataclass(frozen=True)
class Batch:
    """The results of a run in order of path, how many scenarios were left undone, and where results are."""

    results: tuple[Result, ...]
    left: int = 0
    folder: Path | None = None
    reruns: Mapping[str, str] = field(default_factory=dict)


def run_batch(
    paths: Iterable[Path | str],
    options: Options | None = None,
    told: Callable[[Progress], None] | None = None,
) -> Batch:
    """Run all scenarios and sweeps at or below some paths.

    Raises InUse for a folder of results that another run writes to, NoExecutor for a cluster that
    cannot be had, and FileExistsError for a folder that has results already where `resume` is not on.
    """
    options = options or Options()
    given = [str(path) for path in paths]
    runner = Runner(options.plugins)
    with ExitStack() as stack:
        folder = _folder(options, stack)
        executors = Executors(options.executor, options.jobs)
        stack.callback(executors.close)
        if options.jobs > 1:
            executors.prepare(work.warm, options.plugins)
        jobs = jobs_of(given, options, runner, folder, stack)
        Dispatch(jobs, options, runner, folder, executors, told).go()
        if options.results is not None:
            folder.drop_drafts()
        return _batch(jobs, options, folder, given)


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


def _batch(jobs: Sequence[Job], options: Options, folder: Folder, given: Sequence[str]) -> Batch:
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


def _result(job: Job, options: Options, folder: Folder) -> Result:
    name = kept_as(job.path, options)
    if job.scenario is not None and job.tasks and job.tasks[0].is_sweep:
        for task in job.tasks:
            content = job.done[task.name].content
            if content is not None:
                return result_of(json.loads(content), job.path)
        key = job.done[job.tasks[0].name].key or {}
        parts = [task.first // options.part for task in job.tasks]
        return summary_of_sweep(job.scenario, job.path, folder, name, parts, key, job.asked, whole=job.whole)
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
                "kept": _kept(result, folder),
            }
            for result in results
        ],
    }


def _kept(result: Result, folder: Folder) -> str | None:
    """Where a scenario's results are in the folder; None where it came to none that could be used again."""
    place = folder.sweep_folder(result.path) if result.sweep else folder.outcome_file(result.path)
    return place.relative_to(folder.root).as_posix() if place.exists() else None
