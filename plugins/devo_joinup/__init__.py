"""Joined-up services around a person: whom people with several needs meet, and what would join it up.

Records: personas and needs, arrangements, gateways, offices, terms of office. Verb: `arrange`. Questions
on the whole person, agreement, the five barriers, the ten insights, silos, and what would help.
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
    from devo_joinup.values import RECORDS

    return list(RECORDS)


@hookimpl
def provisions() -> list[Callable[..., Any]]:
    """The verb of this plugin."""
    from devo_joinup.arranging import VERBS

    return list(VERBS)


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_joinup import (
        agreeing,
        catalogue,
        changes,
        churn,
        contents,
        dealings,
        distance,
        edges,
        everywhere,
        frontline,
        headlines,
        helping,
        hindrances,
        routine,
        silos,
        whole,
    )

    asking = (whole, headlines, everywhere, changes, edges, agreeing, hindrances, contents)
    modules = (*asking, dealings, silos, churn, distance, frontline, routine, helping, catalogue)
    return [question for module in modules for question in module.QUESTIONS]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The checks of this plugin."""
    from devo_joinup import catalogue, distance, frontline

    return [*distance.CHECKS, *frontline.CHECKS, *catalogue.CHECKS]
