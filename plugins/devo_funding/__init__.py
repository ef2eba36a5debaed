"""Funding: money followed from who pays it to where it falls, pot by pot and year by year.

Records: pots, amounts, shares, adjustments, services and spending. Verbs: what a deal does to
pots. Questions: flows, pots, who decides, what ends when, what has no money. All money is whole pence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devo import hookimpl

# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1


@hookimpl
def records() -> list[type]:
    """The record types of this plugin."""
    from devo_funding.pots import RECORDS

    return list(RECORDS)


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_funding import (
        answers,
        balance,
        cuts,
        decisions,
        draws,
        endings,
        following,
        pooling,
        pot_list,
        service,
        strings,
    )

    modules = (
        answers,
        pot_list,
        endings,
        balance,
        strings,
        decisions,
        following,
        pooling,
        cuts,
        draws,
        service,
    )
    return [question for module in modules for question in module.QUESTIONS]


@hookimpl
def provisions() -> list[Callable[..., Any]]:
    """The verbs of this plugin."""
    from devo_funding import changing, opening

    return [*opening.VERBS, *changing.VERBS]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The checks of this plugin."""
    from devo_funding.soundness import CHECKS

    return list(CHECKS)
