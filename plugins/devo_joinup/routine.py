"""Routine work: the money that could move to care if a stated share of it were automated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any

from devo import AreaCode, BodyId, Pence, TermFault, Unit, World
from devo import place as place_named
from devo_joinup.money import Money

# Outturns are published after their year: how many years before the day's are looked through for the last.
BACK = 5


@dataclass(frozen=True, slots=True)
class FreedRow:
    """Money a body spends on a service, and what a stated share of routine work in it would free.

    `nature` is the tag of the powers it is spent under: complex, transactional, or not said. `routine_share` is
    both shares that were assumed, multiplied.
    """

    place: AreaCode
    year: str
    body: BodyId
    body_name: str
    service: str
    service_name: str
    nature: str
    amount_pence: Pence
    routine_share: Annotated[float, Unit("share, as assumed")]
    freed_pence: Pence
    assumption: str


def routine_freed(
    world: World,
    place: AreaCode,
    routine_share: float,
    automated: float,
    services: str = "",
    year: str = "",
) -> Iterator[FreedRow]:
    """Money that could move to care if a share of routine work were automated: your assumption, shown beside it.

    `routine_share` of each service's spending is taken as routine and `automated` of that as freed;
    `services` names them (`;` between), by default those whose powers the tables tag transactional.
    `year` is a fiscal year (`2023-24`), by default the last up to the day whose spending is known.
    """
    if not (0 <= routine_share <= 1 and 0 <= automated <= 1):
        raise TermFault("routine_share and automated are shares from 0 to 1")
    where = place_named(world, place)
    wanted = {name.strip() for name in services.split(";") if name.strip()}
    spent_in, rows = _spending(world, year)
    known = sorted({row.service for row in rows})
    if strange := sorted(wanted - set(known)) if rows else []:
        near = get_close_matches(strange[0], known, n=3, cutoff=0.3) or known
        raise TermFault(
            f"nothing was spent on a service {strange[0]!r} in {spent_in}; nearest: {', '.join(near)}"
        )
    for row in rows:
        if not world.roster.served(row.body, world.today) & where.pieces:
            continue
        tags = {world.powers[p].service for p in row.power.split(";") if p in world.powers}
        if not (row.service in wanted if wanted else "transactional" in tags):
            continue
        yield FreedRow(
            where.id,
            spent_in,
            row.body,
            row.body_name,
            row.service,
            row.service_name,
            " and ".join(sorted(tags - {""})) or "not said",
            row.amount_pence,
            routine_share * automated,
            round(row.amount_pence * routine_share * automated),
            f"assumed: {routine_share:.0%} of it is routine and {automated:.0%} of that is automated; "
            "nothing is claimed of what the money would then do",
        )


def _spending(world: World, year: str) -> tuple[str, tuple[Any, ...]]:
    """The spending on services of a fiscal year, or of the last that is known up to the day, and which that is."""
    money = Money(world)
    if year:
        return year, money.rows("service-spending", year=year)
    first = world.today.year - (world.today.month < 4)
    for begins in range(first, first - BACK, -1):
        tried = f"{begins}-{(begins + 1) % 100:02}"
        rows = money.rows("service-spending", year=tried)
        if rows:
            return tried, rows
    return "", ()


QUESTIONS = (routine_freed,)
