"""What a verb makes: effects, and the records that go with them.

Anyone who writes a verb uses these: what begins, what ends, who exercises it, over which area.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from devo.expressions import is_class
from devo.values import (
    Body,
    Condition,
    Designation,
    Effect,
    Ending,
    Exercise,
    Membership,
    Provision,
    Succession,
)
from devo.world import World

Change = Effect | Exercise | Condition | Body | Membership | Designation | Succession | Ending


class CannotTakeEffect(Exception):
    """A provision that cannot do what it says on its day; the message gives the reason."""


def begins(provision: Provision, power: str, holder: str, area: str, **terms: Any) -> Effect:
    """The effect that a provision begins a holder's holding of a power over an area."""
    return _effect(provision, True, power, holder, area, terms)


def ends(provision: Provision, power: str, holder: str, area: str) -> Effect:
    """The effect that a provision ends whatever a holder holds of a power over an area."""
    return _effect(provision, False, power, holder, area, {})


def _effect(
    provision: Provision, begin: bool, power: str, holder: str, area: str, terms: dict[str, Any]
) -> Effect:
    return Effect(
        power=power,
        begins=begin,
        holder=holder,
        area=area,
        on=provision.commencement,
        made=provision.made,
        origin=provision.id,
        agreed=None if provision.instrument.status == "quashed" else provision.agreed,
        instrument=provision.instrument.id,
        deal=provision.deal,
        overrides=provision.overrides,
        source=provision.source,
        confidence=provision.confidence,
        **terms,
    )


def exercises(
    provision: Provision, power: str, holder: str, by: str, start: date | None = None, **terms: Any
) -> Iterator[Exercise]:
    """The record that somebody else exercises what a holder holds; nothing where nobody is named."""
    if by:
        yield Exercise(
            id=f"{provision.id}/exercise",
            power=power,
            holder=holder,
            by=by,
            start=start or provision.commencement,
            instrument=provision.instrument.id,
            provision=provision.id,
            source=provision.source,
            confidence=provision.confidence,
            **terms,
        )


def holder_spelt(world: World, holder: str) -> str:
    """A holder for a sentence about a deal: a body by its name, a class as the deal's file has it."""
    return holder if is_class(holder) else world.body_name(holder)


def area_of(world: World, holder: str, area: str = "") -> str:
    """The area a provision is about: the one it names, or else the whole area of the holder on the day.

    Raises CannotTakeEffect for a body that serves no area and a provision that names none.
    """
    if area or is_class(holder):
        return area
    served = world.roster.area(holder, world.day)
    if not served:
        raise CannotTakeEffect(f"{world.body_name(holder)} serves no area of its own; say over which `area`")
    return served
