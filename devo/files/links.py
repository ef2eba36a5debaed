"""What records refer to: every text that names another record must name one that there is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from devo.expressions import EVERY, class_terms, is_class, signed_terms
from devo.files.faults import MOST_FAULTS, instead, more_faults, shown
from devo.files.fields import Field, fields_of
from devo.files.placed import Place, Tables
from devo.limits import MOST_PEOPLE
from devo.mosaic import RESIDENTS, UnknownArea
from devo.names import NameFault, resolve
from devo.values import BodyClass, Fault, Piece, Power
from devo.world import World


def broken_links(tables: Tables, world: World) -> list[Fault]:
    """Faults of records that name what is not in the world they became part of.

    A table refers by id, so a name or a code that means another record is a fault that says its id.
    What a record with faults names is looked up too, and nobody is told that such a record is not there;
    where whole rows could not be read, nobody can tell what is not there.
    """
    if tables.cut_short:
        return []
    known: dict[tuple[str, str], tuple[str, str] | None] = {}
    lost = {key for item in tables.unmade for key in (item.given.get("id"), item.given.get("code")) if key}
    faults: list[Fault] = []
    linked: dict[type, list[Field]] = {}
    codes = _codes(world)
    for kind, record, place in _each(tables):
        if len(faults) > MOST_FAULTS:
            return [*faults, more_faults(place.path, place.line)]
        if kind is Piece:
            faults += () if isinstance(record, dict) else _piece_faults(record, place, codes, lost)
            continue
        for item in linked.setdefault(kind, [found for found in fields_of(kind) if found.ref]):
            value = record.get(item.name) if type(record) is dict else getattr(record, item.name)
            for text in value if isinstance(value, tuple) else (value,):
                if not text:
                    continue
                key = (item.ref, text)
                if key not in known:
                    known[key] = None if _is_lost(text, lost) else _trouble(world, item.ref, text)
                if (trouble := known[key]) is not None:
                    message, how = trouble
                    faults.append(Fault(place.path, place.line, f"`{item.name}`: {message}", "", how))
        if kind is BodyClass or kind is Power:
            faults += _made_of_itself(record, place, world)
    return faults


def _each(tables: Tables) -> Iterator[tuple[type, Any, Place]]:
    """Each record, or of one with faults a dict of what could be read of it."""
    yield from zip(map(type, tables.records), tables.records, tables.places, strict=True)
    yield from tables.unmade


def _is_lost(text: str, lost: Collection[str]) -> bool:
    """Whether a reference is to a record that is there, and has faults."""
    return bool(lost) and any(term in lost for _, term in signed_terms(text.removeprefix(EVERY)))


def _made_of_itself(record: Any, place: Place, world: World) -> Iterator[Fault]:
    if isinstance(record, BodyClass) and (cycle := _cycle(world, record.id)):
        message = f"the class {shown(record.id)} is made of itself: {' > '.join(cycle)}"
        yield Fault(place.path, place.line, message)
    if isinstance(record, Power) and (ring := _ring(world, record.id)):
        message = f"the power {shown(record.id)} is a part of itself: {' > '.join(ring)}"
        yield Fault(place.path, place.line, message, "", "give one of them another `parent`, or none")


def _ring(world: World, start: str) -> list[str]:
    """The way from a power up to itself, where there is one."""
    way = [start]
    while (record := world.powers.get(way[-1])) is not None and record.parent:
        if record.parent == start:
            return [*way, start]
        if record.parent in way:
            return []
        way.append(record.parent)
    return []


def _trouble(world: World, ref: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a reference and what to write instead; None where it names a record by id."""
    if _is_id(world, ref, text):
        return None
    if ref == "classes":
        return _class_trouble(world, text)
    try:
        right = resolve(world, ref, text)
    except NameFault as fault:
        return fault.message, fault.suggestion
    except UnknownArea as fault:
        return str(fault), ""
    if right == text:
        return None
    return f"{shown(text)} is not an id", f"tables refer by id: write {right}"


def _class_trouble(world: World, text: str) -> tuple[str, str] | None:
    """What is wrong with the words of a class expression.

    A kind or status that nobody has, or that only deals give, is a class with no member and no
    fault; a word that is nearly one that there is was probably meant to be it.
    """
    roster = world.roster
    words = [*roster.classes, *roster.kinds, *roster.designations, *roster.bodies]
    for _, term in signed_terms(text):
        if not roster.knows_class(term):
            near = [word for word in get_close_matches(term, words, n=3, cutoff=0.85) if word != f"{term}s"]
            if near:
                return NameFault("class of bodies", term, ()).message, f"did you mean: {', '.join(near)}?"
    return None


def _is_id(world: World, ref: str, text: str) -> bool:
    test = _IDS.get(ref)
    return test is not None and test(world, text)


def _is_area(world: World, text: str) -> bool:
    try:
        world.mosaic.territory(text)
    except UnknownArea:
        return False
    return True


def _are_classes(world: World, text: str) -> bool:
    return all(world.roster.knows_class(term) for _, term in signed_terms(text))


def _is_holder(world: World, text: str) -> bool:
    return _are_classes(world, class_terms(text)) if is_class(text) else text in world.roster.bodies


_IDS: Mapping[str, Callable[[World, str], bool]] = {
    "place": _is_area,
    "areas": _is_area,
    "body": lambda world, text: text in world.roster.bodies,
    "holder": _is_holder,
    "classes": _are_classes,
    "power": lambda world, text: text in world.powers,
    "instrument": lambda world, text: text in world.instruments,
    "geography": lambda world, text: text in world.mosaic.geographies,
    "deal": lambda world, text: any(deal.code == text for deal in world.deals),
}


def _codes(world: World) -> dict[str, set[str]]:
    """The codes of the areas of each layer."""
    codes: dict[str, set[str]] = {}
    for layer, code in world.mosaic.areas:
        codes.setdefault(layer, set()).add(code)
    return codes


def _piece_faults(
    piece: Piece, place: Place, codes: Mapping[str, Collection[str]], lost: Collection[str]
) -> Iterator[Fault]:
    """The codes of a piece that its layers do not have, and residents that nobody can count."""
    for layer, code in piece.areas.items():
        if code not in codes.get(layer, ()) and code not in lost:
            message = f"`{layer}`: this layer has no area {shown(code)}"
            yield Fault(place.path, place.line, message, "", instead(code, codes.get(layer, ())))
    people = piece.measures.get(RESIDENTS, 0)
    if not 0 <= people <= MOST_PEOPLE or people != int(people):
        message = f"`{RESIDENTS}`: {people:g} is not a number of people"
        why = "answers are weighed by residents, in whole people"
        yield Fault(place.path, place.line, message, why)


def _cycle(world: World, start: str) -> list[str]:
    """The way from a class back to itself through others; its own name alone means a kind or designation."""
    waiting = [[start]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        record: Any = world.roster.classes.get(way[-1])
        for _, term in signed_terms(record.members if record else ""):
            if term == start and len(way) > 1:
                return [*way, term]
            if term not in seen and term != way[-1]:
                seen.add(term)
                waiting.append([*way, term])
    return []
