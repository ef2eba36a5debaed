"""The results of a run in words: a line for each scenario, what stands against it, and how many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from devo import words
from devo.formats import Records

if TYPE_CHECKING:
    from devo.batch.results import Result
    from devo.batch.running import Batch
    from devo.run import Mismatch

MOST_SHOWN = 10
# Beyond so many scenarios only those that did not pass have a line, and beyond so many lines none has.
MOST_LISTED, MOST_LINES = 200, 500
# So many lines one scenario may have beside others, or else one would hide the rest.
MOST_OF_ONE = 60


def lines(results: Sequence[Result], batch: Batch, *, why_rerun: bool = False) -> tuple[str, ...]:
    """All there is to say of results, in as many lines as a person can look at."""
    brief = len(results) > MOST_LISTED
    listed: list[str] = []
    for result in results:
        if not brief or not result.passed or result.sweep:
            listed += _cut(list(_lines(result)), MOST_OF_ONE if len(results) > 1 else MOST_LINES)
        if why_rerun:
            listed.append(f"  {_rerun(batch, result)}")
    return tuple(_cut(listed, MOST_LINES))


def _cut(listed: list[str], most: int) -> list[str]:
    more = len(listed) - most
    return listed if more <= 0 else [*listed[:most], f"and {more:,} more lines (--format json has all)"]


def summary(results: Sequence[Result], batch: Batch) -> str:
    """How many passed and how many did not, in a line."""
    verdicts = [result.verdict for result in results]
    parts = [f"{verdicts.count(word)} {word}" for word in ("passed", "failed", "not run") if word in verdicts]
    kept = sum(result.path not in batch.reruns and not result.faults for result in results)
    again = f" {words.count(kept, 'result')} kept from before, since nothing has changed." if kept else ""
    left = (
        f" {words.count(batch.left, 'scenario')} not begun after the first that failed." if batch.left else ""
    )
    return (
        f"{words.count(len(verdicts), 'scenario')}: {', '.join(parts) or 'none in this part'}.{again}{left}"
    )


def where_kept(batch: Batch) -> str:
    """Which folder the results are in, '' where none was named."""
    return f"The results are in {batch.folder}." if batch.folder is not None else ""


def records(results: Iterable[Result]) -> Records:
    """A row a scenario, for programs."""
    columns = ("name", "path", "passed", "answers", "mismatches", "findings", "faults")
    rows = [
        {
            "name": result.name,
            "path": result.path,
            "passed": result.passed,
            **{name: len(getattr(result, name)) for name in columns[3:]},
        }
        for result in results
    ]
    return Records(columns, tuple(rows))


def _rerun(batch: Batch, result: Result) -> str:
    why = batch.reruns.get(result.path)
    return f"run: {why}" if why else "not run again: nothing that it follows from has changed"


def _lines(result: Result) -> Iterator[str]:
    """One line for a scenario, and below it what stands against it, and what its sweep came to."""
    from devo.files.faults import render

    unmet = len(result.mismatches)
    variants = result.sweep.get("variants", 0)
    said = [words.count(variants, "variant") if variants else words.count(len(result.answers), "answer")]
    said += [words.count(unmet, "expectation") + " unmet"] if unmet else []
    errors = sum(finding.severity == "error" for finding in result.findings)
    said += [words.count(errors, "error")] if errors else []
    said += [words.count(len(result.faults), "fault")] if result.faults else []
    yield f"{result.verdict}: {_one_line(result.name)} ({', '.join(said)})"
    for fault in result.faults:
        yield render(fault)
    for mismatch in result.mismatches:
        yield from _mismatch(mismatch)
    for finding in result.findings:
        if finding.severity == "error":
            where = f"{finding.where}: " if finding.where else ""
            yield _one_line(f"{where}error: {finding.message}", "  ")
            if finding.suggestion:
                yield _one_line(finding.suggestion, "    ")
    if result.sweep:
        yield from _sweep(result.sweep)


def _one_line(text: str, indent: str = "") -> str:
    from devo.formats.page import printable

    return indent + printable(text)


def _sweep(sweep: Mapping[str, Any]) -> Iterator[str]:
    if "of" in sweep:
        yield f"  {sweep['variants']:,} of {sweep['of']:,} variants; `devo merge` puts all together"
    for figure, found in sweep.get("figures", {}).items():
        pence = found.get("unit") == "pence"
        shown = ", ".join(f"{at} {_number(found[at], pence)}" for at in _QUANTILES if at in found)
        missing = f"; not to be had in {found['missing']:,}" if found["missing"] else ""
        yield _one_line(f"{figure}: {shown}{missing}", "  ")
    for sentence in sweep.get("sentences", ()):
        yield _one_line(sentence, "  ")
    yield _one_line(f"results: {sweep['folder']}", "  ")


_QUANTILES = ("5%", "50%", "95%")


def _number(value: Any, pence: bool) -> str:
    if pence:
        return words.pounds(round(value))
    return f"{value:,.6g}" if isinstance(value, float) else f"{value:,}"


def _mismatch(mismatch: Mismatch) -> Iterator[str]:
    terms = [f"{name} {value}" for name, value in mismatch.terms.items()]
    asked = ", ".join([mismatch.question, *terms, f"on {mismatch.on.isoformat()}"])
    yield _one_line(f"{mismatch.where}: {mismatch.message}")
    yield _one_line(f"asked: {asked}", "  ")
    for row in mismatch.expected:
        yield _one_line(f"expected: {_row(row)}", "  ")
    if mismatch.found:
        for row in mismatch.found[:MOST_SHOWN]:
            yield "  got:      " + _one_line(_row(row))
        if len(mismatch.found) > MOST_SHOWN:
            yield f"  got:      and {len(mismatch.found) - MOST_SHOWN} more (--format json has all)"
    else:
        yield "  got:      no rows"


def _row(row: Mapping[str, Any]) -> str:
    from devo.answers import plain

    return ", ".join(
        f"{name} = {json.dumps(plain(value), ensure_ascii=False)}" for name, value in row.items()
    )
