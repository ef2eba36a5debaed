"""How a question says it is drawn: its `draw` hint, and its rows laid out by it.

A hint is a word and, after a colon, columns of the rows in the order that the word asks for:

    headlines:LABEL,FIGURE          figures side by side, each over its label; a blank one is not known
    words:TEXT                      prose
    groups:GROUP,NAME,DETAIL...     under each group a line a name, with the details of all its rows;
                                    groups come in the order of their column's `Literal`, if it is one
    bars:GROUP,LABEL,FIGURE,DETAIL...  a bar a figure, against the largest of its unit
    likeness:NAME,LIKE,UNLIKE,DETAIL...  what is like and what is unlike

Columns called `least` and `most`, `unit`, `before` and `higher_is` are used where the rows have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from devo.answers import Answer
from devo.tools import Tool
from devo.tui.desk import Desk
from devo.tui.layouts import LAYOUTS
from devo.tui.looking import Looking
from devo.tui.questioning import answer_table
from devo.tui.tables import Headline, Table
from devo.world import World

# How many columns each word needs, at least.
_NEEDS = {"headlines": 2, "words": 1, "groups": 2, "bars": 3, "likeness": 3}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a question is drawn as, and by which of its columns."""

    word: str
    columns: tuple[str, ...] = ()


def hint_of(tool: Tool) -> Hint:
    """A question's hint; that of a plain table where it has none, or names columns that its rows do not have."""
    word, _, rest = str(tool.options.get("draw", "")).partition(":")
    columns = tuple(name.strip() for name in rest.split(",") if name.strip())
    has = {column.name for column in tool.columns}
    named = {part for name in columns for part in name.split("+")}
    if word in _NEEDS and len(columns) >= _NEEDS[word] and named <= has:
        return Hint(word, columns)
    return Hint("table")


def table_of(answer: Answer, tool: Tool, world: World, source: str) -> Table:
    """An answer as its question says it is drawn."""
    hint = hint_of(tool)
    table = answer_table(answer, tool, world, source)
    if not answer.rows or hint.word == "table":
        return table
    if hint.word == "headlines":
        return replace(table, headlines=tuple(headlines(answer, hint)))
    if hint.word == "words":
        return replace(table, lines=(), nothing="", words=prose(answer, hint))
    columns, lines = LAYOUTS[hint.word](answer, hint.columns)
    return replace(table, columns=tuple(columns), lines=tuple(lines), stack_below=60)


def asked(desk: Desk, looking: Looking, tool: Tool, terms: Mapping[str, Any]) -> tuple[Answer, Table]:
    """A question's answer, and it drawn, with the figures and the words of the questions that stand beside it."""
    from devo.tui.faults import said

    world = desk.on(looking)
    answer = desk.ask(looking, tool.name, **terms)
    table = table_of(answer, tool, world, desk.said(looking, "ask", tool.name, *as_terms(terms)))
    for name in tool.options.get("beside", ()) if answer.rows else ():
        other = desk.questions.get(name)
        if other is None:
            continue
        known = {term.name for term in other.terms}
        given = {term: value for term, value in terms.items() if term in known}
        try:
            found = table_of(desk.ask(looking, name, **given), other, world, "")
        except Exception as error:  # what one question cannot say must not hide what the other says
            table = replace(table, note=f"{table.note}  {said(error)}".strip())
            continue
        table = replace(
            table, headlines=(*table.headlines, *found.headlines), words=table.words or found.words
        )
    return answer, table


def as_terms(terms: Mapping[str, Any]) -> list[str]:
    """Terms as the command line has them."""
    said: list[str] = []
    for name, value in terms.items():
        text = ",".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)
        said += ["--term", f"{name}={text}"]
    return said


def headlines(answer: Answer, hint: Hint) -> Iterator[Headline]:
    """The headline figures of an answer's rows."""
    label, figure = hint.columns[:2]
    for row in answer.rows:
        least, most = getattr(row, "least", None), getattr(row, "most", None)
        spread = f" ({_short(least)} to {_short(most)})" if least != most else ""
        yield Headline(_short(getattr(row, figure)), f"{getattr(row, label)}{spread}")


def prose(answer: Answer, hint: Hint) -> str:
    """The words of an answer's rows, a paragraph a row."""
    return "\n\n".join(str(getattr(row, hint.columns[0])) for row in answer.rows)


def _short(value: float | None) -> str:
    """A figure as a headline has it: 12, 230k, 2.9m; a question mark where it is not known."""
    if value is None:
        return "?"
    size = abs(value)
    if size >= 999_500:
        return f"{value / 1_000_000:.1f}m"
    if size >= 10_000:
        return f"{value / 1_000:.0f}k"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
