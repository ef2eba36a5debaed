"""Answers, changes and findings as tables, and answers as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from devo import names, words
from devo.answers import Answer
from devo.explanation import explain
from devo.names import NameFault
from devo.plans import Change
from devo.reports.ground import Ground
from devo.reports.histories import how
from devo.reports.values import Heading, Section, Table, heading_of
from devo.values import Column, Finding
from devo.world import World

# More holders of one power over one place than these are told in one sentence.
MOST_TOLD = 4

_COMING = ("not-in-force", "promised")
_CHANGES = (
    Heading("What"),
    Heading("Power"),
    Heading("From"),
    Heading("To"),
    Heading("Where"),
    Heading("Residents", "count"),
    Heading("From the day", "day"),
    Heading("Under", "law"),
    Heading("How sure"),
)
_KINDS = {
    "moved-up": "moved up",
    "moved-down": "moved down",
    "moved-across": "moved across",
    "inside": "another exerciser",
    "conditioned": "other conditions",
    "re-sourced": "new legal authority",
    "ended": "ended with its holder",
}


def answer_table(ground: Ground, answer: Answer) -> Table:
    """An answer's rows in the columns that people need, with what there is to say of them."""
    rows = ground.rows(answer)
    shown = [column for column in answer.columns if _is_shown(column, answer)]
    notes = [finding.message for finding in answer.findings]
    left = len(answer.rows) - len(rows)
    if left:
        notes.append(f"{words.count(left, 'row')} less sure than asked for left out.")
    return Table(
        caption(ground.world, answer),
        tuple(_heading(column, rows) for column in shown),
        tuple(tuple(_cell(ground, column, row) for column in shown) for row in rows),
        tuple(notes),
        ground.cites.behind(rows),
    ).trimmed()


def caption(world: World, answer: Answer) -> str:
    """What was asked, in words, with the day."""
    said = {term: names.called(world, term, value) for term, value in answer.terms.items()}
    if answer.question == "who-holds":
        text = f"Who holds {said.get('power', 'what')} in {said['place']}"
    elif answer.question == "held-by":
        text = f"What {said['body']} holds"
    elif answer.question == "where-held":
        text = f"Who holds {said['power']}, place by place"
    else:
        terms = ", ".join(f"{term} {value}" for term, value in said.items())
        text = answer.question.replace("-", " ").capitalize() + (f": {terms}" if terms else "")
    return f"{text}, on {words.day(answer.on)}"


def sentences(ground: Ground, answer: Answer) -> Iterator[str]:
    """An answer as sentences: who holds a power over a place, one a holder; of others how much there is."""
    if answer.question != "who-holds" or not answer.terms.get("power"):
        yield f"{caption(ground.world, answer)}: {words.count(len(ground.rows(answer)), 'row')}, below."
        return
    world = ground.world.on(answer.on)
    power, place = answer.terms["power"], answer.terms["place"]
    rows = ground.rows(answer)
    if len(rows) > MOST_TOLD:
        yield _many(ground, answer, rows)
        return
    for row in rows:
        try:
            yield explain(world, row.body, power, place).sentence
        except NameFault:
            continue
    if not rows:
        unknown = any(finding.code == "unmodelled" for finding in answer.findings)
        who = "The tables do not say who holds" if unknown else "Nobody holds"
        where = names.called(world, "place", place)
        yield f"{who} {world.power_name(power)} over {where} on {words.day(answer.on)}."


def _many(ground: Ground, answer: Answer, rows: Sequence[Any]) -> str:
    """Many holders in one sentence: how many, and the largest by residents."""
    held = [row for row in rows if row.status in ("held", "conditional")]
    largest = sorted(held, key=lambda row: (-row.share, row.body_name))[:MOST_TOLD]
    parts = [f"{row.body_name} ({words.share(row.share)} of residents)" for row in largest]
    more = len(held) - len(parts)
    power, place = (names.called(ground.world, term, answer.terms[term]) for term in ("power", "place"))
    said = f"{words.count(len(held), 'holding')} of {power} over {place} on {words.day(answer.on)}"
    return f"{said}: {', '.join(parts)}{f' and {more} more' if more else ''}."


def change_table(ground: Ground, title: str, changes: Sequence[Change]) -> Table:
    """What changes, a line a change."""
    rows = tuple(
        (
            _KINDS.get(change.kind, change.kind),
            change.power_name,
            ", ".join(change.before_names),
            _to(ground.world, change),
            words.several(change.places_names),
            change.residents,
            change.on,
            change.cause["instrument"] or change.cause["source"],
            change.cause["confidence"],
        )
        for change in changes
    )
    laws = ground.cites.cite(row[-2] for row in rows)
    counted = ground.world.counted
    headings = tuple(replace(h, unit=counted) if h.text == "Residents" else h for h in _CHANGES)
    return Table(title, headings, rows, sources=laws)


def finding_section(findings: Iterable[Finding]) -> Section:
    """Findings, the gravest first and each once."""
    ordered = words.gravest_first(dict.fromkeys(findings))
    if not ordered:
        return Section("findings", "Findings", ("Nothing was found against this.",))
    headings = (Heading("How grave"), Heading("What"), Heading("What to do"), Heading("Where"))
    rows = tuple((f.severity, f.message, f.suggestion, f.where) for f in ordered)
    table = Table("Findings, the gravest first", headings, rows).trimmed()
    return Section("findings", "Findings", (), (), (table,))


def errors_told(findings: Iterable[Finding]) -> tuple[str, ...]:
    """A sentence on how many errors were found, where there are any."""
    errors = sum(finding.severity == "error" for finding in dict.fromkeys(findings))
    return (f"Found against this: {words.count(errors, 'error')}; see Findings.",) if errors else ()


def indirect_table(title: str, rows: Iterable[Mapping[str, Any]]) -> Table:
    """What a plugin's answers lose and gain: what was so before, and what is so after."""
    given = list(rows)
    listed: list[Mapping[str, Any]] = []
    for row in given:
        for key, state in (("was", "before"), ("becomes", "after")):
            inner = row.get(key)
            if isinstance(inner, Mapping) and inner:
                listed.append({"so": state, "question": row.get("question", ""), **inner})
    return mapping_table(title, listed or given)


def mapping_table(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Rows of plain values, whatever their keys."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    kept = [key for key in keys if f"{key}_name" not in keys and f"{key}_names" not in keys]
    kinds = {key: _type([row[key] for row in rows if row.get(key) is not None]) for key in kept}
    return Table(
        title,
        tuple(heading_of(Column(key, "", kinds[key])) for key in kept),
        tuple(tuple(_flat(row.get(key)) for key in kept) for row in rows),
    ).trimmed()


def _to(world: World, change: Change) -> str:
    exerciser = change.exercised_by_after
    by = f", exercised by {world.exerciser_name(exerciser)}" if exerciser else ""
    if change.after == change.before:
        return f"the same{by}"
    how_held = "" if change.mode == "sole" or not change.after else f", {words.mode(change.mode)}"
    return f"{', '.join(change.after_names)}{how_held}{by}"


def _type(values: Sequence[Any]) -> str:
    if values and all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        return "integer"
    return "float" if values and all(isinstance(v, int | float) for v in values) else "string"


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value) if isinstance(value, Mapping) else value


def _is_shown(column: Column, answer: Answer) -> bool:
    name = column.name
    every = {c.name for c in answer.columns}
    if f"{name}_name" in every or f"{name}_names" in every:
        return False
    if name == "exercised_by" and "mode" in every:
        return False
    # What the caption says is the same in every row.
    return name.removesuffix("_name") not in answer.terms or name.removesuffix("_name") not in (
        "place",
        "power",
        "body",
    )


def _heading(column: Column, rows: Sequence[Any]) -> Heading:
    """A column's heading. Where all that rows say is still to come, it is not since a day, but from it."""
    heading = heading_of(column)
    coming = bool(rows) and all(getattr(row, "status", "") in _COMING for row in rows)
    return replace(heading, text="From") if coming and column.name == "start" else heading


def _cell(ground: Ground, column: Column, row: Any) -> Any:
    value = getattr(row, column.name)
    if column.name == "mode" and hasattr(row, "exercised_by"):
        return how(ground, row)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value
