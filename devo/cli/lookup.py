"""`lookup import`: published lookups, as they are, into a folder of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from devo import words
from devo.cli.faults import say
from devo.cli.options import Common, drawing


@click.group
def lookup() -> None:
    """Lookups: which small place lies in which areas."""


@lookup.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--measure",
    "measures",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Figures of the finest layer, to weigh by; repeat.",
)
@click.option("--residents", default="", metavar="COLUMN", help="The column that counts people.")
@click.option(
    "--share", default="", metavar="COLUMN", help="The column of shares, where places lie in several areas."
)
@click.option(
    "--count", "counts", multiple=True, metavar="COLUMN", help="Take this column of numbers too; repeat."
)
@click.option(
    "--fit", type=click.Choice(("exact", "best")), default="exact", help="What the publisher calls its fit."
)
@click.option("--source", default="", metavar="TEXT", help="Who published it, under which licence.")
@click.option("--crs", default="", metavar="EPSG", help="The coordinates of shapes that do not say theirs.")
@click.option(
    "--baseline", metavar="NAME", help="Check against the layers of this baseline.  [default: england]"
)
@click.option("--force", is_flag=True, help="Replace a lookup that is in the folder already.")
@click.option("--dry-run", is_flag=True, help="Say what the files were understood as, and write nothing.")
@drawing
def import_(
    common: Common,
    files: tuple[Path, ...],
    measures: tuple[Path, ...],
    residents: str,
    share: str,
    counts: tuple[str, ...],
    fit: Literal["exact", "best"],
    source: str,
    crs: str,
    force: bool,
    dry_run: bool,
) -> int:
    """Read lookup FILEs as they are published: CSV or Parquet, columns such as LAD24CD and LAD24NM.

    The first file has the finest layer; others are joined to it by a column of codes. It says what it
    understood, and writes a folder of tables (`--output`) that a scenario names: tables = ["./folder"].
    """
    from dataclasses import replace

    from devo import front
    from devo.cli.output import show
    from devo.files.lookups import read_lookup, write_lookup
    from devo.files.weights import Wanted
    from devo.formats import Page, Records

    if common.output is None and not dry_run:
        raise click.UsageError("say where the tables go: --output FOLDER (or --dry-run)")
    world = front.baseline(common.baseline or "england", common.plugins)
    found = read_lookup(files, world, Wanted(residents, share, counts, measures, fit, source, crs))
    say(*found.said)
    written = (
        [] if dry_run or common.output is None else write_lookup(found, Path(common.output), force=force)
    )
    rows = tuple({"file": str(path)} for path in written)
    page = Page(
        title=f"Lookup {found.id}",
        paragraphs=(
            f"{words.count(found.blocks.height, 'block')}; layers {', '.join(found.layers)}; "
            f"measures {', '.join(found.measures)}.",
        ),
        lines=tuple(str(path) for path in written),
        envelope={
            "schema": "devo.lookup/1",
            "lookup": found.id,
            "layers": list(found.layers),
            "measures": list(found.measures),
            "rows": found.blocks.height,
            "said": list(found.said),
            "written": [str(path) for path in written],
        },
        records=Records(("file",), rows),
    )
    show(page, replace(common, output=None))
    return 0
