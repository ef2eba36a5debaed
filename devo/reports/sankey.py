"""Flows of money as a Sankey diagram: bands as wide as the money, from payers to payees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from devo.reports.svg import INK, element, lines, picture, words
from devo.words import pounds

_LEFT, _RIGHT, _BAR, _GAP, _ACROSS = 250.0, 270.0, 14.0, 14.0, 300.0
# The height of all money together: less where there are few to tell apart.
_TALL, _EACH = 460.0, 80.0
MOST = 24
THE_REST = "Others, by smaller flows"
_BAND, _EDGE, _NODE = "#bcd2ea", "#5b7fae", "#12436d"


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from one to another; `hop` is over 1 for money that is passed on."""

    payer: str
    payee: str
    pence: int
    hop: int = 1


@dataclass
class _Stop:
    name: str
    column: int
    received: int = 0
    paid: int = 0
    y: float = 0.0
    into: float = 0.0
    out: float = 0.0
    level: float = 0.0

    @property
    def pence(self) -> int:
        return max(self.received, self.paid)


def merged(flows: Iterable[Flow]) -> list[Flow]:
    """One flow a payer, payee and hop, the largest first; what is over MOST is taken together by payer."""
    sums: dict[tuple[str, str, int], int] = {}
    for flow in flows:
        key = (flow.payer, flow.payee, flow.hop)
        sums[key] = sums.get(key, 0) + flow.pence
    ranked = sorted(((k, p) for k, p in sums.items() if p > 0), key=lambda item: (-item[1], item[0]))
    kept = dict(ranked if len(ranked) <= MOST else ranked[: MOST - 1])
    for (payer, _, hop), pence in ranked[len(kept) :]:
        rest = (payer, THE_REST, hop)
        kept[rest] = kept.get(rest, 0) + pence
    return [Flow(*key[:2], pence, key[2]) for key, pence in kept.items()]


def sankey(flows: Iterable[Flow], title: str, name: str) -> str:
    """The diagram. Amounts of nothing, or less than nothing, are not drawn: the table has them."""
    drawn = merged(flows)
    stops = _stops(drawn)
    columns = _columns(stops)
    scale, height = _scale(columns)
    _placed(columns, drawn, stops, scale, height)
    count = max((stop.column for stop in stops.values()), default=0) + 1
    width = _LEFT + _RIGHT + _BAR + max(count - 1, 1) * _ACROSS
    parts = [*_bands(drawn, stops, scale), *_bars(stops, scale, count - 1)]
    return picture(width, height + 30, title, name, parts)


def _stops(flows: Iterable[Flow]) -> dict[tuple[str, int], _Stop]:
    """Who pays and is paid, by name and column: the payer of a hop stands in the column before its payee."""
    stops: dict[tuple[str, int], _Stop] = {}
    for flow in flows:
        payer = stops.setdefault((flow.payer, flow.hop - 1), _Stop(flow.payer, flow.hop - 1))
        payee = stops.setdefault((flow.payee, flow.hop), _Stop(flow.payee, flow.hop))
        payer.paid += flow.pence
        payee.received += flow.pence
    return stops


def _columns(stops: Mapping[tuple[str, int], _Stop]) -> list[list[_Stop]]:
    found: dict[int, list[_Stop]] = {}
    for stop in stops.values():
        found.setdefault(stop.column, []).append(stop)
    return [sorted(found[n], key=lambda s: (-s.pence, s.name)) for n in sorted(found)]


def _scale(columns: list[list[_Stop]]) -> tuple[float, float]:
    """Points a penny, and the height that the fullest column needs."""
    most = max((sum(stop.pence for stop in column) for column in columns), default=1)
    tall = min(_TALL, _EACH * max((len(column) for column in columns), default=1))
    scale = tall / max(most, 1)
    needed = (sum(max(s.pence * scale, 16.0) + _GAP for s in column) for column in columns)
    return scale, max(needed, default=0.0)


def _placed(
    columns: list[list[_Stop]],
    flows: Iterable[Flow],
    stops: Mapping[tuple[str, int], _Stop],
    scale: float,
    height: float,
) -> None:
    """Stops put one below the other, each near the middle of what it is tied to, so that bands cross less."""
    listed = list(flows)
    for column in columns:
        if column[0].column > 0:
            for stop in column:
                ties = [f for f in listed if (f.payee, f.hop) == (stop.name, stop.column)]
                total = sum(f.pence for f in ties)
                if total:
                    middles = (stops[f.payer, f.hop - 1].y * f.pence for f in ties)
                    stop.level = sum(middles) / total
            column.sort(key=lambda s: (s.level, -s.pence, s.name))
        used = sum(max(s.pence * scale, 16.0) + _GAP for s in column)
        y = 10.0 + (height - used) / 2
        for stop in column:
            stop.y = stop.into = stop.out = y
            y += max(stop.pence * scale, 16.0) + _GAP


def _bands(flows: Iterable[Flow], stops: Mapping[tuple[str, int], _Stop], scale: float) -> Iterable[str]:
    ordered = sorted(
        flows, key=lambda f: (f.hop, stops[f.payer, f.hop - 1].y, stops[f.payee, f.hop].y, f.payee)
    )
    for flow in ordered:
        payer, payee = stops[flow.payer, flow.hop - 1], stops[flow.payee, flow.hop]
        thick = max(flow.pence * scale, 0.8)
        x1, x2 = _x(payer.column) + _BAR, _x(payee.column)
        middle = (x1 + x2) / 2
        a, b = payer.out, payee.into
        there = f"M{x1:.1f},{a:.1f}C{middle:.1f},{a:.1f} {middle:.1f},{b:.1f} {x2:.1f},{b:.1f}"
        c, d = a + thick, b + thick
        back = f"L{x2:.1f},{d:.1f}C{middle:.1f},{d:.1f} {middle:.1f},{c:.1f} {x1:.1f},{c:.1f}Z"
        payer.out += thick
        payee.into += thick
        said = f"{flow.payer} to {flow.payee}: {pounds(flow.pence)}"
        yield element(
            "path", element("title", text=said), d=there + back, fill=_BAND, stroke=_EDGE, stroke_width=0.5
        )


def _bars(stops: Mapping[tuple[str, int], _Stop], scale: float, last: int) -> Iterable[str]:
    for stop in stops.values():
        x, high = _x(stop.column), max(stop.pence * scale, 1.5)
        yield element("rect", x=x, y=stop.y, width=_BAR, height=high, fill=_NODE)
        first = stop.column == 0
        label = lines(stop.name, (_LEFT if first else _RIGHT) - 20, most=1 if high < 26 else 2)
        at = x - 6 if first else x + _BAR + 6
        anchor = "end" if first else "start"
        middle = stop.y + min(high, 44.0) / 2 + 4 - (len(label)) * 6.5
        for n, line in enumerate([*label, _short(stop.pence)]):
            bold = n < len(label)
            yield words(at, middle + 13 * n, line, anchor=anchor, bold=bold, fill=INK)


def _x(column: int) -> float:
    return _LEFT + column * _ACROSS


def _short(pence: int) -> str:
    """An amount in as few figures as a label needs; the table has it to the penny."""
    for size, word in ((10**11, "bn"), (10**8, "m")):
        if pence >= size:
            return f"£{pence / size:,.1f}{word}"
    return f"£{pence / 100:,.0f}"
