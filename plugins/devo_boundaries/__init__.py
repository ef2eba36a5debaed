"""Boundaries: how the layers that services are organised on lie across each other, and what that does.

Questions `overlaps`, `straddling`, `crossing`, `coterminosity`, `partners`, `apportion`, `fit` and
`tiles`; the verb `redraw`; a check that names the force areas that a police role would cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devo import hookimpl
from devo_boundaries import (
    apportionment,
    coterminosity,
    fitting,
    overlays,
    partners,
    redrawing,
    tiles,
    values,
)

# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1


@hookimpl
def records() -> list[type]:
    """The records of this plugin."""
    return [values.Boundary, values.Tile]


@hookimpl
def provisions() -> list[Callable[..., Any]]:
    """The verb of this plugin."""
    return [redrawing.redraw]


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    return [
        *overlays.QUESTIONS,
        coterminosity.coterminosity,
        partners.partners,
        apportionment.apportion,
        *fitting.QUESTIONS,
        tiles.tiles,
    ]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The check of this plugin."""
    return [*fitting.CHECKS]
