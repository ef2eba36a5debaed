"""Where each key of a TOML text stands, and everything that is wrong with the text.

`tomllib` says neither. So a text is read again, statement by statement: a chunk grows line by
line until `tomllib` accepts it alone, and the keys in it stand on its first line. Nothing else
knows a heading from brackets in a text over several lines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from devo.files.syntax import Trouble, looks_like_statement, mended_heading, said_twice, trouble_in

LONGEST_STATEMENT = 300
MOST_TROUBLES = 100
# Letters read again and again while looking for what is wrong: about half a minute's work.
MOST_READ = 30_000_000

Keys = tuple[str | int, ...]

OMITTED: Keys = ("", -1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One `key = value`, or one heading, with its first line (from 1) and how many lines it takes."""

    line: int
    lines: int
    data: dict[str, Any] | None
    heading: bool


class Positions:
    """The lines of a TOML text's keys and headings, and its syntax troubles.

    `lines` has a line for every key, `troubles` what cannot be read, `broken` the keys that stand
    in what cannot be read, and `sound` the text with all of that left blank.
    """

    def __init__(self, text: str):
        self._text = text.split("\n")
        self.lines: dict[Keys, int] = {}
        self.troubles: list[Trouble] = []
        self.broken: set[Keys] = set()
        self._skipped: list[Statement] = []
        self._tables: dict[Keys, int] = {}
        self._heading: Keys = ()
        self._good: list[Statement] = []
        self._left = MOST_READ
        for statement in self._statements():
            self._place(statement)

    @property
    def sound(self) -> str:
        """The text without what cannot be read, every line still in its place."""
        lines = list(self._text)
        for statement in self._skipped:
            for number in range(statement.line - 1, statement.line - 1 + statement.lines):
                lines[number] = ""
        return "\n".join(lines)

    def line(self, keys: Sequence[str | int]) -> int:
        """The line of a key, or of the nearest thing around it that is written down."""
        wanted = tuple(keys)
        while wanted and wanted not in self.lines:
            wanted = wanted[:-1]
        return self.lines.get(wanted, 1)

    def leave_out(self, message: str) -> bool:
        """Leave out the first statement that the ones before it rule out; whether there was one."""
        low, high = 0, len(self._good)
        while low < high:
            middle = (low + high) // 2
            if self._parses(self._good[: middle + 1]):
                low = middle + 1
            else:
                high = middle
        if low == len(self._good):
            return False
        if self._left < 0:
            return False
        last = low + 1
        if self._good[low].heading:
            while last < len(self._good) and not self._good[last].heading:
                last += 1
        self.troubles.append(Trouble(self._good[low].line, message))
        self._skipped.extend(self._good[low:last])
        del self._good[low:last]
        return True

    def _parses(self, statements: Sequence[Statement]) -> bool:
        chunks = (self._text[s.line - 1 : s.line - 1 + s.lines] for s in statements)
        text = "\n".join(line for chunk in chunks for line in chunk)
        self._left -= len(text)
        if self._left < 0:
            return False
        try:
            tomllib.loads(text)
        except (ValueError, RecursionError):
            return False
        return True

    def _statements(self) -> Iterator[Statement]:
        at, after_trouble = 0, False
        while at < len(self._text):
            first = self._text[at].strip()
            if not first or first.startswith("#"):
                at += 1
                continue
            if after_trouble and not looks_like_statement(first):
                # What is left of a broken statement is no fault of its own.
                self._skipped.append(Statement(at + 1, 1, None, False))
                at += 1
                continue
            if len(self.troubles) >= MOST_TROUBLES or self._left < 0:
                what = (
                    "there may be more faults from here on"
                    if self._left < 0
                    else "there are more faults from here on"
                )
                self.troubles.append(Trouble(at + 1, what, "mend these first"))
                self._skipped.append(Statement(at + 1, len(self._text) - at, None, False))
                return
            found = self._statement(at)
            if self._left < 0 and found.data is None:
                # It was not read to its end, so nobody knows whether anything is wrong with it.
                self.troubles.pop()
                continue
            yield found
            after_trouble = found.data is None
            at += found.lines
        return

    def _statement(self, at: int) -> Statement:
        """The statement that begins at a line; one with no data, a line long, where none is sound."""
        heading = self._text[at].lstrip().startswith("[")
        error = ""
        for lines in range(1, min(LONGEST_STATEMENT, len(self._text) - at) + 1):
            chunk = "\n".join(self._text[at : at + lines])
            self._left -= len(chunk)
            try:
                return Statement(at + 1, lines, tomllib.loads(chunk), heading)
            except RecursionError:
                error = "nested too deeply"
            except ValueError as problem:
                error = str(problem)
            # Another line can only help what broke off at the end.
            if heading or self._left < 0 or not error.endswith("(at end of document)"):
                break
        self.troubles.append(trouble_in(self._text[at : at + lines], at + 1, error, LONGEST_STATEMENT))
        return Statement(at + 1, 1, None, heading)

    def _place(self, statement: Statement) -> None:
        if statement.data is None and not statement.heading:
            self._skipped.append(statement)
            key = self._text[statement.line - 1].partition("=")[0].strip().strip("\"'")
            self.broken.add((*self._heading, key))
            return
        if statement.data is None:
            # A heading that is only not closed still says what the lines under it belong to.
            self._text[statement.line - 1] = mended = mended_heading(self._text[statement.line - 1])
            statement = replace(statement, data=tomllib.loads(mended))
        if self._heading == OMITTED and not statement.heading:
            self._skipped.append(statement)
            return
        assert statement.data is not None
        if statement.heading:
            keys, listed = _heading_of(statement.data)
            placed = self._place_heading(keys, listed, statement.line)
        else:
            placed = self._place_keys(self._heading, statement.data, statement.line)
        (self._good if placed else self._skipped).append(statement)

    def _place_heading(self, keys: list[str], listed: bool, line: int) -> bool:
        path: Keys = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        path = (*path, keys[-1])
        if listed:
            number = self._tables.get(path, 0)
            self._tables[path] = number + 1
            self.lines.setdefault(path, line)
            path = (*path, number)
        elif path in self.lines:
            name = ".".join(keys)
            how = f"several of them are written [[{name}]]"
            self.troubles.append(said_twice(f"the heading [{name}]", line, self.lines[path], how))
            self._heading = OMITTED
            return False
        self.lines[path] = line
        self._heading = path
        return True

    def _place_keys(self, around: Keys, data: dict[str, Any], line: int) -> bool:
        fresh = list(_leaves(around, data))
        for path, leaf in fresh:
            if leaf and path in self.lines:
                self.troubles.append(said_twice(f"`{path[-1]}`", line, self.lines[path]))
                return False
        for path, _ in fresh:
            self.lines.setdefault(path, line)
        return True


def _heading_of(data: dict[str, Any]) -> tuple[list[str], bool]:
    """The keys of a heading read alone, and whether it is a [[list]] of tables."""
    keys: list[str] = []
    inner: Any = data
    while isinstance(inner, dict) and inner:
        key = next(iter(inner))
        keys.append(key)
        inner = inner[key]
    return keys, isinstance(inner, list)


def _leaves(around: Keys, data: Any) -> Iterator[tuple[Keys, bool]]:
    """Every path inside a value, and whether a value (and not only more keys) stands there."""
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        path = (*around, key)
        yield path, not isinstance(value, dict)
        yield from _leaves(path, value)
