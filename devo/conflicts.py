"""Conflicts: two provisions of equal precedence whose order changes an answer.

Law has no order for them: same commencement, made the same day, neither overriding the other. Each
such pair is enacted both ways; if any answer or any refusal differs, that is the witness.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from devo import divisions, rules
from devo.enactment import in_order_of_law
from devo.mosaic import Pieces
from devo.sightings import alike
from devo.taking_effect import Verb, one_by_one
from devo.values import Finding, Provision
from devo.world import World


def conflicts(
    world: World, verbs: Mapping[str, Verb], changed: Collection[Provision] | None = None
) -> Iterator[Finding]:
    """The conflicts among all provisions that a world's deals bring.

    With `changed`, only those that some provisions bear on: any other is there without them as it is with them.
    """
    groups: dict[tuple[date, date | None, str], list[Provision]] = {}
    for deal in world.deals:
        for provision in deal.provisions:
            power = provision.terms.get("power")
            if isinstance(power, str) and power in world.powers:
                top = divisions.family(world, power)
                root = next(name for name in top if not world.powers[name].parent)
                groups.setdefault((provision.commencement, provision.made, root), []).append(provision)
    for (_, _, root), group in sorted(groups.items(), key=lambda item: str(item[0])):
        if changed is not None and not any(_bears_on(world, p, root, group[0]) for p in changed):
            continue
        clashing = [
            (one, two)
            for one, two in combinations(in_order_of_law(group), 2)
            # Neither prevails over the other, or each says that it does.
            if (one.id in two.overrides) == (two.id in one.overrides) and _may_clash(world, one, two)
        ]
        if clashing:
            start = _day_before(world, root, group[0], verbs)
            for one, two in clashing:
                yield from _conflict(start, root, one, two, verbs)


def _bears_on(world: World, provision: Provision, root: str, other: Provision) -> bool:
    """Whether what a provision on a power and its parts finds may depend on another: on one of no later force."""
    if "power" not in provision.terms:
        return True  # it may be about any body, and so about any area
    return provision.terms["power"] in divisions.family(world, root) and _moment(provision) <= _moment(other)


def _moment(provision: Provision) -> tuple[date, date]:
    """Its place in legal order, as far as days say."""
    return provision.commencement, provision.made or date.max


def _may_clash(world: World, one: Provision, two: Provision) -> bool:
    """Whether two provisions could meet at all: they begin or end something, and their areas overlap."""
    if one.verb == two.verb == "condition" or "exercise" in (one.verb, two.verb):
        return False
    return bool(_area(world, one) & _area(world, two))


def _area(world: World, provision: Provision) -> Pieces:
    terms = provision.terms
    named = terms.get("area") or ""
    if not named:
        body = terms.get("transferee") or terms.get("holder") or terms.get("transferor") or ""
        record = world.roster.bodies.get(body)
        named = record.area if record is not None else ""
    return world.mosaic.territory(named) if named else world.mosaic.everywhere


def _day_before(world: World, root: str, provision: Provision, verbs: Mapping[str, Verb]) -> World:
    """The world with all in it that law has before a provision, as far as it bears on a power."""
    family = divisions.family(world, root)
    earlier = [
        p
        for p in in_order_of_law(p for deal in world.deals for p in deal.provisions)
        if _moment(p) < _moment(provision) and ("power" not in p.terms or p.terms["power"] in family)
    ]
    return one_by_one(world.before, earlier, verbs)[0]


def _conflict(
    world: World, root: str, one: Provision, two: Provision, verbs: Mapping[str, Verb]
) -> Iterator[Finding]:
    both = _area(world, one) & _area(world, two)
    first, refused = _answers(world, (one, two), root, both, verbs)
    second, refused_too = _answers(world, (two, one), root, both, verbs)
    differing = frozenset(piece for piece in first if first[piece] != second.get(piece))
    if not differing and refused == refused_too:
        return
    overlap = differing or both
    areas = ", ".join(name for _, name in world.mosaic.describe(overlap)[:6])
    yield Finding(
        "conflict",
        f"{_said(one)} and {_said(two)} have the same force, and {world.power_name(root)} over {areas} "
        f"({world.mosaic.residents(overlap):,} residents) on {one.commencement} depends on which is read first.",
        "error",
        (one.id, two.id, root),
        one.where,
        f'say which prevails: overrides = ["{one.id}"] in {two.id}, or the other way round; '
        "or change a day or an area so that they do not meet",
    )


def _said(provision: Provision) -> str:
    return f"{provision.id} ({provision.where})" if provision.where else provision.id


def _answers(
    world: World, pair: Sequence[Provision], root: str, pieces: Pieces, verbs: Mapping[str, Verb]
) -> tuple[dict[int, Any], tuple[str, ...]]:
    """Who holds a power over some pieces after a pair is enacted in one order, and what was refused."""
    after, findings = one_by_one(world, pair, verbs)
    seen = after.on(pair[0].commencement)
    parts = divisions.parts(seen, root) or (root,)
    found: dict[int, Any] = {}
    for group in alike(seen, root, pieces):
        piece = min(group)
        held = tuple((h.body, h.mode) for name in parts for h in rules.holders(seen, name, piece))
        found.update(dict.fromkeys(group, held))
    return found, tuple(sorted(f"{finding.code} {finding.about}" for finding in findings))
