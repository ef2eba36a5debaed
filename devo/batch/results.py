"""Results: what a run has to say of each scenario, whether it was run just now or kept from before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from devo.answers import plain
from devo.run import Mismatch
from devo.values import Fault, Finding, Scenario


@dataclass(frozen=True)
class Result:
    """What became of a scenario, as plain data: the same as `Outcome`, with the summary of its sweep if any.

    `cached` says that it was not run again, because nothing that it follows from has changed.
    """

    name: str
    path: str
    answers: Sequence[Mapping[str, Any]] = ()
    findings: tuple[Finding, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    faults: tuple[Fault, ...] = ()
    sweep: Mapping[str, Any] = field(default_factory=dict)
    cached: bool = False

    @property
    def passed(self) -> bool:
        """Whether every expectation was met, with no fault and no finding of severity error."""
        return not (self.mismatches or self.faults or any(f.severity == "error" for f in self.findings))

    @property
    def verdict(self) -> str:
        """The result in a word or two: passed, failed, or not run where its files have faults."""
        if self.faults:
            return "not run"
        return "passed" if self.passed else "failed"

    def as_json(self) -> dict[str, Any]:
        """The result as plain JSON values: one of the scenarios of `devo.outcome/1`."""
        found = {
            "name": self.name,
            "path": self.path,
            "passed": self.passed,
            "answers": [dict(answer) for answer in self.answers],
            "findings": plain(self.findings),
            "mismatches": plain(self.mismatches),
            "faults": plain(self.faults),
        }
        return {**found, "sweep": dict(self.sweep)} if self.sweep else found


def result_of(outcome: Mapping[str, Any], path: str) -> Result:
    """A result from an outcome's JSON values."""
    return Result(
        outcome["name"],
        path,
        outcome["answers"],
        tuple(Finding(**{**item, "about": tuple(item["about"])}) for item in outcome["findings"]),
        tuple(_mismatch(item) for item in outcome["mismatches"]),
        tuple(Fault(**item) for item in outcome["faults"]),
        outcome.get("sweep", {}),
    )


def result_of_faults(path: str, scenario: Scenario | None, faults: Sequence[Fault]) -> Result:
    """The result of a scenario that could not be run."""
    return Result(scenario.name if scenario else Path(path).stem, path, faults=tuple(faults))


def _mismatch(item: Mapping[str, Any]) -> Mismatch:
    rows = {name: tuple(item[name]) for name in ("expected", "found")}
    return Mismatch(**{**item, "on": date.fromisoformat(item["on"]), **rows})
