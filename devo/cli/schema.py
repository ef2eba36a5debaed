"""`schema`: JSON Schema of the files that people write, and of what devo answers."""

from __future__ import annotations

import click

from devo.cli.options import Common, drawing
from devo.formats import Page

NAMES = ("scenario", "deal", "answer", "outcome")


@click.command
@click.argument("name", type=click.Choice(NAMES))
@drawing
def schema(common: Common, name: str) -> int:
    """Print the JSON Schema of a scenario or deal file, or of an answer or outcome.

    Those of files list the verbs, questions and records of the plugins that are on. They are JSON
    whatever the format.
    """
    from dataclasses import replace

    from devo.cli.output import show

    if common.format not in (None, "json"):
        raise click.UsageError(f"a schema is JSON; it cannot be shown as {common.format}")
    show(Page(envelope=_schema(name, common)), replace(common, format="json"))
    return 0


def _schema(name: str, common: Common) -> dict[str, object]:
    if name in ("answer", "outcome"):
        from devo.formats.schemas import ANSWER, OUTCOME

        return ANSWER if name == "answer" else OUTCOME
    from devo.files.schemas import schema as of_files
    from devo.toolbox import toolbox

    return of_files(name, toolbox(common.plugins))
