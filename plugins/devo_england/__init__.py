"""England: its places, bodies, powers and deals, as tables and deal files.

Two baselines: `england`, with every deal and order the tables know, and `england-general-law`,
the same places, bodies and general law before any of them.
"""

from __future__ import annotations

from pathlib import Path

from devo import Baseline, hookimpl

_HERE = Path(__file__).parent
TABLES = _HERE / "tables"
DEALS = _HERE / "deals"


@hookimpl
def baselines() -> list[Baseline]:
    """The baselines of this plugin."""
    return [
        Baseline("england", "England, with its devolution deals", (str(TABLES),), (str(DEALS),)),
        Baseline("england-general-law", "England's general law, before any deal", (str(TABLES),)),
    ]
