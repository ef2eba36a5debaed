"""The TOML files below a folder: what links, pipes and closed folders there are among them does not matter."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path


def toml_below(folder: str | os.PathLike[str], without: Collection[str]) -> list[Path]:
    """Every `.toml` below a folder, in order of path, but for what is in folders called as those in `without`.

    What is there and cannot be read is among them, a folder too, so that whoever reads it says so.
    """
    return sorted(_below(os.fspath(folder), without))


def _below(folder: str, without: Collection[str]) -> Iterator[Path]:
    """Links are not followed into folders, where they might lead round in circles."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = list(entries)
        except OSError:
            yield Path(here)
            continue
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in without:
                    waiting.append(entry.path)
            elif entry.name.endswith(".toml") and not os.path.isdir(entry.path) and not _is_leftover(entry):
                yield Path(entry.path)


def _is_leftover(entry: os.DirEntry[str]) -> bool:
    """Editors leave hidden links to nothing beside what they have open."""
    return entry.name.startswith(".") and not os.path.isfile(entry.path)
