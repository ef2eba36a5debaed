"""Boundaries: how the layers that services are organised on lie across each other, and what that does.

Questions `overlaps`, `straddling`, `coterminosity`, `partners`, `apportion`, `fit` and `tiles`; the
verb `redraw`; a check that names the force areas that a police role would cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devo import hookimpl
from devo_boundaries import apportionment, overlays


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    return [*overlays.QUESTIONS, apportionment.apportion]
