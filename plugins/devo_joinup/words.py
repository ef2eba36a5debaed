"""Figures as sentences: what an official could paste into a submission, with what is not known said in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from devo import World
from devo_joinup.values import Persona

_NUMBERS = "no one two three four five six seven eight nine ten".split()


def number(count: int) -> str:
    """A count as text: in words up to ten."""
    return _NUMBERS[count] if 0 <= count <= 10 else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def kind_in_words(kind: str) -> str:
    """A kind of arrangement as people write it: co-location, multi-disciplinary team."""
    head, dash, rest = kind.partition("-")
    if head in ("co", "multi", "data"):
        return f"{head}-{rest.replace('-', ' ')}"
    return f"{head}{' ' if dash else ''}{rest.replace('-', ' ')}"


def listed(names: Iterable[str], limit: int = 0) -> str:
    """Names in a row, with "and" before the last; with `limit`, how many more there are."""
    found = list(names)
    if limit and len(found) > limit:
        found = [*found[:limit], f"{len(found) - limit} more"]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def paragraph(world: World, person: Persona, place: str, rows: Sequence[Any]) -> str:
    """The figures of a persona at a place as a paragraph."""
    found = {row.dimension: row for row in rows}
    if not found or not found["bodies"].figure:
        return (
            f"The tables do not know whom this person ({person.name}) would meet in {place} on {world.today}."
        )

    def figure(name: str) -> int:
        return int(found[name].figure or 0)

    said = [
        f"In {place} on {world.today.day} {world.today:%B %Y}, this person ({lower_first(person.name)}) depends on "
        f"{counted(figure('bodies'), 'organisation')}: {listed(found['bodies'].behind)}.",
        f"They are at {counted(figure('tiers'), 'tier')} of government and answer for "
        f"{counted(figure('areas'), 'different area')}, of which "
        f"{counted(figure('crossings'), 'pair')} {_verb(figure('crossings'), 'cut')} across each other.",
    ]
    if figure("agree"):
        said.append(
            f"For the complex needs alone the person is {_handed(figure('hand-offs'))}, and the agreement of "
            f"{counted(figure('agree'), 'body', 'bodies')} is enough to act: {listed(found['agree'].behind)}."
        )
    if found["regulators"].figure is not None:
        behind = f" ({listed(found['regulators'].behind)})" if figure("regulators") else ""
        said.append(
            f"{counted(figure('regulators'), 'inspectorate').capitalize()} "
            f"{_verb(figure('regulators'), 'look')} over them{behind}."
        )
    if found["pots"].figure is not None:
        said.append(
            f"At least {counted(figure('pots'), 'pot')} of money known to the tables "
            f"{_verb(figure('pots'), 'pay')} for it this year."
        )
    if figure("conditions"):
        said.append(
            f"{counted(figure('conditions'), 'condition').capitalize()} "
            f"{_verb(figure('conditions'), 'stand')} on the use of the powers."
        )
    unknown = [
        *(["the money"] if found["pots"].figure is None else []),
        *(["the inspectorates"] if found["regulators"].figure is None else []),
        *found["unmodelled"].behind,
    ]
    if unknown:
        said.append(f"Not known to the tables, and not counted: {listed(unknown)}.")
    if found["bodies"].least != found["bodies"].most:
        said.append(
            f"This is what most residents of {place} would meet; elsewhere in it the organisations number "
            f"{found['bodies'].least} to {found['bodies'].most}."
        )
    return " ".join(said)


def change(before: int | None, after: int | None) -> str:
    """How a figure changed, in words."""
    if before is None or after is None:
        return "not known" if before is after else "not comparable: not known on one side"
    if before == after:
        return "as before"
    return f"{'fewer' if after < before else 'more'}: {before} before, {after} after"


def lower_first(text: str) -> str:
    """A name as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def _verb(count: int, many: str) -> str:
    """A verb as it goes with so many: looks for one, look for more and for none."""
    return f"{many}s" if count == 1 else many


def _handed(count: int) -> str:
    if not count:
        return "not handed between sectors"
    times = {1: "once", 2: "twice"}.get(count, f"{number(count)} times")
    return f"handed between sectors at least {times}"
