"""A sum within a file, over all of it: by it a file that a disk damaged is told from one that is whole.

What is kept of runs is JSON and Parquet, and neither would say that a figure in it is no longer what it was.
"""

from __future__ import annotations

import hashlib
import re

_WORD = b"devo-sum:"
_SUM = re.compile(_WORD + rb"[0-9a-f]{64}")
# Stands for the sum while the sum is taken; a text that is written into a file which is then sealed.
UNSEALED = (_WORD + b"0" * 64).decode()


def sealed(content: bytes) -> bytes:
    """A file that has `UNSEALED` in it somewhere, with its sum in that place."""
    return content.replace(UNSEALED.encode(), _WORD + hashlib.sha256(content).hexdigest().encode())


def is_whole(content: bytes) -> bool:
    """Whether a file is as it was when it was sealed."""
    found = _SUM.findall(content)
    # A text that was kept may look like a sum; the file's own stands before all others in JSON, after them in Parquet.
    return any(
        content == sealed(content.replace(one, UNSEALED.encode())) for one in {*found[:1], *found[-1:]}
    )
