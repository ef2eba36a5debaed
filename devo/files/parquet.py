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
# More than any country has postcodes. A file of a few bytes can say that it has billions of rows of nothing.
MOST_ROWS = 10_000_000
SECONDS = 120.0

# What a process of its own knows of, so that tests can have one process try many files.
_ONCE = f"""
import os, sys
os.environ.setdefault("POLARS_MAX_THREADS", "2")
import polars
try:
    import resource
    resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[1]), int(sys.argv[1])))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
def trouble(path):
    try:
        table = polars.read_parquet(path, parallel="none")
        if not table.width:
            return "it has no columns"
        if table.height > {MOST_ROWS}:
            return "it has {{:,}} rows; at most {MOST_ROWS:,} are read".format(table.height)
    except BaseException as fault:
        return str(fault).split("\\n")[0][:300] or type(fault).__name__
    return ""
"""
_TRY = f"""{_ONCE}
for path in sys.argv[2:]:
    said = trouble(path)
    if said:
        sys.stdout.buffer.write(said.encode("utf-8", "replace"))
        sys.stdout.flush()
        os._exit(1)
os._exit(0)
"""


def parquet_trouble(*paths: Path) -> str:
    """What is wrong with the first of some Parquet files that cannot be read, in a few words; else empty."""
    files = []
    for path in paths:
        try:
            status = path.stat()
        except OSError as error:
            return error.strerror or str(error)
        files.append((str(path.absolute()), status.st_size, status.st_mtime_ns))
    # As many as a command line takes.
    several = (tuple(files[begin : begin + 100]) for begin in range(0, len(files), 100))
    return next((trouble for some in several if (trouble := _tried(some))), "")


@cache
def _tried(files: tuple[tuple[str, int, int], ...]) -> str:
    command = [sys.executable, "-P", "-c", _TRY, str(MOST_MEMORY), *(path for path, _, _ in files)]
    quiet = {**os.environ, "RUST_BACKTRACE": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=quiet, check=False)
    except subprocess.TimeoutExpired:
        return f"it was not read after {SECONDS:g} seconds"
    if done.returncode == 0:
        return ""
    return _worded(done.stdout.decode("utf-8", "replace").strip())


def _worded(said: str) -> str:
    """What a process said of a file before it ended: nothing, if it was ended."""
    if "panicked" in said or "unwrap()" in said or "assertion" in said:
        return "it is damaged"
    return said or f"it is damaged, or holds more than {MOST_MEMORY / 1e9:.1g} GB"
