"""`report`: a scenario or a deal as a page, a workbook, Markdown, a document or rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from devo.cli.options import Common, writing

if TYPE_CHECKING:
    from devo.reports import Report


@click.command
@click.argument("path", metavar="PATH")
@click.option(
    "--persona", default="", metavar="ID", help="Add what this persona meets in the places concerned."
)
@writing
def report(common: Common, path: str, persona: str) -> int:
    """Write a report of PATH: a scenario file, a deal file, or the name of a deal that the baseline ships.

    The ending of FILE says how: .html is one page that needs nothing else, .xlsx a workbook, .docx a
    document (with `pip install devo[docx]`), .md for a pull request, .csv the rows alone.
    """
    from devo.cli.output import tell
    from devo.reports import ENDINGS, write
    from devo.reports.persons import NoPersona

    target = Path(common.output or "")
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        said = f"{ending} is not an ending" if ending else f"{str(target)!r} has no ending"
        raise click.UsageError(f"{said} of a report; there are: {', '.join(ENDINGS)}")
    if ending == ".docx":
        _needs_docx()
    try:
        made = _made(common, path, persona)
    except NoPersona as fault:
        raise click.UsageError(f"{fault} (`devo ask personas` lists them)") from None
    write(made, target)
    tell(f"Written: {target}")
    return int(made.failed)


def _made(common: Common, path: str, persona: str) -> Report:
    from devo import front
    from devo.reports.deals import of_deals
    from devo.reports.scenarios import of_scenario

    if path.endswith(".toml") and front.is_scenario(Path(path)):
        if common.of_a_world:
            raise click.UsageError(
                f"{path} is a scenario, which names its own world; leave {common.of_a_world} out"
            )
        return of_scenario(Path(path), common.plugins, common.keeps, persona=persona)
    world = common.opened()
    return of_deals(world, [path], on=common.on, known=common.known, keeps=common.keeps, persona=persona)


def _needs_docx() -> None:
    from importlib.util import find_spec

    if find_spec("docx") is None:
        raise click.UsageError(
            "documents are written with python-docx, which is not installed; `pip install devo[docx]` adds it"
        )
