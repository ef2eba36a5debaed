"""The tiny country: four made-up districts, an authority and two deals, for trying out plugins on.

It comes with devo and is off until it is named (`--plugin tiny-country`, `baseline = "tiny-country"`).
Nothing in it is a fact about anywhere.
"""

from __future__ import annotations

from pathlib import Path

from devo.hookspecs import hookimpl
from devo.values import Baseline

DEVO_SPEC = 1
_HERE = Path(__file__).parent


@hookimpl
def baselines() -> list[Baseline]:
    """The tiny country before its deals, which are offered, and with both of them in force."""
    tables, deals = (str(_HERE / "tables"),), (str(_HERE / "deals"),)
    return [
        Baseline("tiny-country", "A tiny country, made up", tables, (), deals),
        Baseline("two-deals", "The tiny country, made up, with its two deals", tables, deals),
    ]
