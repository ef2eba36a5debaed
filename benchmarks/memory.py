"""The most memory that `devo run scenarios` holds at once, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.rounds import Line
from benchmarks.start import devo_command

SCENARIOS = Path(__file__).parents[1] / "scenarios"
TARGET_MB = 300

# A new process first counts the memory of the one it was forked from; so a small one starts it.
_STARTER = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run() -> list[Line]:
    """Print the peak; it is no ratio, so there is no line."""
    if sys.platform == "win32":
        print("memory: this system does not say what a process held at most")
        return []
    command = [sys.executable, "-c", _STARTER, sys.executable, devo_command(), "run", str(SCENARIOS)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    code, most = (int(word) for word in said.split())
    peak = most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    verdict = "ok" if peak < TARGET_MB else "MISSED"
    files = len(list(SCENARIOS.rglob("*.toml")))
    print(
        f"memory: `devo run scenarios` ({files} files, exit code {code})"
        f" held {peak:.0f} MB at most; target under {TARGET_MB} MB: {verdict}"
    )
    return []
