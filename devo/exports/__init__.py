"""Exports: the world as files for other programs, and as pages for people whose computer runs nothing.

The ending of the name says which: graphs, linked data, drawings, folders of tables, a folder of pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from devo.world import World
from devo.writing import whole_folder, write_whole

__all__ = ["ENDINGS", "Form", "export", "form_of"]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of export: the module that makes it, and whether it is a folder."""

    module: str
    folder: bool = False


# The endings of names. A module of a file has `content(world) -> bytes`, of a folder `fill(world, folder)`.
ENDINGS: Mapping[str, Form] = {
    ".graphml": Form("graphml"),
    ".gexf": Form("gexf"),
    ".jsonld": Form("jsonld"),
    ".dot": Form("dot"),
    ".mmd": Form("mmd"),
    ".parquet/": Form("parquet", folder=True),
    ".csv/": Form("csv", folder=True),
    "site/": Form("site", folder=True),
}


def form_of(name: str) -> Form | None:
    """The form that a name asks for by its ending; None for one that is none of ENDINGS.

    A folder may be named with or without a stroke at its end; any other folder is for pages.
    """
    bare = name.rstrip("/\\")
    if not bare:
        return None
    found = ENDINGS.get(Path(bare).suffix.lower()) or ENDINGS.get(f"{Path(bare).suffix.lower()}/")
    if found is not None:
        return found if found.folder or bare == name else None
    is_folder = bare != name or Path(bare).name == "site" or Path(bare).is_dir()
    return ENDINGS["site/"] if is_folder and not Path(bare).suffix else None


def export(world: World, path: Path, form: Form, *, force: bool = False) -> None:
    """Write a world on its day as a file or folder, whole or not at all. Raises writing.NotWritten."""
    module: Any = import_module(f"devo.exports.{form.module}")
    if not form.folder:
        write_whole(path, module.content(world))
        return
    with whole_folder(path, force=force) as folder:
        module.fill(world, folder)
