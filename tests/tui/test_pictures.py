"""What the screens look like, as plain text: `DEVO_UPDATE=1` writes the pictures anew, to be looked at."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from devo.tui.looking import Subject

PICTURES = Path(__file__).parent / "pictures"
SIZES = {"small": (80, 24), "usual": (120, 40), "large": (200, 60)}


def check(name: str, screen: str) -> None:
    """Compare a screen with its picture."""
    path = PICTURES / f"{name}.txt"
    shown = re.sub(r"[ \t]+$", "", screen, flags=re.MULTILINE) + "\n"
    if os.environ.get("DEVO_UPDATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8")
    assert path.read_text("utf-8") == shown, f"{name} looks different; DEVO_UPDATE=1 writes it anew"


@pytest.mark.parametrize("size", SIZES)
def test_explore(explorer, small, size):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.settle()
        check(f"explore-{size}", me.screen())

    explorer(story, SIZES[size])


@pytest.mark.parametrize("size", ["small", "usual"])
def test_compare(explorer, small, size):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.press("2")
        check(f"compare-{size}", me.screen())

    explorer(story, SIZES[size])


def test_draft(explorer, small):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.press("3", "a", "enter")
        for text in ("buses", "Ashby and Barton Combined Authority", "2028-04-01"):
            await me.type(text)
            await me.press("enter")
        check("draft-usual", me.screen())

    explorer(story)


def test_form(explorer, small):
    async def story(me):
        await me.press("3", "a", "enter")
        check("form-small", me.screen())

    explorer(story, SIZES["small"])


def test_help(explorer, small):
    async def story(me):
        await me.press("question_mark")
        check("help-usual", me.screen())

    explorer(story)
