"""England: its places, bodies, powers and deals, as tables and deal files.

Two baselines: `england`, with every deal and order the tables know, and `england-general-law`,
the same places, bodies and general law before any of them. The default functions of the Act of
2026 ship as a deal to be added by name, `ACT-2026`. Questions `coverage`, `coverage-totals`, `matrix`
and `ladder`; checks of the tables against what public registers say.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from devo import Baseline, hookimpl

# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1
_HERE = Path(__file__).parent
TABLES = _HERE / "tables"
DEALS = _HERE / "deals"
DRAFTS = _HERE / "drafts"


@hookimpl
def baselines() -> list[Baseline]:
    """The baselines of this plugin."""
    return [
        Baseline(
            "england", "England, with its devolution deals", (str(TABLES),), (str(DEALS),), (str(DRAFTS),)
        ),
        Baseline("england-general-law", "England's general law, before any deal", (str(TABLES),)),
    ]


@hookimpl
def records() -> list[type]:
    """The record types of this plugin."""
    from devo_england.records import KnownDefect, Offer

    return [KnownDefect, Offer]


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_england.coverage import coverage, coverage_totals
    from devo_england.ladder import ladder
    from devo_england.matrix import matrix

    return [coverage, coverage_totals, matrix, ladder]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The checks of this plugin."""
    from devo_england.checks import CHECKS

    return [*CHECKS]
