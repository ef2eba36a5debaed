"""Dispatch: tasks given out to this process, to others or to a cluster, and what was done kept at once."""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, wait
from dataclasses import replace
from typing import Any

from devo.batch import work
from devo.batch.executors import Executors, is_broken
from devo.batch.folder import Folder
from devo.batch.jobs import Job, kept_as
from devo.batch.options import Options, Progress
from devo.batch.work import Done, Task
from devo.calling import borne
from devo.run import Runner

# Starting processes costs this much work; below it, one process is quicker.
WORTH_PROCESSES = 4.0
_TRIED = 1.5
_MOST_DEATHS = 2


class Dispatch:
    """One run: gives tasks out, takes in what was done, and keeps it at once."""

    def __init__(
        self,
        jobs: Sequence[Job],
        options: Options,
        runner: Runner,
        folder: Folder,
        executors: Executors,
        told: Callable[[Progress], None] | None,
    ):
        self.jobs, self.options, self.runner, self.folder, self.told = jobs, options, runner, folder, told
        self.job_of = {task.name: number for number, job in enumerate(jobs) for task in job.tasks}
        self.tasks = {task.name: task for job in jobs for task in job.tasks}
        self.total = len(self.job_of)
        self.count = self.failed = 0
        self.stop_after = len(jobs)
        self.name = uuid.uuid4().hex
        self.executors = executors
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
        broken = False
        try:
            while waiting or running:
                while waiting and len(running) < 2 * width and not lost and not broken:
                    task = waiting.popleft()
                    if self._is_over(task):
                        continue
                    try:
                        future = executor.submit(self.way, self.name, self.options.plugins, [task])
                    except BrokenExecutor:
                        # It broke since it was last looked at, and this task was never begun.
                        waiting.appendleft(task)
                        broken = True
                    else:
                        running[future] = task
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
        for fault in done.broke:
            borne(fault)
        number = self.job_of[done.name]
        job = self.jobs[number]
        task = self.tasks[done.name]
        name = kept_as(job.path, self.options)
        if done.content is None and not task.is_sweep:
            kept = self.folder.outcome(name)
            done = replace(done, failed=kept is None or not kept["outcome"]["passed"])
        elif done.content is not None and done.key is not None:
            self._keep(task, name, done)
            if task.is_sweep:
                done = replace(done, content=None, asked={})
        job.done[done.name] = done
        self.count += 1
        if done.failed:
            self.failed += 1
            if self.options.fail_fast:
                self.stop_after = min(self.stop_after, number)
        if self.told is not None:
            self.told(Progress(self.count, self.total, self.failed, job.path))

    def _keep(self, task: Task, name: str, done: Done) -> None:
        assert done.key is not None and done.content is not None, "the caller looked"  # noqa: PT018
        if task.is_sweep:
            self.folder.keep_part(name, task.first // self.options.part, done.content, done.asked)
        elif self.options.results is not None or self.options.cache is not False:
            self.folder.keep_outcome(name, done.key, done.lines, done.content)
