"""What the screens look like, as plain text: `DEVO_UPDATE=1` writes the pictures anew, to be looked at."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from devo.toolbox import toolbox
from devo.tui.desk import Desk
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
def test_explore(explorer, monkeypatch, little, size):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.settle()
        check(f"explore-{size}", me.screen())

    opened(monkeypatch, little)
    explorer(story, SIZES[size])


@pytest.mark.parametrize("size", ["small", "usual"])
def test_compare(explorer, monkeypatch, little, size):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.press("2")
        check(f"compare-{size}", me.screen())

    opened(monkeypatch, little)
    explorer(story, SIZES[size])


def test_draft(explorer, monkeypatch, little):
    async def story(me):
        me.app.look_at(Subject("place", "lad24:E06000001", "Ashby"))
        await me.press("3", "a", "enter")
        for text in ("buses", "Ashby and Barton Combined Authority", "2028-04-01"):
            await me.type(text)
            await me.press("enter")
        check("draft-usual", me.screen())

    opened(monkeypatch, little)
    explorer(story)


def test_form(explorer, monkeypatch, little):
    async def story(me):
        await me.press("3", "a", "enter")
        check("form-small", me.screen())

    opened(monkeypatch, little)
    explorer(story, SIZES["small"])


def test_help(explorer, monkeypatch, little):
    async def story(me):
        await me.press("question_mark")
        check("help-usual", me.screen())

    opened(monkeypatch, little)
    explorer(story)


def opened(monkeypatch, world):
    def desk(opening):
        # Without the plugins that say more from one month to the next.
        found = Desk(opening, world)
        found.__dict__["toolbox"] = toolbox((), built_in=("devo_transfers",))
        return found

    monkeypatch.setattr("devo.tui.app.open_desk", desk)


@pytest.fixture
def little():
    """Two districts, their councils and an authority over both, and three powers."""
    from datetime import date

    from devo import world_of
    from devo.values import Area, Body, Geography, Holding, Instrument, Piece, Power

    records = [
        Geography("ctry24", "Countries"),
        Geography("lad24", "Districts"),
        Area("ctry24", "E92000001", "England"),
    ]
    for number, name in enumerate(("Ashby", "Barton"), 1):
        code = f"E0600000{number}"
        records += [
            Area("lad24", code, name),
            Piece(code, {"lad24": code, "ctry24": "E92000001"}, {"residents": 1000 * number}),
            Body(
                f"{name.lower()}-council",
                f"{name} Council",
                "unitary",
                area=code,
                accountability="elected directly",
            ),
        ]
    records += [
        Body(
            "abca",
            "Ashby and Barton Combined Authority",
            "combined-authority",
            area="E06000001 + E06000002",
            accountability="elected indirectly",
            start=date(2016, 4, 1),
        ),
        Instrument("act", "The Exampleshire Act 2016", "act", made=date(2016, 1, 1)),
        Power("buses", "Buses", theme="transport", statute="Transport Act 1985 s.63"),
        Power("roads", "Roads", theme="transport"),
        Power("skills", "Adult skills", theme="skills-and-work"),
        Holding("h1", "buses", "every:unitary"),
        Holding("h2", "roads", "every:unitary", mode="concurrent"),
        Holding("h3", "skills", "abca", start=date(2018, 8, 1), instrument="act", confidence="unsure"),
    ]
    return world_of(records, baseline="england")
