"""JSON: the envelope in the order of its keys, in UTF-8; the same bytes each time."""

from __future__ import annotations

import json
import re

from devo.formats.page import Page, Terminal

# JSON lets these through, but a terminal takes some for commands, and lone surrogates are no UTF-8.
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def draw(page: Page, terminal: Terminal) -> str:
    """The page's envelope."""
    text = json.dumps(page.envelope, indent=2, ensure_ascii=False, allow_nan=False)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
