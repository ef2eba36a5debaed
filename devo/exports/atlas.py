"""What stands on the pages of a site, before it is drawn: one reading of the world, looked up from three sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from devo import divisions, words
from devo.exports import facts
from devo.exports.cards import BodyPage, Line, PlacePage, PowerPage
from devo.exports.holdings import seen
from devo.exports.paths import paths
from devo.gaps import unmodelled
from devo.mosaic import LAYER_STEPS, Pieces
from devo.names import AUTHORITIES, COUNCILS
from devo.sightings import Sighting
from devo.values import Area, Body, Geography, Membership, Power, Succession, runs
from devo.world import World

_STATUSES = {"not-in-force": "made, not yet in force", "promised": "promised, not yet law"}


class Atlas:
    """A world on its day, as its pages need it."""

    def __init__(self, world: World):
        self.world = world
        self.mosaic = world.mosaic
        self._described: dict[Pieces, tuple[tuple[str, str], ...]] = {}

    # --- lists -------------------------------------------------------------------------------

    @cached_property
    def every_layer(self) -> tuple[Geography, ...]:
        """All layers, those that people know first."""
        return tuple(sorted(self.world.of(Geography), key=lambda g: (self.mosaic.layer_order(g.id), g.id)))

    @cached_property
    def layers(self) -> list[tuple[Geography, list[Area]]]:
        """The layers that have pages, each with its areas by name."""
        found = []
        for layer in self.every_layer:
            codes = self.mosaic.layers.get(layer.id, {})
            if codes and layer.id in self._right:
                areas = [
                    self.mosaic.areas[layer.id, code]
                    for code in codes
                    if (layer.id, code) in self.mosaic.areas
                ]
                found.append((layer, sorted(areas, key=lambda a: (a.name, a.code))))
        return found

    @cached_property
    def _right(self) -> set[str]:
        """Of each layer that people know, the vintage that is right on the day; else the latest."""
        day = self.world.today
        known = {stem for step in LAYER_STEPS for stem in step}
        vintages: dict[str, list[Geography]] = {}
        for layer in self.every_layer:
            vintages.setdefault(layer.id.rstrip("0123456789"), []).append(layer)
        found = set()
        for stem in known & vintages.keys():
            right = [g for g in vintages[stem] if runs(g, day)]
            found.add(max(right or vintages[stem], key=lambda g: g.id).id)
        return found

    @cached_property
    def kinds(self) -> dict[str, list[Body]]:
        """Bodies by kind, those that are no more last."""
        found: dict[str, list[Body]] = {}
        for body in sorted(self.world.of(Body), key=lambda b: (b.kind, b.end is not None, b.name)):
            found.setdefault(body.kind.replace("-", " "), []).append(body)
        return found

    @cached_property
    def themes(self) -> dict[str, list[Power]]:
        """Powers by theme."""
        found: dict[str, list[Power]] = {}
        for power in sorted(self.world.of(Power), key=lambda p: (p.theme, p.name)):
            found.setdefault(facts.theme(power.theme), []).append(power)
        return found

    @cached_property
    def _pages(self) -> dict[tuple[str, str], str]:
        return paths(self.world, (area for _, areas in self.layers for area in areas))

    def page_of(self, kind: str, id: str) -> str:
        """The path of the page of a place, body or power; blank where there is none."""
        return self._pages.get((kind, id), "")

    # --- pages -------------------------------------------------------------------------------

    def places(self) -> Iterator[PlacePage]:
        """The page of every area."""
        serving = [(b, self.world.roster.served(b.id, self.world.today)) for b in self._answering]
        for layer, areas in self.layers:
            for area in areas:
                pieces = self.mosaic.pieces_of(layer.id, area.code)
                met = [(b, self.mosaic.share(p & pieces, pieces)) for b, p in serving if p & pieces]
                met.sort(key=lambda item: (-item[1], item[0].name))
                unknown = tuple(
                    (power, self.world.power_name(power), self.mosaic.share(gap & pieces, pieces))
                    for power, gap in self._gaps.items()
                    if gap & pieces
                )
                yield PlacePage(
                    self._pages["area", f"{layer.id}:{area.code}"],
                    area,
                    layer.name,
                    self.mosaic.residents(pieces),
                    tuple(met),
                    self._over(pieces),
                    unknown,
                )

    def bodies(self) -> Iterator[BodyPage]:
        """The page of every body."""
        day = self.world.today
        seats = [s for s in self.world.of(Membership) if runs(s, day)]
        heirs = sorted(self.world.of(Succession), key=lambda s: (s.start, s.new))
        for body in self.world.of(Body):
            served = self.world.roster.served(body.id, day)
            yield BodyPage(
                self._pages["body", body.id],
                body,
                tuple((name, said) for name, said in facts.of_body(self.world, body) if said),
                self._describe(served) if served else (),
                tuple(sorted((s for s in seats if s.body == body.id), key=lambda s: (s.role, s.member))),
                tuple(s for s in seats if s.member == body.id),
                tuple(s for s in heirs if s.old == body.id),
                self._held_by.get(body.id, {}),
            )

    def powers(self) -> Iterator[PowerPage]:
        """The page of every power."""
        everywhere = self.mosaic.everywhere
        for power in self.world.of(Power):
            top = divisions.line(self.world, power.id)[-1]
            lines = [line for line in self._by_power.get(top, ()) if line.power in (power.id, top)]
            unknown = self._gaps.get(top, frozenset())
            yield PowerPage(
                self._pages["power", power.id],
                power,
                tuple((name, said) for name, said in facts.of_power(self.world, power) if said),
                tuple(lines),
                self.mosaic.share(unknown, everywhere) if unknown else 0.0,
                tuple(facts.events(self.world, power)),
            )

    # --- one reading, from three sides -------------------------------------------------------

    @cached_property
    def _seen(self) -> dict[str, list[tuple[Sighting, Pieces]]]:
        return seen(self.world)

    @cached_property
    def _gaps(self) -> dict[str, Pieces]:
        found = {power: unmodelled(self.world, power, self.mosaic.everywhere) for power in self._seen}
        return {power: pieces for power, pieces in found.items() if pieces}

    @cached_property
    def _by_piece(self) -> list[dict[str, list[int]]]:
        """For each piece and power, the numbers of what is held there in `_seen[power]`."""
        found: list[dict[str, list[int]]] = [{} for _ in range(len(self.mosaic))]
        for power, listed in self._seen.items():
            for number, (_, pieces) in enumerate(listed):
                for piece in pieces:
                    found[piece].setdefault(power, []).append(number)
        return found

    def _over(self, pieces: Pieces) -> dict[str, list[Line]]:
        """What is held over a place, by theme: each holding with the share of residents it is held over."""
        found: dict[str, dict[int, set[int]]] = {}
        for piece in pieces:
            for power, numbers in self._by_piece[piece].items():
                for number in numbers:
                    found.setdefault(power, {}).setdefault(number, set()).add(piece)
        themes: dict[str, list[Line]] = {}
        for power in sorted(found, key=self.world.power_name):
            for number, where in sorted(found[power].items()):
                share = self.mosaic.share(frozenset(where), pieces)
                line = self._line(self._seen[power][number][0], share=share)
                themes.setdefault(line.theme, []).append(line)
        return dict(sorted(themes.items()))

    @cached_property
    def _by_power(self) -> dict[str, list[Line]]:
        return {
            power: [self._line(sighting, pieces=pieces) for sighting, pieces in listed]
            for power, listed in self._seen.items()
        }

    @cached_property
    def _held_by(self) -> dict[str, dict[str, list[Line]]]:
        found: dict[str, dict[str, list[Line]]] = {}
        for power in sorted(self._by_power, key=self.world.power_name):
            for line in self._by_power[power]:
                found.setdefault(line.body, {}).setdefault(line.theme, []).append(line)
        return {body: dict(sorted(themes.items())) for body, themes in found.items()}

    def _line(self, held: Sighting, *, share: float = 1.0, pieces: Pieces | None = None) -> Line:
        world = self.world
        by = held.exercised_by or ""
        if by:
            by = (
                f"by {world.body_name(by)}"
                if by in world.roster.bodies
                else f"by the {by.removeprefix('the ')}"
            )
        conditional = "with conditions to meet" if held.status == "conditional" else ""
        power = world.powers[held.power]
        instrument = world.instruments.get(held.instrument)
        carved = f"not included: {held.carve_outs}" if held.carve_outs else ""
        return Line(
            held.power,
            power.name,
            facts.theme(power.theme),
            held.body,
            world.body_name(held.body),
            ", ".join(filter(None, (words.mode(held.mode), by, conditional, _STATUSES.get(held.status)))),
            held.start.isoformat() if held.start else "before the tables",
            held.end.isoformat() if held.end else "",
            world.instrument_title(held.instrument),
            facts.link(instrument),
            held.confidence,
            "; ".join(filter(None, (carved, held.note))),
            share,
            self._describe(pieces) if pieces else (),
            self.mosaic.residents(pieces) if pieces else 0,
        )

    def _describe(self, pieces: Pieces) -> tuple[tuple[str, str], ...]:
        if pieces not in self._described:
            self._described[pieces] = tuple(self.mosaic.describe(pieces))
        return self._described[pieces]

    @cached_property
    def _answering(self) -> list[Body]:
        """The bodies that a resident would know: councils, authorities, the NHS, police and fire."""
        kinds = (
            COUNCILS | AUTHORITIES | {"icb", "clinical-commissioning-group", "police-and-crime-commissioner"}
        )
        kinds |= {"combined-fire-authority", "metropolitan-fire-authority", "police-authority"}
        day = self.world.today
        return [b for b in self.world.of(Body) if b.kind in kinds and self.world.roster.alive(b.id, day)]
