"""What a body could learn about a power, in headline figures and in words: peers, notes, who judges and who helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from devo import BodyId, PowerId, World, body_named, power_named, question
from devo_learning.likeness import PeerRow, peers
from devo_learning.seeing import CENTRE, visible
from devo_learning.watching import UNDISCLOSED, OversightRow, oversight


@dataclass(frozen=True, slots=True)
class LearningRow:
    """One figure of what a body could learn about a power; blank where the tables have nothing to count.

    `measure` is the name of a count of bodies or notes, `what` says what is counted, and `behind` names them. Worked
    out from the rows of `peers` and `oversight` and from the notes that anybody may see.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    measure: str
    figure: int | None
    what: str
    behind: tuple[str, ...]
    status: str


@question(draw="headlines:measure,figure")
def learning_figures(world: World, body: BodyId, power: PowerId) -> Iterator[LearningRow]:
    """How many hold a power on a body's terms, what is written for all to see, and who judges or helps it there."""
    asked, what = body_named(world, body), power_named(world, power)
    rows = list(peers(world, asked.id, what.id))
    alike = [row.peer_name for row in rows if row.alike]
    # That there are notes which not everybody may see is not told either: not even by a nought.
    written = visible(world, CENTRE)
    notes = [note for note in written if note.power == what.id and note.body != asked.id]
    links = list(oversight(world, asked.id, what.id))
    counted: list[tuple[str, list[str] | None, str]] = [
        (
            "on like terms",
            alike,
            "others that hold it in the same mode, by the same sort of exerciser, "
            "under the same conditions and strings",
        ),
        (
            "on other terms",
            [row.peer_name for row in rows if not row.alike],
            "others that hold it, and differ",
        ),
        (
            "notes for all to see",
            [note.id for note in notes] if written else None,
            "what others wrote on it and let everybody see; a note for peers alone is counted nowhere",
        ),
        *((name, _overseers(links, *roles) if links else None, text) for name, roles, text in _ROLES),
    ]
    for measure, found, text in counted:
        yield LearningRow(
            asked.id,
            asked.name,
            what.id,
            what.name,
            measure,
            None if found is None else len(found),
            text,
            tuple(found or ()),
            "unmodelled" if found is None else "held",
        )


_ROLES = (
    ("known to assure", ("assurance", "both"), "those who judge and report on it there"),
    ("known to support", ("support", "both"), "those who help and are told"),
    ("role undisclosed", (UNDISCLOSED,), "those who look over it and have not said as what"),
)


def _overseers(links: list[OversightRow], *roles: str) -> list[str]:
    return sorted({row.overseer_name for row in links if row.role in roles})


@dataclass(frozen=True, slots=True)
class LearningParagraphRow:
    """What a body could learn about a power, as a paragraph of plain English for the day.

    Worked out from the rows of `peers` and the figures of `learning-figures`.
    """

    body: BodyId
    body_name: str
    power: PowerId
    power_name: str
    text: str


@question(draw="words:text")
def learning_paragraph(world: World, body: BodyId, power: PowerId) -> Iterator[LearningParagraphRow]:
    """Whom a body could ask about a power, who judges it and who helps, in words; what is not known is said."""
    asked, what = body_named(world, body), power_named(world, power)
    rows = list(peers(world, asked.id, what.id))
    if not rows:
        text = f"The tables know nobody else who holds {_lower(what.name)} as {asked.name} does on {world.today}."
        yield LearningParagraphRow(asked.id, asked.name, what.id, what.name, text)
        return
    found = {row.measure: row for row in learning_figures(world, asked.id, what.id)}
    alike, other = ([row for row in rows if row.alike is yes] for yes in (True, False))
    said = [_asking(asked.name, what.name, alike, other)]
    notes = found["notes for all to see"]
    if notes.figure is None:
        said.append("No place's notes are in the tables: they are kept by whoever wrote them.")
    else:
        said.append(
            f"On it there {'is one note' if notes.figure == 1 else f'are {notes.figure} notes'} that anybody may see."
        )
    for measure, text in (("known to assure", "judged by"), ("known to support", "helped by")):
        row = found[measure]
        if row.figure:
            said.append(f"It is {text} {_listed(row.behind)}.")
    silent = found["role undisclosed"]
    if silent.figure:
        said.append(
            f"Whether {_listed(silent.behind)} {'judges' if silent.figure == 1 else 'judge'} or help is undisclosed."
        )
    if silent.figure is None:
        said.append("Who looks over it is not known to the tables.")
    yield LearningParagraphRow(asked.id, asked.name, what.id, what.name, " ".join(said))


def _asking(body: str, power: str, alike: list[PeerRow], other: list[PeerRow]) -> str:
    if alike:
        text = (
            f"{body} holds {_lower(power)} on like terms with {_listed([row.peer_name for row in alike], 8)}."
        )
    else:
        text = f"Nobody else holds {_lower(power)} on {body}'s terms."
    if other:
        differing = sorted({name for row in other for name in row.unlike})
        names = _listed([row.peer_name for row in other], 4)
        text += f" {names} {'holds' if len(other) == 1 else 'hold'} it too, unlike in {_listed(differing)}."
    return text


def _listed(names: tuple[str, ...] | list[str], most: int = 0) -> str:
    found = list(names)
    if most and len(found) > most + 1:
        found = [*found[:most], f"{len(found) - most} others"]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


QUESTIONS = (learning_figures, learning_paragraph)
