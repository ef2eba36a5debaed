"""The questions of a scenario held against what can be asked, and against the names of a world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from devo.files.documents import Document, read_document
from devo.files.faults import in_order, instead, shown
from devo.files.naming import Naming
from devo.files.terms import bound, tool_named
from devo.toolbox import Toolbox
from devo.tools import Tool
from devo.values import Asking, Expectation, Fault, Figure, Scenario
from devo.world import World


def check_names(scenario: Scenario, world: World | None, toolbox: Toolbox) -> list[Fault]:
    """Every fault of the questions that a scenario asks and of the answers that it expects.

    A question or term that there is not, a term that is missing or of the wrong type, a name that
    means nothing in the world, a column that the question has not. Without a world no name is looked up.
    """
    if not scenario.path:
        return []
    # The file is read again, because only it has the lines of terms.
    document = read_document(scenario.path)
    naming = Naming(world) if world else None
    faults: list[Fault] = []
    checked: set[tuple[str, str]] = set()
    for block, items in (("ask", scenario.asks), ("expect", scenario.expects)):
        lines = {f"{document.path}:{line}": number for number, line in enumerate(document.headings(block))}
        for item in items:
            # A block with several days is one item a day.
            if (block, item.where) in checked or item.where not in lines:
                continue
            checked.add((block, item.where))
            keys = (block, lines[item.where])
            if item.question:
                _check(item, document, keys, naming, toolbox.questions, faults)
                continue
            # One that cannot be read is blank here too, and has its fault already.
            written = document.data[block][lines[item.where]]
            if isinstance(written, dict) and written.get("question") == "":
                faults.append(document.fault((*keys, "question"), "`question` is blank"))
    for number, figure in enumerate(scenario.sweep.figures if scenario.sweep else ()):
        at = ("sweep", "figure", number)
        asking = Asking(figure.question, figure.terms, figure.on, figure.where)
        _check(asking, document, at, naming, toolbox.questions, faults)
        faults += _misfigured(figure, document, at, toolbox.questions)
    return in_order(faults)


def _misfigured(
    figure: Figure, document: Document, keys: tuple[str | int, ...], questions: Mapping[str, Tool]
) -> list[Fault]:
    """Faults of a figure's columns: ones that its question has not, and one that is no number."""
    tool = questions.get(figure.question)
    columns = {column.name: column for column in tool.columns} if tool else {}
    if tool is None or not columns:
        return []
    faults = []
    for key, name in [("column", figure.column), *(("rows", name) for name in figure.rows)]:
        if name and name not in columns:
            how = instead(name, columns) or f"columns: {', '.join(columns)}"
            faults.append(document.fault((*keys, key), f"{tool.name} has no column {shown(name)}", "", how))
    column = columns.get(figure.column)
    if column is not None and column.type not in ("integer", "float"):
        numbers = [item.name for item in columns.values() if item.type in ("integer", "float")]
        how = f"columns of numbers: {', '.join(numbers)}" if numbers else "leave it out, and rows are counted"
        message = f"`column`: {shown(figure.column)} is not a column of numbers"
        faults.append(document.fault((*keys, "column"), message, "", how))
    if column is not None and figure.take == "sum" and column.unit.startswith("share"):
        message = f"`column`: {shown(figure.column)} is a share, and shares are not added up"
        faults.append(
            document.fault((*keys, "column"), message, "", 'say take = "mean", "lowest" or "highest"')
        )
    return faults


def _check(
    item: Asking | Expectation,
    document: Document,
    keys: tuple[str | int, ...],
    naming: Naming | None,
    questions: Mapping[str, Tool],
    faults: list[Fault],
) -> None:
    tool = tool_named(
        "question", item.question, questions, lambda key, *rest: document.fault((*keys, *key), *rest), faults
    )
    if tool is None:
        return
    bound(tool, item.terms, document, keys, naming, faults)
    columns = [column.name for column in tool.columns]
    if not columns or isinstance(item, Asking):
        return
    expected: Mapping[str, Any] = {"rows": item.rows, "contains": item.contains, "excludes": item.excludes}
    for key, rows in expected.items():
        for number, row in enumerate(rows or ()):
            for name in row:
                if name not in columns:
                    how = instead(name, columns)
                    if not how or how.startswith("choices"):
                        how = f"columns: {', '.join(columns)}"
                    message = f"{tool.name} has no column {shown(name)}"
                    faults.append(document.fault((*keys, key, number, name), message, "", how))
