"""Before and after: a persona's figures with and without deals, and what they did for it in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from devo import AreaCode, Place, TermFault, World, deal_named, question, with_and_without
from devo import place as place_named
from devo_joinup.dimensions import BURDENS, DIMENSIONS
from devo_joinup.figures import Figures, label
from devo_joinup.headlines import figure_rows, headlines
from devo_joinup.shipped import chosen, needs_of
from devo_joinup.values import Persona, PersonaId
from devo_joinup.words import change, listed, paragraph


def deals_meant(world: World, text: str) -> list[str]:
    """The codes of the deals that a text lists, `GM-*` for all that begin so. Raises NameFault, TermFault."""
    found: list[str] = []
    for term in (part.strip() for part in text.replace(",", ";").split(";")):
        if "*" in term:
            codes = [code for code in world.deal_codes if fnmatchcase(code.casefold(), term.casefold())]
            if not codes:
                raise TermFault(f"no deal's code is like {term!r}")
            found += codes
        elif term:
            found.append(deal_named(world, term).code)
    return list(dict.fromkeys(found))


def earlier(world: World, deals: str = "", since: date | None = None) -> tuple[World, str]:
    """The world to compare with, and what it is in words: without deals, on an earlier day, or before any deal."""
    if deals and since:
        raise TermFault("say either which deals to leave out (`deals`) or an earlier day (`since`), not both")
    if deals:
        codes = deals_meant(world, deals)
        before, _, _ = with_and_without(world, codes)
        return before, f"without {listed(codes, 4)}"
    if since:
        return world.on(since), f"on {since}"
    return world.before.on(world.today).known(world.as_known), "under the general law, before any deal"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A dimension's figure for a persona at a place, before and after, for most of its residents.

    `came` and `went` name what is counted on one side alone; a blank figure is one that the tables do not know.
    Worked out from `whole-person-figures` in both worlds.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    dimension: str
    before: int | None
    after: int | None
    change: str
    unit: str
    came: tuple[str, ...]
    went: tuple[str, ...]


@question(draw="table")
def whole_person_change(
    world: World, place: AreaCode, persona: PersonaId = "", deals: str = "", since: date | None = None
) -> Iterator[ChangeRow]:
    """A persona's figures at a place before and after: `deals` (`GM-*;WM-2015-11`), `since` a day, or any deal at all."""
    before, _ = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = Figures(before), Figures(world)
    for person in chosen(world, persona):
        yield from _changed(old, new, person, where)


def _changed(old: Figures, new: Figures, person: Persona, where: Place) -> Iterator[ChangeRow]:
    needs = needs_of(new.world, person.id)
    was, now = (headlines(figures, needs, where.pieces) for figures in (old, new))
    for name, dimension in DIMENSIONS.items():
        a, b = was[name], now[name]
        yield ChangeRow(
            person.id,
            where.id,
            where.name,
            name,
            a.value,
            b.value,
            change(a.value, b.value),
            dimension.unit,
            tuple(label(new.world, member) for member in b.members if member not in a.members),
            tuple(label(old.world, member) for member in a.members if member not in b.members),
        )


@dataclass(frozen=True, slots=True)
class ChangeParagraphRow:
    """A paragraph on what deals did for a person at a place: as it is, what changed, who came in and who went out.

    Worked out from `whole-person-change`.
    """

    persona: PersonaId
    place: AreaCode
    place_name: str
    text: str


def whole_person_submission(
    world: World, place: AreaCode, persona: PersonaId = "", deals: str = "", since: date | None = None
) -> Iterator[ChangeParagraphRow]:
    """What deals did for a person at a place, as a paragraph to paste: as it is now, and what changed.

    Without a `persona`, a paragraph for each. It is compared as `whole-person-change` is.
    """
    before, words = earlier(world, deals, since)
    where = place_named(world, place)
    old, new = Figures(before), Figures(world)
    for person in chosen(world, persona):
        now = list(figure_rows(new, person, where))
        rows = [row for row in _changed(old, new, person, where) if row.dimension in BURDENS]
        moved = [
            row
            for row in rows
            if row.before != row.after and row.before is not None and row.after is not None
        ]
        said = [
            f"{row.dimension.replace('-', ' ')} {'fell' if (row.after or 0) < (row.before or 0) else 'rose'} "
            f"from {row.before} to {row.after}"
            for row in moved
        ]
        came = next((row.came for row in rows if row.dimension == "bodies"), ())
        went = next((row.went for row in rows if row.dimension == "bodies"), ())
        tail = f" Compared with the position {words}, " + (
            f"{listed(said)}." if said else "none of these figures has changed."
        )
        if came or went:
            parts = [
                f"{listed(names)} {verb}" for names, verb in ((came, "came in"), (went, "went out")) if names
            ]
            tail += f" {'; '.join(parts)}."
        yield ChangeParagraphRow(
            person.id, where.id, where.name, paragraph(world, person, where.name, now) + tail
        )


QUESTIONS = (whole_person_change, whole_person_submission)
