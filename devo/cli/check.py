"""`check`: faults in scenario and deal files, then what the checks find in the model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from devo import words
from devo.cli.faults import FILE
from devo.cli.options import Common, asking
from devo.formats import Grid, Page, Records

if TYPE_CHECKING:
    from devo.cli.checked import Checked
    from devo.values import Fault, Finding


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--sarif",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a SARIF report, which code hosts show at the lines.",
)
@asking
def check(common: Common, paths: tuple[Path, ...], sarif: Path | None) -> int:
    """Find faults in scenario and deal files and folders, and in the model that they make.

    Without PATH: what the checks find in the world on the day. Exit code 3 for a fault in a file, 1
    for a finding of severity error.
    """
    from devo.cli.checked import Checked, check_files
    from devo.cli.output import show, write_report
    from devo.cli.pages import verdict

    if paths:
        found = check_files(paths, common)
    else:
        from devo import front

        found = Checked(findings=front.check(common.world()))
    show(_page(found, common), common)
    if sarif is not None:
        from devo.batch.sarif import sarif as report

        write_report(sarif, report(found.faults, found.findings))
    return FILE if found.faults else verdict(found.findings)


def _page(found: Checked, common: Common) -> Page:
    from devo.answers import plain
    from devo.files.faults import render

    findings = words.gravest_first(found.findings)
    cells = tuple((finding.severity, words.finding(finding)) for finding in findings)
    looked = f" in {words.count(len(found.files), 'file')}" if found.files else ""
    counted = f"{words.count(len(found.faults), 'fault')}, {words.severities(findings)}{looked}."
    rows = (*map(_fault_row, found.faults), *map(_finding_row, findings))
    return Page(
        paragraphs=tuple(filter(None, (common.which_world,))),
        lines=tuple(render(fault) for fault in found.faults),
        grids=(Grid(("Severity", "Finding"), cells),) if cells else (),
        notes=(counted,),
        envelope={
            "schema": "devo.check/1",
            "files": list(found.files),
            "faults": plain(found.faults),
            "findings": plain(findings),
        },
        records=Records(_COLUMNS, rows),
    )


_COLUMNS = ("kind", "severity", "code", "where", "message", "why", "suggestion")


def _fault_row(fault: Fault) -> dict[str, str]:
    where = f"{fault.path}:{fault.line}" if fault.line else fault.path
    said = ("fault", "error", "", where, fault.message, fault.why, fault.suggestion)
    return dict(zip(_COLUMNS, said, strict=True))


def _finding_row(finding: Finding) -> dict[str, str]:
    said = (
        "finding",
        finding.severity,
        finding.code,
        finding.where,
        finding.message,
        "",
        finding.suggestion,
    )
    return dict(zip(_COLUMNS, said, strict=True))
