"""SVG by hand: elements whose texts and attributes are data, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from devo.formats.page import without_commands

# Width of a letter of the drawings' type, for what fits where: of the widest fonts it may be set in.
LETTER = 6.8
BOLD = 7.8
INK = "#0b0c0c"
PAPER = "#ffffff"
RULE = "#b1b4b6"


def element(tag: str, *inside: str, text: str = "", **attributes: object) -> str:
    """An element with others inside it, or with a text. `stroke_width` is written `stroke-width`."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(without_commands(_number(value)))}"'
        for name, value in attributes.items()
    )
    content = escape(without_commands(text)) + "".join(inside)
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def picture(width: float, height: float, title: str, name: str, inside: Iterable[str]) -> str:
    """A whole drawing. `name` is an id of its own in the page; what it shows is read out by its title."""
    return element(
        "svg",
        element("title", text=title, id=f"{name}-title"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title",
        font_family="Arial, Helvetica, sans-serif",
        font_size=12,
    )


def words(
    x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False, fill: str = INK
) -> str:
    """A line of text with its foot at `y`."""
    weight = {"font_weight": "bold"} if bold else {}
    return element("text", text=text, x=x, y=y, text_anchor=anchor, fill=fill, **weight)


def lines(text: str, width: float, most: int = 2) -> list[str]:
    """A bold text in lines that fit a width, cut with an ellipsis after the last."""
    room = max(int(width / BOLD), 4)
    found = [""]
    for word in text.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > room:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    kept = found[:most]
    if len(found) > most:
        kept[-1] = f"{kept[-1]} …"
    return [cut(line, room) for line in kept]


def cut(text: str, room: int) -> str:
    """A text cut to so many letters."""
    return text if len(text) <= room else f"{text[: max(room - 1, 1)].rstrip()}…"


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
