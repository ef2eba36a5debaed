"""The log: where the details of a fault are kept for whoever mends it."""

from __future__ import annotations

import itertools
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path


def log_folder() -> Path:
    """Where logs are kept: `DEVO_LOG_DIR`, or the user's log folder."""
    named = os.environ.get("DEVO_LOG_DIR")
    if named:
        return Path(named)
    from platformdirs import user_log_path

    return user_log_path("devo")


def keep(trace: str, words: Sequence[str]) -> Path | None:
    """Write a trace to a file of its own; None where that cannot be done."""
    from devo import __version__

    now = datetime.now(UTC)
    head = (
        f"devo {__version__}, Python {platform.python_version()} on {platform.platform()}\n"
        f"{now:%Y-%m-%d %H:%M:%S} UTC\ndevo {' '.join(words)}\n\n"
    )
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        name = f"fault-{now:%Y%m%d-%H%M%S}-{os.getpid()}"
        more = itertools.count(2)
        path = folder / f"{name}.log"
        while path.exists():  # several plugins may fail in one command
            path = folder / f"{name}-{next(more)}.log"
        path.write_text(head + trace, "utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path
