"""The fingerprint of a world: what it means, and not how its files are written.

The order of rows and files, comments, and where things stand in files do not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from devo.values import Deal
from devo.world import World

_BESIDE_THE_MEANING = frozenset({"where", "path"})
# A field added to a record type, and left blank, changes no fingerprint.
_BLANK: tuple[Any, ...] = (None, "", ())


def of_records(records: Iterable[Any]) -> str:
    """The fingerprint of records of any types."""
    return _hashed(f"{type(record).__name__} {_spelt(record)}" for record in records)


def of_deal(deal: Deal) -> str:
    """The fingerprint of a deal."""
    return _hashed([_spelt(deal)])


def with_deals(base: str, deals: Iterable[Deal]) -> str:
    """The fingerprint of a world with deals enacted on one that has the fingerprint `base`."""
    marks = [of_deal(deal) for deal in deals]
    return _hashed([base, *marks]) if marks else base


def of_world(world: World) -> str:
    """The fingerprint of a world: of its records before any deal, and of its deals."""
    return with_deals(world.tables_mark or of_tables(world), world.deals)


def of_tables(world: World) -> str:
    """The fingerprint of a world as it was before any deal."""
    base = world.before
    if not base.fingerprint:
        base.fingerprint = of_records(record for rows in base.records.values() for record in rows)
    return base.fingerprint


def _hashed(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in sorted(texts):
        digest.update(text.encode())
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"


def _spelt(value: Any) -> str:
    """A value so that two of one meaning are spelt the same."""
    if is_dataclass(value) and not isinstance(value, type):
        given = [(name, getattr(value, name)) for name in _names(type(value))]
        return "(" + ", ".join(f"{name}={_spelt(item)}" for name, item in given if item not in _BLANK) + ")"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {_spelt(value[key])}" for key in sorted(value, key=str)) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_spelt, value)) + "]"
    return repr(value)


_KNOWN: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    found = _KNOWN.get(kind)
    if found is None:
        listed = (item.name for item in fields(kind) if item.name not in _BESIDE_THE_MEANING)
        found = _KNOWN[kind] = tuple(sorted(listed))
    return found
