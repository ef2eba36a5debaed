"""Plugins found: by the name they are installed under, by their module, or by a file or folder.

A file or folder is code, so it is taken from whoever types a command, and never from a scenario
(`not_from_a_file`). Finding a plugin runs none of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from devo.calling import PluginFault, UnknownPlugin
from devo.hookspecs import HOOKS
from devo.limits import toml

BUILT_IN = (
    "devo_transfers",
    "devo_boundaries",
    "devo_funding",
    "devo_joinup",
    "devo_learning",
    "devo_england",
)
# These come with devo and are off until they are named, by module.
OFFERED = {"tiny-country": "devo.testing.country"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plugin is: its module, and where it is not installed, the file to read it from and its version.

    `aliases` are what else it would be called if it were installed.
    """

    module: str
    file: Path | None = None
    version: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def built_in(self) -> bool:
        """Whether it comes with devo."""
        return self.module in BUILT_IN or self.module in OFFERED.values()


def is_path(name: str) -> bool:
    """Whether a plugin is named by its file or folder."""
    return name.endswith(".py") or name.startswith(".") or "/" in name or os.sep in name


def found(name: str) -> Source:
    """Where the plugin of a name is. Raises UnknownPlugin with the nearest names and what is installed."""
    if is_path(name):
        return _at(Path(name))
    module = module_named(name)
    if module in BUILT_IN or module in OFFERED.values() or is_plugin(module):
        return Source(module)
    # To find a module in a package is to run the package, so only what is installed as a plugin is looked for.
    spec = _spec(module) if "." not in module or _is_declared(module) else None
    if spec is None:
        raise _unknown(name)
    if name not in installed() and not _looks_like_one(spec.origin):
        message = f"{name!r} is a module of Python, and no plugin: nothing in it is marked @devo.hookimpl"
        raise UnknownPlugin(message, name)
    return Source(module)


def module_named(name: str) -> str:
    """The module of a plugin by what it is called: installed under, offered as, or imported by."""
    if name in BUILT_IN:
        return name
    if name in OFFERED:
        return OFFERED[name]
    from importlib.metadata import entry_points

    for entry in entry_points(group="devo"):
        if name in (entry.name, entry.value):
            return entry.value
    return name.replace("-", "_")


def installed() -> list[str]:
    """The names of all installed plugins."""
    from importlib.metadata import entry_points

    return sorted({entry.name for entry in entry_points(group="devo")} | set(OFFERED))


def _is_declared(module: str) -> bool:
    """Whether a module is a plugin by the word of an installed distribution."""
    from importlib.metadata import entry_points

    return any(entry.value == module for entry in entry_points(group="devo"))


def not_from_a_file(name: str) -> str:
    """Why a scenario or another file of data may not name a plugin so; '' where it may."""
    return _UNSEEN if is_path(name) else ""


_UNSEEN = "a scenario is data: whoever opens it would run that code without having seen it"


def _unknown(name: str) -> UnknownPlugin:
    have = installed()
    near = get_close_matches(name, have, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    how = "a plugin of your own is named by its file or folder: --plugin ./my_plugin.py"
    return UnknownPlugin(
        f"no plugin named {name!r}; installed: {', '.join(have)}{hint}", name, suggestion=how
    )


def _spec(module: str) -> ModuleSpec | None:
    try:
        return find_spec(module)
    except (ImportError, ValueError):
        return None


def _looks_like_one(origin: str | None) -> bool:
    """Whether a module's file has a hook of devo's, judged by its text: nothing of it is run."""
    try:
        return origin is not None and b"hookimpl" in Path(origin).read_bytes()
    except OSError:
        return False


# --- a plugin by its file or folder -------------------------------------------------------------------


def _at(path: Path) -> Source:
    """The plugin of a `.py` file, of a package's folder, or of a project's folder (by its pyproject.toml)."""
    if not path.exists():
        folder, near = path.parent, ""
        if folder.is_dir():
            close = get_close_matches(path.name, [item.name for item in folder.iterdir()], n=1)
            near = f"; did you mean {folder / close[0]}?" if close else ""
        raise UnknownPlugin(f"there is no plugin at {path}{near}", str(path))
    if path.is_file():
        if path.suffix != ".py":
            raise UnknownPlugin(f"{path} is no plugin: a plugin is a .py file or a folder", str(path))
        return Source(_sound(path.stem, path), path.resolve())
    if (path / "pyproject.toml").is_file():
        return _project(path)
    if (path / "__init__.py").is_file():
        return Source(_sound(path.resolve().name, path), path.resolve() / "__init__.py")
    message = f"the folder {path} is no plugin: it has neither a pyproject.toml nor an __init__.py"
    raise UnknownPlugin(message, str(path))


def _project(folder: Path) -> Source:
    told = folder / "pyproject.toml"
    try:
        project = _within(toml(told.read_text("utf-8")), "project")
    except (OSError, ValueError) as error:
        raise PluginFault(f"{told} cannot be read: {error}", str(folder), where=f"{told}:1") from None
    entries = _within(project, "entry-points", "devo")
    if not entries:
        message = f"{told} declares no plugin: it has no [project.entry-points.devo]"
        raise PluginFault(message, str(folder), where=f"{told}:1")
    module = str(next(iter(entries.values())))
    for home in (folder / "src", folder):
        for file in (home / module / "__init__.py", home / f"{module}.py"):
            if file.is_file():
                version = str(project.get("version", ""))
                names = (*entries, project.get("name", ""))
                aliases = tuple(str(name).replace("-", "_") for name in names if name)
                return Source(_sound(module, file), file.resolve(), version, aliases)
    message = f"{told} names the module {module!r}, which is neither in {folder / 'src'} nor in {folder}"
    raise PluginFault(message, module, where=f"{told}:1")


def _within(data: Any, *keys: str) -> Mapping[str, Any]:
    """A table within tables; an empty one where there is none, or something else stands there."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _sound(module: str, path: Path) -> str:
    """A module's name as it can be imported, and as nothing else is called."""
    if not module.isidentifier():
        message = f"{path} cannot be imported: {module!r} is no name for Python (letters, digits and _)"
        raise UnknownPlugin(message, module)
    there = sys.modules.get(module)
    where = getattr(there, "__file__", None) if there else None
    if there is None:
        spec = _spec(module)
        where = spec.origin if spec else None
        if spec is None:
            return module
    mine = (path / "__init__.py" if path.is_dir() else path).resolve()
    if where is None or Path(where).resolve() != mine:
        message = f"{path} cannot be called {module!r}: a module of that name is there already ({where})"
        how = "it is installed, so name it by its name" if _is_declared(module) else "rename the file"
        raise UnknownPlugin(message, module, suggestion=how)
    return module


def is_plugin(module: str) -> bool:
    """Whether a module that is loaded has a hook of devo's."""
    return hasattr(sys.modules.get(module), HOOKS)


def plugin_at_fault(error: BaseException) -> str:
    """The plugin whose code raised, if the fault was raised below one; '' if it is devo's own."""
    found, trace = "", error.__traceback__
    while trace is not None:
        package = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in BUILT_IN or is_plugin(package):
            found = package
        trace = trace.tb_next
    return found
