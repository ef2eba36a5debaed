"""Money passed from body to body: exact, in pence, and never lost.

What has reached a body is divided by the rates of those it passes on to; what no rate names it
keeps. Bodies are taken in an order in which everybody has all that is coming before passing any on,
so there may be no cycle: where money would come back to a body, nothing on the way round is
passed, and the way is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from devo import Finding, cascade

# Rates that miss the whole by no more than this are meant to make it: a third three times, in decimals.
NEAR = Fraction(1, 10**9)


class Arc(NamedTuple):
    """A body passes on a part of what reaches it."""

    giver: str
    to: str
    rate: float | Fraction


@dataclass(frozen=True, slots=True)
class Passed:
    """What each arc carried, what each body was left with, and what there is to say of it.

    The sums kept add up to the sums that entered.
    """

    carried: tuple[tuple[Arc, int], ...]
    kept: Mapping[str, int]
    findings: tuple[Finding, ...]


def pass_on(entering: Mapping[str, int], arcs: Iterable[Arc], about: str = "") -> Passed:
    """Pass what enters at bodies along arcs. `about` is the pot's id, for what is said of it."""
    findings: list[Finding] = []
    outgoing = _sound(list(arcs), about, findings)
    way = cycle(outgoing)
    while way:
        findings.append(
            Finding(
                "money-in-a-circle",
                f"Money of {about or 'a pot'} comes back to where it was: {' > '.join(way)}. "
                "None of it is passed on along this way.",
                "error",
                (about, *way),
                suggestion="leave out one of these shares",
            )
        )
        for giver, to in pairwise(way):
            outgoing[giver] = [arc for arc in outgoing[giver] if arc.to != to]
        way = cycle(outgoing)
    kept = dict(entering)
    carried: list[tuple[Arc, int]] = []
    for body in in_turn(outgoing):
        have, leaving = kept.get(body, 0), outgoing.get(body)
        if not leaving or not have:
            continue
        rates = [exact(arc.rate) for arc in leaving]
        rest = 1 - sum(rates)
        parts = cascade(have, [*rates, rest if rest > NEAR else 0])
        kept[body] = parts.pop()
        for arc, part in zip(leaving, parts, strict=True):
            kept[arc.to] = kept.get(arc.to, 0) + part
            carried.append((arc, part))
    return Passed(tuple(carried), kept, tuple(findings))


def exact(rate: float | Fraction) -> Fraction:
    """A rate as the fraction that its writer meant: 0.1 is a tenth."""
    return rate if isinstance(rate, Fraction) else Fraction(str(rate))


def _sound(arcs: Sequence[Arc], about: str, findings: list[Finding]) -> dict[str, list[Arc]]:
    """Arcs by giver, without those of a giver whose rates cannot be: negative, or over the whole."""
    outgoing: dict[str, list[Arc]] = {}
    for arc in sorted(arcs, key=lambda a: (a.giver, a.to)):
        outgoing.setdefault(arc.giver, []).append(arc)
    for giver, leaving in list(outgoing.items()):
        total = sum((exact(arc.rate) for arc in leaving), Fraction(0))
        if total > 1 + NEAR or any(exact(arc.rate) < 0 for arc in leaving):
            findings.append(
                Finding(
                    "shares-over-the-whole",
                    f"{giver} would pass on {float(total):.4g} times what it gets of {about or 'a pot'}, "
                    "or less than nothing; it passes on none of it.",
                    "error",
                    (about, giver),
                    suggestion="make the rates add up to 1 or less",
                )
            )
            del outgoing[giver]
        elif total < 1 - NEAR:
            findings.append(
                Finding(
                    "shares-below-the-whole",
                    f"The shares of {about or 'a pot'} that {giver} passes on add up to {float(total):.6g}; "
                    "it keeps the rest.",
                    "note",
                    (about, giver),
                )
            )
    return outgoing


def cycle(outgoing: Mapping[str, Sequence[Arc]]) -> list[str]:
    """One way from a body back to itself, its first body also last; empty where there is none."""
    done: set[str] = set()
    for start in sorted(outgoing):
        if start in done:
            continue
        way: list[str] = []
        on_way: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            body, number = stack[-1]
            if number == 0:
                on_way[body] = len(way)
                way.append(body)
            leaving = outgoing.get(body, ())
            if number < len(leaving):
                stack[-1] = (body, number + 1)
                after = leaving[number].to
                if after in on_way:
                    return [*way[on_way[after] :], after]
                if after not in done:
                    stack.append((after, 0))
            else:
                stack.pop()
                way.pop()
                del on_way[body]
                done.add(body)
    return []


def in_turn(outgoing: Mapping[str, Sequence[Arc]]) -> list[str]:
    """Bodies in an order in which givers come before those they give to, by id; there is no cycle."""
    coming: dict[str, int] = {}
    for giver, leaving in outgoing.items():
        coming.setdefault(giver, 0)
        for arc in leaving:
            coming[arc.to] = coming.get(arc.to, 0) + 1
    ready = sorted(body for body, number in coming.items() if not number)
    turn: list[str] = []
    while ready:
        following: list[str] = []
        for body in ready:
            turn.append(body)
            for arc in outgoing.get(body, ()):
                coming[arc.to] -= 1
                if not coming[arc.to]:
                    following.append(arc.to)
        ready = sorted(following)
    return turn
