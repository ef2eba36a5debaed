"""How to run, and how far a run is: what whoever starts a run says, and is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# How many variants of a sweep are done and kept together, and how many are run without being allowed.
PART = 250
MOST_VARIANTS = 1_000_000
# Beyond these nobody is helped by being allowed: the list of what is to do would fill the memory.
MOST_ALLOWED = 100_000_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: tasks done of all, how many failed so far, what was done last."""

    done: int
    total: int
    failed: int
    last: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. `results` is a folder to keep results in; `cache` whether unchanged outcomes are reused."""

    plugins: tuple[str, ...] = ()
    jobs: int = 0
    executor: str = ""
    timeout: float = 0.0
    fail_fast: bool = False
    shard: tuple[int, int] = (1, 1)
    limit: int = MOST_VARIANTS
    results: Path | None = None
    resume: bool = False
    cache: bool | None = None
    part: int = PART
