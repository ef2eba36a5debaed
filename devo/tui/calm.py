"""What keeps the screen from standing still for a moment: Python's own housekeeping, and loading its modules.

A world is a million objects. A full collection of garbage walks through all of them and lets nothing else
happen: a fifth of a second, at no moment of anybody's choosing. So what a world is made of is set aside once
it is open, and full collections wait until nobody has touched a key for a while.
"""

from __future__ import annotations

import gc
import threading
from importlib import import_module

# Seconds without a key or a click after which nobody minds a fifth of a second.
IDLE = 20.0
_FULL = 2
# Python collects the youngest objects often, and all of them after this many rounds of the middle ones.
_SELDOM = 1_000
_LATER = (
    "devo.tui.dialogs",
    "devo.tui.forms",
    "devo.tui.manual",
    "devo.tui.palette",
    "devo.tui.reasons",
    "devo.tui.copying",
    "devo.tui.saving",
    "devo.tui.plans",
    "devo.tui.screens.compare",
    "devo.tui.screens.draft",
    "devo.tui.screens.map",
    "devo.tui.screens.questions",
    "textual.command",
)


def set_aside() -> None:
    """Leave what is in memory now out of all collections, and collect everything else seldom."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)


def collect_if_idle(seconds: float) -> None:
    """Collect all garbage if nobody has done anything for some seconds."""
    if seconds >= IDLE and gc.get_count()[_FULL]:
        gc.collect()


def load_ahead() -> None:
    """Load what the other screens are made of while the first one is read."""
    threading.Thread(target=_load, name="devo loads ahead", daemon=True).start()


def _load() -> None:
    for name in _LATER:
        import_module(name)
