"""Questions about time: holders through the years, what changed, and what is not known since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from devo import divisions, names, rules
from devo.frozen import dataclass
from devo.gaps import gaps as find_gaps
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.timeline import Span, spans
from devo.values import AreaCode, BodyId, Confidence, PowerId, Residents, Share, day_after, day_before
from devo.world import World, as_day


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A body's holding of a power over part of a place, without a break, from `start` up to, and not on, `end`.

    `share` is of the place's residents. `instrument` and `confidence` are of the law that it began under,
    `exercised_by` is who exercised it at the end, or exercises it on the day asked about.
    """

    place: AreaCode
    place_name: str
    power: PowerId
    power_name: str
    body: BodyId
    body_name: str
    mode: str
    start: date | None
    end: date | None
    share: Share
    exercised_by: str | None
    instrument: str
    confidence: Confidence


def history(world: World, place: AreaCode, power: PowerId) -> Iterator[HistoryRow]:
    """The holders of a power over a place through time, as the law known on the day has it."""
    where = names.place(world, place)
    asked = names.power(world, power).id
    found: dict[tuple[Any, ...], Pieces] = {}
    spoken_of = (part for part in divisions.parts(world, asked) if world.ledger(part).effects)
    for name in (asked, *spoken_of):
        for group in alike(world, name, where.pieces):
            for span in spans(world, name, min(group)):
                by = _exerciser(world, name, span, min(group))
                law = span.held.effect
                key = (name, span.start, span.body, span.mode, span.end, by, law.instrument, law.confidence)
                found[key] = found.get(key, frozenset()) | group
    for key, pieces in sorted(
        found.items(), key=lambda item: (item[0][0], item[0][1] or date.min, item[0][2:4])
    ):
        name, start, body, mode, end, by, instrument, confidence = key
        yield HistoryRow(
            where.id,
            where.name,
            name,
            world.power_name(name),
            body,
            world.body_name(body),
            mode,
            start,
            end,
            world.mosaic.share(pieces, where.pieces),
            by,
            world.instrument_title(instrument),
            confidence,
        )


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that began or ended on a day: a holder's holding of a power over an area.

    `area` is an area expression, blank for everywhere; `provision` the provision of a deal, or the row of a
    table, that says so.
    """

    on: date
    change: str
    power: PowerId
    power_name: str
    holder: str
    holder_name: str
    area: str
    mode: str
    instrument: str
    deal: str
    provision: str
    confidence: Confidence


def what_changed(world: World, since: date, until: date | None = None) -> Iterator[ChangeRow]:
    """What began and ended from `since` up to, and not on, `until` (by default the day asked about)."""
    first, last = as_day(since), as_day(until) if until else world.today
    for power in sorted(world.ledgers):
        for effect in world.ledgers[power].effects:
            if first <= effect.on < last and rules.is_law(effect, world.as_known):
                yield ChangeRow(
                    effect.on,
                    "begins" if effect.begins else "ends",
                    power,
                    world.power_name(power),
                    effect.holder,
                    world.holder_name(effect.holder),
                    effect.area,
                    effect.mode,
                    world.instrument_title(effect.instrument),
                    effect.deal,
                    effect.origin,
                    effect.confidence,
                )


@dataclass(frozen=True, slots=True)
class GapRow:
    """Places where the tables do not know who holds a power from `start` up to, and not on, `end`, and why.

    `residents` are those who live there, `share` what part they are of all residents of the country.
    """

    power: PowerId
    power_name: str
    start: date
    end: date
    why: str
    places: tuple[str, ...]
    places_names: tuple[str, ...]
    residents: Residents
    share: Share


def gaps(world: World, power: PowerId = "", since: date | None = None) -> Iterator[GapRow]:
    """Where and when it is not known who holds a power: on the day, or from `since` up to and with it."""
    last = day_after(world.today)
    first = as_day(since) if since else day_before(last)
    for name in [names.power(world, power).id] if power else top_powers(world):
        for gap in find_gaps(world, name, first, last):
            areas = world.mosaic.describe(gap.pieces)
            yield GapRow(
                name,
                world.power_name(name),
                gap.start,
                gap.end,
                gap.why,
                tuple(code for code, _ in areas),
                tuple(area for _, area in areas),
                world.mosaic.residents(gap.pieces),
                world.mosaic.share(gap.pieces, world.mosaic.everywhere),
            )


def top_powers(world: World) -> list[str]:
    """Powers that are no part of another, by theme and name."""
    whole = [power for power in world.powers.values() if not power.parent]
    return [power.id for power in sorted(whole, key=lambda p: (p.theme, p.name, p.id))]


def _exerciser(world: World, power: str, span: Span, piece: int) -> str | None:
    """Who exercises a holding at the end of its span; of one that runs on, on the day asked about."""
    day = day_before(span.end) if span.end else max(span.start or date.min, world.today)
    found = rules.exercised_by(world.on(day), power, span.last, piece)
    return found.by if found else None
