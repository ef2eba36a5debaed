"""What the index is made from: items of the codebook, and what a coder judged of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from devo import ClassTerms, Confidence, PowerId


@dataclass(frozen=True, slots=True)
class CodebookItem:
    """One thing that a coder is asked, and the most points it can have towards a variable of the index.

    `powers` are those that devo reads beside the judgement; an item without any is the coder's alone.
    """

    id: str
    variable: str
    name: str
    points: int
    powers: tuple[PowerId, ...] = ()
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a coder judged of bodies of a class, from `start` to `end`: points for an item, with the reason.

    `score` is written exactly: `2`, `1/2`, `0.5`. A judgement is an opinion on sourced facts: `source` and
    `confidence` are of the facts, and how sure the coder is of the points.
    """

    id: str
    coder: str
    item: str
    bodies: ClassTerms
    score: str
    start: date | None = None
    end: date | None = None
    reason: str = ""
    source: str = ""
    confidence: Confidence = "unsure"

    @property
    def points(self) -> Fraction | None:
        """The score as an exact number; None where it is written as something else."""
        try:
            return Fraction(self.score)
        except (ValueError, ZeroDivisionError):
            return None

    def runs(self, day: date) -> bool:
        """Whether it is of a day."""
        return (self.start or date.min) <= day < (self.end or date.max)
