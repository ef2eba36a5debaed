"""`run`: scenarios and sweeps, and the verdict on each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from devo import words
from devo.cli.faults import FILE
from devo.cli.options import Common, drawing
from devo.formats import Page, Records

if TYPE_CHECKING:
    from devo.batch.results import Result
    from devo.batch.running import Batch, Options
    from devo.run import Mismatch

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_SHOWN = 10
# Beyond so many scenarios only those that did not pass have a line, and beyond so many lines none has.
MOST_LISTED, MOST_LINES = 200, 500


class Shard(click.ParamType[tuple[int, int]]):
    """A part of the scenarios, as 2/5."""

    name = "shard"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Which part of how many; fails where there is no such part."""
        if isinstance(value, tuple):
            return value
        number, slash, count = value.partition("/")
        if not slash or not number.isdecimal() or not count.isdecimal() or not 1 <= int(number) <= int(count):
            self.fail(f"{value!r} is not a part; write 2/5 for the second of five", param, ctx)
        return int(number), int(count)


class Seconds(click.ParamType[float]):
    """A time in seconds, more than none."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds from a text."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = -1.0
        if not 0 <= seconds < 10_000_000:
            self.fail(f"{value!r} is not a time in seconds", param, ctx)
        return seconds


def running(command: Command) -> Command:
    """The options that say how to run, in this process or in many."""
    wrapped: Any = command
    for option in reversed(_RUNNING):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


_FOLDER: Any = click.Path(path_type=Path, file_okay=False)
_FILE: Any = click.Path(path_type=Path, dir_okay=False)
_RUNNING = (
    click.option(
        "--jobs", type=click.IntRange(1), metavar="N", help="Processes to use; as many as pays if left out."
    ),
    click.option("--executor", metavar="NAME", default="", help="dask, or dask://HOST:PORT for a cluster."),
    click.option("--timeout", type=Seconds(), default=0.0, metavar="SECONDS", help="Time for each scenario."),
    click.option("--fail-fast", is_flag=True, help="Begin nothing new after the first that fails."),
    click.option("--shard", type=Shard(), default=(1, 1), metavar="I/N", help="Run the I-th of N parts."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="The most variants of a sweep to run."),
    click.option("--results", type=_FOLDER, metavar="DIR", help="Keep the results in a folder."),
    click.option("--resume", is_flag=True, help="Go on with the run that DIR has results of."),
    click.option("--cache/--no-cache", default=None, help="Reuse what nothing has changed of, or run all."),
    click.option("--why-rerun", is_flag=True, help="Say of each scenario that was run why it was."),
    click.option("--junit", type=_FILE, metavar="FILE", help="Write a JUnit report."),
)


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@running
@click.option(
    "--golden", type=_FOLDER, metavar="DIR", help="Hold all answers against those kept in a folder."
)
@click.option(
    "--update", is_flag=True, help="Write expectations and golden answers anew; the difference first."
)
@click.option("--yes", is_flag=True, help="With --update, do not ask.")
@drawing
def run(common: Common, paths: tuple[Path, ...], **how: Any) -> int:
    """Run scenario files and sweeps, and those in folders; the exit code is the verdict.

    0 if every expectation was met, 1 if one was not, 3 if a file has faults. Scenarios of which nothing
    has changed since they were last run are not run again. What an interrupted run with --results had
    finished is kept, and --resume goes on with it.
    """
    if how["resume"] and how["results"] is None:
        raise click.UsageError("--resume goes on with the results in a folder: name it with --results DIR")
    if how["yes"] and not how["update"]:
        raise click.UsageError("--yes answers what --update asks; without it nothing is asked")
    batch = batch_of(paths, options_of(common, how))
    if not batch.results and not batch.left and how["shard"] == (1, 1):
        raise click.UsageError(
            f"there is no scenario in {', '.join(map(str, paths))}; scenarios are .toml files"
        )
    return finish(batch, common, how)


def options_of(common: Common, how: Mapping[str, Any]) -> Options:
    """How to run, as the options say."""
    from devo.batch.running import MOST_VARIANTS, Options

    return Options(
        common.plugins,
        jobs=how["jobs"] or 0,
        executor=how["executor"],
        timeout=how["timeout"],
        fail_fast=how["fail_fast"],
        shard=how["shard"],
        limit=how["limit"] or MOST_VARIANTS,
        results=how["results"],
        resume=how["resume"],
        cache=how["cache"],
    )


def batch_of(paths: Iterable[Path], options: Options) -> Batch:
    """Run scenarios, and say how far it is. Wrong usage where a folder or a cluster cannot be had."""
    from devo.batch.executors import NoExecutor
    from devo.batch.folder import InUse
    from devo.batch.running import run_batch
    from devo.cli.progress import progress

    try:
        with progress() as told:
            return run_batch(paths, options, told)
    except (InUse, NoExecutor, FileExistsError) as fault:
        raise click.UsageError(str(fault)) from None
    except OSError as fault:
        what = fault.strerror or str(fault)
        raise click.UsageError(
            f"the results could not be kept: {what} ({fault.filename or 'a file'})"
        ) from None


def finish(batch: Batch, common: Common, how: Mapping[str, Any]) -> int:
    """Show a run, write what was asked for, and give the exit code."""
    from devo.batch import github
    from devo.batch.junit import junit
    from devo.run import SCHEMA

    results: Sequence[Result] = batch.results
    if how.get("golden") is not None or how.get("update"):
        results = _updated(results, how, common)
    if how.get("junit") is not None:
        write_report(how["junit"], junit(results))
    page = Page(
        lines=tuple(_cut(_all_lines(results, batch, how))),
        notes=tuple(filter(None, (_summary(results, batch), _kept(batch)))),
        envelope={"schema": SCHEMA, "scenarios": [result.as_json() for result in results]},
        records=_records(results),
    )
    _show(page, common, results, github.in_actions())
    if any(result.faults for result in results):
        return FILE
    return int(not all(result.passed for result in results) or bool(batch.left))


def _show(page: Page, common: Common, results: Sequence[Result], in_actions: bool) -> None:
    from devo.batch import github
    from devo.cli.output import show

    if not in_actions:
        show(page, common)
        return
    # What programs read stays as it is, so commands go to where a person would read them.
    aside = common.output is None and common.format in ("json", "csv", "md")
    off, on = github.quiet()
    click.echo(off, err=aside)
    show(page, common)
    click.echo(on, err=aside)
    for line in github.commands(results):
        click.echo(line, err=aside)
    github.add_summary(results)


def _updated(results: Sequence[Result], how: Mapping[str, Any], common: Common) -> Sequence[Result]:
    """Results held against golden answers; with --update, what is not as expected is written anew."""
    from devo.batch import golden
    from devo.batch.updating import updates

    folder = how["golden"]
    found = golden.changes(results, folder) if folder is not None else {}
    if not how["update"]:
        return golden.held_against(results, found)
    changed, left = updates(results)
    changed = [*changed, *found.values()]
    for change in changed:
        for line in change.lines:
            _aside(line)
    for line in left:
        _aside(line)
    if not changed:
        _aside("There is nothing to write anew.")
        return results
    if how["yes"] or _agreed(len(changed)):
        golden.write(changed)
        _aside(f"{words.count(len(changed), 'file')} written anew; what follows is what was found before.")
        return results
    _aside("Nothing was written.")
    return golden.held_against(results, found)


def _agreed(files: int) -> bool:
    import sys

    if not sys.stdin.isatty():
        _aside("Nobody can be asked here: --yes writes them.")
        return False
    return click.confirm(f"Write {words.count(files, 'file')} anew?", err=True)


def _aside(line: str) -> None:
    from devo.formats.page import printable

    click.echo(printable(line, lines=True), err=True)


def write_report(path: Path, text: str) -> None:
    """Write a report, whole. Wrong usage where that cannot be done."""
    from devo.batch.folder import write_whole

    try:
        write_whole(path, text.encode())
    except OSError as error:
        why = error.strerror or str(error)
        raise click.UsageError(
            f"nothing could be written to {str(path)!r}: {why}; name another file"
        ) from None


# --- in words -----------------------------------------------------------------------------------------


def _all_lines(results: Sequence[Result], batch: Batch, how: Mapping[str, Any]) -> Iterator[str]:
    brief = len(results) > MOST_LISTED
    for result in results:
        if not brief or not result.passed or result.sweep:
            yield from _lines(result)
        if how.get("why_rerun"):
            yield f"  {_rerun(batch, result)}"


def _rerun(batch: Batch, result: Result) -> str:
    why = batch.reruns.get(result.path)
    return f"run: {why}" if why else "not run again: nothing that it follows from has changed"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    yield from listed[:MOST_LINES]
    if len(listed) > MOST_LINES:
        yield f"and {len(listed) - MOST_LINES:,} more lines (--format json has all)"


def _lines(result: Result) -> Iterator[str]:
    """One line for a scenario, and below it what stands against it, and what its sweep came to."""
    from devo.files.faults import render

    met = len(result.mismatches)
    variants = result.sweep.get("variants", 0)
    said = [words.count(variants, "variant") if variants else words.count(len(result.answers), "answer")]
    said += [words.count(met, "expectation") + " unmet"] if met else []
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


def _summary(results: Sequence[Result], batch: Batch) -> str:
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


def _kept(batch: Batch) -> str:
    return f"The results are in {batch.folder}." if batch.folder is not None else ""


def _records(results: Iterable[Result]) -> Records:
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
