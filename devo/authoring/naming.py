"""What a plugin may be called: a name nobody else has, that Python can import."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from devo.calling import CORE
from devo.sources import BUILT_IN, installed

LONGEST = 40
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RESERVED = frozenset({CORE, "devo", "plugin", "plugins", "src", "test", "tests", "examples", "docs"})


def module_of(name: str) -> str:
    """The module of a plugin of a name."""
    return name.replace("-", "_")


def faults_of(name: str) -> Iterator[tuple[str, str]]:
    """Everything that is wrong with a name, each with what to do."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        near = nearest(name)
        how = f"write it as {near!r}" if near and not list(faults_of(near)) else "take another name"
        what = "small letters a to z, digits and single hyphens, a letter first"
        yield f"{name!r} is no name for a plugin: {what}, at most {LONGEST} characters", how
        return
    if name in _RESERVED:
        yield f"{name!r} is a name that devo keeps for itself", f"say what it is about: 'my-{name}'"
    elif name.startswith("devo-"):
        yield f"{name!r} would pass for a plugin that comes with devo", f"leave the front off: {name[5:]!r}"
    elif keyword.iskeyword(module_of(name)):
        yield f"{name!r} is a word of the Python language", f"add a word: 'my-{name}'"
    elif name in installed() or f"devo_{module_of(name)}" in BUILT_IN:
        yield f"a plugin called {name!r} is installed already", f"take another name, such as 'my-{name}'"
    elif module_of(name) in sys.stdlib_module_names or _exists(module_of(name)):
        yield f"{module_of(name)!r} is a module of Python that is there already", f"add a word: 'my-{name}'"


def nearest(text: str) -> str:
    """The name that a text would be, written as names are; '' where nothing of it is left."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text).lower())
    while words and words[0].isdigit():
        words.pop(0)
    return "-".join(words)[:LONGEST].strip("-").lstrip("0123456789-")


def title_of(name: str) -> str:
    """A name as a heading."""
    return name.replace("-", " ").capitalize()


def class_of(name: str) -> str:
    """A name as Python calls classes."""
    return "".join(word.capitalize() for word in name.split("-"))


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
