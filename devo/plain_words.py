"""A plan in three to five sentences: who gains, what moves up and down, who answers for it, for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from devo.mosaic import Pieces
from devo.sentences import day, listed
from devo.words import count
from devo.world import World

if TYPE_CHECKING:
    from devo.plans import Change

MONEY = "budget"
# How few and how many sentences stand above a plan.
FEWEST, MOST = 3, 5


def summary(
    title: str,
    world: World,
    changes: Sequence[Change],
    indirect: Mapping[str, Sequence[Mapping[str, Any]]],
    agreed: Sequence[Change] = (),
    narrowed: bool = False,
    within: Pieces | None = None,
) -> Iterable[str]:
    """The sentences that stand above a plan. Money is said apart: a budget is not a power.

    `within` is the place that alone was asked for, where one was.
    """
    powers = [change for change in changes if change.power_kind != MONEY]
    money = [change for change in changes if change.power_kind == MONEY]
    if changes:
        yield _first(title, world, powers, money, within)
    else:
        said = "nothing of what was asked for" if narrowed else "who holds no power: each is held as it was"
        yield f"{title or 'The change'} changes {said}."
    gained = [c for c in powers if c.kind in ("gained", "commenced")]
    told = [
        _directions(powers),
        f"Gained, where nobody is known to have held it: {_powers(gained)}." if gained else "",
        _rest(powers),
        _accountability(powers),
        *told_of_promises(agreed),
        _money(money),
        _beyond(indirect),
    ]
    sentences = [sentence for sentence in told if sentence][: MOST - 1]
    yield from sentences
    yield from _nothing(changes)[: max(FEWEST - 1 - len(sentences), 0)]


def _nothing(changes: Sequence[Change]) -> list[str]:
    """What does not change, for a plan with little else to say."""
    kinds = {change.kind for change in changes}
    told = []
    if not any(kind.startswith("moved") for kind in kinds):
        told.append("Nothing moves up, down or across.")
    if not kinds & {"lost", "ended"}:
        told.append("Nobody is left without what they had.")
    told.append("Who answers for what else there is does not change.")
    return told


_PROMISED = {
    "moved-up": "moved up",
    "moved-down": "moved down",
    "moved-across": "moved across",
    "inside": "exercised by another",
    "conditioned": "with other conditions",
    "re-sourced": "on a new legal authority",
}


def told_of_promises(agreed: Sequence[Change]) -> list[str]:
    """What was agreed and never made into law, with what it would have done."""
    if not agreed:
        return []
    names = [f"{_powers([change])} ({_PROMISED.get(change.kind, change.kind)})" for change in agreed]
    return [f"Agreed, and never made into law: {listed(names)}."]


def _money(money: Sequence[Change]) -> str:
    if not money:
        return ""
    if len({line.power for line in money}) == 1:
        return f"Money that changes hands, which is not counted as a power: {_powers(money)}."
    return f"Budgets that change hands, which are not counted as powers: {_powers(money)}."


def _beyond(indirect: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """What plugins' questions answer otherwise, by question."""
    counts: dict[str, int] = {}
    for rows in indirect.values():
        for row in rows:
            counts[str(row["question"])] = counts.get(str(row["question"]), 0) + 1
    if not counts:
        return ""
    said = listed(f"{question} ({count(rows, 'row')})" for question, rows in counts.items())
    return f"Beyond who holds what, other answers change: {said}."


def _first(
    title: str, world: World, powers: Sequence[Change], money: Sequence[Change], within: Pieces | None
) -> str:
    touched = frozenset().union(*(c.pieces for c in (*powers, *money)))
    if within is not None:
        touched &= within
    residents = world.mosaic.residents(touched)
    where = listed(name for _, name in world.mosaic.describe(touched)[:8])
    of_powers = count(len({c.power for c in powers}), "power")
    of_money = count(len({c.power for c in money}), "budget")
    changed = f"{of_powers}, and {of_money}," if powers and money else of_powers if powers else of_money
    last = max(c.on for c in (*powers, *money))
    return (
        f"{title or 'The change'} changes {changed} over {where} "
        f"({residents:,} residents{', ' if world.counted else ''}{world.counted}), the last from {day(last)}."
    )


def _directions(powers: Sequence[Change]) -> str:
    said = []
    for kind, one, many in (
        ("moved-up", "moves up", "move up"),
        ("moved-down", "moves down", "move down"),
        ("moved-across", "moves across", "move across"),
    ):
        lines = [c for c in powers if c.kind == kind]
        if lines:
            across = f", {_AS_MANY[_receivers(lines) == 1]}" if kind == "moved-across" else ""
            said.append(f"{_powers(lines)} {_agreeing(lines, one, many)}{across} ({_from_to(lines)})")
    return f"{_capital('; '.join(said))}." if said else ""


_AS_MANY = {
    True: "to a body that answers for as many people",
    False: "to bodies that answer for as many people",
}


def _receivers(lines: Sequence[Change]) -> int:
    return len({name for line in lines for name in line.after_names})


def _rest(powers: Sequence[Change]) -> str:
    said = []
    for kind, one, many in (
        ("shared", "is shared", "are shared"),
        (
            "inside",
            "stays with its holder and is exercised by another",
            "stay with their holders and are exercised by others",
        ),
        ("conditioned", "has other conditions on its use", "have other conditions on their use"),
        (
            "re-sourced",
            "stays with its holder on a new legal authority",
            "stay with their holders on a new legal authority",
        ),
        ("lost", "is lost", "are lost"),
        ("left", "is given up by some of those who hold it", "are given up by some of those who hold them"),
        ("ended", "ends with its holder", "end with their holders"),
    ):
        lines = [c for c in powers if ("left" if c.kind == "lost" and c.after else c.kind) == kind]
        if lines:
            said.append(f"{_powers(lines)} {_agreeing(lines, one, many)}")
    return f"{_capital('; '.join(said))}." if said else ""


def _accountability(powers: Sequence[Change]) -> str:
    ways: dict[tuple[str, str], list[Change]] = {}
    for change in powers:
        if change.kind not in ("moved-up", "moved-down", "moved-across", "inside"):
            continue
        before, after = change.accountability_before, change.accountability_after
        if before and after and before != after:
            ways.setdefault((before, after), []).append(change)
    said = [f"from {before} to {after}: {_powers(lines)}" for (before, after), lines in sorted(ways.items())]
    return f"Who answers for it changes {'; '.join(said)}." if said else ""


def _powers(lines: Iterable[Change]) -> str:
    return listed(_within_a_sentence(line.power_name) for line in lines)


def _within_a_sentence(name: str) -> str:
    """A power's name in small letters, but for abbreviations and for what is a name of its own: Better Care Fund."""
    others = name.partition("(")[0].split()[1:]
    proper = any(word[:1].isupper() and word[1:2].islower() for word in others)
    return name if proper or not name[1:2].islower() else name[0].lower() + name[1:]


def _agreeing(lines: Sequence[Change], one: str, many: str) -> str:
    names = {line.power_name for line in lines}
    return many if len(names) > 1 or _is_plural(names.pop()) else one


def _is_plural(name: str) -> bool:
    """Whether a power's name stands for several things, by the last word before what is said of them: `plans for`."""
    head = _SAID_OF.split(name, maxsplit=1)[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "ics"))


_SAID_OF = re.compile(r"[(,:]| (?:of|for|to|with|by|in|on|under|from|over) ")


def _from_to(lines: Sequence[Change]) -> str:
    receivers: dict[str, set[str]] = {}
    for line in lines:
        receivers.setdefault(_bodies(line.before_names), set()).update(line.after_names)
    said = [
        f"from {before} to {' and '.join(sorted(after)) if len(after) == 2 else _bodies(sorted(after))}"
        for before, after in sorted(receivers.items())
    ]
    return "; ".join(said[:3])


def _bodies(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} bodies" if names else "nobody"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
