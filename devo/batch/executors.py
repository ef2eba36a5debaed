"""Executors: where tasks are done. The standard library's `Executor` is all that the rest knows.

`processes` are our own, started afresh (never forked: a forked process of polars hangs). `dask` starts
a cluster on this machine, `dask://HOST:PORT` uses one that is there.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

DASK = "dask"
_PATIENCE = 10  # seconds until a scheduler has to answer


class NoExecutor(Exception):
    """An executor that cannot be had: which, why, and what to do."""


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Executors:
    """Makes executors of one sort; a new one when the last has broken."""

    def __init__(self, spec: str = "", jobs: int = 0):
        self.jobs = jobs or cores()
        self.spec = spec
        if spec not in ("", "processes", DASK) and not spec.startswith(f"{DASK}://"):
            raise NoExecutor(f"no executor is called {spec!r}; there are: processes, dask, dask://HOST:PORT")
        self._client: Any = None
        self._cluster: Any = None
        self._ready: Executor | None = None

    @property
    def is_cluster(self) -> bool:
        """Whether tasks are done by a Dask cluster."""
        return self.spec.startswith(DASK)

    def prepare(self, task: Callable[..., Any], *given: Any) -> None:
        """Start the processes of the first executor now, and one of them with a task whose end nobody awaits."""
        if not self.is_cluster:
            self._ready = self.new()
            for _ in range(self.jobs):
                self._ready.submit(task, *given)

    def new(self, jobs: int = 0) -> Executor:
        """An executor, with as many processes as jobs where they are our own. Raises NoExecutor."""
        if self._ready is not None and not jobs:
            ready, self._ready = self._ready, None
            return ready
        if self.is_cluster:
            executor: Executor = self._dask().get_executor(pure=False, retries=3)
            return executor
        from concurrent.futures import ProcessPoolExecutor

        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        return ProcessPoolExecutor(jobs or self.jobs, mp_context=context)

    def width(self) -> int:
        """How many tasks can be done at once."""
        if not self.is_cluster:
            return self.jobs
        threads: Mapping[str, int] = self._dask().nthreads()
        return max(sum(threads.values()), 1)

    def close(self) -> None:
        """Let go of a cluster; one that was there before goes on."""
        if self._ready is not None:
            self._ready.shutdown(wait=False, cancel_futures=True)
            self._ready = None
        for item in (self._client, self._cluster):
            if item is not None:
                item.close()
        self._client = self._cluster = None

    def _dask(self) -> Any:
        if self._client is None:
            try:
                from distributed import Client, LocalCluster
            except ImportError:
                raise NoExecutor("the executor dask needs the extra: pip install 'devo[dask]'") from None
            if self.spec == DASK:
                self._cluster = LocalCluster(
                    n_workers=self.jobs, threads_per_worker=1, processes=True, dashboard_address=None
                )
                self._client = Client(self._cluster)
            else:
                address = "tcp://" + self.spec.removeprefix("dask://")
                _look_for(address)
                try:
                    self._client = Client(address, timeout=_PATIENCE)
                except (OSError, TimeoutError, ValueError) as error:
                    raise _silent(address, error) from None
        return self._client


def _look_for(address: str) -> None:
    """Raise NoExecutor where nothing takes connections at an address, which Dask would try again for long."""
    import socket
    from urllib.parse import urlsplit

    try:
        split = urlsplit(address)
        host, port = split.hostname, split.port
    except ValueError:
        host, port = None, None
    if not host or not port:
        raise NoExecutor(f"{address} is not the address of a scheduler; write dask://HOST:PORT")
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as error:
        raise _silent(address, error) from None


def _silent(address: str, error: Exception) -> NoExecutor:
    why = getattr(error, "strerror", None) or type(error).__name__
    return NoExecutor(f"no Dask scheduler answers at {address} ({why}); is it running?")


def is_broken(future: Future[Any]) -> bool:
    """Whether a task came to nothing because its worker ended, and not by its own doing."""
    error = None if future.cancelled() else future.exception()
    return isinstance(error, BrokenExecutor) or type(error).__name__ in ("KilledWorker", "CommClosedError")
