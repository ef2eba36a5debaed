"""`merge`: the results of several shards put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from devo.cli.options import Common, drawing
from devo.cli.run import batch_of, finish
from devo.cli.running import options_of, running


@click.command
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path))
@running
@drawing
def merge(common: Common, folders: tuple[Path, ...], **how: Any) -> int:
    """Put the results of `devo run --shard` together in the folder that --results names.

    The scenarios have to be where they were. What a shard has finished is not run again; what none has
    is run now. The results are the same bytes as those of one run of everything.
    """
    from devo.batch.merging import NotMerged, gathered

    if how["results"] is None:
        raise click.UsageError("name the folder to put the results in: --results DIR")
    if how["shard"] != (1, 1):
        raise click.UsageError("shards are put together whole; leave --shard out")
    try:
        paths = gathered(folders, how["results"], again=how["resume"])
    except NotMerged as fault:
        raise click.UsageError(str(fault)) from None
    how["resume"] = True
    return finish(batch_of(paths, options_of(common, how)), common, how)
