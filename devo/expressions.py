"""The one small language of the text fields: `a + b - c`, over areas and over classes of bodies."""

from __future__ import annotations

import re
from functools import lru_cache

EVERY = "every:"

_SIGN = re.compile(r"\s+([+-])\s+")


def signed_terms(text: str) -> list[tuple[bool, str]]:
    """Split `a + b - c` into (added, term) pairs, in order; an empty text gives none.

    A hyphen or plus only counts with spaces on both sides, so `metropolitan-district` is one term.
    """
    text = text.strip()
    if len(text.split(None, 1)) < 2:
        return [(True, text)] if text else []
    parts = _SIGN.split(text)
    pairs = [(True, parts[0].strip())]
    pairs.extend((sign == "+", term.strip()) for sign, term in zip(parts[1::2], parts[2::2], strict=True))
    return pairs


def is_class(holder: str) -> bool:
    """Whether a holder is a class of bodies (`every:metropolitan-district`) and not one body."""
    return holder.startswith(EVERY)


@lru_cache(maxsize=4096)
def class_terms(holder: str) -> str:
    """The class expression inside a holder: `every:a - b` gives `a - b`."""
    return holder[len(EVERY) :].strip()
