"""The world as static pages, linked and read-only: every place, body and power, on one day."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from devo import words
from devo.exports.about import about, mark
from devo.exports.atlas import Atlas
from devo.reports.html import TEMPLATES as STYLES
from devo.reports.html import environment
from devo.world import World

TEMPLATES = Path(__file__).parent / "templates"


def fill(world: World, folder: Path) -> None:
    """Write the pages."""
    pages = Pages(world, folder)
    pages.write()
    mark(world, folder, {"pages": pages.count})


class Pages:
    """The pages of one site, written one by one so that few are in memory at once."""

    def __init__(self, world: World, folder: Path):
        self.world = world
        self.folder = folder
        self.atlas = Atlas(world)
        self.count = 0
        self._templates = environment(TEMPLATES)
        self._templates.globals.update(
            day=words.day(world.today),
            counted=world.counted,
            world_said=_world_said(world),
            words=words,
            page_of=self.atlas.page_of,
        )

    def write(self) -> None:
        """All pages, with the one style sheet."""
        for name in ("place", "body", "power"):
            (self.folder / name).mkdir()
        shutil.copyfile(STYLES / "style.css", self.folder / "style.css")
        self._page("index.html", "index.html", atlas=self.atlas)
        self._page("places.html", "places.html", layers=self.atlas.layers)
        self._page("bodies.html", "bodies.html", kinds=self.atlas.kinds)
        self._page("powers.html", "powers.html", themes=self.atlas.themes)
        self._page("about.html", "about.html", about=about(self.world), layers=self.atlas.every_layer)
        self._each("place.html", self.atlas.places())
        self._each("body.html", self.atlas.bodies())
        self._each("power.html", self.atlas.powers())

    def _each(self, template: str, pages: Iterable[Any]) -> None:
        for page in pages:
            self._page(template, page.path, it=page, root="../")

    def _page(self, template: str, path: str, root: str = "", **given: Any) -> None:
        text = self._templates.get_template(template).render(root=root, **given)
        (self.folder / path).write_bytes(text.encode("utf-8"))
        self.count += 1


def _world_said(world: World) -> str:
    known = f", by the law made by {words.day(world.as_known)}" if world.as_known else ""
    return f"The baseline {world.baseline!r} on {words.day(world.today)}{known}."
