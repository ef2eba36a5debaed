"""`places`, `bodies`, `powers`, `deals`: what there is, searched by any part of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from devo import words
from devo.cli.options import Common, asking
from devo.values import Area, Body, Confidence, Geography, Power, Residents

if TYPE_CHECKING:
    from devo.world import World


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An area of a layer."""

    code: str
    name: str
    geography: str
    geography_name: str
    residents: Residents
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body, with its first day and the first day it was no more."""

    id: str
    name: str
    kind: str
    start: date | None
    end: date | None
    aliases: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PowerRow:
    """A power, with the short code it also goes by."""

    code: str
    id: str
    name: str
    kind: str
    theme: str
    statute: str
    parent: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal that is in the world."""

    code: str
    name: str
    agreed: date | None
    status: str
    provisions: int
    confidence: Confidence


@click.command
@click.argument("text", required=False, default="")
@asking
def places(common: Common, text: str) -> int:
    """Places with TEXT in their name, code or alias; all of them without TEXT."""

    def rows(world: World) -> Iterable[tuple[PlaceRow, Sequence[str]]]:
        layers = {layer.id: layer for layer in world.of(Geography)}
        order = {layer: number for number, layer in enumerate(layers)}
        areas: list[Area] = sorted(
            world.of(Area), key=lambda a: (order.get(a.geography, len(order)), a.name, a.code)
        )
        for area in areas:
            people = world.mosaic.residents(world.mosaic.pieces_of(area.geography, area.code))
            layer = layers.get(area.geography)
            named = layer.name if layer else area.geography
            row = PlaceRow(area.code, area.name, area.geography, named, people, area.confidence)
            yield row, (area.code, area.name, *area.aliases)

    return _listed(common, "places", text, PlaceRow, rows, ("Code", "Name", "Layer", "Residents"))


@click.command
@click.argument("text", required=False, default="")
@asking
def bodies(common: Common, text: str) -> int:
    """Bodies with TEXT in their id, name or alias; all of them without TEXT."""

    def rows(world: World) -> Iterable[tuple[BodyRow, Sequence[str]]]:
        for body in sorted(world.of(Body), key=lambda b: (b.name.casefold(), b.id)):
            row = BodyRow(body.id, body.name, body.kind, body.start, body.end, body.aliases, body.confidence)
            yield row, (body.id, body.name, *body.aliases)

    return _listed(
        common, "bodies", text, BodyRow, rows, ("Id", "Name", "Kind", "From", "To", "Also"), {"Also"}
    )


@click.command
@click.argument("text", required=False, default="")
@asking
def powers(common: Common, text: str) -> int:
    """Powers with TEXT in their code, id, name, theme, statute or alias; all of them without TEXT."""

    def rows(world: World) -> Iterable[tuple[PowerRow, Sequence[str]]]:
        for power in sorted(world.of(Power), key=lambda p: (not p.code, p.code, p.id)):
            row = PowerRow(
                power.code,
                power.id,
                power.name,
                power.kind,
                power.theme,
                power.statute,
                power.parent,
                power.confidence,
            )
            yield row, (power.code, power.id, power.name, power.theme, power.statute, *power.aliases)

    headings = ("Code", "Id", "Name", "Kind", "Theme", "Statute", "Part of")
    return _listed(common, "powers", text, PowerRow, rows, headings, {"Kind", "Part of", "Theme"})


@click.command
@click.argument("text", required=False, default="")
@asking
def deals(common: Common, text: str) -> int:
    """Deals with TEXT in their code, name or alias; all of them without TEXT."""

    def rows(world: World) -> Iterable[tuple[DealRow, Sequence[str]]]:
        for deal in sorted(world.deals, key=lambda d: (d.agreed or date.max, d.code)):
            row = DealRow(
                deal.code, deal.name, deal.agreed, deal.status, len(deal.provisions), deal.confidence
            )
            yield row, (deal.code, deal.name, *deal.aliases)

    return _listed(common, "deals", text, DealRow, rows, ("Code", "Name", "Agreed", "Status", "Provisions"))


def _listed(
    common: Common,
    name: str,
    text: str,
    kind: type,
    rows_of: Callable[[World], Iterable[tuple[Any, Sequence[str]]]],
    headings: tuple[str, ...],
    wide: Iterable[str] = (),
) -> int:
    """Show the rows with a text in one of their names, in the envelope that answers have."""
    from devo.answers import Answer
    from devo.cli.output import show
    from devo.cli.pages import in_vain, records, said, sure_enough, verdict
    from devo.formats import Grid, Page
    from devo.tools import columns_of

    world = common.world()
    wanted = text.casefold().strip()
    found = tuple(row for row, names in rows_of(world) if any(wanted in name.casefold() for name in names))
    answer = Answer(
        name,
        {"text": text} if text else {},
        world.today,
        world.as_known,
        world.baseline,
        tuple(deal.code for deal in world.deals),
        world.fingerprint,
        columns_of(kind),
        found,
        in_vain(world, common),
        (),
    )
    answer = sure_enough(answer, common)
    shown = [c for c in answer.columns if c.name not in ("geography_name", "confidence")]
    cells = tuple(
        (*(words.cell(c, getattr(row, c.name)) for c in shown), _mark(row.confidence)) for row in answer.rows
    )
    marked = any(row[-1] for row in cells)
    drawn = Grid(
        (*headings, "How sure"), cells, figures=frozenset({"Residents", "Provisions"}), wide=frozenset(wide)
    )
    nothing = f"No {name} with {text!r} in them." if text else f"There are no {name}."
    page = Page(
        title=f"{name.capitalize()} with {text!r}" if text else name.capitalize(),
        paragraphs=tuple(filter(None, (common.which_world, "" if cells else nothing))),
        grids=(drawn if marked else drawn.without(["How sure"]),) if cells else (),
        notes=(*said(answer.findings), *([f"{len(cells):,} {name}."] if len(cells) > 1 else [])),
        envelope=answer.as_json(),
        records=records(answer.columns, answer.rows),
    )
    show(page, common)
    return verdict(answer.findings)


def _mark(confidence: str) -> str:
    return confidence if confidence == "unsure" else ""
