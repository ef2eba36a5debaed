"""JSON: the envelope in the order of its keys, in UTF-8; the same bytes each time."""

from __future__ import annotations

import json
from typing import Any

from devo.formats.page import COMMANDS, Page, Terminal


def draw(page: Page, terminal: Terminal) -> str:
    """The page's envelope."""
    return json_text(page.envelope, indent=2) + "\n"


def json_text(value: Any, indent: int) -> str:
    """A value as JSON in which nothing steers what shows it: JSON itself lets half of that through."""
    text = json.dumps(value, indent=indent, ensure_ascii=False, allow_nan=False)
    return COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
