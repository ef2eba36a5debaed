"""A process in which a plugin is tried, so that what hangs there can be ended from here."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import IO, Any, cast

# The paths of this process, so that what can be imported here can be there.
_RUN = "import sys; sys.path[:] = sys.argv[1:]; from devo.testing.worker import main; main()"


class TrialProcess:
    """A process of trials, and what it tells line by line."""

    def __init__(self, job: Mapping[str, Any], seed: str):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _RUN, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        self._told: queue.Queue[bytes | None] = queue.Queue()
        self._errors: list[bytes] = []
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        given, told, errors = self._streams = [cast("IO[bytes]", stream) for stream in streams]
        given.write(json.dumps(job).encode())
        given.close()
        self._listeners = [
            threading.Thread(target=self._listen, args=(told,), daemon=True),
            threading.Thread(target=lambda: self._errors.extend(errors), daemon=True),
        ]
        for listener in self._listeners:
            listener.start()

    def line(self, patience: float) -> Mapping[str, Any] | None:
        """The next line; None at its end. Raises TimeoutError where nothing comes for so many seconds."""
        try:
            line = self._told.get(timeout=patience)
        except queue.Empty:
            raise TimeoutError from None
        return None if line is None else cast("Mapping[str, Any]", json.loads(line))

    def end(self) -> str:
        """End it, if it does not end by itself; the last of what it said on the stream of errors."""
        try:
            self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for listener in self._listeners:
            listener.join(timeout=1)
        for stream in self._streams:
            stream.close()
        lines = b"".join(self._errors).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"without a word, code {self._process.returncode}"

    def _listen(self, stream: IO[bytes]) -> None:
        for line in stream:
            self._told.put(line)
        self._told.put(None)
