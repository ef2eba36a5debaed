"""The dimensions: what each figure of a person at a place counts. There is no figure for all of them."""

from __future__ import annotations

from typing import NamedTuple

from devo import TermFault
from devo_joinup.words import listed


class Dimension(NamedTuple):
    """What one figure counts: its unit, what it is in words, and its name where figures stand side by side."""

    unit: str
    what: str
    name: str


DIMENSIONS: dict[str, Dimension] = {
    "bodies": Dimension(
        "bodies", "organisations that act, commission or pay for this person", "organisations"
    ),
    "contacts": Dimension(
        "contacts",
        "groups of organisations a person must reach one by one, complex needs alone",
        "to reach",
    ),
    "tiers": Dimension("tiers", "tiers of government those organisations are at", "tiers"),
    "areas": Dimension("areas", "different areas that those organisations answer for", "areas"),
    "crossings": Dimension(
        "pairs of areas", "pairs of those areas that cut across each other", "areas that cross"
    ),
    "pots": Dimension("pots", "pots of money known to pay for it this fiscal year", "pots of money"),
    "year-ends": Dimension(
        "days of the year", "different days on which the years of that money end", "year-ends"
    ),
    "conditions": Dimension("conditions", "conditions that stand on using the powers", "conditions"),
    "agree": Dimension(
        "bodies",
        "the fewest bodies whose agreement is enough to act, complex needs alone",
        "must agree",
    ),
    "hand-offs": Dimension(
        "hand-offs",
        "times a person must be handed from one sector to another, complex needs alone",
        "hand-offs",
    ),
    "regulators": Dimension(
        "inspectorates", "inspectorates that those organisations answer to", "inspectorates"
    ),
    "workers": Dimension(
        "workers",
        "the fewest workers, by employer and profession, that cover the complex needs",
        "workers",
    ),
    "professions": Dimension(
        "professions", "the fewest professions that cover the complex needs", "professions"
    ),
    "distance": Dimension(
        "residents",
        "residents that the body deciding the middling power answers for, mid-2023",
        "share a decision",
    ),
    "unshared": Dimension(
        "pairs of bodies",
        "pairs of organisations with no known gateway or agreement to share data",
        "data gaps",
    ),
    "unmodelled": Dimension(
        "powers",
        "powers this person's needs lead to that the tables do not know the holder of",
        "not known",
    ),
}
OF_ORGANISATIONS = frozenset({"bodies", "tiers", "areas", "crossings"})
MONEY = frozenset({"pots", "year-ends"})
# Dimensions whose figure is of complex needs alone: a transaction is never urged into a team.
JOINED = frozenset({"contacts", "agree", "hand-offs", "workers", "professions", "unshared"})
# What a place can fare worse in by a deal. Distance is no burden by itself, and money is asked of the day alone.
BURDENS = tuple(name for name in DIMENSIONS if name not in MONEY and name not in ("distance", "unmodelled"))


def dimensions(text: str) -> tuple[str, ...]:
    """The dimensions that a text lists. Raises TermFault."""
    wanted = tuple(name.strip() for name in text.replace(",", ";").split(";") if name.strip())
    if wanted == ("all",):
        return tuple(DIMENSIONS)
    for name in wanted:
        if name not in DIMENSIONS:
            raise TermFault(f"no dimension is called {name!r}; there are: {listed(DIMENSIONS)}")
    return wanted
