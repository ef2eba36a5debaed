"""The core's verbs about bodies: established, abolished and succeeded, designated, joined and left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from devo.making import CannotTakeEffect, Change
from devo.values import (
    Areas,
    Body,
    BodyId,
    Designation,
    Ending,
    Membership,
    Provision,
    Succession,
    runs,
)
from devo.world import World


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
    yield Ending(_living(world, body), provision.commencement, provision.id)


def succeed(
    world: World, provision: Provision, old: BodyId, new: BodyId, area: Areas = ""
) -> Iterable[Change]:
    """End a body and let another take over all that it held, over an area (default: the heir's own)."""
    _living(world, new)
    record = world.roster.bodies.get(old)
    if record is not None and record.end is None:
        yield Ending(_living(world, old), provision.commencement, provision.id)
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
    _living(world, body)
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
    _living(world, body)
    _living(world, member)
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


VERBS = (establish, abolish, succeed, designate, undesignate, join, leave)


def _living(world: World, body: str) -> Body:
    """A body that is there on the day. Raises CannotTakeEffect."""
    record = world.roster.bodies.get(body)
    if record is None:
        raise CannotTakeEffect(f"no body {body!r} is known")
    if record.start is not None and world.today < record.start:
        raise CannotTakeEffect(f"{record.name} does not exist until {record.start}")
    if record.end is not None and record.end <= world.today:
        raise CannotTakeEffect(f"{record.name} was abolished already, on {record.end}")
    return record


def _statuses(world: World, body: str) -> list[Designation]:
    return [item for item in world.of(Designation) if item.body == body and runs(item, world.today)]


def _seats(world: World, body: str, member: str) -> list[Membership]:
    return [
        seat
        for seat in world.of(Membership)
        if seat.body == body and seat.member == member and runs(seat, world.today)
    ]
