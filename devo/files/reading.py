"""Opening a file safely: only regular files, not too large, in UTF-8."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from devo.files.faults import render
from devo.values import Fault

MEGABYTE = 1_000_000
TOML_LIMIT = 10 * MEGABYTE
TABLE_LIMIT = 100 * MEGABYTE

_TROUBLES = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file: a part of its path is a file, not a folder",
    errno.EACCES: "the file may not be read: permission is denied",
    errno.EPERM: "the file may not be read: permission is denied",
    errno.ELOOP: "the file is a link that leads back to itself",
    errno.ENAMETOOLONG: "there is no such file: the name is too long",
}


class Unreadable(Exception):
    """A file that cannot be read as what it should be, with its faults."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__("\n".join(render(fault) for fault in self.faults))


def check_file(path: str | os.PathLike[str], limit: int) -> None:
    """Raise Unreadable for what is no regular file, or is larger than `limit` bytes; it is not opened."""
    name = os.fspath(path)
    with _said(name):
        status = os.stat(name)
        if stat.S_ISDIR(status.st_mode) and not os.access(name, os.R_OK | os.X_OK):
            raise Unreadable([Fault(name, 0, "the folder may not be looked into: permission denied")])
        # A pipe or a device may never end, or do something when it is opened.
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable([Fault(name, 0, f"this is {_what(status.st_mode)}, and not a file")])
        if status.st_size > limit:
            raise Unreadable([_too_large(name, status.st_size, limit)])


def read_text(path: str | os.PathLike[str], limit: int = TOML_LIMIT) -> str:
    """The text of a regular UTF-8 file, with line ends as `\\n` and without a byte order mark.

    Raises Unreadable for what is no regular file, larger than `limit` bytes, empty, or not UTF-8.
    """
    check_file(path, limit)
    name = os.fspath(path)
    with _said(name), open(name, "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Unreadable([_too_large(name, len(data), limit)])
    return _decoded(name, data)


@contextmanager
def _said(name: str) -> Iterator[None]:
    """The system's faults in words."""
    try:
        yield
    except OSError as error:
        trouble = _TROUBLES.get(error.errno or 0, f"the file cannot be read: {error.strerror or error}")
        raise Unreadable([Fault(name, 0, trouble)]) from None
    except ValueError:
        raise Unreadable([Fault(name.replace("\0", "\\0"), 0, "no file can have such a name")]) from None


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable([_not_utf8(name, 1, "the file is in UTF-16, and not in UTF-8")])
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Unreadable([Fault(name, 1, "the file is empty")])
    if (nul := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise Unreadable([_not_utf8(name, line, "the file has a NUL byte, so it is not a text file")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        looks = bytes([byte]).decode("cp1252", "replace")
        like = f" ({looks!r} in Windows-1252)" if looks.isprintable() and looks != "\ufffd" else ""
        message = f"the file is not in UTF-8: byte {error.start + 1} is 0x{byte:02x}{like}"
        raise Unreadable([_not_utf8(name, line, message)]) from None
    # Line ends of old Macs, which some spreadsheets still write, are told from a stray sign by being all there are.
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _not_utf8(name: str, line: int, message: str) -> Fault:
    how = "save it as CSV UTF-8" if name.lower().endswith(".csv") else "save it as UTF-8 text"
    return Fault(name, line, message, "so nothing of it was read", how)


def _too_large(name: str, size: int, limit: int) -> Fault:
    message = f"the file is {size / MEGABYTE:.0f} MB; at most {limit // MEGABYTE} MB is read"
    return Fault(name, 1, message, "so nothing of it was read", "divide it into several files")


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
