"""A plan in three to five sentences: who gains, what moves up and down, who answers for it, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from devo.sentences import day, listed
from devo.world import World

if TYPE_CHECKING:
    from devo.planning import Change

MONEY = "budget"


def summary(title: str, world: World, changes: Sequence[Change], narrowed: bool = False) -> Iterable[str]:
    """The sentences that stand above a plan. Money is said apart: a budget is not a power."""
    powers = [change for change in changes if change.power_kind != MONEY]
    money = [change for change in changes if change.power_kind == MONEY]
    if not changes:
        said = "nothing of what was asked for" if narrowed else "nothing: every power is held as it was"
        yield f"{title or 'The change'} changes {said}."
        return
    yield _first(title, world, powers, money)
    moved = _directions(powers)
    if moved:
        yield moved
    gained = [c for c in powers if c.kind in ("gained", "commenced")]
    if gained:
        yield f"Gained, where nobody is known to have held it: {_powers(gained)}."
    rest = _rest(powers)
    if rest:
        yield rest
    answering = _accountability(powers)
    if answering:
        yield answering


def _first(title: str, world: World, powers: Sequence[Change], money: Sequence[Change]) -> str:
    touched = frozenset().union(*(c.pieces for c in (*powers, *money)))
    residents = world.mosaic.residents(touched)
    where = listed(name for _, name in world.mosaic.describe(touched)[:8])
    count = len({c.power for c in powers})
    funds = len({c.power for c in money})
    beside = f", and {funds} budget{'s' if funds != 1 else ''}," if funds else ""
    last = max(c.on for c in (*powers, *money))
    return (
        f"{title or 'The change'} changes {count} power{'s' if count != 1 else ''}{beside} over {where} "
        f"({residents:,} residents, mid-2023), the last from {day(last)}."
    )


def _directions(powers: Sequence[Change]) -> str:
    said = []
    for kind, one, many in (
        ("moved-up", "moves up", "move up"),
        ("moved-down", "moves down", "move down"),
        (
            "moved-across",
            "moves across, to a body that answers for as many people",
            "move across, to bodies that answer for as many people",
        ),
    ):
        lines = [c for c in powers if c.kind == kind]
        if lines:
            said.append(f"{_powers(lines)} {_agreeing(lines, one, many)} ({_from_to(lines)})")
    return f"{_capital('; '.join(said))}." if said else ""


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
        ("ended", "ends with its holder", "end with their holders"),
    ):
        lines = [c for c in powers if c.kind == kind]
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
    names = list(dict.fromkeys(line.power_name for line in lines))
    return listed([name[0].lower() + name[1:] if name[1:2].islower() else name for name in names])


def _agreeing(lines: Sequence[Change], one: str, many: str) -> str:
    return one if len({line.power for line in lines}) == 1 else many


def _from_to(lines: Sequence[Change]) -> str:
    pairs = {(_bodies(line.before_names), _bodies(line.after_names)) for line in lines}
    return "; ".join(f"from {before} to {after}" for before, after in sorted(pairs)[:3])


def _bodies(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} bodies" if names else "nobody"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
