"""What a person is told when something goes wrong; the details go to the log."""

from __future__ import annotations

import contextlib
import traceback

from devo.tui.texts import safe


def said(error: BaseException) -> str:
    """A fault in words: what, and what to do next."""
    from devo.answers import TermFault
    from devo.calling import PluginFault
    from devo.names import NameFault

    if isinstance(error, NameFault):
        return f"{error.message}. {error.suggestion}".strip()
    if isinstance(error, TermFault):
        return safe(str(error))
    faults = getattr(error, "faults", None)
    if isinstance(faults, tuple | list):
        return "\n".join(_fault(fault) for fault in faults)
    if isinstance(error, PluginFault):
        kept = keep(error) if error.__cause__ else ""
        said_of = safe(f"{error.message}. {error.suggestion}".strip())
        return f"{said_of} Everything else still works.{f' Details: {kept}' if kept else ''}"
    if type(error).__module__.startswith("devo."):
        return safe(str(error))
    what = safe(f"{type(error).__name__}: {error}")
    plugin = plugin_of(error)
    kept = keep(error)
    where = f" Details: {kept}" if kept else ""
    if plugin:
        return f"The plugin {plugin} failed here ({what}). Everything else still works.{where}"
    return f"This part failed, and the fault is devo's own ({what}). The rest still works.{where}"


def _fault(fault: object) -> str:
    path, line = getattr(fault, "path", ""), getattr(fault, "line", "")
    message, why = getattr(fault, "message", str(fault)), getattr(fault, "why", "")
    more = getattr(fault, "suggestion", "")
    return safe(f"{path}:{line}: {'. '.join(str(part) for part in (message, why, more) if part)}")


def keep(error: BaseException) -> str:
    """Write the details of a fault to the log folder; where they are, or ''."""
    from devo.log import keep as keep_in_log

    with contextlib.suppress(Exception):
        path = keep_in_log("".join(traceback.format_exception(error)), ["explore"])
        return str(path) if path else ""
    return ""


def plugin_of(error: BaseException) -> str:
    """The plugin whose code raised, or ''."""
    from devo.sources import plugin_at_fault

    return plugin_at_fault(error)
