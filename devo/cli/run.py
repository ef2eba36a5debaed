"""`run`: scenarios, and the verdict on each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from devo.cli import words
from devo.cli.faults import FILE
from devo.cli.options import Common, drawing
from devo.formats import Page, Records

if TYPE_CHECKING:
    from devo.run import Mismatch, Outcome


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@drawing
def run(common: Common, paths: tuple[Path, ...]) -> int:
    """Run scenario files, and those in folders; the exit code is the verdict.

    0 if every expectation was met, 1 if one was not, 3 if a file has faults.
    """
    from devo.cli.output import show
    from devo.run import SCHEMA
    from devo.run import run as run_all

    outcomes = run_all(paths, plugins=common.plugins)
    if not outcomes:
        raise click.UsageError(
            f"there is no scenario in {', '.join(map(str, paths))}; scenarios are .toml files"
        )
    page = Page(
        lines=tuple(line for outcome in outcomes for line in _lines(outcome)),
        notes=(_summary(outcomes),),
        envelope={"schema": SCHEMA, "scenarios": [outcome.as_json() for outcome in outcomes]},
        records=_records(outcomes),
    )
    show(page, common)
    if any(outcome.faults for outcome in outcomes):
        return FILE
    return int(not all(outcome.passed for outcome in outcomes))


def _lines(outcome: Outcome) -> Iterator[str]:
    """One line for a scenario, and below it what stands against it."""
    from devo.files.faults import render

    met = len(outcome.mismatches)
    said = [words.count(len(outcome.answers), "answer")]
    said += [words.count(met, "expectation") + " unmet"] if met else []
    errors = sum(finding.severity == "error" for finding in outcome.findings)
    said += [words.count(errors, "error")] if errors else []
    said += [words.count(len(outcome.faults), "fault")] if outcome.faults else []
    yield f"{_verdict(outcome)}: {outcome.name} ({', '.join(said)})"
    for fault in outcome.faults:
        yield render(fault)
    for mismatch in outcome.mismatches:
        yield from _mismatch(mismatch)
    for finding in outcome.findings:
        if finding.severity == "error":
            yield f"  {finding.where + ': ' if finding.where else ''}error: {finding.message}"
            if finding.suggestion:
                yield f"    {finding.suggestion}"


def _mismatch(mismatch: Mismatch) -> Iterator[str]:
    terms = ", ".join(f"{name} {value}" for name, value in mismatch.terms.items())
    yield f"{mismatch.where}: {mismatch.message}"
    yield f"  asked: {mismatch.question}{', ' if terms else ''}{terms}, on {mismatch.on.isoformat()}"
    for row in mismatch.expected:
        yield f"  expected: {_row(row)}"
    if mismatch.found:
        for row in mismatch.found[:MOST_SHOWN]:
            yield f"  got:      {_row(row)}"
        if len(mismatch.found) > MOST_SHOWN:
            yield f"  got:      and {len(mismatch.found) - MOST_SHOWN} more (--format json has all)"
    else:
        yield "  got:      no rows"


MOST_SHOWN = 10


def _row(row: Mapping[str, Any]) -> str:
    from devo.answers import plain

    return ", ".join(
        f"{name} = {json.dumps(plain(value), ensure_ascii=False)}" for name, value in row.items()
    )


def _verdict(outcome: Outcome) -> str:
    if outcome.faults:
        return "not run"
    return "passed" if outcome.passed else "failed"


def _summary(outcomes: Iterable[Outcome]) -> str:
    verdicts = [_verdict(outcome) for outcome in outcomes]
    parts = [f"{verdicts.count(word)} {word}" for word in ("passed", "failed", "not run") if word in verdicts]
    return f"{words.count(len(verdicts), 'scenario')}: {', '.join(parts)}."


def _records(outcomes: Iterable[Outcome]) -> Records:
    rows = [
        {
            "name": outcome.name,
            "path": outcome.path,
            "passed": outcome.passed,
            "answers": len(outcome.answers),
            "mismatches": len(outcome.mismatches),
            "findings": len(outcome.findings),
            "faults": len(outcome.faults),
        }
        for outcome in outcomes
    ]
    return Records(("name", "path", "passed", "answers", "mismatches", "findings", "faults"), tuple(rows))
