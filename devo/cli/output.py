"""Where a page goes, and in which format: the terminal, a pipe or a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from devo.cli.faults import unread
from devo.cli.options import Common
from devo.formats import Page, Terminal, draw
from devo.formats.page import printable

# What programs read is the same bytes on every machine; what people read fits their terminal.
_BYTES = frozenset({"json", "csv", "md"})
_BY_ENDING = {".json": "json", ".csv": "csv", ".md": "md"}


def show(page: Page, common: Common) -> None:
    """Draw a page as the options, or else the surroundings, have it."""
    name = common.format or _default(common.output)
    text = draw(page, name, _terminal(common.output) if name == "table" else None)
    if common.output is not None:
        from devo.writing import write_whole

        write_whole(Path(common.output), text.encode("utf-8"))
    else:
        _print(text, name)


def tell(line: str) -> None:
    """Print a line for people."""
    _print(f"{printable(line)}\n", "plain")


def write_report(path: Path, text: str) -> None:
    """Write a report that goes with what is shown, in a folder that is made if it is not there.

    Raises writing.NotWritten.
    """
    from devo.writing import NotWritten, write_whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{path} could not be written: {error.strerror or error}") from None
    write_whole(path, text.encode())


def _default(output: str | None) -> str:
    if output is not None:
        return _BY_ENDING.get(os.path.splitext(output)[1].lower(), "plain")
    return "table" if _is_terminal() and not _wants_plain() else "plain"


def _wants_plain() -> bool:
    return os.environ.get("DEVO_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb"


def _is_terminal() -> bool:
    try:
        return sys.stdout.isatty()
    except (AttributeError, ValueError):
        return False


def _terminal(output: str | None) -> Terminal:
    import shutil

    colour = output is None and _is_terminal() and not os.environ.get("NO_COLOR") and not _wants_plain()
    encoding = "utf-8" if output is not None else getattr(sys.stdout, "encoding", "") or "utf-8"
    width = shutil.get_terminal_size((80, 24)).columns if output is None else 80
    return Terminal(max(width, 40), colour, encoding.lower().replace("-", "").startswith("utf"))


def _print(text: str, name: str) -> None:
    encoding = "utf-8" if name in _BYTES else getattr(sys.stdout, "encoding", "") or "utf-8"
    try:
        sys.stdout.flush()
        # The stream of bytes below the text, which would make its own line ends on some systems.
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        unread("stdout")
