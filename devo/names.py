"""Names: what a user means by a text, for places, bodies, powers, deals and the rest.

An id, a code, an alias or a name will do, in any case. An exact name is looked for step by
step (councils, authorities, regions and the country, the NHS, police, fire, the rest), and is
ambiguous only within one step and only between different territories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from devo.expressions import class_terms, is_class, signed_terms
from devo.frozen import dataclass
from devo.mosaic import LAYER_STEPS, Pieces, UnknownArea
from devo.values import Area, Body, Deal, Power
from devo.words import look_alike
from devo.world import World

T = TypeVar("T")

COUNCILS = frozenset(
    "metropolitan-district london-borough city-corporation unitary county non-metropolitan-district"
    " isles-of-scilly".split()
)
AUTHORITIES = frozenset({"combined-authority", "combined-county-authority", "gla"})

# How like a name must be to be suggested. What people ask for by name gets the nearest three, even far ones.
LIKE, FAR = 0.6, 0.4
# A text that names nothing is said again, but for what is longer than any name.
LONGEST_SAID = 200


class NameFault(LookupError):
    """A text that names nothing, or several things: what was asked for, and what is near."""

    def __init__(self, kind: str, text: str, nearest: Iterable[str], *, ambiguous: bool = False):
        self.kind = kind
        self.text = text
        self.nearest = tuple(nearest)
        self.ambiguous = ambiguous
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """What is wrong, in one sentence."""
        said = repr(self.text if len(self.text) <= LONGEST_SAID else f"{self.text[:LONGEST_SAID]}…")
        if self.ambiguous:
            return f"{said} names more than one {self.kind}"
        return f"no {self.kind} is called {said}"

    @property
    def suggestion(self) -> str:
        """What to write instead, if anything is near."""
        if not self.nearest:
            return look_alike(self.text)
        listed = ", ".join(self.nearest)
        if self.ambiguous:
            return f"say which: {listed}"
        return f"did you mean: {listed}? {look_alike(self.text)}".rstrip()


@dataclass(frozen=True, slots=True)
class Place:
    """A territory with the id and name it goes by: an area's code, or a body's id for a sum of areas."""

    id: str
    name: str
    geography: str
    pieces: Pieces


def place(world: World, text: str) -> Place:
    """The place that a code, name, alias or area expression means; a body's name means its area.

    Raises NameFault.
    """
    asked = text.strip()
    mosaic = world.mosaic
    with suppress(UnknownArea):
        mosaic.area(asked)  # raises where the layers of a code draw it differently
        layer, code = min(mosaic.meanings(asked), key=lambda meant: mosaic.layer_order(meant[0]))
        meant = mosaic.area(f"{layer}:{code}")
        return Place(meant.code, meant.name, layer, mosaic.pieces_of(layer, code))
    for step in _places_by_step(world, asked.casefold()):
        territories = {found.pieces for found in step}
        if len(territories) == 1:
            return min(step, key=lambda p: world.mosaic.layer_order(p.geography))
        if step:
            raise NameFault("place", text, (f"{p.name} ({p.id})" for p in step), ambiguous=True)
    if len(signed_terms(asked)) > 1:
        with suppress(UnknownArea):
            return Place(asked, asked, "", mosaic.territory(asked))
    raise NameFault("place", text, _nearest(asked, _place_names(world), FAR))


def place_of(world: World, record: Body) -> Place:
    """The area that a body serves on the world's day, as a place."""
    served = world.roster.area(record.id, world.day)
    pieces = world.mosaic.territory(served)
    if len(signed_terms(served)) == 1:
        area = world.mosaic.area(served)
        return Place(area.code, area.name, area.geography, pieces)
    return Place(record.id, record.name, "", pieces)


def body(world: World, text: str) -> Body:
    """The body that an id, name, alias, or code of the area of a council or authority means.

    Raises NameFault.
    """
    bodies = world.roster.bodies
    found = bodies_called(world, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise NameFault("body", text, (f"{b.name} ({b.id})" for b in found), ambiguous=True)
    asked = text.strip()
    raise NameFault(
        "body", text, _nearest(asked, (n for b in bodies.values() for n in (b.id, b.name, *b.aliases)), FAR)
    )


def bodies_called(world: World, text: str) -> list[Body]:
    """The bodies that a text may mean: those of today where there are any, none where it names no body."""
    asked = text.strip()
    bodies = world.roster.bodies
    if asked in bodies:
        return [bodies[asked]]
    found = list(world.roster.called.get(asked.casefold(), ()))
    if not found:
        found = _answering_for(world, asked)
    return [b for b in found if b.end is None] or found


def power(world: World, text: str) -> Power:
    """The power that an id, short code, name or alias means. Raises NameFault."""
    return _one(
        "power", text, world.powers.values(), lambda p: (p.id, p.code, p.name, *p.aliases), lambda p: p.id
    )


def deal(world: World, text: str) -> Deal:
    """The deal that a code, name or alias means. Raises NameFault."""
    return _one("deal", text, world.deals, lambda d: (d.code, d.name, *d.aliases), lambda d: d.code)


def resolve(world: World, ref: str, text: str) -> str:
    """The canonical text for a reference of any kind (`place`, `holder`, `power` ...). Raises NameFault."""
    resolver = _RESOLVERS.get(ref)
    return resolver(world, text) if resolver else text


def _place(world: World, text: str) -> str:
    """The id of a place; or, where that alone would mean another, the area with its layer or as an expression."""
    found = place(world, text)
    with suppress(NameFault):
        if place(world, found.id).pieces == found.pieces:
            return found.id
    return f"{found.geography}:{found.id}" if found.geography else world.roster.area(found.id, world.day)


def called(world: World, term: str, value: Any) -> str:
    """What a term of a question is called where people read it: a place, power or body by its name."""
    if term == "place":
        return place(world, value).name
    if term == "power":
        return world.power_name(value)
    if term == "body":
        return world.body_name(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _areas(world: World, text: str) -> str:
    """An area expression with each of its terms a code: names of places and bodies are looked up."""
    terms: list[tuple[bool, str]] = []
    for added, term in signed_terms(text):
        for plus, code in _codes(world, term, first=not terms):
            terms.append((plus == added, code))
    return "".join(f" {'+' if added else '-'} {code}" for added, code in terms).removeprefix(" + ")


def _codes(world: World, term: str, *, first: bool) -> list[tuple[bool, str]]:
    """The codes that one term of an area expression means, each added or taken away."""
    with suppress(UnknownArea):
        world.mosaic.territory(term)
        return [(True, term)]
    found = place(world, term)
    if found.geography:
        return [(True, f"{found.geography}:{found.id}")]
    area = world.roster.area(found.id, world.day)
    codes = signed_terms(area)
    if first or all(plus for plus, _ in codes):
        return codes
    # What this body's area leaves out must not be taken from, or added to, what stands before it.
    return signed_terms(world.mosaic.spell(world.mosaic.bits(area))) or codes


def _holder(world: World, text: str) -> str:
    if not is_class(text):
        return body(world, text).id
    return "every:" + _classes(world, class_terms(text))


def _classes(world: World, text: str) -> str:
    roster = world.roster
    for _, term in signed_terms(text):
        if not roster.knows_class(term):
            known = (*roster.classes, *roster.kinds, *roster.designations)
            raise NameFault("class of bodies", term, _nearest(term, known))
    return text


def _geography(world: World, text: str) -> str:
    return _one(
        "geography", text, world.mosaic.geographies.values(), lambda g: (g.id, g.name), lambda g: g.id
    ).id


def _instrument(world: World, text: str) -> str:
    return _one(
        "instrument",
        text,
        world.instruments.values(),
        lambda i: (i.id, i.number, i.title),
        lambda i: i.id,
    ).id


_RESOLVERS: dict[str, Callable[[World, str], str]] = {
    "place": _place,
    "areas": _areas,
    "body": lambda world, text: body(world, text).id,
    "holder": _holder,
    "classes": _classes,
    "power": lambda world, text: power(world, text).id,
    "deal": lambda world, text: deal(world, text).code,
    "geography": _geography,
    "instrument": _instrument,
}


def _one(
    kind: str,
    text: str,
    records: Iterable[T],
    names: Callable[[T], tuple[str, ...]],
    key: Callable[[T], str],
) -> T:
    asked = text.strip().casefold()
    listed = list(records)
    for record in listed:
        if key(record).casefold() == asked:
            return record
    found = [record for record in listed if _is_called(asked, *names(record))]
    if len(found) == 1:
        return found[0]
    if found:
        raise NameFault(kind, text, (f"{names(r)[-1]} ({key(r)})" for r in found), ambiguous=True)
    cutoff = FAR if kind in ("power", "deal") else LIKE
    raise NameFault(kind, text, _nearest(text.strip(), (n for r in listed for n in names(r) if n), cutoff))


def _is_called(asked: str, *names: str) -> bool:
    return any(name and name.casefold() == asked for name in names)


def _places_by_step(world: World, asked: str) -> Iterator[list[Place]]:
    """Areas and the areas of bodies that go by a name, grouped by step."""
    steps: list[list[Place]] = [[] for _ in range(len(LAYER_STEPS) + 2)]
    for area in world.mosaic.areas.values():
        if _is_called(asked, area.code, area.name, *area.aliases):
            pieces = world.mosaic.pieces_of(area.geography, area.code)
            found = Place(area.code, area.name, area.geography, pieces)
            steps[_order(world, area)[0]].append(found)
    for record in world.roster.bodies.values():
        if record.area and _is_called(asked, record.id, record.name, *record.aliases):
            steps[_body_step(record)].append(place_of(world, record))
    yield from (step for step in steps if step)


def _order(world: World, area: Area) -> tuple[int, int]:
    return world.mosaic.layer_order(area.geography)


def _body_step(record: Body) -> int:
    if record.end is not None:
        return len(LAYER_STEPS) + 1
    if record.kind in COUNCILS:
        return 0
    return 1 if record.kind in AUTHORITIES else len(LAYER_STEPS)


def _place_names(world: World) -> Iterator[str]:
    for area in world.mosaic.areas.values():
        yield from (area.name, *area.aliases)
    for record in world.roster.bodies.values():
        if record.area:
            yield from (record.id, record.name, *record.aliases)


def _answering_for(world: World, code: str) -> list[Body]:
    """The councils and authorities whose area a code is."""
    try:
        wanted = world.mosaic.territory(code)
    except UnknownArea:
        return []
    candidates = [b for b in world.roster.bodies.values() if b.kind in COUNCILS | AUTHORITIES and b.area]
    return [b for b in candidates if world.mosaic.territory(b.area) == wanted]


def _nearest(text: str, names: Iterable[str], cutoff: float = LIKE) -> list[str]:
    """The three names most like a text, in any case."""
    from difflib import get_close_matches

    asked = text.casefold()
    spelt = {name.casefold(): name for name in names if name}
    begun = sorted((name for name in spelt if asked and name.startswith(asked)), key=len)
    near = [*begun, *get_close_matches(asked, spelt, n=3, cutoff=cutoff)]
    return [spelt[name] for name in dict.fromkeys(near)][:3]
