"""`devo doctor --licences`: the packages installed here and what each states, as a page."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from devo.cli.licences import licences
from devo.formats import Grid, Page, Records


def licences_page(plugins: Iterable[str] = ()) -> Page:
    """The packages that devo and the plugins named are installed with, each with the licence that it states."""
    from devo import front

    found = licences(_packages(plugins))
    rows = tuple(
        {
            "package": item.package,
            "version": item.version,
            "licence": item.licence,
            "part": item.part,
            "needed_by": list(item.needed_by),
            "copyleft": item.copyleft,
        }
        for item in found
    )
    grid = Grid(
        ("package", "version", "licence", "part", "needed by"),
        tuple((i.package, i.version, i.licence, i.part, ", ".join(i.needed_by)) for i in found),
        wide=frozenset({"needed by"}),
    )
    under = [f"{item.package} ({item.part})" for item in found if item.copyleft]
    if not found:
        return Page(
            title="Licences",
            paragraphs=(
                "devo runs here from its files and is not installed, so nothing says what it needs.",
            ),
            notes=("`pip install .` in its folder installs it.",),
            envelope={"schema": "devo.licences/1", "on": str(front.today()), "packages": []},
        )
    notes = (
        f"Read on {front.today()} from what the packages installed here state of themselves ({sys.prefix}). "
        "What a package carries inside it (a compiled library) may be under other terms: see its licence files.",
        f"Under a General Public Licence: {', '.join(under)}."
        if under
        else "None of them is under a General Public Licence (GPL, LGPL, AGPL).",
        "Known vulnerabilities are not in that metadata, and devo asks no server. In a checkout, `just audit` "
        "does (pip-audit over the pinned versions).",
    )
    return Page(
        title="Licences",
        grids=(grid,),
        notes=notes,
        envelope={"schema": "devo.licences/1", "on": str(front.today()), "packages": list(rows)},
        records=Records(("package", "version", "licence", "part", "needed_by", "copyleft"), rows),
    )


def _packages(plugins: Iterable[str]) -> list[str]:
    """The distributions that plugins come from, as far as they were installed as one."""
    from importlib.metadata import entry_points

    wanted = set(plugins)
    found = {
        entry.dist.name
        for entry in entry_points(group="devo")
        if entry.dist and wanted & {entry.name, entry.value}
    }
    return sorted(found - {"devo"})
