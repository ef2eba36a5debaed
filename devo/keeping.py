"""What the explorer remembers between runs: the theme, where the person was, what they looked at lately.

One small JSON file that may be deleted at any time. What cannot be read or written is left alone.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devo.limits import json_of
from devo.writing import write_whole

FORMAT = 1


def state_folder() -> Path:
    """Where drafts and what is remembered are kept: `DEVO_STATE_DIR`, or the user's folder for state."""
    named = os.environ.get("DEVO_STATE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("devo")


def remembered(folder: Path) -> dict[str, Any]:
    """What was remembered; nothing where there is no file, or one that is not ours.

    Of `recent`, what was looked at, only pairs of texts are kept, and `theme` and `place` are texts.
    """
    try:
        kept = json_of((folder / "explorer.json").read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        return {}
    recent = kept.pop("recent", None)
    pairs = recent if isinstance(recent, list) else []
    texts = {key: kept[key] for key in ("theme", "place") if isinstance(kept.get(key), str)}
    rest = {key: item for key, item in kept.items() if key not in ("theme", "place")}
    return {**rest, **texts, "recent": [pair for pair in pairs if _is_pair(pair)]}


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(item, str) for item in value)


def remember(folder: Path, things: Mapping[str, Any]) -> None:
    """Remember these things in place of what was remembered."""
    with contextlib.suppress(OSError):
        kept = json.dumps({"format": FORMAT, **things}, ensure_ascii=False, indent=1)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "explorer.json", kept.encode())
