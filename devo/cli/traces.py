"""What was traced of plugins: each function that was called, how often, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from devo import words
from devo.calling import Timing


def lines(timings: Mapping[tuple[str, str, str], Timing]) -> Iterator[str]:
    """The calls as lines, what took longest first. Times are in seconds and hold what was called within."""
    calls = sum(timing.calls for timing in timings.values())
    yield f"devo: {words.count(calls, 'call')} of plugins, and of devo's own functions of the same kinds"
    if timings:
        yield "   seconds  longest  calls"
    for (plugin, version, what), timing in sorted(timings.items(), key=lambda item: -item[1].seconds):
        times = f"{timing.seconds:10.3f} {timing.longest:8.3f} {timing.calls:6}"
        yield f"{times}  {what} of {plugin} {version}".rstrip()
