"""Where a page goes, and in which format: the terminal, a pipe or a file."""

from __future__ import annotations

import os
import sys

import click

from devo.cli.faults import quiet_pipe
from devo.cli.options import Common
from devo.formats import Page, Terminal, draw

# What programs read is the same bytes on every machine; what people read fits their terminal.
_BYTES = frozenset({"json", "csv", "md"})
_BY_ENDING = {".json": "json", ".csv": "csv", ".md": "md"}


def show(page: Page, common: Common) -> None:
    """Draw a page as the options, or else the surroundings, have it."""
    name = common.format or _default(common.output)
    text = draw(page, name, _terminal(common.output) if name == "table" else None)
    if common.output is not None:
        _write(common.output, text)
    else:
        _print(text, name)


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


def _write(path: str, text: str) -> None:
    try:
        with open(path, "wb") as stream:
            stream.write(text.encode("utf-8"))
    except OSError as error:
        why = error.strerror or str(error)
        raise click.UsageError(f"nothing could be written to {path!r}: {why}; name another file") from None


def _print(text: str, name: str) -> None:
    encoding = "utf-8" if name in _BYTES else getattr(sys.stdout, "encoding", "") or "utf-8"
    try:
        sys.stdout.flush()
        # The stream of bytes below the text, which would make its own line ends on some systems.
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        quiet_pipe()
    except OSError as error:
        raise click.ClickException(f"nothing could be printed: {error.strerror or error}") from None
