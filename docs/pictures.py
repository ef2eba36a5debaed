"""Draws the pictures of the explorer in docs/pictures, by taking it for a walk: python docs/pictures.py [NAME]...

The explorer is the real one, on England as it is shipped; each picture is what a person would see after the
keys of its walk. Nothing in a picture refers to the network.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "pictures"
SIZE = (120, 36)
ON = date(2026, 6, 1)
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "tui"))
os.environ.pop("NO_COLOR", None)

from conftest import Driven  # noqa: E402  the one who drives the explorer in its tests

from devo.tui.app import Explorer  # noqa: E402
from devo.tui.opening import Opening  # noqa: E402


async def explore(me: Driven) -> None:
    """Who holds what over Wigan, and why the mayor franchises its buses."""
    await me.find("wigan")
    await me.find("buses")


async def plan(me: Driven) -> None:
    """What the agreement of 2014 changed."""
    await me.find("wigan")
    await me.find("2014 agreement")


async def compare(me: Driven) -> None:
    """Wigan on two days, side by side."""
    await me.find("wigan")
    await me.press("2")


async def draft(me: Driven) -> None:
    """The deal of start-official.md, as it is drafted."""
    await me.find("norfolk")
    await me.press("3", "n", "a", "enter")
    for text in ("adult education", "Norfolk County Council", "2027-08-01"):
        await me.type(text)
        await me.press("enter")


async def map_(me: Driven) -> None:
    """Who franchises buses, a tile a district."""
    await me.find("wigan")
    await me.find("buses")
    await me.press("4")


async def person(me: Driven) -> None:
    """Everybody that somebody leaving prison meets in Glossop."""
    await me.press("5", "n")
    await me.type("whole person every body")
    await me.press("enter", "enter")
    await me.settle()
    for text in ("prison", "Glossop"):
        await me.type(text)
        await me.press("enter")


WALKS: tuple[Callable[[Driven], Awaitable[None]], ...] = (explore, plan, compare, draft, map_, person)


async def drawn(walk: Callable[[Driven], Awaitable[None]]) -> str:
    """What the screen shows at the end of a walk, as SVG."""
    with tempfile.TemporaryDirectory() as state:
        app = Explorer(Opening(on=ON, state=Path(state), fresh=True))
        app.hint = app.memory.get("hint", 5)
        async with app.run_test(size=SIZE) as pilot:
            me = Driven(app, pilot)
            await me.settle(120)
            await walk(me)
            await me.settle(120)
            return app.export_screenshot(title="devo", simplify=True)


def alone(svg: str) -> str:
    """The picture with fonts that a machine has, instead of those that would have to be fetched."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    svg = re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONTS};", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    # The names of classes differ from run to run, and are most of the file.
    return re.sub(r"terminal-\d+-?", "t", svg)


def main(names: list[str]) -> None:
    """Draw the pictures named, or all of them."""
    FOLDER.mkdir(exist_ok=True)
    for walk in WALKS:
        name = walk.__name__.rstrip("_")
        if not names or name in names:
            (FOLDER / f"{name}.svg").write_text(alone(asyncio.run(drawn(walk))), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
