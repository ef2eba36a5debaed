"""Who pays, who is paid and what for, by name: bodies, classes of them, words for those whom no table has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from devo import World
from devo_funding.parcels import Parcel
from devo_funding.pots import OUTSIDE

# Words for those who pay or are paid where the sources name no single body.
UNDIVIDED: Mapping[str, str] = {
    "several-authorities": "Several authorities (the division is not in the tables)",
    "several-departments": "Several departments of government",
}


def party_name(world: World, party: str) -> str:
    """What a payer or payee is called."""
    if party.startswith("every:"):
        return world.holder_name(party)
    return OUTSIDE.get(party) or UNDIVIDED.get(party) or world.body_name(party)


def powers_named(world: World, powers: Sequence[str]) -> tuple[str, str]:
    """The powers that money is for as a row has them: their ids, and their names, each in one text."""
    return ";".join(powers), "; ".join(world.power_name(power) for power in powers)


def is_party(world: World, party: str) -> bool:
    """Whether a text names somebody who can pay or be paid."""
    return (
        party.startswith("every:") or party in OUTSIDE or party in UNDIVIDED or party in world.roster.bodies
    )


def receiver(world: World, parcel: Parcel) -> tuple[str, str]:
    """Who a parcel reaches: its payee, or the heir of one that is gone; and why it reaches nobody."""
    payee = parcel.payee
    if not is_party(world, payee):
        return payee, "no table has such a body"
    body = world.roster.bodies.get(payee)
    if body is None:
        return payee, ""
    if body.start is not None and body.start >= parcel.end:
        return payee, f"it does not exist until {body.start}"
    if body.end is not None and body.end <= parcel.start:
        heirs = {item.new for item, _ in world.roster.passed_on(payee, parcel.start)}
        if len(heirs) != 1:
            return payee, f"it was abolished on {body.end} and no one body succeeded it"
        return heirs.pop(), ""
    return payee, ""
