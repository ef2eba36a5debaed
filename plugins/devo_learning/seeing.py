"""Who may see a note, and what is left of a world for somebody to see. Every way to a note goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from devo import BodyId, Finding, PowerId, World, body_named, power_named, question
from devo_learning.likeness import Terms, are_peers, is_central, terms_by_body
from devo_learning.values import EvidenceNote

CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A note that somebody may see: what a body tried under a power, under what conditions, and what came of it.

    The words are its author's. `worked` is *yes*, *partly*, *no* or blank, `visibility` who may see it.
    """

    note: str
    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    place: str
    day: date | None
    tried: str
    conditions: str
    worked: str
    went_wrong: str
    tells_a_peer: str
    visibility: str
    source: str
    confidence: str


@question(draw="groups:power_name,body_name,tried,conditions,went_wrong,tells_a_peer")
def evidence(
    world: World, body: BodyId = "", power: PowerId = "", as_seen_by: str = CENTRE
) -> Iterator[EvidenceRow]:
    """The notes that somebody may see: `as_seen_by` is a body, or `centre`, which is also what is taken if none is said.

    `body` and `power` leave out the notes of others and on others. What may not be seen leaves no
    trace: not its number, not its author.
    """
    viewer = viewer_named(world, as_seen_by)
    author = body_named(world, body).id if body else ""
    asked = power_named(world, power).id if power else ""
    for note in visible(world, viewer):
        if (not author or note.body == author) and (not asked or note.power == asked):
            yield EvidenceRow(
                note.id,
                note.body,
                world.body_name(note.body),
                note.power,
                world.power_name(note.power),
                note.place,
                note.day,
                note.tried,
                note.conditions,
                note.worked,
                note.went_wrong,
                note.tells_a_peer,
                note.visibility,
                note.source,
                note.confidence,
            )


@dataclass(frozen=True, slots=True)
class ReachRow:
    """A power that somebody has learned something about, and who among its holders may see any of it.

    `may_see` are those of its `holders` who may see a note of another's; who wrote one is not told. Worked out
    from the notes that the viewer may see, which `evidence` gives with their sources.
    """

    power: PowerId
    power_name: str
    may_see: tuple[BodyId, ...]
    holders: int


def evidence_reach(world: World, as_seen_by: str = CENTRE) -> Iterator[ReachRow]:
    """How far what is known reaches: for each power with notes, which of its holders may see one of another's.

    Only notes that the viewer may see count: `as_seen_by` is a body, or `centre`, the default.
    """
    seen = visible(world, viewer_named(world, as_seen_by))
    terms = _terms(world)
    for power in sorted({note.power for note in seen}):
        notes = [note for note in seen if note.power == power]
        holding = sorted(terms(power))
        able = tuple(
            body
            for body in holding
            if any(note.body != body and may_see(world, note, body, terms) for note in notes)
        )
        yield ReachRow(power, world.power_name(power), able, len(holding))


def viewer_named(world: World, text: str) -> str:
    """Who looks: a body's id, or `centre` for any central body and for nobody in particular. Raises NameFault."""
    asked = (text or CENTRE).strip()
    if asked.casefold() in (CENTRE, "center", "the centre"):
        return CENTRE
    found = body_named(world, asked)
    return CENTRE if is_central(world, found.id) else found.id


def may_see(
    world: World, note: EvidenceNote, viewer: str, terms: Callable[[str], Mapping[str, Terms]] | None = None
) -> bool:
    """Whether a body, or the centre, may see a note. In doubt it may not.

    Who asks of many notes gives `terms`, which has how a power is held by each of its holders, once for all.
    """
    if note.visibility == "centre":
        return True
    if viewer == CENTRE or is_central(world, viewer):
        return False
    if note.body == viewer:
        return True
    if note.visibility == "peers":
        return are_peers(world, (terms or _terms(world))(note.power), note.body, viewer)
    if note.visibility == "sector":
        return _same_sector(world, note.body, viewer)
    return False


def visible(world: World, viewer: str) -> tuple[EvidenceNote, ...]:
    """The notes that a viewer may see, in order of id."""
    terms = _terms(world)
    seen = (note for note in world.of(EvidenceNote) if may_see(world, note, viewer, terms))
    return tuple(sorted(seen, key=lambda note: note.id))


def _terms(world: World) -> Callable[[str], Mapping[str, Terms]]:
    """How each power is held by each of its holders, looked up once however often it is asked."""
    return cache(partial(terms_by_body, world))


def _same_sector(world: World, one: str, two: str) -> bool:
    bodies = world.roster.bodies
    if one not in bodies or two not in bodies:
        return False
    return bool(bodies[one].sector) and bodies[one].sector == bodies[two].sector


def note_without_author(world: World) -> Iterator[Finding]:
    """An evidence note whose author is not in the tables, so that not even its author may see it."""
    unknown = sum(note.body not in world.roster.bodies for note in world.of(EvidenceNote))
    if unknown:
        yield Finding(
            "note-without-author",
            f"{unknown} evidence notes are of bodies that are not in the tables.",
            "warning",
            suggestion="give `body` the id of a body",
        )


QUESTIONS = (evidence, evidence_reach)
CHECKS = (note_without_author,)
