"""Cases: what a plugin's functions are tried with, made up from the world and the types of their terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

from devo.tools import Term, Tool, type_name
from devo.values import Area, Body, BodyClass, Condition, Instrument, Power
from devo.world import World

_MOST_VALUES, _MOST_OF_A_VERB = 2, 24
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Case:
    """A function to call: what it is, its name, on which world, with which terms."""

    kind: str
    name: str
    world: str
    terms: Mapping[str, Any]

    @property
    def said(self) -> str:
        """The case in words, the same in every process."""
        terms = ", ".join(f"{name}={value!r}" for name, value in self.terms.items())
        article = "" if self.world == "England" else "the "
        return f"{self.kind} {self.name!r} on {article}{self.world}" + (f" with {terms}" if terms else "")


def cases_of_question(tool: Tool, world: World, called: str) -> Iterator[Case]:
    """A question with the terms it needs, with two choices of them, then with each of the others in turn."""
    values = {term.name: _values(term, world) for term in tool.terms}
    needed = [term for term in tool.terms if term.required]
    if any(not values[term.name] for term in needed):
        return
    choices = max([len(values[term.name]) for term in needed] or [1])
    chosen = [_chosen(needed, values, number) for number in range(choices)]
    for terms in chosen:
        yield Case("question", tool.name, called, terms)
    first = chosen[0]
    for term in tool.terms:
        if not term.required and values[term.name]:
            yield Case("question", tool.name, called, {**first, term.name: values[term.name][0]})


def _chosen(needed: list[Term], values: Mapping[str, list[Any]], number: int) -> dict[str, Any]:
    """One choice of terms. Two layers, or two bodies, are not the same one: of that there is little to say."""
    before: Counter[str] = Counter()
    terms = {}
    for term in needed:
        found = values[term.name]
        terms[term.name] = found[min(number + before[term.ref], len(found) - 1)]
        before[term.ref] += bool(term.ref)
    return terms


def cases_of_verb(tool: Tool, world: World, called: str) -> Iterator[Case]:
    """A verb with several choices of the terms it needs; many of them will not be possible in law."""
    needed = [term for term in tool.terms if term.required]
    values = [_values(term, world) for term in needed]
    for number, chosen in enumerate(product(*values)):
        if number == _MOST_OF_A_VERB:
            return
        yield Case("verb", tool.name, called, dict(zip((term.name for term in needed), chosen, strict=True)))


def _values(term: Term, world: World) -> list[Any]:
    """Values that a term may have in a world. A text may be anything, for people may type anything."""
    if term.choices:
        return list(term.choices[:_MOST_VALUES])
    if term.ref:
        return _named(term, world)
    known: dict[Any, list[Any]] = {
        int: [1, 0],
        float: [1.0, 0.0],
        bool: [True, False],
        date: [world.today, world.today - _A_YEAR],
        str: ["some words"],
    }
    return known.get(term.type, [])


def _named(term: Term, world: World) -> list[Any]:
    found = list(_records_named(term.ref, world))[:_MOST_VALUES]
    return [(name,) for name in found] if term.type in (tuple, list) else found


def _records_named(ref: str, world: World) -> Iterator[str]:
    """The ids of a few things in a world that a term of a kind may name, unlike each other where that can be."""
    if ref in ("place", "areas"):
        yield from _places(world)
    elif ref in ("body", "holder"):
        yield from _one_of_each(world.of(Body))
    elif ref == "power":
        yield from (power.id for power in world.of(Power) if world.ledger(power.id).effects)
    elif ref in ("geography", "layer"):
        yield from world.mosaic.geographies
    elif ref == "classes":
        yield from (item.id for item in world.of(BodyClass))
    elif ref == "deal":
        yield from world.deal_codes
    elif ref == "instrument":
        yield from (item.id for item in world.of(Instrument))
    elif ref == "condition":
        yield from (item.id for item in world.of(Condition))
    else:
        for kind in world.records:
            if type_name(kind) == ref:
                rows: tuple[Any, ...] = world.of(kind)
                yield from (str(row.id) for row in rows if hasattr(row, "id"))


def _places(world: World) -> Iterator[str]:
    """A small place, as people ask about, then a middling one, then the others up to the whole country."""
    layers: dict[str, str] = {}
    for area in world.of(Area):
        layers.setdefault(area.geography, area.code)
    sizes = sorted((len(world.mosaic.pieces_of(layer, code)), code) for layer, code in layers.items())
    codes = [code for pieces, code in sizes if pieces] or [code for _, code in sizes]
    middle = len(codes) // 2
    yield from dict.fromkeys([*codes[:1], *codes[middle : middle + 1], *codes])


def _one_of_each(bodies: Iterable[Body]) -> list[str]:
    """Bodies of different kinds, the newest of each first: authorities, where there are any, before councils."""
    kinds: dict[str, str] = {}
    for body in sorted(bodies, key=lambda body: (body.start or date.min, body.id), reverse=True):
        kinds.setdefault(body.kind, body.id)
    return list(kinds.values())
