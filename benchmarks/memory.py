"""The most memory that `devo run scenarios` holds at once, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.rounds import Line
from benchmarks.start import devo_command

SCENARIOS = Path(__file__).parents[1] / "scenarios"
TARGET_MB = 300


def run() -> list[Line]:
    """Print the peak; it is no ratio, so there is no line."""
    if not hasattr(os, "wait4"):
        print("memory: this system does not say what a process held at most")
        return []
    command = [sys.executable, devo_command(), "run", str(SCENARIOS)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    verdict = "ok" if peak < TARGET_MB else "MISSED"
    files = len(list(SCENARIOS.rglob("*.toml")))
    print(
        f"memory: `devo run scenarios` ({files} files, exit code {process.returncode})"
        f" held {peak:.0f} MB at most; target under {TARGET_MB} MB: {verdict}"
    )
    return []
