"""The roster: which bodies there are, what area each serves, and who belongs to a class, by day.

A class of bodies is never expanded into holdings. It is a list of *tenures*: one body serving
one set of pieces for a time. Who holds a class's power at a piece is who is in tenure there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from devo.expressions import signed_terms
from devo.frozen import dataclass
from devo.mosaic import Mosaic, Pieces
from devo.values import Body, BodyClass, Designation, Serving, Succession, runs

BEGINNING = date.min
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Tenure:
    """A body in a class, serving some pieces from `start` up to `end`, by law made on `made`."""

    body: str
    pieces: Pieces
    start: date
    end: date
    made: date

    def on(self, day: date, known: date | None) -> bool:
        """Whether the tenure runs on a day, as far as law made by `known` says."""
        if known is not None and self.made > known:
            return False
        ended = self.end <= day and self.end != FOREVER
        return self.start <= day and (not ended or (known is not None and self.end > known))


class Roster:
    """The bodies of a world with their classes, areas and heirs.

    `columns` belongs to the register, which keeps there who is in a class on a day, piece by piece.
    """

    def __init__(
        self,
        mosaic: Mosaic,
        bodies: Iterable[Body],
        classes: Iterable[BodyClass],
        designations: Iterable[Designation],
        servings: Iterable[Serving],
        successions: Iterable[Succession],
        made: Callable[[Any], date | None],
    ):
        self.mosaic = mosaic
        self.bodies: dict[str, Body] = {body.id: body for body in bodies}
        self.classes: dict[str, BodyClass] = {item.id: item for item in classes}
        self._designations = tuple(designations)
        self._servings = tuple(servings)
        self._successions = tuple(successions)
        self._made = made
        self._tenures: dict[str, tuple[Tenure, ...]] = {}
        self._by_piece: dict[str, Mapping[int, tuple[Tenure, ...]]] = {}
        self._served_alike: dict[str, list[int]] = {}
        self._inherited_alike: dict[str, list[int]] = {}
        self._plain: dict[str, tuple[Tenure, ...]] = {}
        self._lives: dict[str, tuple[Tenure, ...]] = {}
        self.columns: dict[Any, Any] = {}

    @cached_property
    def called(self) -> Mapping[str, tuple[Body, ...]]:
        """Bodies by id, name and other names, in small letters."""
        called: dict[str, list[Body]] = {}
        for body in self.bodies.values():
            for name in {text.casefold() for text in (body.id, body.name, *body.aliases) if text}:
                called.setdefault(name, []).append(body)
        return {name: tuple(bodies) for name, bodies in called.items()}

    @cached_property
    def kinds(self) -> Mapping[str, list[Body]]:
        """Bodies by what they are in law."""
        kinds: dict[str, list[Body]] = {}
        for body in self.bodies.values():
            kinds.setdefault(body.kind, []).append(body)
        return kinds

    @cached_property
    def designations(self) -> Mapping[str, list[Designation]]:
        """Designations by name."""
        named: dict[str, list[Designation]] = {}
        for item in self._designations:
            named.setdefault(item.designation, []).append(item)
        return named

    @cached_property
    def _served(self) -> Mapping[str, list[Serving]]:
        rows: dict[str, list[Serving]] = {}
        for row in self._servings:
            rows.setdefault(row.body, []).append(row)
        return rows

    @cached_property
    def _heirs(self) -> Mapping[str, list[Succession]]:
        heirs: dict[str, list[Succession]] = {}
        for item in self._successions:
            heirs.setdefault(item.old, []).append(item)
        return heirs

    def knows_class(self, term: str) -> bool:
        """Whether a word names a class, a kind, a designation or a body."""
        return term in self.classes or term in self.kinds or term in self.designations or term in self.bodies

    def covering(self, classes: str) -> bool:
        """Whether a class has a member everywhere, so that a gap is our ignorance and not a fact."""
        named = [
            self.classes[term] for added, term in signed_terms(classes) if added and term in self.classes
        ]
        return any(item.covering for item in named)

    def tenures(self, classes: str) -> tuple[Tenure, ...]:
        """Every tenure of a class expression, past and to come, in order of body and day."""
        found = self._tenures.get(classes)
        if found is None:
            found = tuple(sorted(self._expand(classes), key=attrgetter("body", "start", "end")))
            self._tenures[classes] = found
        return found

    def at(self, classes: str, piece: int) -> tuple[Tenure, ...]:
        """The tenures of a class that cover one piece."""
        index = self._by_piece.get(classes)
        if index is None:
            rows: dict[int, list[Tenure]] = {}
            for tenure in self.tenures(classes):
                for number in tenure.pieces:
                    rows.setdefault(number, []).append(tenure)
            index = {number: tuple(tenures) for number, tenures in rows.items()}
            self._by_piece[classes] = index
        return index.get(piece, ())

    def served_alike(self, classes: str) -> list[int]:
        """For each piece a number; pieces with the same number have the same tenures of a class."""
        known = self._served_alike.get(classes)
        if known is None:
            numbers: dict[tuple[Tenure, ...], int] = {}
            known = self._served_alike[classes] = [
                numbers.setdefault(self.at(classes, piece), len(numbers)) for piece in range(len(self.mosaic))
            ]
        return known

    def _expand(self, classes: str, within: frozenset[str] = frozenset()) -> list[Tenure]:
        """The tenures of an expression. Inside a class its own name means the kind or designation."""
        tenures: list[Tenure] = []
        for added, term in signed_terms(classes):
            if added:
                tenures.extend(self._term(term, within))
            else:
                taken = self._term(term, within)
                tenures = [rest for tenure in tenures for rest in _without(tenure, taken)]
        return tenures

    def _term(self, term: str, within: frozenset[str]) -> Sequence[Tenure]:
        if term in self.classes and term not in within:
            return self._expand(self.classes[term].members, within | {term})
        found = self._plain.get(term)
        if found is None:
            found = self._plain[term] = self._members(term)
        return found

    def _members(self, term: str) -> tuple[Tenure, ...]:
        """The tenures of one body, or of all of a kind or designation: what classes are made of and share."""
        if term in self.bodies:
            return self._life(self.bodies[term])
        found = [tenure for body in self.kinds.get(term, ()) for tenure in self._life(body)]
        for item in self.designations.get(term, ()):
            found.extend(self._designated(item))
        return tuple(found)

    def _life(self, body: Body) -> tuple[Tenure, ...]:
        """A body's own tenures: its area over its life, or its dated servings."""
        lived = self._lives.get(body.id)
        if lived is None:
            rows = self._served.get(body.id)
            lived = self._lives[body.id] = (
                tuple(self._serving(body, rows)) if rows else self._whole_life(body)
            )
        return lived

    def _whole_life(self, body: Body) -> tuple[Tenure, ...]:
        if not body.area:
            return ()
        ground, made = self.mosaic.territory(body.area), self._made_by(body)
        return (Tenure(body.id, ground, body.start or BEGINNING, body.end or FOREVER, made),)

    def _serving(self, body: Body, rows: Iterable[Serving]) -> Iterator[Tenure]:
        born, gone = body.start or BEGINNING, body.end or FOREVER
        for row in rows:
            start, end = max(born, row.start or BEGINNING), min(gone, row.end or FOREVER)
            if start < end:
                yield Tenure(body.id, self.mosaic.territory(row.area), start, end, self._made_by(row))

    def _designated(self, item: Designation) -> Iterator[Tenure]:
        body = self.bodies.get(item.body)
        if body is None:
            return
        made = self._made_by(item)
        for life in self._life(body):
            start, end = max(life.start, item.start or BEGINNING), min(life.end, item.end or FOREVER)
            pieces = self.mosaic.territory(item.area) if item.area else life.pieces
            if start < end:
                yield Tenure(body.id, pieces, start, end, max(life.made, made))

    def _made_by(self, record: Body | Serving | Designation) -> date:
        return self._made(record) or record.start or BEGINNING

    # --- one body ----------------------------------------------------------------------------

    def alive(self, body: str, day: date, known: date | None = None) -> bool:
        """Whether a body exists on a day; a body that no table has does not."""
        record = self.bodies.get(body)
        if record is None or (record.start is not None and day < record.start):
            return False
        return record.end is None or day < record.end or (known is not None and record.end > known)

    def heirs(self, body: str, piece: int, day: date) -> list[Succession]:
        """Who took over at a piece from a body that is gone by a day."""
        return [item for item, pieces in self.passed_on(body, day) if piece in pieces]

    def passed_on(self, body: str, day: date) -> list[tuple[Succession, Pieces]]:
        """Who took over from a body by a day, and over which pieces."""
        return [(item, self._passed(item)) for item in self._heirs.get(body, ()) if item.start <= day]

    def inherited_alike(self, body: str) -> list[int]:
        """For each piece a number; pieces with the same number have the same heirs of a body and of its heirs."""
        known = self._inherited_alike.get(body)
        if known is None:
            line, passed = {body}, []
            waiting = [body]
            while waiting:
                for item, pieces in self.passed_on(waiting.pop(), date.max):
                    passed.append(pieces)
                    if item.new not in line:
                        line.add(item.new)
                        waiting.append(item.new)
            numbers: dict[tuple[bool, ...], int] = {}
            known = self._inherited_alike[body] = [
                numbers.setdefault(tuple(piece in pieces for pieces in passed), len(numbers))
                for piece in range(len(self.mosaic))
            ]
        return known

    def _passed(self, item: Succession) -> Pieces:
        if item.area:
            return self.mosaic.territory(item.area)
        heir = self.bodies.get(item.new)
        return self.mosaic.territory(heir.area) if heir and heir.area else self.mosaic.everywhere

    def forebears(self, body: str) -> frozenset[str]:
        """A body and all that it succeeded to, at once or through others."""
        line = {body}
        while True:
            older = {item.old for item in self._successions if item.new in line} - line
            if not older:
                return frozenset(line)
            line |= older

    def served(self, body: str, day: date) -> Pieces:
        """The pieces a body answers for on a day; empty for one that serves no area."""
        record = self.bodies.get(body)
        if record is None:
            return frozenset()
        for tenure in self._life(record):
            if tenure.on(day, None):
                return tenure.pieces
        return frozenset()

    def area(self, body: str, day: date | None) -> str:
        """The area, in words of a table, that a body serves on a day; without a day, or a row for it, its record's."""
        for row in self._served.get(body, ()):
            if day is not None and runs(row, day):
                return row.area
        record = self.bodies.get(body)
        return record.area if record else ""

    def days(self) -> list[date]:
        """Every day on which a body, an area served or a designation begins or ends."""
        dated: list[Body | Designation | Serving] = [
            *self.bodies.values(),
            *self._designations,
            *self._servings,
        ]
        found = {day for record in dated for day in (record.start, record.end) if day is not None}
        return sorted(found | {item.start for item in self._successions})


def _without(tenure: Tenure, taken: Sequence[Tenure]) -> Iterator[Tenure]:
    """What is left of a tenure when the same body's time in another class is taken out."""
    spans = [(tenure.start, tenure.end)]
    for other in taken:
        if other.body == tenure.body:
            spans = [
                (start, end)
                for left, right in spans
                for start, end in ((left, min(right, other.start)), (max(left, other.end), right))
                if start < end
            ]
    for start, end in spans:
        yield Tenure(tenure.body, tenure.pieces, start, end, tenure.made)
