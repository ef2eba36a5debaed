"""Churn: how long a power has stayed put at a place, and what a deal moves that had moved not long before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from devo import AreaCode, BodyId, DealId, Effect, Pieces, PowerId, World, ask, deal_named, holders
from devo import place as place_named
from devo_joinup.bodies import UNMODELLED
from devo_joinup.shipped import powers_asked
from devo_joinup.values import PersonaId


@dataclass(frozen=True, slots=True)
class ChurnRow:
    """How long a power has stayed put at a place, and how often it moved in ten years.

    `since` is the day from which all its holders of the day have held it, `years` how long ago that is; both
    are blank where nobody holds it or no day is known. Worked out from `history`, which gives the instrument of each move.
    """

    place: AreaCode
    power: PowerId
    power_name: str
    holders: tuple[BodyId, ...]
    holders_names: tuple[str, ...]
    since: date | None
    years: float | None
    moves_in_ten_years: int
    status: str


def churn(world: World, place: AreaCode, persona: PersonaId = "", power: PowerId = "") -> Iterator[ChurnRow]:
    """How long each power has stayed with its holders at a place, and its moves in the ten years to the day.

    What a successor took over from an abolished body counts as a move: the people who did it moved too.
    With a `persona`, the powers that it needs; with a `power`, that one; without either, all.
    """
    where = place_named(world, place)
    today = world.today
    first = years_before(today, 10)
    for name in [power] if power else powers_asked(world, persona):
        if name not in world.powers:
            continue
        rows = [r for r in ask(world, "history", place=where.id, power=name).rows if r.power == name]
        here = [r for r in rows if (r.start or date.min) <= today < (r.end or date.max)]
        starts = [r.start for r in here]
        begun = max((day for day in starts if day is not None), default=None)
        moved = {r.start for r in rows if r.start is not None and first < r.start <= today}
        years = round((today - begun).days / 365.25, 1) if begun else None
        bodies = tuple(sorted({r.body for r in here}))
        yield ChurnRow(
            where.id,
            name,
            world.power_name(name),
            bodies,
            tuple(world.body_name(body) for body in bodies),
            begun,
            years,
            len(moved),
            "held" if here else UNMODELLED if not rows else "ended",
        )


@dataclass(frozen=True, slots=True)
class MovedAgainRow:
    """A power that a deal moves to a body where it had come to another not long before.

    `on` is the day of the move, `last_moved` that of the one before, `before_that` who came to hold it then and
    by what; `places` are where the two meet. Worked out from the effects on the power, as `history` has them.
    """

    deal: DealId
    power: PowerId
    power_name: str
    on: date
    last_moved: date
    years: float
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    before_that: str


def moved_again(world: World, deal: DealId, years: int = 5) -> Iterator[MovedAgainRow]:
    """The powers that a deal moves again within so many years of their last move there: reorganisation upon another.

    A new legal authority for who holds a power already is no move.
    """
    code = deal_named(world, deal).code
    for power, ledger in sorted(world.ledgers.items()):
        told: set[MovedAgainRow] = set()
        for effect in ledger.effects:
            here = _pieces(world, effect)
            if effect.deal != code or not effect.begins or _had_it(world, ledger.effects, effect):
                continue
            first = years_before(effect.on, years)
            for earlier in reversed(ledger.effects):
                where = _pieces(world, earlier) & here
                if not (earlier.begins and earlier.made and first <= earlier.on < effect.on and where):
                    continue
                areas = world.mosaic.describe(where)
                row = MovedAgainRow(
                    code,
                    power,
                    world.power_name(power),
                    effect.on,
                    earlier.on,
                    round((effect.on - earlier.on).days / 365.25, 1),
                    tuple(area for area, _ in areas),
                    tuple(name for _, name in areas),
                    f"{world.holder_name(earlier.holder)} had come to hold it ({earlier.origin})",
                )
                if row not in told:
                    told.add(row)
                    yield row
                break


QUESTIONS = (churn, moved_again)


def _had_it(world: World, effects: tuple[Effect, ...], begun: Effect) -> bool:
    """Whether the holder of an effect that begins held the power somewhere there on the day before."""
    here = _pieces(world, begun)
    if not begun.holder.startswith("every:"):
        before = world.on(begun.on - timedelta(days=1))
        return any(
            begun.holder == held.body for piece in here for held in holders(before, begun.power, piece)
        )
    had = False
    for effect in effects:
        if effect.on < begun.on and effect.holder == begun.holder and _pieces(world, effect) & here:
            had = effect.begins
    return had


def _pieces(world: World, effect: Effect) -> Pieces:
    return world.mosaic.territory(effect.area) if effect.area else world.mosaic.everywhere


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year, 1 March for 29 February where that has none; the calendar's first at most."""
    if day.year - years < date.min.year:
        return date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
