"""Learning: what places tried, who may see it, who is like whom, and who judges or helps whom.

Records: evidence notes with their visibility, oversight links, programmes. Notes stay in files the user
keeps: what leaves the machine is what the centre may see.
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
    from devo_learning.values import RECORDS

    return list(RECORDS)


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_learning import figures, likeness, network, seeing, watching

    modules = (likeness, figures, seeing, watching, network)
    return [question for module in modules for question in module.QUESTIONS]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The checks of this plugin."""
    from devo_learning import seeing, watching

    return [*watching.CHECKS, *seeing.CHECKS]
