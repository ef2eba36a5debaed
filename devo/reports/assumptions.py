"""What a report takes for granted, and what it was made with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from devo import __version__, words
from devo.reports.ground import Ground
from devo.reports.values import Heading, Section, Table
from devo.tiers import TOLERANCE
from devo.values import Deal, Geography


def assumptions(ground: Ground, deals: Sequence[Deal], *, moves: bool) -> Section:
    """What the answers rest on that no row says: days, law, drafts, boundaries, measures."""
    return Section("assumptions", "Assumptions", tuple(_said(ground, deals, moves)))


def made_with(ground: Ground) -> Section:
    """The world's fingerprint, its deals, the versions of devo and its plugins."""
    world = ground.world
    rows: list[tuple[str, str]] = [
        ("Baseline", world.baseline),
        ("Fingerprint of the world", world.fingerprint),
        ("Days answered for", ", ".join(words.day(day) for day in ground.days)),
        ("Law known by", words.day(world.as_known) if world.as_known else "all that the tables have"),
        ("Deals in the world", ", ".join(world.deal_codes) or "none"),
        ("devo", __version__),
        *((f"Plugin {name}", version) for name, version in ground.tools.plugins.items() if name != "core"),
    ]
    table = Table("World and versions", (Heading("What"), Heading("Which")), tuple(rows))
    return Section("made-with", "What this was made with", (), (), (table,))


def _said(ground: Ground, deals: Sequence[Deal], moves: bool) -> Iterator[str]:
    world = ground.world
    days = ", ".join(words.day(day) for day in ground.days)
    yield f"The law is read as in force on {days}, from the baseline {world.baseline!r}."
    if world.as_known:
        yield f"Only law made by {words.day(world.as_known)} counts; what was agreed by then is promised."
    yield (
        f"Residents are those of {world.counted or 'the tables'}; where a boundary cuts a place, figures are "
        "shares of residents."
    )
    if moves:
        yield (
            "Up and down are measured by the residents of the whole area that a holder answers for, "
            f"within {TOLERANCE:.0%}; a minister answers for the whole country."
        )
    drafts = _drafts(deals)
    if drafts:
        yield f"Taken as made, though not law: {', '.join(drafts)}."
    doubtful = [deal.name for deal in deals if deal.confidence == "unsure"]
    if doubtful:
        yield f"We are unsure of: {', '.join(doubtful)}."
    used = {meaning[0] for where in ground.places for meaning in world.mosaic.meanings(where.id)[:1]}
    for layer in world.of(Geography):
        if layer.id in used and layer.end is not None and layer.end <= world.today:
            until = words.day(layer.end)
            yield f"{layer.name} ({layer.id}) were right until {until}, and are used here after it."
    yield "Where the tables do not know, it is said that they do not; that is never a no."


def _drafts(deals: Sequence[Deal]) -> list[str]:
    found: dict[str, None] = {}
    for deal in deals:
        for item in (deal.instrument, *(provision.instrument for provision in deal.provisions)):
            if item is not None and item.status in ("draft", "laid"):
                found[f"{item.title} ({item.status})"] = None
    return list(found)
