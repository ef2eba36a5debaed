"""Answers about who holds what, as tables for the middle of the explorer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from devo import words
from devo.answers import Answer
from devo.tui.desk import Desk
from devo.tui.looking import Looking, Subject
from devo.tui.tables import EMPTY, Cell, Col, Line, Table
from devo.tui.texts import day, plain_title
from devo.world import World


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row is about: a body and a power, and the place where a place was asked about."""

    body: str
    power: str
    place: str = ""


_REST = (Col("How", weight=2), Col("Since", 17, lead="since "), Col("Under", weight=3, at=118))
_HOLDERS = (Col("Power", weight=3), Col("Who holds it", weight=3), *_REST)
_HELD = (Col("Power", weight=3), Col("Where", weight=3), *_REST)
_PLACES = (Col("Place", weight=2), Col("Who holds it", weight=3), *_REST)


def table_of(desk: Desk, looking: Looking, answer: Answer) -> Table:
    """The table for what is looked at."""
    subject = looking.subject
    if subject is None:
        return EMPTY
    world = desk.on(looking)
    sources = answer.sources
    source = desk.said(looking, *_command(subject))
    note = "  ".join(finding.message for finding in answer.findings)
    if subject.kind == "place":
        lines = [
            Line(
                (row.power_name, row.body_name, how(row, world), since(row), row.instrument),
                Standing(row.body, row.power, subject.id),
                _theme(desk, row.power),
            )
            for row in answer.rows
        ]
        lines.sort(key=lambda line: (line.group == _OTHER, line.group, str(line.cells[0]).casefold()))
        title = f"Who holds what in {subject.name}"
        return Table(title, _HOLDERS, tuple(lines), 72, _nothing(subject), source, note, sources)
    if subject.kind == "body":
        lines = [
            Line(
                (row.power_name, _where(row), how(row, world), since(row), row.instrument),
                Standing(row.body, row.power),
                _theme(desk, row.power),
            )
            for row in answer.rows
        ]
        lines.sort(key=lambda line: (line.group == _OTHER, line.group, str(line.cells[0]).casefold()))
        return Table(
            f"What {subject.name} holds", _HELD, tuple(lines), 72, _nothing(subject), source, note, sources
        )
    lines = [
        Line(
            (row.place_name, row.body_name, how(row, world), since(row), row.instrument),
            Standing(row.body, row.power, row.place),
            "" if row.power == subject.id else row.power_name,
        )
        for row in answer.rows
    ]
    lines.sort(key=lambda line: (line.group, str(line.cells[0]).casefold()))
    title = f"Who holds {subject.name}, place by place"
    return Table(title, _PLACES, tuple(lines), 72, _nothing(subject), source, note, sources)


def how(row: Any, world: World) -> Cell:
    """How a power is held, in words, with what marks it: conditions, promises, doubt."""
    said = [words.mode(row.mode)]
    if row.exercised_by:
        said.append(f"by {exerciser(row.exercised_by, world)}")
    tone: Any = ""
    if row.status == "conditional":
        said.append("with conditions to meet")
        tone = "change"
    elif row.status == "promised":
        said, tone = ["promised, not yet law"], "warn"
    elif row.status == "not-in-force":
        said, tone = ["made, not yet in force"], "warn"
    share = getattr(row, "share", 1.0)
    if share < 1:
        said.append(f"for {words.share(share)} of residents")
    if row.confidence == "unsure":
        said.append("we are unsure")
        tone = "warn"
    return Cell(", ".join(said), tone)


def since(row: Any) -> Cell:
    """From when, in words."""
    if row.status in ("promised", "not-in-force"):
        return Cell(f"from {day(row.start, 'a day not known')}", "warn")
    return Cell(day(row.start))


def exerciser(by: str, world: World) -> str:
    """Who exercises a power: a body by its name, or an office."""
    if by in world.roster.bodies:
        return world.body_name(by)
    return f"the {by.removeprefix('the ')}"


def _where(row: Any) -> str:
    return words.several(row.places_names)


_OTHER = "Other powers"


def _theme(desk: Desk, power: str) -> str:
    return plain_title(desk.power_theme(power)) or _OTHER


def _command(subject: Subject) -> tuple[str, str]:
    return {"place": "who", "body": "holds", "power": "where"}[subject.kind], subject.id


def _nothing(subject: Subject) -> str:
    if subject.kind == "body":
        return f"The tables know no power that {subject.name} holds on this day. Try another day: [ and ]."
    return f"The tables do not say who holds anything here on this day ({subject.name}). This is not a no."
