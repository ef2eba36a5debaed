"""How learning travels between bodies: programmes, arrangements between peers, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from devo import World, runs
from devo_learning.values import Programme


@dataclass(frozen=True, slots=True)
class SpineRow:
    """A measure of how what is learned travels; `figure` is blank where the tables have nothing to measure.

    A share from 0 to 1 of the `of` programmes or bodies there are, or a count of arrangements of one kind, of all
    `of` arrangements; `says` gives it in words. Worked out from the programmes, and the arrangements
    of the joining-up plugin, that the tables have on the day.
    """

    measure: str
    figure: float | None
    of: int
    says: str
    status: str


_PUBLISHED = (
    "the Institute for Government found over 100 programmes in 2016, fewer than ten of which spanned sectors; "
    "no list of them is in the tables"
)


def learning_network(world: World) -> Iterator[SpineRow]:
    """How learning travels: programmes that span sectors, led by peers, known to work; arrangements; reach with and without.

    For England the tables list no programmes: the published count is said and never used as a list.
    """
    programmes = [item for item in world.of(Programme) if runs(item, world.today)]
    arrangements = _arrangements(world)
    count = len(programmes)
    for name, number in (
        ("programmes that span two or more sectors", sum(len(p.sectors) > 1 for p in programmes)),
        ("programmes led by peers", sum(p.led_by == "peers" for p in programmes)),
        ("programmes known to work", sum(p.known_to_work == "yes" for p in programmes)),
    ):
        if count:
            yield SpineRow(name, number / count, count, f"{number} of {count}", "held")
        else:
            yield SpineRow(name, None, 0, _PUBLISHED, "unmodelled")
    for kind in ("peer-learning", "secondment", "feedback"):
        yield _arranged(kind, arrangements)
    between = [item.bodies for item in arrangements if item.kind == "peer-learning"]
    yield from _reach(programmes, between)


def _arrangements(world: World) -> list[Any]:
    """The arrangements of the day, as the joining-up plugin records them; none where it is not on."""
    found = (rows for kind, rows in world.records.items() if kind.__name__ == "Arrangement")
    return [item for rows in found for item in rows if runs(item, world.today)]


def _arranged(kind: str, arrangements: list[Any]) -> SpineRow:
    """How many arrangements of a kind there are, and between how many bodies."""
    found = [item for item in arrangements if item.kind == kind]
    measure = f"{kind.replace('-', ' ')} arrangements"
    if not found:
        return SpineRow(measure, None, len(arrangements), "", "unmodelled")
    bodies = {body for item in found for body in item.bodies}
    text = f"{len(found)} arranged between {len(bodies)} bodies"
    return SpineRow(measure, float(len(found)), len(arrangements), text, "held")


def _reach(programmes: list[Programme], between: list[tuple[str, ...]]) -> Iterator[SpineRow]:
    """The share of pairs of bodies that can learn from each other, without what the centre leads and with it.

    Both are of the same bodies: all that take part in anything.
    """
    by_peers = [*between, *(item.bodies for item in programmes if item.led_by != "centre")]
    by_the_centre = [item.bodies for item in programmes if item.led_by == "centre"]
    everybody = {body for group in (*by_peers, *by_the_centre) for body in group}
    for name, groups in (
        ("reach without a national spine", by_peers),
        ("reach with a national spine", [*by_peers, *by_the_centre]),
    ):
        if len(everybody) < 2:
            yield SpineRow(name, None, len(everybody), "no peer learning is in the tables", "unmodelled")
            continue
        pairs = sum(len(part) * (len(part) - 1) for part in _connected(groups))
        share = pairs / (len(everybody) * (len(everybody) - 1))
        text = "share of pairs of bodies that can reach each other"
        yield SpineRow(name, share, len(everybody), text, "held")


def _connected(groups: Iterable[tuple[str, ...]]) -> list[set[str]]:
    """Bodies that can reach each other through groups that they are in together."""
    import networkx

    graph = networkx.Graph()
    for group in groups:
        networkx.add_path(graph, group)
    return list(networkx.connected_components(graph))


QUESTIONS = (learning_network,)
