"""A TOML file as data, with the line of every key and everything that is wrong with it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from devo.files.positions import Keys, Positions
from devo.files.reading import TOML_LIMIT, Unreadable, read_text
from devo.limits import long_key, trimmed
from devo.values import Fault

MOST_LEFT_OUT = 20


class Document:
    """A TOML file: its data, and the faults of its syntax.

    Where the syntax is broken, `data` has what can be read of it, so that what else is wrong is
    found in the same run.
    """

    def __init__(self, path: str, text: str):
        self.path = path
        self.text = text
        self.faults: list[Fault] = []
        self.data: dict[str, Any] = self._parsed()

    @cached_property
    def positions(self) -> Positions:
        """The lines of keys; worked out only when somebody asks."""
        return Positions(self.text)

    def line(self, keys: Sequence[str | int]) -> int:
        """The line of a key, or of the nearest thing around it that is written down."""
        return self.positions.line(keys)

    def fault(self, keys: Sequence[str | int], message: str, why: str = "", suggestion: str = "") -> Fault:
        """A fault at the line of a key."""
        return Fault(self.path, self.line(keys), message, why, suggestion)

    def is_broken(self, keys: Sequence[str | int]) -> bool:
        """Whether a key is there, in a line that cannot be read."""
        return bool(self.faults) and tuple(keys) in self._broken

    @property
    def _broken(self) -> Collection[Keys]:
        return self.positions.broken

    def blocks(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The blocks under the [[name]] headings, with their numbers; what is no block is passed over."""
        given = self.data.get(name)
        listed = enumerate(given if isinstance(given, list) else ())
        return [(number, block) for number, block in listed if isinstance(block, dict)]

    def headings(self, name: str) -> list[int]:
        """The lines of the [[name]] headings, in order."""
        given = self.data.get(name)
        count = len(given) if isinstance(given, list) else 0
        if not self.faults and "'''" not in self.text and '"""' not in self.text:
            # Without texts over several lines, such a line can be nothing but a heading.
            heading = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]\s*(#.*)?$")
            lines = [n for n, line in enumerate(self.text.split("\n"), 1) if heading.match(line)]
            if len(lines) == count:
                return lines
        return [self.line((name, number)) for number in range(count)]

    def _parsed(self) -> dict[str, Any]:
        data: dict[str, Any] | None = None
        try:
            data = tomllib.loads(self.text)
        except (ValueError, RecursionError):
            data = self._what_can_be_read()
        for keys, message in trimmed(data):
            self.faults.append(self.fault(keys, f"`{_named(keys)}`: {message}"))
        return data

    def _what_can_be_read(self) -> dict[str, Any]:
        data = None
        for _ in range(MOST_LEFT_OUT):
            try:
                data = tomllib.loads(self.positions.sound)
                break
            except (ValueError, RecursionError):
                if not self.positions.leave_out("this does not go with what stands above it"):
                    break
        for trouble in self.positions.troubles:
            self.faults.append(Fault(self.path, trouble.line, trouble.message, suggestion=trouble.suggestion))
        if data is None and not self.faults:
            self.faults.append(Fault(self.path, 1, "the file cannot be read as TOML"))
        return data or {}


def read_document(path: str | os.PathLike[str], limit: int = TOML_LIMIT) -> Document:
    """A TOML file as data. Raises Unreadable for a file that is not one in UTF-8, or is too much to read."""
    text = read_text(path, limit)
    if line := long_key(text):
        message = "a key has too many parts, with a dot between each"
        raise Unreadable([Fault(os.fspath(path), line, message, "so nothing of the file was read")])
    return Document(os.fspath(path), text)


def _named(keys: Sequence[str | int]) -> str:
    """The last key that has a name, cut to what a message has room for."""
    return next((key for key in reversed(keys) if isinstance(key, str)), "")[:60]
