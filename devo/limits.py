"""What of a file is too much: keys and brackets too deep, whole numbers too large. TOML and JSON within that.

Both readers of Python's own call themselves for every bracket, and one of them takes ever longer for
a key of many parts; a file of a few letters could so stop or fell whoever reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

DEEPEST = 32
LARGEST = 2**63 - 1
# More than live in any country; sums of a million such places can still be counted exactly.
MOST_PEOPLE = 2_000_000_000
_PARTS = 32

_WORD = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(rf"(?:^[ \t]*\[{{0,2}}|[{{,])[ \t]*{_WORD}(?:[ \t]*\.[ \t]*{_WORD}){{{_PARTS}}}", re.M)

Keys = tuple[str | int, ...]


def long_key(text: str) -> int:
    """The line of the first key of a TOML text that has too many parts (`a.b.c` has three); 0 for none."""
    found = _LONG_KEY.search(text)
    return text.count("\n", 0, found.end()) + 1 if found else 0


def toml(text: str) -> dict[str, Any]:
    """A TOML text as data. Raises ValueError for what is no TOML, or too much."""
    import tomllib

    if line := long_key(text):
        raise ValueError(f"the key on line {line} has more than {_PARTS} parts")
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    for keys, message in trimmed(data):
        raise ValueError(f"`{'.'.join(map(str, keys))[:60]}`: {message}")
    return data


def json_of(content: str | bytes) -> Any:
    """JSON as data. Raises ValueError for what is no JSON, or nested too deeply."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def trimmed(data: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Take out of a file's data what is too much: where each such thing stood, and what is wrong with it."""
    waiting: list[tuple[Keys, Any]] = [((), data)]
    while waiting:
        path, holder = waiting.pop()
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            if isinstance(value, dict | list):
                if len(path) + 1 < DEEPEST:
                    waiting.append(((*path, key), value))
                elif value:
                    value.clear()
                    yield (*path, key), "it is nested too deeply"
            elif isinstance(value, int) and abs(value) > LARGEST:
                holder[key] = 0
                yield (*path, key), f"a whole number larger than {LARGEST:,} cannot be counted with"
