"""Funding flows: pots, amounts and the strings on them. Being written."""

from __future__ import annotations

from devo import hookimpl
from devo_funding import records as kept


@hookimpl
def records() -> list[type]:
    """The record types of this plugin."""
    found = [item for item in vars(kept).values() if isinstance(item, type)]
    return [item for item in found if item.__module__ == kept.__name__]
