"""A Dask cluster over TCP on this machine: the same bytes as one process, also when a worker is killed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devo.batch.executors import Executors, NoExecutor
from devo.batch.running import Options, run_batch

pytestmark = pytest.mark.heavy


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def begun(module: str, *words: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(country):
    """The address of a scheduler, and its two workers."""
    distributed = pytest.importorskip("distributed")
    port = free_port()
    scheduler = begun("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    common = (
        f"tcp://127.0.0.1:{port}",
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
    )
    workers = [begun("dask_worker", *common, "--local-directory", str(country / f"w{n}")) for n in (1, 2)]
    try:
        with distributed.Client(f"tcp://127.0.0.1:{port}", timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
        yield f"127.0.0.1:{port}", workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.communicate()


@pytest.mark.filterwarnings("default")
def test_2000_variants_with_a_worker_killed_are_the_bytes_of_one_process(sweep, cluster, tree, country):
    address, workers = cluster
    path = Path(sweep)
    path.write_text(path.read_text().replace("draws = 5", "draws = 500"))
    run_batch([sweep], Options(results=Path("serial"), jobs=1, part=50))
    seen = []

    def told(progress):
        seen.append(progress.done)
        if len(seen) == 8:
            os.kill(workers[0].pid, signal.SIGKILL)

    options = Options(results=Path("cluster"), executor=f"dask://{address}", part=50)
    (result,) = run_batch([sweep], options, told).results
    assert workers[0].wait(10) == -signal.SIGKILL
    assert seen[-1] == 40
    assert result.sweep["variants"] == 2000
    assert tree(country / "serial") == tree(country / "cluster")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1:PORT", r"no Dask scheduler answers at tcp://127\.0\.0\.1:\d+ \(Connection refused\)"),
        ("127.0.0.1", r"tcp://127\.0\.0\.1 is not the address of a scheduler; write dask://HOST:PORT"),
        ("127.0.0.1:port", "is not the address of a scheduler"),
    ],
)
def test_a_cluster_that_does_not_answer_is_said_before_dask_tries_and_tries(address, said, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("distributed.Client", lambda *_, **__: pytest.fail("Dask was asked"))
    with pytest.raises(NoExecutor, match=said):
        Executors(f"dask://{address.replace('PORT', str(free_port()))}").width()
