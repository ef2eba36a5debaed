"""The mosaic: the pieces that the layers cut the country into, and what is in each.

A place, however it is named, is a set of pieces; shares of residents follow from that alone.
Pieces are numbered from 0 in the order of their table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from devo.expressions import signed_terms
from devo.values import Area, Geography, Piece

RESIDENTS = "residents"
# The layers in the order in which people know them, by their ONS stems: councils, authorities, regions
# and the country, then the NHS, police and fire. Other layers come after, and old vintages last.
LAYER_STEPS: tuple[tuple[str, ...], ...] = (
    ("lad", "utla"),
    ("cauth",),
    ("rgn", "ctry"),
    ("icb",),
    ("pfa",),
    ("fra",),
)
# The steps of LAYER_STEPS that a territory is described in where it can be.
_FAMILIAR = 3
# The layer of the pieces themselves, so that any territory can be written: `piece:ID`.
PIECE = "piece"

Pieces = frozenset[int]
_NOWHERE: Pieces = frozenset()


class UnknownArea(LookupError):
    """A text names no area of any layer, or a code whose layers disagree about its territory."""


class Mosaic:
    """Areas of every layer as sets of pieces."""

    def __init__(self, geographies: Iterable[Geography], areas: Iterable[Area], pieces: Iterable[Piece]):
        self.geographies: dict[str, Geography] = {g.id: g for g in geographies}
        self.areas: dict[tuple[str, str], Area] = {(a.geography, a.code): a for a in areas}
        self.pieces: tuple[Piece, ...] = tuple(pieces)
        self._territories: dict[str, Pieces] = {}
        self._bits: dict[str, int] = {}
        self._flags: dict[str, bytes] = {}
        self._orders: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self.pieces)

    @cached_property
    def everywhere(self) -> Pieces:
        """All pieces: the whole country."""
        return frozenset(range(len(self.pieces)))

    @cached_property
    def layers(self) -> Mapping[str, Mapping[str, Pieces]]:
        """For each layer, each area's code with its pieces."""
        found: dict[str, dict[str, list[int]]] = {}
        for number, piece in enumerate(self.pieces):
            for layer, code in piece.areas.items():
                if code:
                    found.setdefault(layer, {}).setdefault(code, []).append(number)
        drawn = {layer: {c: frozenset(n) for c, n in codes.items()} for layer, codes in found.items()}
        drawn[PIECE] = {piece.id: frozenset({number}) for number, piece in enumerate(self.pieces)}
        return drawn

    @cached_property
    def _by_code(self) -> Mapping[str, list[tuple[str, str]]]:
        """Every code and alias with the (layer, code) pairs it may mean."""
        meanings: dict[str, list[tuple[str, str]]] = {}
        for key, area in self.areas.items():
            meanings.setdefault(area.code, []).append(key)
            if area.aliases:
                for alias in filter(_is_code, area.aliases):
                    meanings.setdefault(alias, []).append(key)
        return meanings

    def pieces_of(self, geography: str, code: str) -> Pieces:
        """The pieces of one area; empty for an area that no piece lies in."""
        layer = self.layers.get(geography)
        return _NOWHERE if layer is None else layer.get(code, _NOWHERE)

    def meanings(self, ref: str) -> list[tuple[str, str]]:
        """The (layer, code) pairs that `code`, `alias` or `layer:code` may mean."""
        if ref in self._by_code:
            return self._by_code[ref]
        layer, colon, code = ref.partition(":")
        if colon and ((layer, code) in self.areas or (layer == PIECE and code in self.layers[PIECE])):
            return [(layer, code)]
        return []

    def area(self, ref: str) -> Area:
        """The area that a reference names; where layers agree on a code, the first layer's."""
        layer, code = self._meaning(ref)
        return self.areas[layer, code] if layer != PIECE else Area(PIECE, code, f"piece {code}")

    def territory(self, areas: str) -> Pieces:
        """The pieces of an area expression: `E12000007 - E09000001`.

        Raises UnknownArea for a name that is no area, and for a code that two layers draw
        differently (write `layer:code` then).
        """
        known = self._territories.get(areas)
        if known is None:
            known = self._territories[areas] = self._drawn(areas)
        return known

    def _drawn(self, areas: str) -> Pieces:
        if areas.isalnum():
            return self.pieces_of(*self._meaning(areas))
        found = _NOWHERE
        for added, ref in signed_terms(areas):
            pieces = self.pieces_of(*self._meaning(ref))
            found = found | pieces if added else found - pieces
        return found

    def bits(self, areas: str) -> int:
        """The pieces of an area expression as an integer with a bit a piece; no area is everywhere."""
        known = self._bits.get(areas)
        if known is None:
            pieces = self.territory(areas) if areas else self.everywhere
            known = self._bits[areas] = sum(1 << number for number in pieces)
        return known

    def pieces_in(self, bits: int) -> Pieces:
        """A set of pieces kept as bits, as pieces."""
        return frozenset(piece for piece, bit in enumerate(bin(bits)[:1:-1]) if bit == "1")

    def flags(self, areas: str) -> bytes:
        """For each piece 1 where it lies in an area expression and 0 where it does not."""
        known = self._flags.get(areas)
        if known is None:
            inside = self.territory(areas)
            known = self._flags[areas] = bytes(number in inside for number in range(len(self.pieces)))
        return known

    def spell(self, bits: int) -> str:
        """An area expression for a set of pieces kept as bits."""
        if bits == self.bits(""):
            return ""
        pieces = self.pieces_in(bits)
        terms = []
        for area in self.whole_areas(pieces):
            terms.append(f"{area.geography}:{area.code}")
            pieces -= self.pieces_of(area.geography, area.code)
        terms.extend(f"piece:{self.pieces[n].id}" for n in sorted(pieces))
        return " + ".join(terms)

    def _meaning(self, ref: str) -> tuple[str, str]:
        candidates = self.meanings(ref)
        if not candidates:
            raise UnknownArea(f"no layer has an area {ref!r}")
        pieces = self.pieces_of(*candidates[0])
        for layer, code in candidates:
            if self.pieces_of(layer, code) != pieces:
                spelt = ", ".join(f"{layer}:{code}" for layer, code in candidates)
                raise UnknownArea(f"{ref!r} is drawn differently by several layers; write one of {spelt}")
        return candidates[0]

    def measure(self, pieces: Iterable[int], name: str = RESIDENTS) -> float:
        """The total of a measure over pieces, counted as 0 where a piece has none."""
        return sum(self.pieces[number].measures.get(name, 0) for number in pieces)

    def residents(self, pieces: Iterable[int]) -> int:
        """Residents of a set of pieces (mid-2023 in the England baseline)."""
        if pieces is self.everywhere:
            return self._everybody
        residents = self._residents
        return sum(residents[number] for number in pieces)

    @cached_property
    def _everybody(self) -> int:
        return sum(self._residents)

    @cached_property
    def _residents(self) -> Sequence[int]:
        return [int(piece.measures.get(RESIDENTS, 0)) for piece in self.pieces]

    def share(self, part: Pieces, whole: Pieces) -> float:
        """The share of the residents of `whole` who live in `part`.

        Where nobody lives in `whole` (or no residents are loaded) pieces are counted instead.
        """
        if part >= whole:
            return 1.0
        total = self.residents(whole)
        if total:
            return self.residents(part & whole) / total
        return len(part & whole) / len(whole) if whole else 0.0

    def layer_order(self, layer: str) -> tuple[int, int]:
        """The step of a layer in LAYER_STEPS and its place there; vintages that a later one replaced come last."""
        known = self._orders.get(layer)
        if known is None:
            known = self._orders[layer] = self._order(layer)
        return known

    def _order(self, layer: str) -> tuple[int, int]:
        stem = layer.rstrip("0123456789")
        vintages = [g for g in self.geographies if g.rstrip("0123456789") == stem]
        if vintages and max(vintages) != layer:
            return len(LAYER_STEPS) + 1, 0
        for number, stems in enumerate(LAYER_STEPS):
            if stem in stems:
                return number, stems.index(stem)
        return len(LAYER_STEPS), 0

    @cached_property
    def _largest_first(self) -> list[tuple[Area, Pieces]]:
        """Areas of the layers people know by residents, largest first, then those of the rest."""
        order = {layer: self.layer_order(layer) for layer in self.layers}
        drawn = [(area, pieces) for key, area in self.areas.items() if (pieces := self.pieces_of(*key))]
        drawn.sort(
            key=lambda item: (
                order[item[0].geography][0] >= _FAMILIAR,
                -self.residents(item[1]),
                -len(item[1]),
                order[item[0].geography],
            )
        )
        return drawn

    @cached_property
    def _familiar_smallest_first(self) -> list[tuple[Area, Pieces]]:
        """The areas of the layers people know, smallest first."""
        known = {layer for layer in self.layers if self.layer_order(layer)[0] < _FAMILIAR}
        return [(area, pieces) for area, pieces in reversed(self._largest_first) if area.geography in known]

    def describe(self, pieces: Pieces) -> list[tuple[str, str]]:
        """A territory in the fewest names: whole areas by code and name, one less a few, or parts of areas."""
        whole = self.whole_areas(pieces)
        if len(whole) > 2 and (less := self._one_less_a_few(pieces)):
            return [less]
        named = [(area.code, area.name) for area in whole]
        left = pieces - frozenset().union(*(self.pieces_of(a.geography, a.code) for a in whole))
        for number in sorted(left):
            piece = self.pieces[number]
            layers = sorted(piece.areas, key=self.layer_order)
            around = next(
                (self.areas[layer, piece.areas[layer]] for layer in layers if piece.areas[layer]), None
            )
            named.append((piece.id, f"part of {around.name}" if around else piece.id))
        return named

    def _one_less_a_few(self, pieces: Pieces) -> tuple[str, str] | None:
        """A territory as one familiar area without one or two others: Greater Manchester less Wigan."""
        for area, inside in self._familiar_smallest_first:
            if not pieces < inside:
                continue
            missing = inside - pieces
            gone = self.whole_areas(missing)
            covered = frozenset().union(*(self.pieces_of(a.geography, a.code) for a in gone))
            if len(gone) <= 2 and covered == missing and len(missing) * 2 < len(inside):
                code = " - ".join(a.code for a in (area, *gone))
                return code, f"{area.name} less {' and '.join(a.name for a in gone)}"
        return None

    def whole_areas(self, pieces: Pieces) -> list[Area]:
        """The fewest-looking list of whole areas that make up a territory, largest first.

        Parts of an area that no layer names stand as the area of their own finest layer.
        """
        left = set(pieces)
        named: list[Area] = []
        for area, inside in self._largest_first:
            if not left:
                break
            if inside <= left:
                named.append(area)
                left -= inside
        return named


def _is_code(alias: str) -> bool:
    """Whether an area's other name is a code, which text fields may use, and not a name."""
    return " " not in alias and any(character.isdigit() for character in alias)
