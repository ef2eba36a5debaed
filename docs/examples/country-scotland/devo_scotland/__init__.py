"""Scotland in outline: reserved and devolved matters, ministers, councils, NHS boards, police.

Two baselines: `scotland`, with the Acts that changed who holds what since 1999, and `scotland-before-devolution`,
the same tables without them. One question, `settlement`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from devo import Baseline, hookimpl

__version__ = "0.1.0"
# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1

_HERE = Path(__file__).parent
TABLES = _HERE / "tables"
DEALS = _HERE / "deals"


@hookimpl
def baselines() -> list[Baseline]:
    """The baselines of this plugin."""
    return [
        Baseline("scotland", "Scotland, with its devolution Acts", (str(TABLES),), (str(DEALS),)),
        Baseline("scotland-before-devolution", "Scotland before the Act of 1998", (str(TABLES),)),
    ]


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_scotland.settlement import settlement

    return [settlement]
