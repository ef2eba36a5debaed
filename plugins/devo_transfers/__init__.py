"""Transfers: powers moving between bodies, as orders and agreements move them.

`transfer` (instead of), `share` (concurrently with), `delegate` (the root stays responsible),
`make-joint`, `give-back`, and `exercise` (another exerciser, the same holder).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devo import hookimpl
from devo_transfers.attribution import attribution
from devo_transfers.commitments import commitments, timetable
from devo_transfers.consent import consents
from devo_transfers.decisions import decision_rules
from devo_transfers.discharge import discharge
from devo_transfers.findings import findings
from devo_transfers.questions import moved
from devo_transfers.route import route
from devo_transfers.verbs import VERBS

# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1


@hookimpl
def provisions() -> list[Callable[..., Any]]:
    """The verbs of this plugin."""
    return list(VERBS)


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    return [moved, findings, consents, decision_rules, discharge, commitments, timetable, route, attribution]
