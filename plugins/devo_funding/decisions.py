"""Who decides what is spent in a place, before and after: the whole, as far as the tables reach.

Councils stand with what they spent on services, other bodies with what they were paid; so no pound
stands twice. Where a figure is known for another year only, it is carried over in cash and said to be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from devo import AreaCode, GeographyId, Pence, Ref, World, cascade, question
from devo_funding.carrying import funding, spending
from devo_funding.deciders import decided, decider
from devo_funding.places import PencePerResident, ground_of, per_resident, places_of
from devo_funding.pots import Service
from devo_funding.prices import Prices, asked_prices
from devo_funding.years import FiscalYear, asked_year, fiscal_year


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """Money spent in a place in two fiscal years that somebody decides on.

    `decided_by` is who, as `flows` says it. A year of which the tables know nothing has a sum of nothing, and
    the sentence says so. `carried_pence` is what of the two sums is another year's figure. Worked out from
    `flows` and `service-spending` of the two years and of those that stand in for them, and residents.
    """

    place: AreaCode
    place_name: str
    decided_by: str
    before_year: str
    after_year: str
    before_pence: Pence
    after_pence: Pence
    before_per_resident_pence: PencePerResident | None
    after_per_resident_pence: PencePerResident | None
    carried_pence: Pence
    sentence: str


@question(draw="bars")
def who_decides(
    world: World,
    geography: GeographyId,
    before: str,
    after: str,
    within: Annotated[str, Ref("place")] = "",
    prices: str = "",
    deflator: str = "",
) -> Iterator[DecidedRow]:
    """Pounds for each resident by who decides on them, in two fiscal years, with a sentence for each.

    The years are `before` and `after` (`2014-15`); `within` a place, only the areas inside it are shown.
    What the tables lack is in neither year: police grant, benefits, housing revenue, capital of councils.
    `prices` of a fiscal year puts both years into them by a `deflator`; without, each is its own cash.
    """
    first, last = asked_year(world, before), asked_year(world, after)
    constant = asked_prices(world, prices, deflator)
    sums = {year: _decided(world, year, constant) for year in (first, last)}
    for where in places_of(world, geography, within):
        deciders = sorted({by for found in sums.values() for by in found})
        for by in deciders:
            old, was_carried = _at(sums[first].get(by, {}), where.pieces)
            new, is_carried = _at(sums[last].get(by, {}), where.pieces)
            if not old and not new:
                continue
            one, two = per_resident(old, where.residents), per_resident(new, where.residents)
            yield DecidedRow(
                where.code,
                where.name,
                by,
                str(first),
                str(last),
                old,
                new,
                one,
                two,
                was_carried + is_carried,
                _sentence(
                    where.name,
                    by,
                    (first, one or 0, was_carried, old),
                    (last, two or 0, is_carried, new),
                    constant,
                ),
            )


# For each decider, for each piece: pence, and pence of another year's figure.
Fallen = dict[str, dict[int, tuple[int, int]]]


def _decided(world: World, year: FiscalYear, prices: Prices | None) -> Fallen:
    """What each decider decides on at each piece in a year; figures of near years stand in."""
    found: Fallen = {}
    ground = ground_of(world, year)
    for flow, pence, carried in funding(world, year, prices):
        weights = ground.weights(flow.pot, flow.payee, flow.area)
        _add(found, decided(world, flow), weights, pence, carried)
    services = {service.id: service for service in world.of(Service)}
    for row, carried in spending(world, year):
        service = services.get(row.service)
        by = (service.decided_by if service else "") or decider(
            world, "", row.body, (), False, "", year.start
        )
        pence = prices.of(row.pence, fiscal_year(row.year)) if prices else row.pence
        _add(found, by, ground.weights(None, row.body, ""), pence, carried)
    return found


def _add(found: Fallen, by: str, weights: Mapping[int, int], pence: int, carried: bool) -> None:
    if not weights:
        return
    here = found.setdefault(by, {})
    for piece, part in zip(weights, cascade(pence, list(weights.values())), strict=True):
        before = here.get(piece, (0, 0))
        here[piece] = (before[0] + part, before[1] + (part if carried else 0))


def _at(fallen: Mapping[int, tuple[int, int]], pieces: frozenset[int]) -> tuple[int, int]:
    found = [fallen[piece] for piece in pieces if piece in fallen]
    return sum(pence for pence, _ in found), sum(carried for _, carried in found)


_CALLED = {
    "ministers": "ministers decide on",
    "mayor": "the mayor decides on",
    "combined authority": "the combined authority decides on",
    "council": "councils decide on",
    "NHS": "the NHS decides on",
    "police": "the police and crime commissioner decides on",
    "fire": "the fire authority decides on",
    "parish": "parish councils decide on",
}


# A year, pence for each resident, what of the sum is another year's figure, and the sum.
Side = tuple[FiscalYear, int, int, int]


def _sentence(place: str, by: str, before: Side, after: Side, prices: Prices | None) -> str:
    who = _CALLED.get(by, "others decide on")
    (first, one, _, _), (last, two, _, _) = before, after
    if not (before[3] and after[3]):
        year, pounds = (last, two) if after[3] else (first, one)
        text = f"In {place} {who} {_pounds(pounds)} for each resident in {year}"
    elif one == two:
        text = f"In {place} {who} {_pounds(one)} for each resident in {first} and as much in {last}"
    else:
        more = "more" if two > one else "less"
        text = (
            f"In {place} {who} {_pounds(one)} for each resident in {first} and {_pounds(two)} in {last}, "
            f"{_pounds(abs(two - one))} {more}"
        )
    carried = [
        f"{part / whole:.0%} of the {year} figure"
        for year, _, part, whole in (before, after)
        if part and whole
    ]
    if prices:
        text += f", in prices of {prices.year}"
    if carried:
        cash = "" if prices else " in cash"
        text += f" (carried over{cash} from another year: {' and '.join(carried)})"
    for year, _, _, whole in (before, after):
        if not whole:
            text += f"; of {year} the tables know nothing that stands for it"
    return text + "."


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


QUESTIONS = (who_decides,)
