"""The core's verbs: what a deal may do to powers, bodies and seats.

A verb takes the world on the day its provision commences, the provision, and its terms; it yields
what begins and what ends. Verbs about moving powers between bodies are a plugin's (`transfers`),
written with the same public names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from devo import names
from devo.extent import named
from devo.making import CannotTakeEffect, Change, area_of, begins, ends, exercises
from devo.values import (
    Areas,
    Body,
    BodyId,
    Condition,
    Designation,
    Ending,
    Holder,
    Membership,
    Mode,
    PowerId,
    Provision,
    Succession,
)
from devo.world import World

# --- powers -----------------------------------------------------------------------------------


def confer(
    world: World,
    provision: Provision,
    power: PowerId,
    holder: Holder,
    area: Areas = "",
    mode: Mode = "sole",
    exercised_by: str = "",
    exercised_from: date | None = None,
    root: Holder = "",
    mirrored: bool = False,
    carve_outs: str = "",
    discharges: str = "",
) -> Iterable[Change]:
    """Give a power to a body or a class of bodies, beside whoever holds it already.

    Use it for what nobody held there before, or for functions "corresponding to" another's
    (`mirrored`). To take it from somebody use `transfer`; to hold it beside them, `share`.
    """
    where = area_of(world, holder, area)
    yield begins(
        provision,
        power,
        holder,
        where,
        mode=mode,
        root=root,
        mirrored=mirrored,
        carve_outs=carve_outs,
        discharges=discharges,
    )
    yield from exercises(provision, power, holder, exercised_by, exercised_from, area=area)


def cease(
    world: World, provision: Provision, power: PowerId, holder: Holder, area: Areas = ""
) -> Iterable[Change]:
    """End a holder's holding of a power over an area (by default all of it)."""
    found = [n for n in named(world, power, area) if n.holder == holder]
    if not found:
        raise CannotTakeEffect(f"{_holder_name(world, holder)} does not hold {world.power_name(power)} there")
    for item in found:
        yield ends(provision, power, holder, item.area)


def re_source(
    world: World, provision: Provision, power: PowerId, holder: Holder, area: Areas = ""
) -> Iterable[Change]:
    """Put a holding on a new legal authority: same holder, same mode, another instrument."""
    found = [n for n in named(world, power, area) if n.holder == holder]
    if not found:
        raise CannotTakeEffect(f"{_holder_name(world, holder)} does not hold {world.power_name(power)} there")
    for item in found:
        before = item.effect
        yield begins(
            provision,
            power,
            holder,
            item.area,
            mode=before.mode,
            root=before.root,
            mirrored=before.mirrored,
            carve_outs=before.carve_outs,
            discharges=before.discharges,
        )


def condition(
    world: World,
    provision: Provision,
    power: PowerId,
    holder: Holder,
    kind: Literal[
        "consult", "consent", "approval", "direction", "guidance", "veto", "override", "prerequisite"
    ],
    by: str,
    to: Literal["use", "make"] = "use",
    rule: str = "",
    area: Areas = "",
    text: str = "",
    met: date | None = None,
) -> Iterable[Change]:
    """Lay down what must happen before a holder uses a power, or before a transfer of it is made."""
    yield Condition(
        id=f"{provision.id}/condition",
        power=power,
        holder=holder,
        to=to,
        kind=kind,
        by=_body_or_role(world, by),
        rule=rule,
        area=area,
        start=provision.commencement,
        met=met,
        instrument=provision.instrument.id,
        provision=provision.id,
        text=text,
        source=provision.source,
        confidence=provision.confidence,
    )


def _body_or_role(world: World, text: str) -> str:
    """The id of the body that a text names, or the text where it says a role in words."""
    called = names.bodies_called(world, text)
    return called[0].id if len(called) == 1 else text


# --- bodies -----------------------------------------------------------------------------------


def establish(
    world: World,
    provision: Provision,
    body: str,
    name: str,
    kind: str,
    area: Areas = "",
    sector: str = "",
    aliases: tuple[str, ...] = (),
    part_of: BodyId = "",
    part: str = "",
    accountable_to: str = "",
    accountability: str = "",
) -> Iterable[Change]:
    """Bring a body into being."""
    if body in world.roster.bodies:
        raise CannotTakeEffect(f"there is already a body {body!r}: {world.body_name(body)}")
    yield Body(
        id=body,
        name=name,
        kind=kind,
        sector=sector,
        area=area,
        aliases=aliases,
        part_of=part_of,
        part=part,
        accountable_to=accountable_to,
        accountability=accountability,
        start=provision.commencement,
        instrument=provision.instrument.id,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def abolish(world: World, provision: Provision, body: BodyId) -> Iterable[Change]:
    """End a body. What it held by name ends with it unless somebody succeeds it."""
    yield Ending(_living(world, body, provision.commencement), provision.commencement, provision.id)


def succeed(
    world: World, provision: Provision, old: BodyId, new: BodyId, area: Areas = ""
) -> Iterable[Change]:
    """End a body and let another take over all that it held, over an area (default: the heir's own)."""
    record = world.roster.bodies.get(old)
    if record is not None and record.end is None:
        yield Ending(record, provision.commencement, provision.id)
    yield Succession(
        old=old,
        new=new,
        start=provision.commencement,
        area=area,
        instrument=provision.instrument.id,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def designate(
    world: World, provision: Provision, body: BodyId, designation: str, area: Areas = ""
) -> Iterable[Change]:
    """Give a body a status in law: `mayoral`, `established-mayoral-strategic-authority`."""
    if any(item.designation == designation and item.area == area for item in _statuses(world, body)):
        raise CannotTakeEffect(f"{world.body_name(body)} already is {designation}")
    yield Designation(
        body=body,
        designation=designation,
        area=area,
        start=provision.commencement,
        instrument=provision.instrument.id,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def undesignate(world: World, provision: Provision, body: BodyId, designation: str) -> Iterable[Change]:
    """Take a status away from a body."""
    found = [item for item in _statuses(world, body) if item.designation == designation]
    if not found:
        raise CannotTakeEffect(f"{world.body_name(body)} is not {designation} on that day")
    for item in found:
        yield Ending(item, provision.commencement, provision.id)


def join(
    world: World,
    provision: Provision,
    body: BodyId,
    member: BodyId,
    role: Literal["constituent", "non-constituent", "associate"] = "constituent",
) -> Iterable[Change]:
    """Give a body a seat in an authority."""
    if any(seat.role == role for seat in _seats(world, body, member)):
        raise CannotTakeEffect(
            f"{world.body_name(member)} already is a {role} member of {world.body_name(body)}"
        )
    yield Membership(
        body=body,
        member=member,
        role=role,
        start=provision.commencement,
        instrument=provision.instrument.id,
        provision=provision.id,
        source=provision.source,
        confidence=provision.confidence,
    )


def leave(world: World, provision: Provision, body: BodyId, member: BodyId) -> Iterable[Change]:
    """Take a body's seat in an authority away."""
    seats = _seats(world, body, member)
    if not seats:
        raise CannotTakeEffect(
            f"{world.body_name(member)} has no seat in {world.body_name(body)} on that day"
        )
    for seat in seats:
        yield Ending(seat, provision.commencement, provision.id)


VERBS = (
    confer,
    cease,
    re_source,
    condition,
    establish,
    abolish,
    succeed,
    designate,
    undesignate,
    join,
    leave,
)


def closed(record: Any, on: date) -> Any:
    """A dated record that ends on a day."""
    return replace(record, end=on)


def _holder_name(world: World, holder: str) -> str:
    return holder if holder.startswith("every:") else world.body_name(holder)


def _living(world: World, body: str, day: date) -> Body:
    record = world.roster.bodies.get(body)
    if record is None:
        raise CannotTakeEffect(f"no body {body!r} is known on {day}")
    if record.end is not None and record.end <= day:
        raise CannotTakeEffect(f"{record.name} was abolished already, on {record.end}")
    return record


def _statuses(world: World, body: str) -> list[Designation]:
    day = world.today
    return [
        item
        for item in world.of(Designation)
        if item.body == body and (item.start or date.min) <= day < (item.end or date.max)
    ]


def _seats(world: World, body: str, member: str) -> list[Membership]:
    day = world.today
    return [
        seat
        for seat in world.of(Membership)
        if seat.body == body
        and seat.member == member
        and (seat.start or date.min) <= day < (seat.end or date.max)
    ]
