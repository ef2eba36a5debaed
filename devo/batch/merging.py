"""Results of several folders brought into one, which a run then goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from devo.batch.folder import ASKED, Folder, Lock, write_whole
from devo.limits import json_of


class NotMerged(Exception):
    """Folders that cannot be put together: which, and why."""


def gathered(folders: Sequence[Path], target: Path, *, again: bool = False) -> list[Path]:
    """Bring the results of some folders into another; the paths that their runs were given.

    Raises NotMerged for a folder that is no folder of results, for runs of different paths or versions,
    and for two that have different results of the same.
    """
    manifests = [_manifest(folder) for folder in folders]
    for folder, manifest in zip(folders[1:], manifests[1:], strict=True):
        for part in ("paths", "versions"):
            if manifest[part] != manifests[0][part]:
                raise NotMerged(f"{folder} and {folders[0]} are of different {part}; run both the same way")
    with Lock(target):
        if Folder(target, sure=True).is_used() and not again:
            raise NotMerged(f"{target} has results already; --resume adds to them, or name another folder")
        for folder in folders:
            # A part comes after the rows that were asked with it, so that where it is, they are.
            for pattern in (
                "outcomes/*.json",
                f"sweeps/*/{ASKED}/*/part-*.parquet",
                "sweeps/*/part-*.parquet",
            ):
                for file in sorted(folder.glob(pattern)):
                    _bring(file, target / file.relative_to(folder))
    return [Path(path) for path in manifests[0]["paths"]]


def _bring(file: Path, there: Path) -> None:
    content = file.read_bytes()
    if there.exists():
        if there.read_bytes() != content:
            raise NotMerged(f"{file} and {there} are different results of the same; run one of them again")
        return
    write_whole(there, content)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: Any = json_of((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        raise NotMerged(f"{folder} has no results of a finished run: it has no manifest.json") from None
    if not isinstance(found, dict) or found.get("schema") != "devo.results/1":
        raise NotMerged(f"{folder} is not a folder of results")
    paths = found.get("paths")
    texts = isinstance(paths, list) and all(isinstance(path, str) for path in paths)
    if not texts or "versions" not in found:
        raise NotMerged(f"{folder} has a manifest.json that is damaged; run it again")
    return dict(found)
