"""Rounds: contenders timed turn by turn in one process, and the ratios of their medians."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Line:
    """One measured ratio: what was timed, against what, and the most the ratio may be (None: no target)."""

    what: str
    against: str
    seconds: float
    other: float
    target: float | None

    @property
    def ratio(self) -> float:
        """The median time over the alternative's."""
        return self.seconds / self.other


@dataclass(frozen=True)
class Contender:
    """Work to time; `ready` makes what one turn needs, outside the clock, and its result is handed over."""

    work: Callable[[Any], object]
    ready: Callable[[], Any] = lambda: None


def medians(contenders: Mapping[str, Contender], rounds: int = 9) -> dict[str, float]:
    """The median seconds of each contender over rounds in which all take turns.

    One round comes first that is not counted. The garbage collector rests while the clock runs.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            given = contender.ready()
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            contender.work(given)
            spent = time.perf_counter() - start
            gc.enable()
            if number:
                found[name].append(spent)
    return {name: median(times) for name, times in found.items()}


def table(lines: list[Line]) -> str:
    """Lines as a small table: ratios first, for they are what can be compared between machines."""
    rows = [("ratio", "target", "", "what", "against", "ms", "ms of the other")]
    for line in lines:
        verdict = "" if line.target is None else "ok" if line.ratio <= line.target else "MISSED"
        rows.append(
            (
                _times(line.ratio),
                "" if line.target is None else _times(line.target),
                verdict,
                line.what,
                line.against,
                f"{line.seconds * 1000:.3g}",
                f"{line.other * 1000:.3g}",
            )
        )
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _times(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.1f}x"
