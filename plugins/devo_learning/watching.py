"""Who watches whom and who helps: oversight links, whose role is assurance, support, both, or undisclosed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from devo import BodyId, Finding, PowerId, Unit, World, question, signed_terms
from devo_learning.values import EvidenceNote, Oversight, Programme

Part = Annotated[float, Unit("share, 0 to 1")]
UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, slots=True)
class OversightRow:
    """A link by which one body looks over others, and in which role. `bodies` are those of its class on the day."""

    link: str
    overseer: BodyId
    overseer_name: str
    overseen: str
    bodies: tuple[BodyId, ...]
    powers: tuple[PowerId, ...]
    powers_names: tuple[str, ...]
    role: str
    what: str
    start: date | None
    end: date | None
    source: str
    confidence: str


@question(draw="groups:role,overseer_name,what,overseen")
def oversight(world: World, body: str = "", power: PowerId = "", role: str = "") -> Iterator[OversightRow]:
    """Who looks over a body for a power, and as what: assurance, support, both, or `undisclosed`.

    With a `role`, one of those words, only the links of that role.
    """
    day = world.today
    for item in sorted(world.of(Oversight), key=lambda link: link.id):
        if not ((item.start or date.min) <= day < (item.end or date.max)):
            continue
        bodies = overseen(world, item)
        said = item.role or UNDISCLOSED
        if (body and body not in bodies) or (power and item.powers and power not in item.powers):
            continue
        if role and role != said:
            continue
        yield OversightRow(
            item.id,
            item.overseer,
            world.body_name(item.overseer),
            item.overseen,
            bodies,
            item.powers,
            tuple(world.power_name(name) for name in item.powers),
            said,
            item.what,
            item.start,
            item.end,
            item.source,
            item.confidence,
        )


def overseen(world: World, item: Oversight) -> tuple[str, ...]:
    """The bodies of a link's class on the day, those that serve no area too."""
    day, known, roster = world.today, world.as_known, world.roster
    found = {t.body for t in roster.tenures(item.overseen) if t.on(day, known)}
    for added, term in signed_terms(item.overseen):
        named = {term} if term in roster.bodies else {b.id for b in roster.kinds.get(term, ())}
        named = {name for name in named if roster.alive(name, day, known)}
        found = found | named if added else found - named
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class DualRow:
    """A central body and what it is to those it looks over: judge, friend, both at once, or nobody says.

    Worked out from `oversight`, which gives the source of each link.
    """

    overseer: BodyId
    overseer_name: str
    assures: int
    supports: int
    undisclosed: int
    both_to: tuple[BodyId, ...]
    both_to_names: tuple[str, ...]
    says: str


def assurance_and_support(world: World) -> Iterator[DualRow]:
    """Central bodies that judge and help the same body: where areas may not dare to admit what failed.

    No support at all, and full assurance, are said too. Links that do not say their role count as neither.
    """
    by_overseer: dict[str, list[OversightRow]] = {}
    for row in oversight(world):
        by_overseer.setdefault(row.overseer, []).append(row)
    for overseer, rows in sorted(by_overseer.items()):
        assured = {body for r in rows if r.role in ("assurance", "both") for body in r.bodies}
        helped = {body for r in rows if r.role in ("support", "both") for body in r.bodies}
        both = tuple(sorted(assured & helped))
        silent = sum(r.role == UNDISCLOSED for r in rows)
        if both:
            says = "judges and helps the same bodies"
        elif assured and not helped:
            says = "assurance alone"
        elif helped and not assured:
            says = "support alone"
        else:
            says = "its role is undisclosed" if silent else "judges some and helps others"
        yield DualRow(
            overseer,
            world.body_name(overseer),
            sum(r.role in ("assurance", "both") for r in rows),
            sum(r.role in ("support", "both") for r in rows),
            silent,
            both,
            tuple(world.body_name(body) for body in both),
            says,
        )


@dataclass(frozen=True, slots=True)
class SpineRow:
    """A measure of how what is learned travels; blank where the tables have nothing to measure.

    Worked out from the programmes and the arrangements that the tables have.
    """

    measure: str
    figure: float | None
    of: int
    says: str
    status: str


def learning_network(world: World) -> Iterator[SpineRow]:
    """How learning travels: programmes that span sectors, led by peers, known to work; arrangements; reach with and without.

    For England the tables list no programmes: the published count is said and never used as a list.
    """
    programmes = [
        p for p in world.of(Programme) if (p.start or date.min) <= world.today < (p.end or date.max)
    ]
    count = len(programmes)
    published = (
        "the Institute for Government found over 100 programmes in 2016, fewer than ten of which spanned sectors;"
        " no list of them is in the tables"
    )
    for name, number in (
        ("programmes that span two or more sectors", sum(len(p.sectors) > 1 for p in programmes)),
        ("programmes led by peers", sum(p.led_by == "peers" for p in programmes)),
        ("programmes known to work", sum(p.known_to_work == "yes" for p in programmes)),
    ):
        if count:
            yield SpineRow(name, number / count, count, f"{number} of {count}", "held")
        else:
            yield SpineRow(name, None, 0, published, "unmodelled")
    yield from _arranged(world)
    yield from _reach(world, programmes)


def _arranged(world: World) -> Iterator[SpineRow]:
    """Arrangements that carry learning, by kind, as the joining-up plugin records them."""
    rows = [
        item
        for kind, records in world.records.items()
        if kind.__name__ == "Arrangement"
        for item in records
        if (item.start or date.min) <= world.today < (item.end or date.max)
    ]
    for wanted in ("peer-learning", "secondment", "feedback"):
        found = [item for item in rows if item.kind == wanted]
        names = f"{len(found)} arranged between {len({b for item in found for b in item.bodies})} bodies"
        figure, status = (float(len(found)), "held") if found else (None, "unmodelled")
        yield SpineRow(
            f"{wanted.replace('-', ' ')} arrangements", figure, len(rows), names if found else "", status
        )


def _reach(world: World, programmes: list[Programme]) -> Iterator[SpineRow]:
    """How many bodies any other can reach through peers' arrangements, with and without a national hub."""
    import networkx

    graph = networkx.Graph()
    for kind, records in world.records.items():
        if kind.__name__ == "Arrangement":
            for item in records:
                if item.kind == "peer-learning" and (item.start or date.min) <= world.today < (
                    item.end or date.max
                ):
                    networkx.add_path(graph, item.bodies)
    for programme in programmes:
        if programme.led_by != "centre" and len(programme.bodies) > 1:
            networkx.add_path(graph, programme.bodies)
    hubbed = graph.copy()
    for programme in programmes:
        if programme.led_by == "centre":
            networkx.add_star(hubbed, (programme.run_by or programme.id, *programme.bodies))
    for name, found in (("reach without a national spine", graph), ("reach with a national spine", hubbed)):
        nodes = found.number_of_nodes()
        if nodes < 2:
            yield SpineRow(name, None, nodes, "no peer learning is in the tables", "unmodelled")
            continue
        pairs = sum(len(part) * (len(part) - 1) for part in networkx.connected_components(found))
        yield SpineRow(
            name,
            pairs / (nodes * (nodes - 1)),
            nodes,
            "share of pairs of bodies that can reach each other",
            "held",
        )


def undisclosed_oversight(world: World) -> Iterator[Finding]:
    """A central body looks over others and nobody has said whether to judge or to help."""
    for row in oversight(world, role=UNDISCLOSED):
        yield Finding(
            "undisclosed-oversight",
            f"Whether {row.overseer_name} assures or supports {row.overseen} ({row.what or row.link}) is undisclosed.",
            "note",
            (row.link, row.overseer),
            suggestion="ask it, and put `assurance`, `support` or `both` in `role`",
        )


def note_without_author(world: World) -> Iterator[Finding]:
    """An evidence note whose author is not in the tables, so that not even its author may see it."""
    unknown = sum(note.body not in world.roster.bodies for note in world.of(EvidenceNote))
    if unknown:
        yield Finding(
            "note-without-author",
            f"{unknown} evidence notes are of bodies that are not in the tables.",
            "warning",
            suggestion="give `body` the id of a body",
        )


QUESTIONS = (oversight, assurance_and_support, learning_network)
CHECKS = (undisclosed_oversight, note_without_author)
