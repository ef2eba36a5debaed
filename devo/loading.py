"""Plugins imported, each from where it was found, and the version that it has."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from devo.calling import PluginFault, guarded
from devo.sources import BUILT_IN, Source


def imported(source: Source) -> ModuleType:
    """The module of a plugin. Raises PluginFault, with the line of its own, where it cannot be imported."""
    home, version = source.module.partition(".")[0], _version_before(source)
    try:
        return guarded(
            lambda: _import(source), home, version, "import", limit=0.0 if source.built_in else None
        )
    except PluginFault as fault:
        missing = fault.__cause__
        if isinstance(missing, ModuleNotFoundError) and missing.name not in (source.module, home):
            named = f"plugin {source.module} {version}".rstrip()
            message = f"{named} needs {missing.name}, which is not installed"
            raise PluginFault(message, source.module, version, "import", fault.where) from missing
        raise


def version_of(module: ModuleType, source: Source) -> str:
    """A plugin's version: what it says itself, or else that of its distribution."""
    return str(getattr(module, "__version__", "") or source.version or _known_version(source.module))


def _version_before(source: Source) -> str:
    """The version of a plugin that is not imported yet, for saying which one cannot be."""
    if source.version or source.file is None:
        return source.version or _known_version(source.module)
    stated = re.search(rb"""^__version__ *= *["']([^"'\n]+)""", source.file.read_bytes(), re.MULTILINE)
    return stated[1].decode("utf-8", "replace") if stated else ""


def _import(source: Source) -> ModuleType:
    if source.file is None or source.module in sys.modules:
        return importlib.import_module(source.module)
    inside = [str(source.file.parent)] if source.file.name == "__init__.py" else None
    spec = spec_from_file_location(source.module, source.file, submodule_search_locations=inside)
    assert spec is not None, "a file that ends in .py can be loaded"
    assert spec.loader is not None, "and by whom is known"
    module = module_from_spec(spec)
    # Dataclasses look up the module they are defined in while it is being run.
    sys.modules[source.module] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(source.module, None)
        raise
    return module


@cache
def _distributions() -> Mapping[str, list[str]]:
    """The installed distributions of each module: read once, for that reads every one of them."""
    from importlib.metadata import packages_distributions

    return packages_distributions()


@cache
def _known_version(module: str) -> str:
    """The version of the distribution that a module is in; devo's own for what comes with it; else ''."""
    from importlib.metadata import PackageNotFoundError, version

    home = module.partition(".")[0]
    names = _distributions().get(home, ["devo"] if home in ("devo", *BUILT_IN) else [])
    try:
        return version(names[0]) if names else ""
    except PackageNotFoundError:
        return ""
