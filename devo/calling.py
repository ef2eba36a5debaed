"""Calling plugins: every call of a plugin's code goes through here, so that none takes a run down.

A call that raises, gives what it should not, or takes too long becomes a PluginFault, which names the
plugin, its version and the function. Whoever called passes it to `borne`: that is where a run goes on
without the plugin, or stops (`Care.strict`). A face opens a `Watch` for the time of a command; it has
every fault, and every call with its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, TypeVar

from devo.deadlines import TimedOut, limited
from devo.frozen import dataclass
from devo.tools import Tool
from devo.values import Finding

T = TypeVar("T")

CORE = "core"
FAILED = "plugin-failed"
# What a plugin that is not built in may take for one call, where a face does not say otherwise.
SECONDS = 60.0


class PluginFault(Exception):
    """A plugin failed, or cannot be switched on: which, in which function, and what to do.

    `where` is the line of the plugin's own code, as `path:line`, where there is one. `why` is how it failed
    in a word: `raised`, `shape` (it gave what it should not), `late`, or '' for one that cannot be switched on.
    """

    def __init__(
        self,
        message: str,
        plugin: str = "",
        version: str = "",
        what: str = "",
        where: str = "",
        suggestion: str = "",
        why: str = "",
    ):
        super().__init__(message)
        self.message, self.plugin, self.version, self.what = message, plugin, version, what
        self.where, self.suggestion, self.why = where, suggestion, why

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self.message, self.plugin, self.version, self.what, self.where, self.suggestion, self.why)
        return type(self), given

    def finding(self) -> Finding:
        """The fault as what there is to say of a world."""
        about = tuple(filter(None, (self.plugin, self.what)))
        return Finding(FAILED, self.message, "error", about, self.where, self.suggestion)


class UnknownPlugin(PluginFault):
    """No plugin of that name can be found: nothing failed, it was named wrongly."""


@dataclass(frozen=True, slots=True)
class Care:
    """How plugins are called: `strict` stops at the first that fails; `seconds` limits each call (0: none).

    The limit is for plugins that do not come with devo.
    """

    strict: bool = False
    seconds: float = 0.0


EASY = Care()


@dataclass(frozen=True, slots=True)
class Timing:
    """How often a function of a plugin was called, and the seconds that it took in all and at most."""

    calls: int
    seconds: float
    longest: float


class Watch:
    """What was seen of plugins during a command."""

    def __init__(self, care: Care = EASY):
        self.care = care
        # Whether the face is to show the timings.
        self.traces = False
        self.faults: list[PluginFault] = []
        self.timings: dict[tuple[str, str, str], Timing] = {}
        # What could not be loaded is not tried again: it might hang each time.
        self.broken: dict[str, PluginFault] = {}

    def saw(self, plugin: str, version: str, what: str, seconds: float) -> None:
        """Count a call."""
        key = (plugin, version, what)
        old = self.timings.get(key, Timing(0, 0.0, 0.0))
        self.timings[key] = Timing(old.calls + 1, old.seconds + seconds, max(old.longest, seconds))


_WATCH: ContextVar[Watch | None] = ContextVar("devo_watch", default=None)


def watch() -> Watch | None:
    """The watch that is open, if a face opened one."""
    return _WATCH.get()


def seconds() -> float:
    """The longest that a call of a plugin may take, as the watch that is open has it; 0 for no limit."""
    opened = _WATCH.get()
    return opened.care.seconds if opened else 0.0


@contextmanager
def watching(care: Care = EASY) -> Iterator[Watch]:
    """A watch over what is called within."""
    opened = Watch(care)
    token = _WATCH.set(opened)
    try:
        yield opened
    finally:
        _WATCH.reset(token)


def borne(fault: PluginFault) -> Finding:
    """A fault that a run can go on without, as a finding. Raises it instead where care is strict."""
    opened = _WATCH.get()
    if opened is not None:
        if opened.care.strict:
            raise fault
        if fault.plugin != CORE and fault.message not in {known.message for known in opened.faults}:
            opened.faults.append(fault)
    return fault.finding()


def called(
    kind: str,
    tool: Tool,
    *given: Any,
    terms: Mapping[str, Any] | None = None,
    misfit: Callable[[Any], str] = lambda item: "",
    lets: tuple[type[Exception], ...] = (),
    when: str = "",
) -> tuple[Any, ...]:
    """What a verb, question or check gives, all of it. `misfit` says what is wrong with one thing given.

    Exceptions of the classes in `lets` are answers, and pass. Raises PluginFault for everything else.
    """

    def gather() -> tuple[Any, ...]:
        found = tool.function(*given, **(terms or {}))
        if found is None:
            raise WrongShape("it returned nothing; it should return a list, or yield")
        if isinstance(found, str | Mapping) or not hasattr(found, "__iter__"):
            raise WrongShape(f"it returned {shape(found)}, not a list of what it should give")
        items = tuple(found)
        for item in items:
            if wrong := misfit(item):
                raise WrongShape(wrong)
        return items

    what = f"{kind} {tool.name!r}"
    limit = 0.0 if tool.built_in else None
    return guarded(gather, tool.plugin, tool.version, what, lets=lets, when=when, limit=limit)


class WrongShape(Exception):
    """A plugin's function gave what it should not."""


def guarded(
    call: Callable[[], T],
    plugin: str,
    version: str,
    what: str,
    *,
    lets: tuple[type[Exception], ...] = (),
    when: str = "",
    limit: float | None = None,
) -> T:
    """What a call of a plugin's code gives; timed, and not for longer than care has it (or `limit`, in seconds).

    Raises PluginFault, which the exceptions in `lets` and the faults of other plugins pass by.
    """
    opened = _WATCH.get()
    limit = seconds() if limit is None else limit
    passing: tuple[type[BaseException], ...] = (PluginFault, *lets)
    began = time.perf_counter()
    over: Any = ()
    try:
        with limited(limit) if limit else nullcontext(()) as over:
            return call()
    except passing:
        raise
    except TimedOut as out:
        if over and isinstance(out, over):
            reason = f"it was not done after {limit:g} seconds, and was stopped"
            raise _fault(plugin, version, what, when, reason, why="late") from None
        out.doing = out.doing or f"{what} of {_named(plugin, version)}"
        raise
    except (Exception, SystemExit) as error:
        raise _fault(plugin, version, what, when, _reason(error), error) from error
    finally:
        if opened is not None:
            opened.saw(plugin, version, what, time.perf_counter() - began)


def instance_of(kind: type | None) -> Callable[[Any], str]:
    """A test of what a function gives: '' for one of a type, or what is wrong with it."""

    def misfit(item: Any) -> str:
        if kind is None or isinstance(item, kind):
            return ""
        return f"it gave {shape(item)} where it says that it gives {kind.__name__}"

    return misfit


def _fault(
    plugin: str,
    version: str,
    what: str,
    when: str,
    reason: str,
    error: BaseException | None = None,
    why: str = "raised",
) -> PluginFault:
    message = f"{what} of {_named(plugin, version)} failed{f' {when}' if when else ''}: {reason}"
    why = "shape" if isinstance(error, WrongShape) else why
    return PluginFault(message, plugin, version, what, _place(error, plugin), "", why)


def _named(plugin: str, version: str) -> str:
    return f"plugin {plugin} {version}".rstrip()


def _reason(error: BaseException) -> str:
    if isinstance(error, WrongShape):
        return str(error)
    if isinstance(error, SystemExit):
        return "it tried to end the program"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _place(error: BaseException | None, plugin: str) -> str:
    """The last line of the plugin's own that a fault went through."""
    found = ""
    trace = error.__traceback__ if error else None
    while trace is not None:
        code = trace.tb_frame
        if str(code.f_globals.get("__name__", "")).partition(".")[0] == plugin:
            found = f"{code.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def shape(item: Any) -> str:
    """A value by its type, in words."""
    name = "nothing" if item is None else type(item).__name__
    return name if item is None else f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
