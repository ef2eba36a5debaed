"""The published formula, in exact fractions.

A. Ladner, N. Keuffer, H. Baldersheim and others; data version 6 (local-autonomy.andreasladner.ch, "Pivot tables"):
eleven variables, seven dimensions of 0 to 100, and the index as their mean weighted 1, 3, 2, 3, 2, 1, 1. Within a dimension
a variable counts as often as MULTIPLES says. Nothing is rounded before it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

SOURCE = "Local Autonomy Index: formula of data version 6, local-autonomy.andreasladner.ch"

# The highest value of each variable; the lowest is 0.
HIGHEST: Mapping[str, int] = {
    "legal-protection": 3,
    "institutional-depth": 3,
    "effective-political-discretion": 4,
    "policy-scope": 4,
    "fiscal-autonomy": 4,
    "financial-self-reliance": 3,
    "borrowing-autonomy": 3,
    "organisational-autonomy": 4,
    "financial-transfer-system": 3,
    "administrative-supervision": 3,
    "central-or-regional-access": 3,
}

# Of each dimension, how often each of its variables counts.
MULTIPLES: Mapping[str, Mapping[str, int]] = {
    "legal-autonomy": {"legal-protection": 1},
    "political-discretion": {"institutional-depth": 1, "effective-political-discretion": 3},
    "policy-scope": {"policy-scope": 1},
    "financial-autonomy": {"fiscal-autonomy": 3, "financial-self-reliance": 3, "borrowing-autonomy": 1},
    "organisational-autonomy": {"organisational-autonomy": 1},
    "non-interference": {"financial-transfer-system": 1, "administrative-supervision": 1},
    "access": {"central-or-regional-access": 1},
}

WEIGHTS: Mapping[str, int] = {
    "legal-autonomy": 1,
    "political-discretion": 3,
    "policy-scope": 2,
    "financial-autonomy": 3,
    "organisational-autonomy": 2,
    "non-interference": 1,
    "access": 1,
}

Values = Mapping[str, Fraction | None]


def variable(name: str, points: Fraction, of: int) -> Fraction:
    """A variable's value from the points its items have, of all they could have."""
    return points * HIGHEST[name] / of


def dimension(name: str, values: Values) -> Fraction | None:
    """A dimension from 0 to 100; None where a variable of it has no value."""
    parts = MULTIPLES[name]
    found = [(times, values.get(part)) for part, times in parts.items()]
    if any(value is None for _, value in found):
        return None
    most = sum(times * HIGHEST[part] for part, times in parts.items())
    return sum((times * value for times, value in found if value is not None), Fraction(0)) * 100 / most


def index(values: Values) -> Fraction | None:
    """The index from 0 to 100; None where any dimension has none. A gap is never taken for a nought."""
    found = {name: dimension(name, values) for name in WEIGHTS}
    if any(score is None for score in found.values()):
        return None
    return sum(
        (WEIGHTS[name] * score for name, score in found.items() if score is not None), Fraction(0)
    ) / sum(WEIGHTS.values())
