"""A new plugin written: the templates beside this module, with its name in them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from devo import __version__
from devo.authoring.licences import LICENCES
from devo.authoring.naming import class_of, faults_of, module_of, title_of
from devo.hookspecs import SPEC

_ENDING = ".j2"
# What a file system or a package would not let templates be called.
_SPELT = {"gitignore": ".gitignore", "github": ".github"}


class CannotBeWritten(Exception):
    """A plugin that cannot be written: everything that is wrong, each with what to do."""

    def __init__(self, faults: list[tuple[str, str]]):
        super().__init__("; ".join(message for message, _ in faults))
        self.faults = faults


def write_distribution(name: str, into: Path, licence: str = "MIT", author: str = "") -> list[Path]:
    """Write a plugin as a folder of its name, which pip can install; its files in order.

    Raises CannotBeWritten for a name that cannot be taken, or a folder that is there.
    """
    home = into / name
    _refuse(name, into, [home])
    given = _given(name, licence, author)
    written = []
    for place, template in sorted(_templates(files("devo.authoring") / "templates")):
        if place.name == "LICENSE" and not LICENCES[licence].spdx:
            continue
        spelt = [_SPELT.get(part, part).replace("module", given["module"]) for part in place.parts]
        written.append(_write(home.joinpath(*spelt), template, given))
    return written


def write_file(name: str, into: Path) -> list[Path]:
    """Write a plugin as one file, and a scenario beside it that shows it. Raises CannotBeWritten."""
    given = _given(name, "none", "")
    paths = [into / f"{given['module']}{ending}" for ending in (".py", ".toml")]
    _refuse(name, into, paths)
    folder = files("devo.authoring") / "one_file"
    return [_write(path, folder / f"module{path.suffix}{_ENDING}", given) for path in paths]


def _refuse(name: str, into: Path, paths: list[Path]) -> None:
    """Everything that stands against writing a plugin, before anything is written."""
    faults = list(faults_of(name))
    if not into.is_dir():
        faults.append((f"there is no folder {str(into)!r}", "make it first, or name another with --into"))
    for path in paths if not faults else ():
        if path.exists():
            what = "folder" if path.is_dir() else "file"
            how = "take another name, or another place with --into; nothing was written over"
            faults.append((f"there is a {what} {str(path)!r} already", how))
    if faults:
        raise CannotBeWritten(faults)


def _given(name: str, licence: str, author: str) -> dict[str, str]:
    author = " ".join("".join(c if c.isprintable() else " " for c in author).split())
    author = author.replace('"', "'").replace("\\", "/") or f"The authors of {name}"
    chosen = LICENCES[licence]
    words = f"Licence: {chosen.spdx}; see LICENSE." if chosen.spdx else ""
    return {
        "name": name,
        "module": module_of(name),
        "title": title_of(name),
        "kind": class_of(name),
        "code": f"{name.upper()}-2021",
        "author": author,
        "spdx": chosen.spdx,
        "licence": words,
        "licence_text": chosen.text.format(author=author),
        "devo": __version__,
        "spec": str(SPEC),
    }


def _templates(folder: Traversable, *below: str) -> Iterator[tuple[PurePosixPath, Traversable]]:
    """Every template with the place of what it makes."""
    for item in folder.iterdir():
        if item.is_dir():
            yield from _templates(item, *below, item.name)
        elif item.name.endswith(_ENDING):
            yield PurePosixPath(*below, item.name.removesuffix(_ENDING)), item


def _write(path: Path, template: Traversable, given: dict[str, str]) -> Path:
    from jinja2 import Environment, StrictUndefined

    plain_text = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)
    text = plain_text.from_string(template.read_text("utf-8")).render(given)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotBeWritten(
            [(f"{path} could not be written: {why}", "name another place with --into")]
        ) from None
    return path
