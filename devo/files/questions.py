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
from devo.values import Asking, Expectation, Fault, Scenario
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
            if (block, item.where) in checked or item.where not in lines or not item.question:
                continue
            checked.add((block, item.where))
            keys = (block, lines[item.where])
            _check(item, document, keys, naming, toolbox.questions, faults)
    return in_order(faults)


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
