"""The path of each page of a site: one that every system takes, and no two the same in any case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from devo.values import Area, Body, Power
from devo.world import World

# Names that one system or another keeps for devices, whatever the ending.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def paths(world: World, areas: Iterable[Area]) -> dict[tuple[str, str], str]:
    """The path of each page, by what it is of: ("area", "lad24:E08000003"), ("body", id), ("power", id).

    ("place", code) is the page of the first of the areas that has the code.
    """
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()

    def page(folder: str, name: str) -> str:
        path, number = f"{folder}/{name}.html", 1
        while path.casefold() in taken:
            number += 1
            path = f"{folder}/{name}-{number}.html"
        taken.add(path.casefold())
        return path

    for area in areas:
        path = page("place", f"{_file(area.geography)}-{_file(area.code)}")
        found["area", f"{area.geography}:{area.code}"] = path
        found.setdefault(("place", area.code), path)
    for body in world.of(Body):
        found["body", body.id] = page("body", _file(body.id))
    for power in world.of(Power):
        found["power", power.id] = page("power", _file(power.id))
    return found


def _file(id: str) -> str:
    """An id as part of a file's name."""
    name = re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", id)[:100]
    return f"{name}_" if name.casefold() in _DEVICES else name
