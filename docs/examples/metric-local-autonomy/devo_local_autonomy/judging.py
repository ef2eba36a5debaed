"""A coder's judgements of one body on one day, and the eleven variables they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from devo import Confidence, NameFault, World
from devo_local_autonomy import formula
from devo_local_autonomy.shipped import items, judgements
from devo_local_autonomy.values import CodebookItem, Judgement

_SURENESS: tuple[Confidence, ...] = ("unsure", "known", "verified")


@dataclass(frozen=True, slots=True)
class Coding:
    """What one coder judged of one body on a day, by item."""

    coder: str
    judged: Mapping[str, Judgement]
    codebook: Mapping[str, CodebookItem]

    @property
    def values(self) -> dict[str, Fraction | None]:
        """The eleven variables; None for one of which any item is not judged."""
        return {name: self._value(name) for name in formula.HIGHEST}

    def _value(self, name: str) -> Fraction | None:
        asked = self._asked([name])
        points = [self.judged[item.id].points if item.id in self.judged else None for item in asked]
        if not asked or any(found is None for found in points):
            return None
        total = sum((found for found in points if found is not None), Fraction(0))
        return formula.variable(name, total, sum(item.points for item in asked))

    def missing(self, variables: Iterable[str]) -> tuple[str, ...]:
        """The items of some variables that this coder has not judged."""
        return tuple(item.id for item in self._asked(variables) if item.id not in self.judged)

    def confidence(self, variables: Iterable[str]) -> Confidence:
        """How sure the least sure judgement of some variables is."""
        found = [self.judged[item.id].confidence for item in self._asked(variables) if item.id in self.judged]
        return min(found, key=_SURENESS.index, default="unsure")

    def _asked(self, variables: Iterable[str]) -> list[CodebookItem]:
        wanted = set(variables)
        return [item for item in self.codebook.values() if item.variable in wanted]


def codings(world: World, body: str, coder: str = "") -> Iterator[Coding]:
    """The coding of each coder, or of the one named, as it bears on a body on the world's day.

    Where a coder judged a body twice for one item, the later start counts, and a check says so.
    Raises NameFault for a coder there is not.
    """
    every = judgements(world)
    coders = sorted({judgement.coder for judgement in every})
    if coder and coder not in coders:
        raise NameFault("coder", coder, coders)
    for name in [coder] if coder else coders:
        judged: dict[str, Judgement] = {}
        for judgement in sorted((j for j in every if j.coder == name), key=_by_start):
            if judgement.runs(world.today) and bears_on(world, judgement, body):
                judged[judgement.item] = judgement
        yield Coding(name, judged, items(world))


def bears_on(world: World, judgement: Judgement, body: str) -> bool:
    """Whether a body is one of those that were judged, on the world's day."""
    return any(
        tenure.body == body and tenure.on(world.today, world.as_known)
        for tenure in world.roster.tenures(judgement.bodies)
    )


def _by_start(judgement: Judgement) -> tuple[str, str]:
    return (str(judgement.start or ""), judgement.id)
