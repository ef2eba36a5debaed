"""How a page is drawn: for a terminal, a screen reader, a program, a spreadsheet or a document.

A page is made once, in words; each format only draws it. A format's module is loaded when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from devo.formats.page import Grid, Page, Records, Terminal

__all__ = ["FORMATS", "Grid", "Page", "Records", "Terminal", "draw"]

FORMATS = ("table", "plain", "json", "csv", "md")


class Format(Protocol):
    """What each module of a format has."""

    def draw(self, page: Page, terminal: Terminal) -> str:
        """The page as text, with a line end at its end."""


def draw(page: Page, name: str, terminal: Terminal | None = None) -> str:
    """A page in one of FORMATS. `terminal` matters to `table` alone."""
    return cast(Format, import_module(f"devo.formats.{name}")).draw(page, terminal or Terminal())
