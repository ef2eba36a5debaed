"""Drafts of deals: provisions being written, spelt as the deal file that everything else of devo reads.

A draft is kept on disk at each change, in a folder of its own session; a lock that the system frees
when the session ends, however it ends, tells what was left behind. So nothing is lost to a crash or a
closed terminal, and two sessions never write to one draft.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from devo.limits import toml
from devo.writing import write_whole

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CODE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class Draft:
    """A deal as its file has it: the keys above the provisions, and the provisions, in plain values."""

    head: Mapping[str, Any] = field(default_factory=lambda: {"name": "A draft deal", "code": "DRAFT"})
    provisions: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """The deal's name."""
        return str(self.head.get("name", ""))

    @property
    def code(self) -> str:
        """The deal's code."""
        return str(self.head.get("code", ""))

    def named(self, name: str, code: str = "") -> Draft:
        """The draft under another name; its code is made from the name where none is given."""
        return replace(self, head={**self.head, "name": name, "code": code or code_of(name)})

    def added(self, provision: Mapping[str, Any]) -> Draft:
        """The draft with one more provision."""
        return replace(self, provisions=(*self.provisions, dict(provision)))

    def changed(self, number: int, provision: Mapping[str, Any]) -> Draft:
        """The draft with a provision replaced."""
        listed = list(self.provisions)
        listed[number] = dict(provision)
        return replace(self, provisions=tuple(listed))

    def removed(self, number: int) -> Draft:
        """The draft without a provision."""
        return replace(self, provisions=self.provisions[:number] + self.provisions[number + 1 :])


def code_of(name: str) -> str:
    """A deal's code made from its name: `BUSES-FOR-EXAMPLESHIRE`."""
    return _CODE.sub("-", name.upper())[:40].strip("-") or "DRAFT"


@dataclass
class History:
    """A draft with what it was before each change, and what was undone."""

    now: Draft
    past: list[Draft] = field(default_factory=list)
    undone: list[Draft] = field(default_factory=list)

    def change(self, draft: Draft) -> bool:
        """Make a change; whether there was one."""
        if draft == self.now:
            return False
        self.past.append(self.now)
        self.now = draft
        self.undone.clear()
        return True

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        if not self.past:
            return False
        self.undone.append(self.now)
        self.now = self.past.pop()
        return True

    def redo(self) -> bool:
        """Make the change again that was last taken back; whether there was one."""
        if not self.undone:
            return False
        self.past.append(self.now)
        self.now = self.undone.pop()
        return True


# --- as a file ------------------------------------------------------------------------------------


def spelt(draft: Draft) -> str:
    """The draft as a deal file."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in draft.head.items()]
    for provision in draft.provisions:
        lines += ["", "[[provision]]"]
        lines += [f"{_key(key)} = {_value(value)}" for key, value in provision.items()]
    return "\n".join(lines) + "\n"


def parsed(text: str) -> Draft:
    """The draft that a deal file holds. Raises ValueError for what is no TOML, or too much of it."""
    data = toml(text)
    listed = data.pop("provision", [])
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        raise ValueError("`provision` is not a list of tables")
    return Draft(data, tuple(listed))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _string(str(value))


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped, and lone surrogates, which it bars.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- kept on disk ---------------------------------------------------------------------------------


class Keeper:
    """One session's draft on disk, under a name of its own, while `close` has not been called."""

    def __init__(self, folder: Path, name: str = ""):
        self.name = name or _new_name()
        self.folder = folder / "drafts" / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self.folder / "lock")
        if self._lock is None:
            raise BlockingIOError(f"the draft {self.name!r} is open in another window")

    @property
    def path(self) -> Path:
        """The draft's deal file."""
        return self.folder / "draft.toml"

    def keep(self, draft: Draft) -> None:
        """Write the draft. Raises OSError where it cannot be written."""
        (self.folder / "saved").unlink(missing_ok=True)
        write_whole(self.path, spelt(draft).encode())

    def saved(self, path: Path) -> None:
        """Note that the draft stands in a file of the person's own."""
        with contextlib.suppress(OSError):
            write_whole(self.folder / "saved", str(path).encode())

    def close(self) -> None:
        """Let go of the draft; one that holds nothing, or was saved, is cleared away."""
        empty = not self.path.exists() or (self.folder / "saved").exists()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        if empty:
            _clear(self.folder)


@dataclass(frozen=True, slots=True)
class Leftover:
    """A draft that a session left behind unsaved."""

    name: str
    draft: Draft
    written: float


def leftovers(folder: Path) -> Iterator[Leftover]:
    """Drafts whose sessions ended without saving them, the latest first."""
    found = []
    with contextlib.suppress(OSError):
        for kept in (folder / "drafts").iterdir():
            left = _left(kept)
            if left is not None:
                found.append(left)
    yield from sorted(found, key=lambda item: -item.written)


def _left(kept: Path) -> Leftover | None:
    lock = _lock(kept / "lock") if kept.is_dir() else None
    if lock is None:
        return None
    os.close(lock)
    if (kept / "saved").exists():
        _clear(kept)
        return None
    try:
        path = kept / "draft.toml"
        draft = parsed(path.read_text("utf-8"))
        return Leftover(kept.name, draft, path.stat().st_mtime) if draft.provisions else None
    except (OSError, ValueError):
        return None


def _clear(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def _lock(path: Path) -> int | None:
    """An open file that nobody else has locked; None where somebody has, or it cannot be opened."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        try:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _new_name() -> str:
    """A name that can be said aloud and not guessed: `bado-kimu-rela`."""
    said = [
        "".join(secrets.choice("bdfghklmnprstv") + secrets.choice("aeiou") for _ in range(2))
        for _ in range(3)
    ]
    return "-".join(said)
