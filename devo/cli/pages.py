"""Answers as pages: the columns that matter to people, the title and the words for an empty answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from devo import front, names, words
from devo.answers import Answer, plain
from devo.cli.nothing import why_nothing
from devo.cli.options import Common
from devo.formats import Grid, Page, Records
from devo.values import Column, Finding
from devo.world import World

_TITLES = {
    "who-holds": lambda said: f"Who holds {said.get('power', 'what')} in {said['place']}",
    "held-by": lambda said: f"What {said['body']} holds",
    "where-held": lambda said: f"Who holds {said['power']}, place by place,",
    "history": lambda said: f"{said['power']} in {said['place']}, through time,",
    "members-of": lambda said: f"Members of {said['body']}",
}
# How many columns of a matrix a narrow terminal has room for.
MOST_ACROSS = 4
# Of these a row says what is to come, and not who holds.
_COMING = ("not-in-force", "promised")
_TO_COME = "Promised, or not yet in force"
# Long texts that would crush a table's other columns; they are said below it.
_REMARKS = {"carve_outs": "not included: ", "note": ""}


def asked(world: World, common: Common, question: str, terms: Mapping[str, Any]) -> Answer:
    """A question's answer, without what is less sure than asked for, with what could not take effect."""
    answer = sure_enough(front.ask(world, question, **terms), common)
    return replace(answer, findings=(*answer.findings, *in_vain(world, common)))


def in_vain(world: World, common: Common) -> tuple[Finding, ...]:
    """What of the deals that the options name could not take effect."""
    if not common.changed:
        return ()
    return tuple(finding for finding in world.findings if finding.severity == "error")


def page_of(answer: Answer, world: World, common: Common) -> Page:
    """An answer as a page."""
    paragraphs = [common.which_world] if common.which_world else []
    if not answer.rows:
        paragraphs.append(why_nothing(answer, world))
    return Page(
        title=title(answer, world),
        paragraphs=tuple(paragraphs),
        grids=grids(answer, world),
        notes=(*_remarks(answer), *said(answer.findings)),
        envelope=answer.as_json(),
        records=records(answer.columns, answer.rows),
    )


def sure_enough(answer: Answer, common: Common) -> Answer:
    """An answer without the rows that are less sure than asked for, and a finding that counts them."""
    rows = tuple(row for row in answer.rows if common.keeps(getattr(row, "confidence", None)))
    if len(rows) == len(answer.rows):
        return answer
    cited = {getattr(row, "instrument", "") for row in rows}
    findings = (f for f in answer.findings if f.code != "unsure")
    return replace(
        answer,
        rows=rows,
        findings=(*findings, left_out(len(answer.rows) - len(rows), "row", common)),
        sources=tuple(source for source in answer.sources if source in cited),
    )


def left_out(number: int, what: str, common: Common) -> Finding:
    """What there is to say where something is less sure than asked for."""
    text = f"{words.count(number, what)} less sure than {common.confidence!r} left out."
    return Finding("left-out", text, "note", suggestion="--confidence unsure shows all")


def title(answer: Answer, world: World) -> str:
    """What was asked, in words, with the day."""
    spoken = {term: names.called(world, term, value) for term, value in answer.terms.items()}
    template: Callable[[dict[str, str]], str] | None = _TITLES.get(answer.question)
    if template is not None:
        text = template(spoken)
    else:
        terms = ", ".join(f"{term} {value}" for term, value in spoken.items())
        text = f"{answer.question}: {terms}" if terms else answer.question
    known = f", by the law made by {words.day(answer.known)}" if answer.known else ""
    return f"{text}{'' if template else ','} on {words.day(answer.on)}{known}"


def grids(answer: Answer, world: World) -> tuple[Grid, ...]:
    """The rows in the columns that people need: what is held, then what is to come."""
    drawing = str(front.question_named(world, answer.question).options.get("draw", ""))
    if drawing.startswith("matrix:"):
        return _matrices(answer, *drawing.removeprefix("matrix:").split(","))
    coming = tuple(row for row in answer.rows if getattr(row, "status", "") in _COMING)
    held = tuple(row for row in answer.rows if getattr(row, "status", "") not in _COMING)
    drawn = [_grid(answer, held, world)] if held else []
    if coming:
        drawn.append(replace(_grid(answer, coming, world), title=_TO_COME if held else ""))
    return tuple(drawn)


def _matrices(answer: Answer, down: str, across: str, cell: str) -> tuple[Grid, ...]:
    """One row a power and one column a body, where there is more than one; a grid a theme."""
    heads = list(dict.fromkeys(str(getattr(row, across)) for row in answer.rows))
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for row in answer.rows:
        table = tables.setdefault(getattr(row, "theme", ""), {})
        table.setdefault(str(getattr(row, down)), {})[str(getattr(row, across))] = str(getattr(row, cell))
    headings = (words.heading(down), *(head.upper() for head in heads))
    return tuple(
        Grid(
            headings,
            tuple((name, *(found.get(head, "") for head in heads)) for name, found in table.items()),
            theme.replace("-", " ").capitalize(),
            wide=frozenset(head.upper() for head in heads[MOST_ACROSS:]),
        )
        for theme, table in tables.items()
    )


def _grid(answer: Answer, rows: Sequence[Any], world: World) -> Grid:
    columns = [c for c in answer.columns if _is_shown(c, answer, rows)]
    cells = [[_cell(c, row, world) for c in columns] for row in rows]
    filled = [n for n in range(len(columns)) if any(row[n] for row in cells)]
    coming = getattr(rows[0], "status", "") in _COMING
    headings = ["From" if coming and c.name == "start" else words.heading(c.name) for c in columns]
    return Grid(
        tuple(headings[n] for n in filled),
        tuple(tuple(row[n] for n in filled) for row in cells),
        figures=frozenset(words.heading(c.name) for c in columns if c.type in ("integer", "float")),
        wide=frozenset(words.heading(name) for name in _wide(answer, rows)),
    )


def _wide(answer: Answer, rows: Sequence[Any]) -> set[str]:
    """The columns that a narrow terminal can do without."""
    wide = {"instrument"}
    if not any(getattr(row, "confidence", "") == "unsure" for row in rows):
        wide.add("confidence")
    if answer.question in ("who-holds", "where-held", "held-by"):
        wide.add("end")
    if all(getattr(row, "share", 1.0) == 1.0 for row in rows):
        wide.add("share")
    for name in ("places_names", "residents"):
        if len({getattr(row, name, None) for row in rows}) == 1 and len(rows) > 1:
            wide.add(name)
    return wide


def records(columns: Sequence[Column], rows: Iterable[Any]) -> Records:
    """The rows as plain values, every column kept."""
    listed = tuple(plain(row) for row in rows)
    return Records(tuple(column.name for column in columns) or tuple(listed[0] if listed else ()), listed)


def said(findings: Iterable[Finding]) -> list[str]:
    """Findings as sentences, the gravest first and marked."""
    return [words.finding(finding, marked=True) for finding in words.gravest_first(findings)]


def verdict(findings: Iterable[Finding]) -> int:
    """The exit code that findings give: 1 for one of severity error."""
    return int(any(finding.severity == "error" for finding in findings))


def _is_shown(column: Column, answer: Answer, rows: Sequence[Any]) -> bool:
    name = column.name
    every = {c.name for c in answer.columns}
    if name in _REMARKS or f"{name}_name" in every or f"{name}_names" in every:
        return False
    if "mode" in every and (name == "exercised_by" or (name == "status" and rows[0].status not in _COMING)):
        return False
    id = name.removesuffix("_name")
    # What the title says is the same in every row.
    return not (id in answer.terms and all(getattr(row, id) == answer.terms[id] for row in rows))


def _cell(column: Column, row: Any, world: World) -> str:
    text = words.cell(column, getattr(row, column.name))
    if column.name != "mode":
        return text
    exerciser = getattr(row, "exercised_by", None)
    by = f"by {world.exerciser_name(exerciser)}" if exerciser else ""
    conditions = "with conditions to meet" if getattr(row, "status", "") == "conditional" else ""
    return ", ".join(filter(None, (text, by, conditions)))


def _remarks(answer: Answer) -> list[str]:
    """What is said of single rows, below the table; what is said of several, once."""
    telling = [f"{name}_name" for name in ("body", "power") if name not in answer.terms]
    found: dict[str, dict[str, None]] = {}
    for row in answer.rows:
        whose = ", ".join(filter(None, (getattr(row, name, "") for name in telling)))
        for name, before in _REMARKS.items():
            if text := getattr(row, name, ""):
                found.setdefault(before + text, {})[whose] = None
    return [": ".join(filter(None, (words.several(whose), text))) for text, whose in found.items()]
