"""What the explorer opens with: which world, on which day, looking at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Opening:
    """The options that the explorer was started with; what is left out comes from the last time.

    `served` says that it runs in somebody's browser, beside other people's; `fresh` that nothing is
    to be remembered from the last time.
    """

    baseline: str = "england"
    scenario: str | None = None
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    on: date | None = None
    known: date | None = None
    place: str = ""
    served: bool = False
    state: Path | None = None
    fresh: bool = False
    debug: bool = False
