"""What a deal contains, held against the ten insights of the report of 2015."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from devo import (
    Change,
    Deal,
    DealId,
    Provision,
    World,
    compare,
    deal_named,
    question,
    with_and_without,
)
from devo_joinup.bodies import members
from devo_joinup.shipped import items
from devo_joinup.words import counted, kind_in_words, listed, number

CENTRAL = frozenset({"minister", "department", "arms-length-body", "nhs-england"})
Met = Literal["yes", "no", "not said"]


@dataclass(frozen=True, slots=True)
class InsightRow:
    """One of the ten insights as a check on what a deal contains.

    `met` is yes, no, or not said where the tables cannot tell. `reconstructed` says that the report's
    own wording was not seen. `provisions` are what it rests on.
    """

    deal: DealId
    insight: str
    paraphrase: str
    met: Met
    figure: float | None
    unit: str
    says: str
    provisions: tuple[str, ...]
    reconstructed: bool
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A deal with what can be seen of it: its provisions, its changes and the worlds on either side."""

    world: World
    deal: Deal
    changes: tuple[Change, ...]

    def arranged(self, *kinds: str) -> list[Provision]:
        """Its provisions that arrange something of some kinds."""
        return [p for p in self.deal.provisions if p.verb == "arrange" and p.terms.get("kind") in kinds]

    def by_verb(self, *verbs: str) -> list[Provision]:
        """Its provisions of some verbs."""
        return [p for p in self.deal.provisions if p.verb in verbs]

    def bound(self, provisions: Sequence[Provision]) -> set[str]:
        """The bodies that arrangements are between, by name or as one of a class."""
        named = {body for p in provisions for body in p.terms.get("bodies", ())}
        classes = {str(p.terms["between"]) for p in provisions if p.terms.get("between")}
        return named.union(*(members(self.world, name) for name in classes))

    def power(self, provision: Provision) -> Any:
        """The power a provision is about, if any."""
        return self.world.powers.get(str(provision.terms.get("power", "")))

    def is_central(self, body: str) -> bool:
        """Whether a body is ministers or works to them."""
        record = self.world.roster.bodies.get(body)
        return record is not None and record.kind in CENTRAL


def _told(met: bool, figure: float | None, unit: str, says: str, of: list[Provision]) -> tuple[Any, ...]:
    return ("yes" if met else "no", figure, unit, says, tuple(p.id for p in of))


def _goals(seen: _Seen) -> tuple[Any, ...]:
    found = seen.arranged("shared-goals")
    bodies = seen.bound(found)
    says = (
        f"goals shared by {counted(len(bodies), 'body', 'bodies')}"
        if found
        else "no shared goals are arranged"
    )
    return _told(bool(found), len(bodies), "bodies", says, found)


def _contributors(seen: _Seen) -> tuple[Any, ...]:
    pooled = [*seen.by_verb("pool"), *seen.arranged("pooled-budget")]
    who = seen.bound(pooled)
    pots = {pot for p in pooled for pot in p.terms.get("pots", ())}
    records = {
        record.id: record
        for kind, rows in seen.world.records.items()
        if kind.__name__ == "Pot"
        for record in rows
    }
    who |= {records[pot].payer for pot in pots if pot in records}
    joint = [p for p in seen.by_verb("make-joint") if getattr(seen.power(p), "kind", "") == "budget"]
    who |= {body for p in joint for body in p.terms.get("holders", ())}
    says = f"{counted(len(who), 'contributor')} to shared money: {listed(sorted(map(seen.world.body_name, who)), 8)}"
    return _told(
        len(who) > 1,
        len(who),
        "contributors",
        says if who else "nobody pays into a shared pot by it",
        [*pooled, *joint],
    )


def _scale(seen: _Seen) -> tuple[Any, ...]:
    up = [c for c in seen.changes if c.kind == "moved-up"]
    down = [c for c in seen.changes if c.kind == "moved-down"]
    says = f"{len(down)} down from larger populations, {len(up)} up to larger ones"
    if up:
        says += (
            f": {listed(sorted({c.power_name for c in up}))} went up, which can take freedom from councils"
        )
    causes = tuple(sorted({str(c.cause["provision"]) for c in (*up, *down) if c.cause["provision"]}))
    return ("no" if up else "yes" if down else "not said", len(up), "powers moved up", says, causes)


def _commissioning(seen: _Seen) -> tuple[Any, ...]:
    found = [*seen.arranged("joint-commissioning"), *seen.by_verb("make-joint", "pay-by-results")]
    share = len(found) / len(seen.deal.provisions) if seen.deal.provisions else 0.0
    verbs = "commissions together or pays" if len(found) == 1 else "commission together or pay"
    says = f"{counted(len(found), 'provision')} of {number(len(seen.deal.provisions))} {verbs} for outcomes"
    return _told(bool(found), share, "share of provisions", says, found)


def _simply(*kinds: str) -> Callable[[_Seen], tuple[Any, ...]]:
    def look(seen: _Seen) -> tuple[Any, ...]:
        found = seen.arranged(*kinds)
        words = listed(kind_in_words(kind) for kind in kinds)
        says = f"{counted(len(found), 'arrangement')} of {words}" if found else f"no {words} is arranged"
        return _told(bool(found), len(found), "arrangements", says, found)

    return look


def _support(seen: _Seen) -> tuple[Any, ...]:
    """Devolved powers that the centre still stands beside, by holding with or by arranged support."""
    moved = [c for c in seen.changes if c.kind in ("moved-down", "shared", "gained")]
    supported = {p for a in seen.arranged("central-support") for p in a.terms.get("powers", ())}
    everything = any(not a.terms.get("powers") for a in seen.arranged("central-support"))
    beside = [
        c
        for c in moved
        if everything or c.power in supported or any(seen.is_central(b) for b in (*c.after, *_still(c)))
    ]
    share = len(beside) / len(moved) if moved else None
    says = (
        f"{len(beside)} of {len(moved)} powers that came down keep a named part for the centre"
        if moved
        else "nothing came down"
    )
    if moved and not beside:
        says += ": no support is named"
    met = "not said" if not moved else "yes" if beside else "no"
    return (met, share, "share of powers", says, tuple(sorted({str(c.cause["provision"]) for c in beside})))


def _still(change: Change) -> tuple[str, ...]:
    return change.before if change.mode in ("concurrent", "joint", "delegated") else ()


def _pooled(seen: _Seen) -> tuple[Any, ...]:
    found = [*seen.by_verb("pool"), *seen.arranged("pooled-budget")]
    found += [p for p in seen.by_verb("make-joint") if getattr(seen.power(p), "kind", "") == "budget"]
    found += [p for p in seen.deal.provisions if p.terms.get("power") == "integrated-settlement"]
    return _told(
        bool(found),
        len(found),
        "provisions",
        f"{counted(len(found), 'provision')} pool or align money",
        found,
    )


def _learning(seen: _Seen) -> tuple[Any, ...]:
    found = seen.arranged("evaluation", "peer-learning", "feedback")
    found += [p for p in seen.by_verb("fund") if p.terms.get("review_years")]
    says = f"{counted(len(found), 'provision')} provide for learning or review"
    return _told(bool(found), len(found), "provisions", says, found)


_LOOKS: dict[str, Callable[[_Seen], tuple[Any, ...]]] = {
    "I01": _goals,
    "I02": _contributors,
    "I03": _scale,
    "I04": _commissioning,
    "I05": _simply("co-location"),
    "I06": _simply("multi-disciplinary-team"),
    "I07": _support,
    "I08": _pooled,
    "I09": _simply("key-worker"),
    "I10": _learning,
}


@question(draw="groups:met,paraphrase,says,reconstructed")
def insights(world: World, deal: DealId) -> Iterator[InsightRow]:
    """The ten insights of the report of 2015 as checks on what a deal contains; three are reconstructed and say so.

    Only what the deal's file says counts. That a deal is silent is no proof that nothing was done.
    """
    seen = _looked_at(world, deal)
    known = {item.id: item for item in items()}
    for name, look in _LOOKS.items():
        met, figure, unit, says, provisions = look(seen)
        item = known[name]
        yield InsightRow(
            seen.deal.code,
            name,
            item.paraphrase,
            met,
            figure,
            unit,
            says,
            provisions,
            item.reconstructed,
            item.source,
            item.confidence,
        )


def _looked_at(world: World, deal: str) -> _Seen:
    chosen = deal_named(world, deal)
    before, after, _ = with_and_without(world, [chosen.code])
    made = [p.commencement for p in chosen.provisions if p.made is not None]
    day = max(made) + timedelta(days=1) if made else world.today
    changes: tuple[Change, ...] = ()
    if made:
        changes = tuple(
            c
            for c in compare(before.on(day), after.on(day)).changes
            if c.cause["deal"] == chosen.code or not c.cause["deal"]
        )
    return _Seen(after.on(day), chosen, changes)


QUESTIONS = (insights,)
