"""The log: where the details of a fault are kept for whoever mends it."""

from __future__ import annotations

import itertools
import os
import platform
import sys
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


def plugin_at_fault(error: BaseException) -> str:
    """The plugin whose code raised, if the fault was raised below one; '' if it is devo's own."""
    toolbox = sys.modules.get("devo.toolbox")
    if toolbox is None:
        return ""
    switched_on = set(getattr(toolbox, "BUILT_IN", ()))
    found = ""
    trace = error.__traceback__
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in switched_on or _is_plugin(package):
            found = package
        trace = trace.tb_next
    return found


def _is_plugin(package: str) -> bool:
    """Whether a package has a hook of devo's."""
    module = sys.modules.get(package)
    return any(hasattr(getattr(module, hook, None), "devo_impl") for hook in _HOOKS)


_HOOKS = ("records", "provisions", "questions", "checks", "baselines")
