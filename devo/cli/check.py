"""`check`: faults in scenario and deal files, then what the checks find in the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from devo import words
from devo.cli.faults import FILE
from devo.cli.options import Common, asking
from devo.formats import Grid, Page, Records

if TYPE_CHECKING:
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
    from devo.cli.output import show
    from devo.cli.pages import verdict

    if paths:
        found = check_files(paths, common)
    else:
        from devo import front

        found = Checked(findings=front.check(common.world()))
    if sarif is not None:
        from devo.batch.sarif import sarif as report
        from devo.cli.run import write_report

        write_report(sarif, report(found.faults, found.findings))
    show(_page(found.files, found.faults, found.findings, common), common)
    return FILE if found.faults else verdict(found.findings)


def _page(
    files: tuple[str, ...], faults: tuple[Fault, ...], findings: tuple[Finding, ...], common: Common
) -> Page:
    from devo.answers import plain
    from devo.files.faults import render

    order = ("error", "warning", "note")
    findings = tuple(sorted(findings, key=lambda f: order.index(f.severity)))
    cells = tuple((f.severity, _message(f)) for f in findings)
    records = [
        {"kind": "fault", "severity": "error", "code": "", "where": f"{f.path}:{f.line}", **_said(f)}
        for f in faults
    ]
    records += [
        {"kind": "finding", "severity": f.severity, "code": f.code, "where": f.where, **_said(f)}
        for f in findings
    ]
    return Page(
        paragraphs=tuple(filter(None, (common.which_world,))),
        lines=tuple(render(fault) for fault in faults),
        grids=(Grid(("Severity", "Finding"), cells),) if cells else (),
        notes=(_summary(files, faults, findings),),
        envelope={
            "schema": "devo.check/1",
            "files": list(files),
            "faults": plain(faults),
            "findings": plain(findings),
        },
        records=Records(
            ("kind", "severity", "code", "where", "message", "why", "suggestion"), tuple(records)
        ),
    )


def _message(finding: Finding) -> str:
    where = f"{finding.where}: " if finding.where else ""
    more = f" ({finding.suggestion})" if finding.suggestion else ""
    return f"{where}{finding.message}{more}"


def _said(item: Fault | Finding) -> dict[str, str]:
    whole = asdict(item)
    return {name: str(whole.get(name, "")) for name in ("message", "why", "suggestion")}


def _summary(files: Iterable[str], faults: Iterable[Fault], findings: Iterable[Finding]) -> str:
    listed = list(findings)
    parts = [words.count(len(list(faults)), "fault")]
    for severity in ("error", "warning", "note"):
        parts.append(words.count(sum(f.severity == severity for f in listed), severity))
    looked = list(files)
    where = f" in {words.count(len(looked), 'file')}" if looked else ""
    return f"{', '.join(parts)}{where}."
