"""The three trees of the explorer as data: places, bodies and powers, a branch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from devo.tui.looking import Subject
from devo.tui.texts import day, plain_title
from devo.values import Area, Body, Power
from devo.world import World

# The layers that lie inside each other, in the order in which people go down them, by their ONS stems.
NESTED = ("ctry", "rgn", "cauth", "utla", "lad")
MOST = 250


@dataclass(frozen=True)
class Branch:
    """A line of a tree: what it says, what choosing it looks at, and what is below it, when asked for.

    `count` is how many lines are below, where that is known without making them.
    """

    label: str
    subject: Subject | None = None
    below: Callable[[], Iterable[Branch]] | None = field(default=None, compare=False)
    remark: str = ""
    count: int | None = None


def places(world: World, on: date) -> Iterator[Branch]:
    """The country down to districts; then the layers of the NHS, police, fire and the rest."""
    gone = past(world, on)
    layers = [layer for layer in _latest(world) if layer not in gone]
    nested = sorted(
        (layer for layer in layers if _stem(layer) in NESTED), key=lambda g: NESTED.index(_stem(g))
    )
    top = next((layer for layer in nested if world.mosaic.layers.get(layer)), "")
    if top:
        for area in _areas(world, top, world.mosaic.layers[top]):
            yield _place(world, area, nested)
    others = [layer for layer in layers if layer not in nested and world.mosaic.layers.get(layer)]
    for layer in sorted(others, key=world.mosaic.layer_order):
        yield _layer(world, layer)
    older = [
        layer for layer in world.mosaic.layers if layer in world.mosaic.geographies and layer not in layers
    ]
    if older:
        yield Branch(
            "As they were before", below=lambda: (_layer(world, layer, dated=True) for layer in sorted(older))
        )


def past(world: World, on: date) -> frozenset[str]:
    """The layers beside the nested ones that are not right for a day any more."""
    ends = {layer: record.end for layer, record in world.mosaic.geographies.items()}
    return frozenset(layer for layer, end in ends.items() if end and end <= on and _stem(layer) not in NESTED)


def _layer(world: World, layer: str, *, dated: bool = False) -> Branch:
    codes = world.mosaic.layers[layer]
    named = world.mosaic.geographies[layer].name or layer
    if not dated:
        named = named.partition(" (")[0]
    below = lambda: (_leaf(area) for area in _areas(world, layer, codes))  # noqa: E731
    return Branch(named, None, below, f"{len(codes):,}", len(codes))


def _place(world: World, area: Area, nested: list[str]) -> Branch:
    inside = world.mosaic.pieces_of(area.geography, area.code)
    lower = nested[nested.index(area.geography) + 1 :]
    has_below = any(
        len({world.mosaic.pieces[p].areas.get(layer, "") for p in inside} - {""}) > 1 for layer in lower
    )
    if not has_below:
        return _leaf(area)
    return Branch(area.name, _subject(area), lambda: _inside(world, area, nested))


def _inside(world: World, area: Area, nested: list[str]) -> Iterator[Branch]:
    """The largest areas of the layers below that lie within an area and within no other of those."""
    mosaic = world.mosaic
    whole = mosaic.pieces_of(area.geography, area.code)
    left = set(whole)
    found: list[Area] = []
    for layer in nested[nested.index(area.geography) + 1 :]:
        codes = {code for piece in left if (code := mosaic.pieces[piece].areas.get(layer, ""))}
        for code in codes:
            pieces = mosaic.pieces_of(layer, code)
            record = mosaic.areas.get((layer, code))
            same_below = any(
                (other, code) in mosaic.areas and mosaic.pieces_of(other, code) == pieces
                for other in nested[nested.index(layer) + 1 :]
            )
            if record is not None and pieces <= left and not same_below:
                found.append(record)
                left -= pieces
    order = {layer: n for n, layer in enumerate(nested)}
    for record in sorted(found, key=lambda a: (order[a.geography] >= 3, a.name, a.code)):
        yield _place(world, record, nested)


def _leaf(area: Area) -> Branch:
    return Branch(area.name or area.code, _subject(area))


def _subject(area: Area) -> Subject:
    return Subject("place", f"{area.geography}:{area.code}", area.name or area.code)


def _areas(world: World, layer: str, codes: Iterable[str]) -> list[Area]:
    found = [world.mosaic.areas.get((layer, code)) or Area(layer, code, code) for code in codes]
    return sorted(found, key=lambda a: (a.name.casefold(), a.code))


def _latest(world: World) -> list[str]:
    """The layers that no later vintage of the same stem has replaced."""
    newest: dict[str, str] = {}
    for layer in world.mosaic.geographies:
        newest[_stem(layer)] = max(newest.get(_stem(layer), ""), layer)
    return [layer for layer in world.mosaic.geographies if newest[_stem(layer)] == layer]


def _stem(layer: str) -> str:
    return layer.rstrip("0123456789")


# What officials call each kind, in the order they would look for them.
KINDS = {
    "combined-authority": "Combined authorities",
    "combined-county-authority": "Combined county authorities",
    "gla": "Greater London Authority",
    "metropolitan-district": "Metropolitan district councils",
    "london-borough": "London borough councils",
    "city-corporation": "City of London",
    "unitary": "Unitary councils",
    "county": "County councils",
    "non-metropolitan-district": "District councils in counties",
    "isles-of-scilly": "Isles of Scilly",
    "minister": "Ministers",
    "department": "Government departments",
    "arms-length-body": "Arm's length bodies",
    "inspectorate": "Inspectorates",
    "icb": "NHS integrated care boards",
    "nhs-england": "NHS England",
    "clinical-commissioning-group": "Clinical commissioning groups",
    "police-and-crime-commissioner": "Police and crime commissioners",
    "police-authority": "Police authorities",
    "combined-fire-authority": "Combined fire authorities",
    "metropolitan-fire-authority": "Metropolitan fire authorities",
    "joint-waste-authority": "Joint waste authorities",
    "integrated-transport-authority": "Integrated transport authorities",
    "functional-body": "Functional bodies",
    "chief-officer-of-police": "Chief officers of police",
    "employer-representative-body": "Employer representative bodies",
    "joint-committee": "Joint committees",
    "partnership": "Partnerships",
    "other-body": "Other bodies",
    "executive-body": "Transport executives",
}


def bodies(world: World, on: date) -> Iterator[Branch]:
    """Bodies by what they are in law; those of another day say from when and until when they were."""
    order = list(KINDS)
    kinds = sorted(world.roster.kinds, key=lambda k: (order.index(k) if k in order else len(order), k))
    for kind in kinds:
        listed = world.roster.kinds[kind]
        alive = sum(not _gone(body, on) for body in listed)
        said = f"{alive:,}" if alive else "none on this day"
        yield Branch(
            KINDS.get(kind, plain_title(kind)), None, partial(_of_kind, listed, on), said, len(listed)
        )


def _of_kind(listed: Iterable[Body], on: date) -> Iterator[Branch]:
    for body in sorted(listed, key=lambda b: (_gone(b, on), b.name.casefold(), b.id)):
        yield _body(body, on)


def _body(body: Body, on: date) -> Branch:
    remark = ""
    if body.end is not None and on >= body.end:
        remark = f"until {day(body.end)}"
    elif body.start is not None and on < body.start:
        remark = f"from {day(body.start)}"
    return Branch(body.name, Subject("body", body.id, body.name), None, remark)


def _gone(body: Body, on: date) -> bool:
    return (body.end is not None and on >= body.end) or (body.start is not None and on < body.start)


def powers(world: World) -> Iterator[Branch]:
    """Powers by theme, each with the parts a statute divides it into."""
    themes: dict[str, list[Power]] = {}
    for power in world.powers.values():
        if not power.parent or power.parent not in world.powers:
            themes.setdefault(power.theme, []).append(power)
    for theme in sorted(themes, key=lambda t: (not t, t)):
        listed = sorted(themes[theme], key=lambda p: (p.name.casefold(), p.id))
        yield Branch(
            plain_title(theme) or "Other powers",
            None,
            lambda listed=listed: (_power(world, power) for power in listed),  # type: ignore[misc]
            f"{len(listed):,}",
        )


def _power(world: World, power: Power) -> Branch:
    parts = [world.powers[part] for part in world.children.get(power.id, ())]
    below = (lambda: (_power(world, part) for part in parts)) if parts else None
    return Branch(power.name, Subject("power", power.id, power.name), below)
