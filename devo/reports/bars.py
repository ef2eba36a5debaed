"""Holdings through time as bars along the years: a lane a power and place, a bar a holder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from devo.reports.svg import INK, LETTER, PAPER, RULE, cut, element, lines, picture, words

_LEFT, _WIDE, _BAR, _TOP = 250.0, 680.0, 20.0, 34.0
# Tints that differ in lightness as well as in hue, dark enough at the edge to stand out from the page.
_TINTS = (("#d3e3f3", "#12436d"), ("#fbe3c4", "#8a4b08"), ("#d5ecd9", "#14532d"), ("#eadcf0", "#54246b"))
MOST_LANES = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody holds something from `start` up to `end`; None is before the tables, or to this day."""

    label: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Lane:
    """What is held, by one after the other."""

    name: str
    bars: tuple[Bar, ...]


def timeline(lanes: Sequence[Lane], until: date, title: str, name: str) -> str:
    """The drawing, from a little before the first day known to `until`, which is marked."""
    known = [day for lane in lanes for bar in lane.bars for day in (bar.start, bar.end) if day]
    first = min([day.year for day in known if day <= until], default=until.year - 1)
    last = max([until.year, *(day.year for day in known)])
    span = (date(first - 1, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal())
    parts: list[str] = []
    y = _TOP
    tints: dict[str, tuple[str, str]] = {}
    for lane in lanes:
        rows = _rows(lane.bars)
        high = max(len(rows) * (_BAR + 3), 30.0)
        for n, line in enumerate(lines(lane.name, _LEFT - 14, most=2)):
            parts.append(words(4, y + 12 + 13 * n, line, bold=True))
        for n, row in enumerate(rows):
            for bar in row:
                tint = tints.setdefault(bar.label, _TINTS[len(tints) % len(_TINTS)])
                parts.append(_drawn(bar, y + n * (_BAR + 3), span, tint))
        y += high + 8
        parts.append(element("line", x1=0, x2=_LEFT + _WIDE, y1=y - 4, y2=y - 4, stroke=RULE))
    return picture(_LEFT + _WIDE + 4, y + 18, title, name, [*_years(span, y), *parts, _today(until, span, y)])


def _rows(bars: Iterable[Bar]) -> list[list[Bar]]:
    """Bars in as few rows as keep those that overlap apart."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda b: (b.start or date.min, b.end or date.max, b.label)):
        for row in rows:
            if (row[-1].end or date.max) <= (bar.start or date.min):
                row.append(bar)
                break
        else:
            rows.append([bar])
    return rows or [[]]


def _drawn(bar: Bar, y: float, span: tuple[int, int], tint: tuple[str, str]) -> str:
    x1, x2 = _x(bar.start or date.fromordinal(span[0]), span), _x(bar.end or date.fromordinal(span[1]), span)
    since = "before the tables" if bar.start is None else bar.start.isoformat()
    said = f"{bar.label}: from {since}" + (f" to {bar.end.isoformat()}" if bar.end else "")
    wide = max(x2 - x1, 2.0)
    room = int((wide - 8) / LETTER)
    label = [words(x1 + 4, y + 14, cut(bar.label, room))] if room >= 4 else []
    fill, edge = tint
    box = element("rect", x=x1, y=y, width=wide, height=_BAR, fill=fill, stroke=edge)
    return element("g", element("title", text=said), box, *label)


def _years(span: tuple[int, int], y: float) -> Iterable[str]:
    first, last = date.fromordinal(span[0]).year, date.fromordinal(span[1]).year
    step = next((n for n in (1, 2, 5, 10) if (last - first) / n <= 16), 20)
    for year in range(first, last + 1):
        if year % step == 0:
            x = _x(date(year, 1, 1), span)
            yield element("line", x1=x, x2=x, y1=_TOP - 8, y2=y - 4, stroke=RULE, stroke_width=0.6)
            yield words(x, _TOP - 14, str(year), anchor="end" if year == last else "middle")


def _today(until: date, span: tuple[int, int], y: float) -> str:
    x = _x(until, span)
    rule = element(
        "line", x1=x, x2=x, y1=_TOP - 8, y2=y + 2, stroke=INK, stroke_width=1.5, stroke_dasharray="4 3"
    )
    anchor = "end" if x > _LEFT + _WIDE - 60 else "middle"
    back = element("rect", x=x - 64 if anchor == "end" else x - 32, y=y + 3, width=64, height=13, fill=PAPER)
    return rule + back + words(x, y + 14, until.isoformat(), anchor=anchor)


def _x(day: date, span: tuple[int, int]) -> float:
    share = (day.toordinal() - span[0]) / max(span[1] - span[0], 1)
    return _LEFT + min(max(share, 0.0), 1.0) * _WIDE
