"""The Local Autonomy Index of Ladner, Keuffer and Baldersheim, read of one local authority on one day.

Records: the items of the codebook, and what coders judged. Questions `local-autonomy` (the index and its seven
dimensions), `autonomy-judgements` (what was judged, beside what the tables say) and `policy-scope-by-law` (what the
tables alone say). Checks of judgements. The arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devo import hookimpl

__version__ = "0.1.0"
# The specification of devo's hooks that this was written for.
DEVO_SPEC = 1


@hookimpl
def records() -> list[type]:
    """The record types of this plugin."""
    from devo_local_autonomy.values import CodebookItem, Judgement

    return [CodebookItem, Judgement]


@hookimpl
def questions() -> list[Callable[..., Any]]:
    """The questions of this plugin."""
    from devo_local_autonomy.questions import autonomy_judgements, local_autonomy, policy_scope_by_law

    return [local_autonomy, autonomy_judgements, policy_scope_by_law]


@hookimpl
def checks() -> list[Callable[..., Any]]:
    """The checks of this plugin."""
    from devo_local_autonomy.checks import judgement_against_the_tables, judgement_faults

    return [judgement_faults, judgement_against_the_tables]
