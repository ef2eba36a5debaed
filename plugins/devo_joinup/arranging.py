"""The verb `arrange`: bodies bind themselves together over powers and places, for a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from devo import Areas, BodyId, CannotTakeEffect, ClassTerms, PowerId, Provision, World
from devo_joinup.bodies import runs
from devo_joinup.values import Arrangement, Kind
from devo_joinup.words import kind_in_words

# Arrangements that one body can make with itself or with whom the tables do not have.
ALONE = frozenset(
    {"evaluation", "feedback", "neighbourhood-team", "community-partnership", "central-support"}
)


def arrange(
    world: World,
    provision: Provision,
    kind: Kind,
    bodies: tuple[BodyId, ...] = (),
    between: ClassTerms = "",
    powers: tuple[PowerId, ...] = (),
    area: Areas = "",
    lead: BodyId = "",
    until: date | None = None,
    name: str = "",
) -> Iterable[Arrangement]:
    """Bind bodies together: a data-sharing agreement, co-location, a team, joint commissioning, a pooled budget ...

    No power moves by it: whoever held one holds it still. `kind` says which of these it is, and `name` what
    people call it. `bodies` are named; `between` is a class
    (`social-services-authority + icb`), whose bodies are bound wherever they meet. Blank `powers` are all
    of theirs, a blank `area` everywhere; `lead` answers for it, `until` is the first day it no longer runs.
    """
    members = tuple(dict.fromkeys(bodies))
    if len(members) < 2 and not between and kind not in ALONE:
        raise CannotTakeEffect(
            f"a {kind_in_words(kind)} is between at least two bodies; name them in `bodies`"
        )
    if not members and not between:
        raise CannotTakeEffect("name in `bodies` who arranges it")
    for body in (*members, *((lead,) if lead else ())):
        if not world.roster.alive(body, provision.commencement):
            raise CannotTakeEffect(f"{world.body_name(body)} does not exist on {provision.commencement}")
    if lead and members and lead not in members:
        raise CannotTakeEffect(f"{world.body_name(lead)} is to lead it and is not among its `bodies`")
    if until is not None and until <= provision.commencement:
        raise CannotTakeEffect(f"it would end on {until}, before it began on {provision.commencement}")
    for other in world.of(Arrangement):
        theirs = (other.kind, set(other.bodies), other.between, set(other.powers), other.area)
        same = theirs == (kind, set(members), between, set(powers), area)
        if same and runs(other, provision.commencement):
            raise CannotTakeEffect(f"{other.id} arranges the same already")
    yield Arrangement(
        id=provision.id,
        kind=kind,
        bodies=members,
        powers=powers,
        area=area,
        lead=lead,
        name=name,
        start=provision.commencement,
        end=until,
        provision=provision.id,
        instrument=provision.instrument.id,
        source=provision.source,
        confidence=provision.confidence,
        between=between,
    )


VERBS = (arrange,)
