"""What the checks find, as rows: so that a scenario can expect a finding, or insist that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from devo import PowerId, World, check, question


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: its code and severity, what it says, and what to do.

    `about` are the ids of the powers, bodies and provisions that it is about, `where` the file and line, if it has one.
    Worked out from the whole world by the check of that code; `explain` gives the law behind what it names.
    """

    code: str
    severity: Literal["error", "warning", "note"]
    message: str
    suggestion: str
    about: tuple[str, ...]
    where: str


@question(draw="table")
def findings(world: World, power: PowerId = "", code: str = "") -> Iterator[FindingRow]:
    """What the checks find in the world on the day, of one power or all, with one code or any.

    A scenario that asks for the findings of a code expects them: they do not make it fail.
    """
    for found in check(world, [power] if power else None):
        if not code or found.code == code:
            yield FindingRow(
                found.code, found.severity, found.message, found.suggestion, found.about, found.where
            )
