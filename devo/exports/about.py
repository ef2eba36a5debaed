"""What an export says of itself: which world, on which day, made with which versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devo import __version__
from devo.toolbox import toolbox
from devo.world import World
from devo.writing import MARK

SCHEMA = "devo.export/1"


def about(world: World) -> dict[str, Any]:
    """The world and versions, as plain values."""
    return {
        "schema": SCHEMA,
        "baseline": world.baseline,
        "deals": list(world.deal_codes),
        "fingerprint": world.fingerprint,
        "on": world.today.isoformat(),
        "known": world.as_known.isoformat() if world.as_known else None,
        "devo": __version__,
        "plugins": {
            name: version for name, version in toolbox(world.plugins).plugins.items() if name != "core"
        },
    }


def mark(world: World, folder: Path, more: Mapping[str, Any]) -> None:
    """Write the file that says what a folder is, and that devo wrote it."""
    said = {**about(world), **more}
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / MARK).write_bytes(text.encode("utf-8"))


def in_a_line(world: World) -> str:
    """The world, its day and fingerprint, for formats that have only comments."""
    known = f", by the law made by {world.as_known.isoformat()}" if world.as_known else ""
    return f"devo {__version__}: {world.baseline} on {world.today.isoformat()}{known}, {world.fingerprint}"
