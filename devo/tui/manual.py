"""The help of each screen: what it shows, then its keys in plain words."""

from __future__ import annotations

from textual.binding import Binding

from devo.tui.page import Page

EVERYWHERE = """On every screen
  /            search for any place, body, power, deal or question
  1 to 5       Explore, Compare, Draft a deal, Map, Questions
  Tab, Esc     to the next part of the screen; back. Esc stops what takes long, too
  [ and ]      on 1 and 4, the day before and after on which something changed
  d            go to a day            k   by whose law
  c, C, r      copy the row, the table (for a spreadsheet), a citation
  e, S         save what is on screen to a file; the screen as a picture
  t            light or dark          F   what is wrong with this world
  R            look again at what was stopped, or at a file that changed
  Ctrl+P       all commands by name   q   leave; everything is kept
  The mouse does all of it: click a line, a tab, the days, the words at the bottom."""


def manual(page: Page) -> str:
    """The help of a screen."""
    own = [
        f"  {_key(binding):<12} {binding.description}"
        for _, binding in page._bindings
        if binding.description and binding.action not in _COMMON and not binding.action.startswith("screen.")
    ]
    keys = ["On this screen", *dict.fromkeys(own), ""] if own else []
    paragraphs = "\n\n".join(" ".join(part.split()) for part in page.manual.split("\n\n"))
    return "\n".join([paragraphs, "", *keys, EVERYWHERE])


def _key(binding: Binding) -> str:
    return binding.key_display or {"left_square_bracket": "[", "right_square_bracket": "]"}.get(
        binding.key, binding.key
    )


_COMMON = ("pane(1)", "pane(-1)", "back", "again", "app.earlier", "app.later")
