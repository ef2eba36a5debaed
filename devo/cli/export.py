"""`export`: the world as files for other programs, and as pages."""

from __future__ import annotations

from pathlib import Path

import click

from devo.cli.options import Common, writing


@click.command
@writing
@click.option("--force", is_flag=True, help="Replace a folder that an earlier export wrote.")
def export(common: Common, force: bool) -> int:
    """Write the world on its day to FILE, as the ending of its name has it.

    .graphml and .gexf are graphs, .jsonld is linked data in the W3C Organization Ontology, .dot and .mmd
    are drawings; .parquet/ and .csv/ are folders of tables, site/ is a folder of pages.
    """
    from devo.cli.output import tell
    from devo.exports import ENDINGS, form_of
    from devo.exports import export as write
    from devo.writing import check_replaceable

    name = common.output or ""
    form = form_of(name)
    if form is None:
        raise click.UsageError(f"{name!r} has no ending of an export; there are: {', '.join(ENDINGS)}")
    if common.confidence != "unsure":
        raise click.UsageError("an export has everything, marked with how sure it is; leave --confidence out")
    target = Path(name)
    if form.folder:  # said before what takes long
        check_replaceable(target, force=force)
    write(common.world(), target, form, force=force)
    tell(f"Written: {target}")
    return 0
