"""What bodies are to a person who meets them: whose office, at which tier, in which sector, over which area."""

from __future__ import annotations

from datetime import date
from typing import Any

from devo import Pieces, World, answers_for, signed_terms
from devo_joinup.values import Office

UNMODELLED = "unmodelled"
_TIERS = {
    "metropolitan-district": "council",
    "london-borough": "council",
    "city-corporation": "council",
    "unitary": "council",
    "isles-of-scilly": "council",
    "non-metropolitan-district": "district council",
    "county": "county council",
    "combined-authority": "authority of councils",
    "combined-county-authority": "authority of councils",
    "gla": "authority of councils",
    "functional-body": "authority of councils",
    "executive-body": "authority of councils",
    "integrated-transport-authority": "authority of councils",
    "joint-waste-authority": "authority of councils",
    "joint-committee": "authority of councils",
    "partnership": "partnership",
    "icb": "NHS body",
    "clinical-commissioning-group": "NHS body",
    "primary-care-trust": "NHS body",
    "nhs-england": "country",
    "police-and-crime-commissioner": "police",
    "police-authority": "police",
    "chief-officer-of-police": "police",
    "combined-fire-authority": "fire",
    "metropolitan-fire-authority": "fire",
    "minister": "country",
    "department": "country",
    "arms-length-body": "country",
    "inspectorate": "country",
}
# Kinds of bodies nearer than any council: teams, tenants, neighbourhoods, community and voluntary bodies.
BELOW_THE_COUNCIL = frozenset(
    {
        "neighbourhood-body",
        "parish-council",
        "town-council",
        "tenant-management-organisation",
        "tenant-body",
        "community-body",
        "voluntary-body",
        "front-line-team",
        "school",
        "primary-care-network",
    }
)


class Bodies:
    """The bodies of a world on its day, as a person meets them."""

    def __init__(self, world: World):
        self.world = world
        self._served: dict[str, Pieces] = {}
        self._reach: dict[str, int] = {}
        self._crossing: dict[tuple[Pieces, Pieces], bool] = {}
        self._offices = {
            item.minister: item.department for item in world.of(Office) if runs(item, world.today)
        }

    def kind(self, body: str) -> str:
        """What a body is in law; blank for one that no table has."""
        record = self.world.roster.bodies.get(body)
        return record.kind if record else ""

    def organisation(self, body: str) -> str:
        """Whom a person takes a body for: a minister is the department they act through."""
        return self._offices.get(body, body)

    def sector(self, body: str) -> str:
        """The sector a body belongs to, as the tables have it, or its kind where they do not say."""
        record = self.world.roster.bodies.get(body)
        return (record.sector or record.kind) if record else UNMODELLED

    def tier(self, body: str) -> str:
        """The tier a body is at, in plain words."""
        kind = self.kind(body)
        if kind in BELOW_THE_COUNCIL:
            return "below the council"
        return _TIERS.get(kind, "other")

    def served(self, body: str) -> Pieces:
        """The pieces a body answers for on the day; the country for one that serves no area of its own."""
        found = self._served.get(body)
        if found is None:
            found = self.world.roster.served(body, self.world.today) or self.world.mosaic.everywhere
            self._served[body] = found
        return found

    def answers_for(self, body: str) -> int:
        """The residents of a body's whole area."""
        found = self._reach.get(body)
        if found is None:
            found = self._reach[body] = answers_for(self.world, body, self.world.today)
        return found

    def cross(self, one: Pieces, two: Pieces) -> bool:
        """Whether two areas cut across each other: they meet, and neither holds the other."""
        key = (one, two)
        found = self._crossing.get(key)
        if found is None:
            found = bool(one & two) and not one <= two and not two <= one
            self._crossing[key] = found
        return found


def runs(record: Any, day: date) -> bool:
    """Whether a dated record is right on a day."""
    return (record.start is None or record.start <= day) and (record.end is None or day < record.end)


def members(world: World, classes: str) -> frozenset[str]:
    """The bodies of a class expression on the day, those that serve no area of their own too."""
    day, known, roster = world.today, world.as_known, world.roster
    found = {t.body for t in roster.tenures(classes) if t.on(day, known)}
    for added, term in signed_terms(classes):
        named = {term} if term in roster.bodies else {body.id for body in roster.kinds.get(term, ())}
        named = {body for body in named if roster.alive(body, day, known)}
        found = found | named if added else found - named
    return frozenset(found)


def district_layer(world: World) -> str:
    """The latest layer of districts; where there is none, the first layer there is."""
    layers = sorted(name for name in world.mosaic.layers if name.rstrip("0123456789") == "lad")
    return layers[-1] if layers else next(iter(world.mosaic.layers), "")
