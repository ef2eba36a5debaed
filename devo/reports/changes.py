"""What deals change: the matrix, the lines, the map, and what plugins see change besides."""

from __future__ import annotations

from devo import words
from devo.plans import Plan
from devo.reports import matrices, told
from devo.reports.ground import Ground
from devo.reports.maps import of_changes
from devo.reports.values import Section


def change_sections(ground: Ground, plan: Plan) -> list[Section]:
    """What deals change: the matrix, where, the lines, and what plugins see change besides."""
    changes = [change for change in plan.changes if ground.keeps(change.cause["confidence"])]
    if not changes:
        return []
    gone = len(plan.changes) - len(changes)
    left = f"{words.count(gone, 'change')} less sure than asked for left out here, though the sentences count all."
    said = (left,) if gone else ()
    law = [change for change in changes if change.basis == "law"]
    agreed = [change for change in changes if change.basis == "agreed"]
    tables = [told.change_table(ground, "What changes, one line a change", law)] if law else []
    if agreed:
        tables.append(
            told.change_table(ground, "Agreed, and never made into law: what would have come", agreed)
        )
    matrix = matrices.of_plan(plan, {change.power for change in law})
    indirect = tuple(
        told.indirect_table(f"What else changes, as seen by {plugin.removeprefix('devo_')}", rows)
        for plugin, rows in plan.indirect.items()
        if rows
    )
    return [
        Section("matrix-of-changes", "What changes, powers by areas", (), (), (matrix,) if matrix else ()),
        Section("changes", "What changes, line by line", said, (), tuple(tables)),
        Section("map-of-changes", "Where it changes", (), tuple(of_changes(ground, law))),
        Section("indirect", "What else changes", (), (), indirect),
    ]
