"""Parquet files tried by one process that goes on, and not by a new one for each file.

devo tries a Parquet file in a process of its own, which takes a third of a second to begin. Whoever tries
thousands of files keeps one process, and begins another after a file that ended it.
"""

from __future__ import annotations

import subprocess
import sys

from devo.files import parquet

# What devo does to a file in a process of its own, for each line that it is given.
_PROGRAM = f"""{parquet._ONCE}
for line in sys.stdin:
    sys.stdout.write((trouble(line[:-1]) or "sound").replace("\\r", " ") + "\\n")
    sys.stdout.flush()
"""


class Tries:
    """The process, and what it said of each file. `ended` counts the files that ended it."""

    def __init__(self) -> None:
        self.ended = 0
        self._process: subprocess.Popen[str] | None = None

    def trouble(self, path: str) -> str:
        """What is wrong with a file; empty where it can be read."""
        if self._process is None:
            self._process = self._begun()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline().strip()
        if not said:
            self.end()
            self.ended += 1
        return "" if said == "sound" else parquet._worded(said)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, str(parquet.MOST_MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
        )


TRIES = Tries()


def in_one_process() -> None:
    """Have devo try Parquet files in one process, until it ends."""
    parquet._tried = lambda files: next((said for file in files if (said := TRIES.trouble(file[0]))), "")
