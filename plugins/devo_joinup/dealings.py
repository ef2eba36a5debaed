"""What sort of deal it is: for growth or for people, and whether it cuts, moves or joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from devo import (
    Deal,
    DealId,
    Pence,
    PowerId,
    Provision,
    Unit,
    World,
    deal_named,
)

NOT_SAID = "not said"
PartOfPowers = Annotated[float, Unit("share of the deal's moves, 0 to 1")]


@dataclass(frozen=True, slots=True)
class BalanceOfDealRow:
    """A deal's moves that concern growth, or people's services: one figure, and the list behind it.

    `moves` is how many powers its provisions are about, `share` those of this purpose among them. `amount_pence`
    is what its `fund` provisions pay for powers of that purpose alone, as they state it, whatever the years.
    `joined` says what sort of deal it is by its verbs. Worked out from the deal's provisions, which `provisions`
    names, and the purposes of their powers.
    """

    deal: DealId
    purpose: str
    moves: int
    share: PartOfPowers | None
    amount_pence: Pence
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    provisions: tuple[str, ...]
    joined: str


def growth_and_people(world: World, deal: DealId) -> Iterator[BalanceOfDealRow]:
    """How much of a deal is about growth and how much about people's services; and whether it cuts, moves or joins.

    Counted by power, and money beside it. The tables' tag of each power's purpose is this project's.
    """
    chosen = deal_named(world, deal)
    powers: dict[str, set[str]] = {}
    provisions: dict[str, list[str]] = {}
    pence: dict[str, int] = {}
    for provision in chosen.provisions:
        by_purpose: dict[str, set[str]] = {}
        for name in _about(provision):
            record = world.powers.get(name)
            by_purpose.setdefault((record.purpose if record else "") or NOT_SAID, set()).add(name)
        for purpose, names in (by_purpose or {NOT_SAID: set()}).items():
            powers.setdefault(purpose, set()).update(names)
            provisions.setdefault(purpose, []).append(provision.id)
        if provision.verb == "fund":
            # A pound for powers of both purposes is counted under neither.
            only = next(iter(by_purpose)) if len(by_purpose) == 1 else NOT_SAID
            pence[only] = pence.get(only, 0) + 100 * int(provision.terms.get("pounds", 0))
    total = sum(len(names) for names in powers.values())
    for purpose in sorted({*powers, *pence}):
        moved = tuple(sorted(powers.get(purpose, ())))
        yield BalanceOfDealRow(
            chosen.code,
            purpose,
            len(moved),
            len(moved) / total if total else None,
            pence.get(purpose, 0),
            moved,
            tuple(world.power_name(name) for name in moved),
            tuple(provisions.get(purpose, ())),
            sort_of(chosen),
        )


def _about(provision: Provision) -> tuple[str, ...]:
    """The powers a provision is about."""
    one = provision.terms.get("power")
    return (str(one),) if one else tuple(provision.terms.get("powers", ()))


def sort_of(deal: Deal) -> str:
    """What sort of deal it is by its verbs: one that only cuts, only moves, or joins."""
    verbs = {p.verb for p in deal.provisions}
    if verbs & {"arrange", "pool", "make-joint", "share"}:
        return "joins bodies or money"
    if verbs and verbs <= {"cut"}:
        return "cuts only: no change of holder, pot or arrangement, and no effect on behaviour is claimed"
    return "moves only" if verbs else "nothing"


QUESTIONS = (growth_and_people,)
