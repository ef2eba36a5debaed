"""Faults on the command line: what each kind says, and the exit code it gives.

0 as expected; 1 an expectation unmet or a finding of severity error; 2 wrong usage; 3 a file that
cannot be read or names what does not exist; 4 a plugin failed; 5 a fault of devo's own; 130
interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

if TYPE_CHECKING:
    from devo.calling import Watch

USAGE, FILE, PLUGIN, OWN, INTERRUPTED = 2, 3, 4, 5, 130

# What is raised for a command line that asks for what there is not, and what to say besides.
_WRONG_USAGE = (
    ("devo.answers", "TermFault", "`devo ask` lists the questions with their terms."),
    ("devo.front", "UnknownQuestion", "`devo ask` lists the questions."),
    ("devo.front", "UnknownBaseline", ""),
    ("devo.planning", "NotOneMap", ""),
    ("devo.writing", "NotWritten", ""),
)
_LISTS = {"place": "places", "body": "bodies", "power": "powers", "deal": "deals"}


def guarded(command: Callable[[], Any], args: Sequence[str] | None) -> NoReturn:
    """Run a command and leave with its exit code, or with that of the fault it meets."""
    from devo.calling import SECONDS, Care, watching

    words = list(sys.argv[1:] if args is None else args)
    if sys.stdout is None:  # as where a machine starts devo with no output at all
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (stays open to the end)
    with watching(Care(seconds=SECONDS)) as watch:
        try:
            verdict = command()
            code = verdict if isinstance(verdict, int) else 0
            _flush()
        except BaseException as error:
            code = _exit_code(error, words)
        sys.exit(_of_plugins(watch, code, words))


def _of_plugins(watch: Watch, code: int, words: Sequence[str]) -> int:
    """Say which plugins failed while the rest went on, and what was traced; the exit code with that in it.

    A file may well have faults, and an expectation go unmet, because a plugin failed: so it goes before those.
    """
    for fault in watch.faults:
        _say_plugin(fault, words)
    if watch.traces:
        from devo.cli.traces import lines

        say(*lines(watch.timings))
    return PLUGIN if watch.faults and code in (0, 1, FILE) else code


def say(*lines: str) -> None:
    """Print lines on stderr, what steers a terminal written out; nowhere, where nobody reads them any more."""
    from devo.formats.page import printable

    try:
        for line in lines:
            click.echo(printable(line, lines=True), err=True)
    except BrokenPipeError:
        unread("stderr")


def unread(name: Literal["stdout", "stderr"]) -> None:
    """Nobody reads what devo prints there any more: print the rest nowhere, and still reach the verdict."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, getattr(sys, name).fileno())
    except (OSError, ValueError):
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  (stays open to the end)
    finally:
        os.close(nowhere)


@contextmanager
def patient() -> Iterator[None]:
    """What prints help or a line and has no verdict: where its reader has left, that is no fault."""
    try:
        yield
    except BrokenPipeError:
        unread("stdout")
        raise click.exceptions.Exit(0) from None


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        unread("stdout")


def _exit_code(error: BaseException, words: Sequence[str]) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else OWN
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort | KeyboardInterrupt):
        say("devo: interrupted")
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        with suppress(BrokenPipeError):
            error.show()
        return USAGE
    if _is(error, "devo.names", "NameFault"):
        _say_name(error)
        return USAGE
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        unread("stdout")
        say(f"devo: nothing could be written: {error.strerror}")
        return USAGE
    for module, name, more in _WRONG_USAGE:
        if _is(error, module, name):
            say(f"devo: {error}", *([more] if more else []))
            return USAGE
    if _is(error, "devo.files.reading", "Unreadable"):
        say(str(error))
        return FILE
    if _is(error, "devo.calling", "UnknownPlugin"):
        how = getattr(error, "suggestion", "")
        say(f"devo: {error}", *([f"  {how}"] if how else []), "  `devo plugins` lists those that are on.")
        return PLUGIN
    if _is(error, "devo.calling", "PluginFault"):
        if getattr(error, "plugin", "") == "core":
            return _own(error.__cause__ or error, words)
        _say_plugin(error, words)
        return PLUGIN
    return _own(error, words)


def _say_name(error: Any) -> None:
    """An unknown or ambiguous name, with the nearest and the command that searches."""
    from devo.words import look_alike

    lines = [f"devo: {error.message}"]
    if error.ambiguous:
        lines += ["  say which:", *(f"    {name}" for name in error.nearest)]
    elif error.nearest:
        lines += ["  did you mean:", *(f"    {name}" for name in error.nearest)]
    if hint := look_alike(error.text):
        lines.append(f"  {hint}")
    if error.kind in _LISTS:
        lines.append(f"  `devo {_LISTS[error.kind]} TEXT` searches them.")
    say(*lines)


def _say_plugin(fault: Any, words: Sequence[str]) -> None:
    """A plugin that failed: which and where, what to do, and where the details are kept."""
    lines = [f"devo: {fault.message}"]
    lines += [f"  at {fault.where}"] if fault.where else []
    lines += [f"  {fault.suggestion[0].upper()}{fault.suggestion[1:]}."] if fault.suggestion else []
    if fault.__cause__ is not None:
        import traceback

        from devo.log import keep

        trace = "".join(traceback.format_exception(fault.__cause__))
        if "--debug" in words:
            lines.append(trace.rstrip())
        path = keep(trace, words)
        lines += [f"  The details are in {path}"] if path else []
        lines.append("  Tell its authors, or leave the plugin out.")
    say(*lines)


def _own(error: BaseException, words: Sequence[str]) -> int:
    """A fault of devo's own or of a plugin: the trace goes to a file, or to the one who asks for it."""
    import traceback

    from devo.log import keep
    from devo.sources import plugin_at_fault

    trace = "".join(traceback.format_exception(error))
    if "--debug" in words:
        say(trace.rstrip())
    plugin = plugin_at_fault(error)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    who = f"plugin {plugin} failed" if plugin else "devo failed, and the fault is its own"
    lines = [f"devo: {who}: {what}"]
    path = keep(trace, words)
    if path:
        lines.append(f"  The details are in {path}")
    elif "--debug" not in words:
        lines.append("  The details could not be written to a file; --debug prints them.")
    if plugin:
        lines.append("  Tell its authors, or leave the plugin out.")
    else:
        lines.append("  Please report it, with that file and the command you typed.")
    say(*lines)
    return PLUGIN if plugin else OWN


def _is(error: BaseException, module: str, name: str) -> bool:
    """Whether a fault is of a class in a module; one not loaded has raised nothing."""
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(error, kind)
