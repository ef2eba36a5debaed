"""What is wrong with a line of TOML, in plain words."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from devo.files.faults import LONGEST_QUOTE, shown

_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_STATEMENT = re.compile(r"""^(\[\[?[\w.\s"'-]+\]\]?\s*(\#.*)?|("[^"]*"|'[^']*'|[\w.-]+)\s*=.*)$""")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[^=\s\[\]{}"'][^="'\[\]{}]*?)\s*=""")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LOOSE_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")
_WORD = re.compile(r"[^\W\d][^#,\]}]*")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in a text that cannot be read: its line, what it is, and what to do."""

    line: int
    message: str
    suggestion: str = ""


def looks_like_statement(line: str) -> bool:
    """Whether a line begins a statement of its own: a heading, or `key = ...`."""
    return _STATEMENT.match(line) is not None


def mended_heading(line: str) -> str:
    """A heading that is not complete, as it was probably meant."""
    found = re.match(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]*)", line)
    opened, name = (found[1], found[2].strip(".")) if found else ("[", "")
    return f"{opened}{re.sub(r'[.]{2,}', '.', name) or 'unnamed'}{']' * len(opened)}"


def said_twice(what: str, line: int, first: int, suggestion: str = "leave one of them out") -> Trouble:
    """A key or heading that stands in the same table twice."""
    return Trouble(line, f"{what} is given twice; it stands on line {first} already", suggestion)


def missing_day(text: str) -> str:
    """Why a day written YYYY-MM-DD does not exist; empty where it does, or where it is no day at all."""
    found = _DATE.match(text)
    if found is None:
        return ""
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        return f"the date {found[0]} does not exist: there is no month {month}"
    if year < 1:
        return f"the date {found[0]} does not exist: there is no year 0"
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"the date {found[0]} does not exist: {month_name[month]} {year} has {last} days"
    return ""


def trouble_in(chunk: Sequence[str], line: int, error: str, longest: int) -> Trouble:
    """What is wrong with the statement that begins on `line`, told from its text and the reader's error.

    `longest` is how many lines of a statement were tried.
    """
    if error == "nested too deeply":
        return Trouble(line, "the brackets are nested too deeply to be read")
    first = chunk[0]
    if first.lstrip().startswith("["):
        shape = "[[name]]" if first.lstrip().startswith("[[") else "[name]"
        return Trouble(line, "this heading is not complete", f"write it as {shape} on a line of its own")
    key = _KEY.match(first)
    if key is None:
        return _no_key(first, line)
    name = key[1][:LONGEST_QUOTE]
    if name[0] not in "\"'" and (re.search(r"\s", name) or not re.fullmatch(r"[A-Za-z0-9_.\s-]+", name)):
        return Trouble(
            line, f"{shown(name)} cannot be a key", "a key is one word of letters, digits, - and _"
        )
    opened = _opened(first[key.end() :].strip())
    if error.endswith("(at end of document)") and len(chunk) > 1 and opened:
        how_far = "never closed" if len(chunk) < longest else f"not closed within {longest} lines"
        return Trouble(line, f"`{name}` opens {opened[0]} that is {how_far}", f"close it with {opened[1]}")
    at, rest = _spot(chunk, line, error, first[key.end() :])
    if at != line and opened and looks_like_statement(chunk[at - line].strip()):
        return Trouble(line, f"`{name}` opens {opened[0]} that is not closed", f"close it with {opened[1]}")
    return _value_trouble(name, at, rest, chunk[at - line], error)


def _no_key(first: str, line: int) -> Trouble:
    if first.lstrip().startswith("="):
        return Trouble(line, "there is no key before `=`", 'write it as key = "value"')
    word = first.strip().split()[0]
    return Trouble(
        line,
        f"{shown(word)} begins neither a `key = value` nor a [heading]",
        "to keep it as a note, put # before it",
    )


def _spot(chunk: Sequence[str], line: int, error: str, value: str) -> tuple[int, str]:
    """The line on which the reader stopped, and the text from there on."""
    found = _AT.search(error)
    if found is None:
        return line, value.strip()
    row, column = int(found[1]), int(found[2])
    if row == 1:
        return line, value.strip() if column > len(chunk[0]) else chunk[0][column - 1 :]
    row = min(row, len(chunk))
    return line + row - 1, chunk[row - 1][column - 1 :]


def _opened(value: str) -> tuple[str, str] | None:
    for mark in ('"""', "'''"):
        if value.startswith(mark):
            return f"a text with {mark}", mark
    if value.startswith("["):
        return "a list with [", "]"
    return ("a table with {", "}") if value.startswith("{") else None


def _value_trouble(name: str, line: int, rest: str, whole: str, error: str) -> Trouble:
    value = whole.partition("=")[2].strip() if "=" in whole else whole.strip()
    if not value or value.startswith("#"):
        return Trouble(line, f"`{name}` has no value", f'write {name} = "…", or leave the line out')
    for text in (rest, *value.lstrip("[ ").split(",")):
        if gone := missing_day(text.strip()):
            return Trouble(line, gone, "write a day that exists, as YYYY-MM-DD")
    if loose := _LOOSE_DATE.match(value) or _SLASHED_DATE.match(value):
        return Trouble(
            line, f"{shown(loose[0])} is not written as a date", "write dates as YYYY-MM-DD: 2024-05-06"
        )
    if "Illegal character" in error or 'Expected "\'"' in error or "Unterminated" in error:
        return _text_trouble(name, line, value)
    if value[0] in "“”‘’„":
        return Trouble(
            line, f"the text of `{name}` has curly quotation marks", 'straight ones are needed: "…"'
        )
    if value == "{":
        return Trouble(line, f"the table of `{name}` goes on over several lines", "write { … } on one line")
    if "Duplicate inline" in error:
        return Trouble(line, f"`{name}` gives one of its keys twice", "leave one of them out")
    if "Unescaped" in error or "hex value" in error or "Unicode" in error:
        why = f'the text of `{name}` has a backslash, which has a meaning of its own between "…"'
        return Trouble(line, why, "write two backslashes, or the text between '…'")
    if value.casefold() in ("yes", "no", "true", "false"):
        right = "true" if value.casefold() in ("yes", "true") else "false"
        return Trouble(line, f"`{name}` has {shown(value)} for a value", f"write {name} = {right}")
    if _WORD.match(value):
        word = value.partition(" #")[0].strip()
        return Trouble(line, f"the text of `{name}` has no quotation marks", f'write {name} = "{word[:60]}"')
    if "Unclosed" in error or "inline table" in error:
        return Trouble(
            line, f"`{name}` opens a bracket that is not closed", "close it, with commas between its parts"
        )
    if value[0] in "\"'":
        mark = value[0]
        message = f"the text of `{name}` ends at the second {mark}, and more follows on its line"
        return Trouble(line, message, f"{mark} inside a text is written \\{mark}" if mark == '"' else "")
    return Trouble(line, f"the value of `{name}` cannot be read", 'texts stand in "…", dates are YYYY-MM-DD')


def _text_trouble(name: str, line: int, value: str) -> Trouble:
    mark = value[0] if value[0] in "\"'" else '"'
    if value.count(mark) % 2 == 0 and any(ord(c) < 32 and c != "\t" for c in value):
        return Trouble(line, f"the text of `{name}` has a control character in it", "take it out")
    return Trouble(
        line,
        f"the text of `{name}` is not closed on its line",
        f"end it with {mark}; a text over several lines begins and ends with {mark * 3}",
    )
