"""The command line that gives the same answer as a screen, so that anybody can check it."""

from __future__ import annotations

import shlex
from datetime import date

from devo.tui.looking import Looking
from devo.tui.opening import Opening


def command(opening: Opening, looking: Looking, *words: str) -> str:
    """A command about the world that was opened, on the day and by the law that are looked at.

    A day among the words stands instead.
    """
    given = list(words)
    if looking.day != date.min and "--on" not in given:
        given += ["--on", looking.day.isoformat()]
    if looking.known:
        given += ["--known", looking.known.isoformat()]
    if opening.scenario:
        given += ["--scenario", opening.scenario]
    elif opening.baseline != "england":
        given += ["--baseline", opening.baseline]
    for name, values in (
        ("--deal", opening.deals),
        ("--without", opening.without),
        ("--plugin", opening.plugins),
    ):
        given += [word for value in values for word in (name, value)]
    return "devo " + shlex.join(given)
