"""The files of a sweep that was run and kept: each as it was written, or told as damaged.

Whoever asks a folder of results may have it from somebody else. So nothing is taken on trust: shapes, names
of files, and what is in them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.batch.folder import ASKED
from devo.files.parquet import parquet_trouble
from devo.limits import LARGEST, json_of

if TYPE_CHECKING:
    import polars

DAMAGED = "run it again, with --resume"
# What a manifest names lies in the folder of its sweep.
_FOLDER = re.compile(rf"{ASKED}/[\w-]+")
_PART = re.compile(r"part-\d{6,}\.parquet")


class NotKept(Exception):
    """What cannot be had of a folder of results: what, why, and what there is."""


# What is read of a sweep's manifest and of its summary: by key, or `...` for every key, in each item of a list.
_FILES = [{"file": str, "sha256": str}]
_MANIFEST = {
    "name": str,
    "asked": [
        {
            "question": str,
            "folder": str,
            "terms": dict,
            "columns": [{"name": str, "unit": str}],
            "parts": _FILES,
        }
    ],
    "table": [dict],
    "parameters": dict,
    "parts": _FILES,
    "made_from": dict,
}
_SUMMARY = {
    "figures": {...: {"missing": int, "unit": str}},
    "influence": [
        {
            "figure": str,
            "parameter": str,
            "rank_correlation": object,
            "ordered": bool,
            "alone": object,
            "may_be_chance": bool,
        }
    ],
}


def _has(value: Any, shape: Any) -> bool:
    """Whether what was read from JSON has a shape."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(_has(item, shape[0]) for item in value)
    if not isinstance(shape, dict):
        return isinstance(value, shape)
    if not isinstance(value, dict):
        return False
    if ... in shape:
        return all(_has(item, shape[...]) for item in value.values())
    return all(key in value and _has(value[key], item) for key, item in shape.items())


def number(value: Any) -> int | float | None:
    """A figure of a summary; None for what is none, and for more than can be counted with."""
    return value if isinstance(value, int | float) and abs(value) <= LARGEST else None


def whole(manifest: Mapping[str, Any], home: Path) -> Mapping[str, Any]:
    """A manifest that says all that is read of one. Raises NotKept."""
    sound = _has(manifest, _MANIFEST)
    if not sound or not all(_FOLDER.fullmatch(item["folder"]) for item in manifest["asked"]):
        raise NotKept(f"{home / 'manifest.json'} is damaged, or of another version of devo; {DAMAGED}")
    return manifest


def manifest_of(home: Path) -> dict[str, Any] | None:
    """What stands in a folder's manifest; None where there is none."""
    try:
        found = json_of((home / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def summary_of(home: Path) -> dict[str, Any]:
    """The figures of a sweep over all variants. Raises NotKept."""
    try:
        found: Any = json_of((home / "summary.json").read_bytes())
    except (OSError, ValueError):
        found = None
    if not _has(found, _SUMMARY) or {item["figure"] for item in found["influence"]} - {*found["figures"]}:
        raise NotKept(f"{home / 'summary.json'} cannot be read; {DAMAGED}")
    return dict(found)


def table_of(home: Path, parts: Sequence[Mapping[str, str]]) -> polars.DataFrame:
    """A table from its parts, each as the manifest has it: a file in a folder, and the hash of what is in it.

    Raises NotKept for a part that is gone, is another, or cannot be read.
    """
    import polars as pl

    files = [home / part["file"] for part in parts]
    for file, part in zip(files, parts, strict=True):
        try:
            sound = _PART.fullmatch(part["file"]) and hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError:
            raise NotKept(f"{file} is not there; {DAMAGED}") from None
        if sound != part["sha256"]:
            raise NotKept(f"{file} is damaged, or of another run than its manifest; {DAMAGED}")
    try:
        if trouble := parquet_trouble(*files):
            raise OSError(trouble)
        return pl.read_parquet(files, parallel="none")
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        what = str(error).split("\n")[0]
        raise NotKept(f"{home} cannot be read: {what}; {DAMAGED}") from None
