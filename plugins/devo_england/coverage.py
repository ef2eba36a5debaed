"""Coverage: how much of what is said of each authority and power is verified, known, unsure or not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import BodyId, PowerId, Share, World, alike, holders, is_modelled

AUTHORITIES = frozenset({"combined-authority", "combined-county-authority", "gla"})
REST = "England outside them"
ALL = "all powers"
SURENESS = ("unsure", "known", "verified")
STATES = ("verified", "known", "unsure", "nobody", "not_known")


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One power over one authority's area: shares of its residents, which sum to 1.

    `verified`, `known` and `unsure` say how sure the least sure of the holdings there is. `nobody` is where
    the tables know that nobody holds it, `not_known` where they do not know who does. `body` is blank for what of
    England no authority serves. Worked out from the confidence of the holdings over the area on the day, each
    with its own source in `who-holds`.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    theme: str
    verified: Share
    known: Share
    unsure: Share
    nobody: Share
    not_known: Share


def coverage(world: World, body: BodyId = "", power: PowerId = "") -> Iterator[CoverageRow]:
    """How sure the tables are of who holds each power, by authority, as shares of residents.

    Without `body`: every combined authority there is on the day, London, and the rest of England. A body that
    serves nothing on the day has no rows.
    """
    asked = [power] if power else whole_powers(world)
    areas = [body_area(world, body)] if body else authority_areas(world)
    for name in asked:
        states = state_by_piece(world, name)
        record = world.powers[name]
        for owner, owner_name, pieces in areas:
            if not pieces:
                continue
            people = dict.fromkeys(STATES, 0)
            for piece in pieces:
                people[states[piece]] += world.mosaic.residents((piece,))
            whole = sum(people.values()) or 1
            yield CoverageRow(
                owner,
                owner_name,
                name,
                record.name,
                record.theme,
                *(people[state] / whole for state in STATES),
            )


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One theme, or all powers, over all of England: shares of residents, averaged over `powers`; they sum to 1.

    The shares mean what they mean in `coverage`. Worked out from the confidence of the holdings everywhere on
    the day, each with its own source in `who-holds`.
    """

    theme: str
    powers: int
    verified: Share
    known: Share
    unsure: Share
    nobody: Share
    not_known: Share


def coverage_totals(world: World) -> Iterator[TotalRow]:
    """How sure the tables are of who holds what over all of England: theme by theme, then all powers."""
    people: dict[str, dict[str, int]] = {}
    powers: dict[str, int] = {}
    for power in whole_powers(world):
        states = state_by_piece(world, power)
        for theme in (world.powers[power].theme, ALL):
            powers[theme] = powers.get(theme, 0) + 1
            counted = people.setdefault(theme, dict.fromkeys(STATES, 0))
            for piece, state in states.items():
                counted[state] += world.mosaic.residents((piece,))
    for theme in sorted(people, key=lambda theme: (theme == ALL, theme)):
        whole = sum(people[theme].values()) or 1
        yield TotalRow(theme, powers[theme], *(people[theme][state] / whole for state in STATES))


def whole_powers(world: World) -> list[str]:
    """Every power that is no part of another, by theme and then code."""
    whole = [power for power in world.powers.values() if not power.parent]
    return [power.id for power in sorted(whole, key=lambda power: (power.theme, power.code, power.id))]


def authority_areas(world: World) -> list[tuple[str, str, frozenset[int]]]:
    """The authorities there are on the day, oldest first, with their pieces; then what is left of England."""
    day = world.today
    living = [
        body
        for body in world.roster.bodies.values()
        if body.kind in AUTHORITIES and world.roster.alive(body.id, day, world.as_known)
    ]
    found = [
        body_area(world, body.id) for body in sorted(living, key=lambda body: (str(body.start), body.id))
    ]
    taken = frozenset().union(*(pieces for _, _, pieces in found))
    return [*found, ("", REST, world.mosaic.everywhere - taken)]


def body_area(world: World, body: str) -> tuple[str, str, frozenset[int]]:
    """A body with its name and the pieces that it serves on the day."""
    return body, world.body_name(body), frozenset(world.roster.served(body, world.today))


def state_by_piece(world: World, power: str) -> dict[int, str]:
    """For each piece how sure the least sure holding of a power or of one of its parts is there."""
    names = (power, *world.children.get(power, ()))
    found: dict[int, str] = {}
    for group in alike(world, power, world.mosaic.everywhere):
        state = _state(world, power, names, min(group))
        found.update(dict.fromkeys(group, state))
    return found


def _state(world: World, power: str, names: tuple[str, ...], piece: int) -> str:
    said = {held.effect.confidence for name in names for held in holders(world, name, piece)}
    if said:
        return min(said, key=SURENESS.index)
    return "nobody" if is_modelled(world, power, piece) else "not_known"
