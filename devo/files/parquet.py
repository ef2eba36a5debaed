"""Whether a Parquet file can be read: tried in a process of its own, which it may bring down.

The library that reads Parquet trusts what a file says of itself. A damaged one can end the process that
reads it, and a small one can unfold to more than there is memory for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

MOST_MEMORY = 2 << 30
SECONDS = 120.0

_TRY = """
import os, sys
path, memory = sys.argv[1], int(sys.argv[2])
os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars
try:
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
try:
    polars.read_parquet(path, parallel="none")
except BaseException as fault:
    sys.stdout.write(str(fault).split("\\n")[0][:300] or type(fault).__name__)
    sys.stdout.flush()
    os._exit(1)
os._exit(0)
"""


def parquet_trouble(path: Path) -> str:
    """What is wrong with a Parquet file, in a few words; empty where it can be read."""
    try:
        status = path.stat()
    except OSError as error:
        return error.strerror or str(error)
    return _tried(str(path.absolute()), status.st_size, status.st_mtime_ns)


@cache
def _tried(path: str, size: int, changed: int) -> str:
    command = [sys.executable, "-P", "-c", _TRY, path, str(MOST_MEMORY)]
    quiet = {**os.environ, "RUST_BACKTRACE": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=quiet, check=False)
    except subprocess.TimeoutExpired:
        return f"it was not read after {SECONDS:g} seconds"
    if done.returncode == 0:
        return ""
    said = done.stdout.decode("utf-8", "replace").strip()
    if "panicked" in said or "unwrap()" in said or "assertion" in said:
        return "it is damaged"
    return said or f"it is damaged, or holds more than {MOST_MEMORY / 1e9:.1g} GB"
