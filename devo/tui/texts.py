"""Texts from data, made safe to draw: never markup, never control codes, never a hidden turn of direction."""

from __future__ import annotations

import re
from datetime import date

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content

from devo.formats.page import printable

MOST = 2_000


def safe(text: object) -> str:
    """A text that can be drawn as it stands: what steers a terminal is written out, as in `\\x1b`."""
    shown = str(text)
    if shown.isascii() and shown.isprintable():
        return shown[:MOST]
    return printable(shown[:MOST])


def content(text: object, style: str = "") -> Content:
    """A text from data as Textual draws it, never read as markup."""
    return Content.styled(safe(text), style)


def label(text: object) -> Text:
    """A text from data as trees draw it, never read as markup."""
    return Text(safe(text), no_wrap=True, overflow="ellipsis")


def day(value: date | None, before: str = "before the tables") -> str:
    """A day as officials write it in a table: 27 Jun 2017."""
    if value is None or value == date.min:
        return before
    return f"{value.day} {value:%b %Y}"


def long_day(value: date) -> str:
    """A day in full: Tuesday 27 June 2017."""
    return f"{value:%A} {value.day} {value:%B %Y}"


# Themes whose commas their ids have lost.
_TITLES = {"health-wellbeing-and-public-service-reform": "Health, wellbeing and public service reform"}


def plain_title(word: str) -> str:
    """A kebab-case word as a heading: `transport-and-local-infrastructure`."""
    if word in _TITLES:
        return _TITLES[word]
    words = word.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


# Words such as `moved-down`, which are no ids and can be said plainly.
_WORD = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_IDS = frozenset({"pot", "provision", "place", "code", "id", "power", "body", "deal", "table"})


def is_word(column: str, value: str) -> bool:
    """Whether what stands in a column is a word of several parts, to be said plainly, and no id."""
    return column not in _IDS and _WORD.fullmatch(value) is not None


def cut(text: str, width: int) -> str:
    """A text cut to a width in cells, with a mark where it was cut."""
    if cell_len(text) <= width:
        return text
    if width < 2:
        return "…"[:width]
    return _begun(text, width - 1).rstrip() + "…"


def _begun(text: str, width: int) -> str:
    """As much of the beginning of a text as a width holds, and never nothing."""
    room, kept = width, 0
    for character in text:
        room -= cell_len(character)
        if room < 0:
            break
        kept += 1
    return text[: max(kept, 1)]


def wrapped(text: str, width: int, most: int = 6) -> list[str]:
    """A text in lines no wider than a width in cells; words too long for a line are broken."""
    width = max(width, 4)
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while cell_len(line) > width:
            head = _begun(line, width)
            lines.append(head)
            line = line[len(head) :]
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
    return lines
