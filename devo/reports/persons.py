"""The whole person: everybody whom somebody meets at a place and as what, with the figures of it beside.

Questions say how they are drawn, so no plugin is named here: `groups:GROUP,NAME,DETAIL...` is the panel, and
of the questions `beside` it `headlines:NAME,FIGURE,...` gives its figures and `words:TEXT` its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from devo import answers, names, words
from devo.answers import Answer, TermFault
from devo.calling import PluginFault
from devo.names import NameFault
from devo.reports.ground import Ground
from devo.reports.values import Heading, Section, Table
from devo.tools import Tool
from devo.values import Scenario
from devo.world import World

# Beyond so many panels a report is about something else, and beyond so many needs a table is too wide.
MOST_PANELS, MOST_ACROSS = 4, 9
_TERMS = {"persona", "place"}
_NOT_KNOWN = "not known"


class NoPersona(ValueError):
    """A persona that nobody can be asked about: why, and what there is."""


def named_in(ground: Ground, scenario: Scenario) -> list[Section]:
    """A panel for each persona and place that a scenario's questions name."""
    asked = [*(item.terms for item in scenario.asks), *(item.terms for item in scenario.expects)]
    pairs = [
        (str(terms["persona"]), str(terms["place"]))
        for terms in asked
        if all(terms.get(term) for term in _TERMS)
    ]
    return _panels(ground, dict.fromkeys(pairs))


def chosen(ground: Ground, persona: str) -> list[Section]:
    """A panel of one persona in each place that the report concerns, those of most residents first.

    Raises NoPersona where there is no such persona, or no plugin that answers for any.
    """
    tools = list(_tools(ground))
    if not tools:
        raise NoPersona("no plugin that is on can be asked about personas")
    residents = ground.world.mosaic.residents
    places = sorted(ground.places, key=lambda where: (-residents(where.pieces), where.id))
    if not places:
        raise NoPersona("the report is about no place, so there is nowhere to meet the persona")
    faults = [_unknown(ground, tool, {"persona": persona, "place": places[0].id}) for tool in tools]
    if all(faults):
        raise NoPersona(faults[0])
    return _panels(ground, [(persona, where.id) for where in places])


def _unknown(ground: Ground, tool: Tool, terms: Mapping[str, Any]) -> str:
    """Why a question knows no such persona; '' where it does."""
    try:
        answers.ask(ground.world, tool, terms)
    except (TermFault, NameFault) as fault:
        return str(fault)
    except PluginFault:
        pass  # it becomes a finding when the panel is made
    return ""


def _tools(ground: Ground) -> Iterator[Tool]:
    """The questions that are drawn as panels, of a persona at a place."""
    for tool in ground.tools.questions.values():
        if str(tool.options.get("draw", "")).startswith("groups:") and {t.name for t in tool.terms} >= _TERMS:
            yield tool


def _panels(ground: Ground, pairs: Iterable[tuple[str, str]]) -> list[Section]:
    found: list[Section] = []
    left: list[str] = []
    for persona, place in pairs:
        for tool in _tools(ground):
            if len(found) >= MOST_PANELS:
                left.append(_place_name(ground.world, place))
            elif section := _panel(ground, tool, {"persona": persona, "place": place}, len(found) + 1):
                found.append(section)
    if left:
        said = f"The same could be asked for {words.several(dict.fromkeys(left))}."
        last = found[-1]
        found[-1] = replace(last, sentences=(*last.sentences, said))
    return found


def _panel(ground: Ground, tool: Tool, terms: Mapping[str, Any], number: int) -> Section | None:
    answer = ground.ask(tool.name, **terms)
    if answer is None or not ground.rows(answer):
        return None
    group, name, *details = _columns(tool)
    beside = [ground.tools.questions[other] for other in tool.options.get("beside", ())]
    sentences: list[str] = []
    tables: list[Table] = []
    for other in beside:
        style = str(other.options.get("draw", ""))
        if style.startswith("words:"):
            told = ground.ask(other.name, **terms)
            sentences += [str(getattr(row, _columns(other)[0])) for row in told.rows] if told else []
        elif style.startswith("headlines:") and (figures := _figures(ground, other, terms)):
            tables.append(figures)
    rows = ground.rows(answer)
    if details and (matrix := _matrix(rows, group, name, details[0])):
        tables.append(matrix)
    tables.append(_grouped(ground, rows, group, name, details))
    # What was asked, by the names that the rows have for it; no two tables of a page may be called alike.
    said = [str(getattr(rows[0], f"{term}_name", value)) for term, value in answer.terms.items()]
    about = f"{', '.join(said)}, on {words.day(answer.on)}"
    listed = tuple(replace(table, caption=f"{table.caption}: {about}") for table in tables)
    title = f"{answer.question.replace('-', ' ').capitalize()}: {about}"
    return Section(f"person-{number}", title, tuple(sentences), (), listed)


def _figures(ground: Ground, tool: Tool, terms: Mapping[str, Any]) -> Table | None:
    """The figures on the last day of the report, and on its first where that is another."""
    name, figure, *_ = _columns(tool)
    days = list(dict.fromkeys((ground.days[0], ground.days[-1])))
    given: dict[date, Answer] = {}
    for day in days:
        answer = ground.ask(tool.name, day, **terms)
        if answer is not None:
            given[day] = answer
    if not given:
        return None
    last = given[max(given)]
    by_day = {day: {getattr(row, name): row for row in answer.rows} for day, answer in given.items()}
    headings = (
        Heading("Figure"),
        *(Heading(f"On {words.day(day)}", "count", blank=_NOT_KNOWN) for day in given),
        Heading("Of"),
        Heading("What it counts"),
    )
    rows = tuple(
        (
            getattr(row, name),
            *(getattr(found.get(getattr(row, name)), figure, None) for found in by_day.values()),
            getattr(row, "unit", ""),
            getattr(row, "what", ""),
        )
        for row in last.rows
    )
    notes = ("Each figure is that of the part of the place where most residents live.",)
    return Table("The figures, and no one score for all", headings, rows, notes).trimmed()


def _matrix(rows: Sequence[Any], group: str, name: str, across: str) -> Table | None:
    """Who is there for what: names down, the first detail across, and in each cell as what."""
    heads = list(dict.fromkeys(str(getattr(row, across)) for row in rows if getattr(row, across)))
    if not 1 < len(heads) <= MOST_ACROSS:
        return None
    cells: dict[str, dict[str, dict[str, None]]] = {}
    for row in rows:
        who = str(getattr(row, name))
        if who:
            cells.setdefault(who, {}).setdefault(str(getattr(row, across)), {})[str(getattr(row, group))] = (
                None
            )
    headings = (Heading(words.heading(name)), *(Heading(head, blank="-") for head in heads))
    ordered = sorted(cells.items(), key=lambda item: -len(item[1]))
    table = tuple((who, *("; ".join(found.get(head, ())) for head in heads)) for who, found in ordered)
    return Table(f"Who is there for which {words.heading(across).lower()}, and as what", headings, table)


def _grouped(ground: Ground, rows: Sequence[Any], group: str, name: str, details: Sequence[str]) -> Table:
    """A row a group and name, with the details of all its rows."""
    merged: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for row in rows:
        found = merged.setdefault((str(getattr(row, group)), str(getattr(row, name))), {})
        for detail in details:
            if (value := getattr(row, detail)) not in ("", None, ()):
                found.setdefault(detail, {})[str(value)] = None
    order = list(dict.fromkeys(key for key, _ in merged))
    headings = (
        Heading(words.heading(group)),
        Heading(words.heading(name), blank=_NOT_KNOWN),
        *(Heading(words.heading(detail)) for detail in details),
    )
    listed = tuple(
        (key, who, *("; ".join(found.get(detail, ())) for detail in details))
        for (key, who), found in sorted(merged.items(), key=lambda item: order.index(item[0][0]))
    )
    said = ground.cites.cite(str(getattr(row, "source", "")) for row in rows)
    sources = tuple(dict.fromkeys((*ground.cites.behind(rows), *said)))
    return Table("Everybody there is, and as what", headings, listed, sources=sources).trimmed()


def _columns(tool: Tool) -> list[str]:
    return str(tool.options["draw"]).partition(":")[2].split(",")


def _place_name(world: World, text: str) -> str:
    try:
        return names.place(world, text).name
    except NameFault:
        return text
