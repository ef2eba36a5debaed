"""Faults in files: how they are ordered, how they read, and which right name was nearest."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from devo.values import Fault
from devo.words import look_alike

MOST_CHOICES = 12
LONGEST_QUOTE = 60
# A line of a message, beyond which nobody reads, and faults of one table, beyond which nobody mends.
LONGEST_LINE = 1000
MOST_FAULTS = 1000


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by path and line, each said once."""
    return sorted(set(faults), key=lambda f: (f.path, f.line, f.message, f.suggestion))


def render(fault: Fault) -> str:
    """`path:line: message`, with the reason and the suggestion on lines of their own.

    Line 0 means the file as a whole. Control characters are written out, so that what somebody
    put in a file cannot steer a terminal.
    """
    where = f"{fault.path}:{fault.line}" if fault.line else fault.path
    lines = [f"{where}: {fault.message}" if where else fault.message]
    lines += [f"  {extra}" for extra in (fault.why, fault.suggestion) if extra]
    room = LONGEST_LINE + len(fault.path)
    return "\n".join(_printable(line if len(line) <= room else f"{line[:room]}…") for line in lines)


def shown(value: object) -> str:
    """A value as a message quotes it: on one line, and not longer than a line."""
    text = repr(value) if not isinstance(value, str) else repr(value[: LONGEST_QUOTE * 2])
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[: LONGEST_QUOTE - 1] + "…" + (text[0] if text[0] in "'\"" else "")


def nearest(text: str, choices: Iterable[str]) -> list[str]:
    """The three choices most like a text, in any case."""
    spelt = {choice.casefold(): choice for choice in sorted(choices)}
    return [spelt[near] for near in get_close_matches(text[:100].casefold(), spelt, n=3, cutoff=0.6)]


def more_faults(path: str, line: int) -> Fault:
    """What is said in the place of all faults of a table beyond the first thousand."""
    why = f"the first {MOST_FAULTS:,} are said; what is wrong with them may be wrong with the others"
    return Fault(path, line, "there are more faults from here on", why)


def instead(text: str, choices: Iterable[str]) -> str:
    """What to write instead of a word that is not one of the choices: the nearest, or all of a few."""
    listed = list(choices)
    if near := nearest(text, listed):
        return f"did you mean: {', '.join(near)}? {look_alike(text)}".rstrip()
    if 0 < len(listed) <= MOST_CHOICES:
        return f"choices: {', '.join(listed)}"
    return look_alike(text)


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)
