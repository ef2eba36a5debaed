"""The licences of what devo is installed with, as the packages themselves state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from devo.frozen import dataclass

# Licences that would bind who passes devo on to pass its source on too: none may be in the core.
_COPYLEFT = re.compile(r"\b(?:A|L)?GPL|General Public Licen[cs]e", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
_LONGEST = 60
UNKNOWN = "not stated"
CORE = "core"


@dataclass(frozen=True, slots=True)
class Licence:
    """An installed package, the licence it states, and what brings it.

    `part` is `core` for what devo cannot do without, otherwise the extra or the plugin that asks for it.
    """

    package: str
    version: str
    licence: str
    part: str
    needed_by: tuple[str, ...]

    @property
    def copyleft(self) -> bool:
        """Whether it is under a General Public Licence of any kind."""
        return bool(_COPYLEFT.search(self.licence))


def licences(plugins: Iterable[str] = ()) -> list[Licence]:
    """What devo needs, what its extras that are installed need, and what plugins bring; the core first.

    `plugins` are names of distributions. What is not installed is left out: it has no metadata to read;
    where devo itself runs from its files and is not installed, that is everything.
    """
    found: dict[str, Licence] = {}
    try:
        devo = distribution("devo")
    except PackageNotFoundError:
        return []
    parts = [(CORE, "devo", "")]
    parts += [
        (f"extra {extra}", "devo", extra) for extra in sorted(devo.metadata.get_all("Provides-Extra") or [])
    ]
    parts += [(f"plugin {name}", name, "") for name in plugins]
    for part, root, extra in parts:
        if root != "devo":
            _add(found, root, part, ())
        _walk(found, part, root, extra)
    return sorted(found.values(), key=lambda item: (item.part != CORE, item.part, item.package.casefold()))


def _walk(found: dict[str, Licence], part: str, root: str, extra: str) -> None:
    """Everything that a package needs, and what that needs, into the list under a part."""
    waiting, seen = [(root, extra)], {(root, extra)}
    while waiting:
        package, wanted = waiting.pop()
        for name, extras in _needs(package, wanted):
            if not _add(found, name, part, (package,)):
                continue
            for more in ("", *extras):
                if (name, more) not in seen:
                    seen.add((name, more))
                    waiting.append((name, more))


def _add(found: dict[str, Licence], name: str, part: str, by: tuple[str, ...]) -> bool:
    """Put a package into the list, or what needs it beside; False where it is not installed."""
    known = found.get(name)
    if known is not None:
        needed = tuple(sorted({*known.needed_by, *by}))
        found[name] = Licence(known.package, known.version, known.licence, known.part, needed)
        return True
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        return False
    found[name] = Licence(installed.metadata["Name"], installed.version, stated(installed), part, by)
    return True


def _needs(package: str, extra: str) -> Iterator[tuple[str, list[str]]]:
    """The packages that one asks for, each with its extras: for an extra of it, or without any."""
    try:
        asked = distribution(package).requires or []
    except PackageNotFoundError:
        return
    for text in asked:
        requirement, _, marker = text.partition(";")
        name = _NAME.match(requirement)
        conditions = _EXTRA.findall(marker)
        if name is None or (extra not in conditions if conditions else bool(extra)):
            continue
        inside = re.search(r"\[([^\]]*)\]", requirement)
        extras = [part.strip() for part in inside[1].split(",")] if inside else []
        yield canonical(name[0]), extras


def canonical(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stated(package: Distribution) -> str:
    """The licence that a package states: its expression, else its classifiers, else its own words, cut short."""
    expression, words = (" ".join(_all(package, name)[:1]) for name in ("License-Expression", "License"))
    if expression:
        return expression
    classes = [c.rpartition(" :: ")[2] for c in _all(package, "Classifier") if c.startswith("License ::")]
    if classes:
        return ", ".join(sorted(set(classes)))
    words = " ".join(words.split())
    if not words:
        return UNKNOWN
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + " ..."


def _all(package: Distribution, name: str) -> list[str]:
    return package.metadata.get_all(name) or []
