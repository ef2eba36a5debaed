"""`run`: scenarios and sweeps, and the verdict on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from devo import words
from devo.cli.faults import FILE, say
from devo.cli.options import Common, drawing
from devo.cli.running import FOLDER, options_of, running
from devo.formats import Page

if TYPE_CHECKING:
    from devo.batch.results import Result
    from devo.batch.running import Batch, Options


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@running
@click.option("--golden", type=FOLDER, metavar="DIR", help="Hold all answers against those kept in a folder.")
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
    from devo.cli import verdicts
    from devo.cli.output import write_report
    from devo.run import SCHEMA

    results: Sequence[Result] = batch.results
    if how.get("golden") is not None or how.get("update"):
        results = _updated(results, how, common)
    page = Page(
        lines=verdicts.lines(results, batch, why_rerun=how["why_rerun"]),
        notes=tuple(filter(None, (verdicts.summary(results, batch), verdicts.where_kept(batch)))),
        envelope={"schema": SCHEMA, "scenarios": [result.as_json() for result in results]},
        records=verdicts.records(results),
    )
    _show(page, common, results, github.in_actions())
    if how.get("junit") is not None:
        write_report(how["junit"], junit(results))
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
            say(line)
    for line in left:
        say(line)
    if not changed:
        say("There is nothing to write anew.")
        return results
    if how["yes"] or _agreed(len(changed)):
        golden.write(changed)
        say(f"{words.count(len(changed), 'file')} written anew; what follows is what was found before.")
        return results
    say("Nothing was written.")
    return golden.held_against(results, found)


def _agreed(files: int) -> bool:
    import sys

    if sys.stdin is None or not sys.stdin.isatty():
        say("Nobody can be asked here: --yes writes them.")
        return False
    return click.confirm(f"Write {words.count(files, 'file')} anew?", err=True)
