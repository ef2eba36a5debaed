"""The records that a book is read from, and in what they differ from those of another world of its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from devo import World
from devo_funding.pots import Adjustment, Amount, Deflator, Pot, Share

T = TypeVar("T")
OfPot = TypeVar("OfPot", Amount, Adjustment)


class Rows(NamedTuple):
    """The records on money of a world. `promised` are the provisions whose records do not count.

    `given` are provisions that records name, these rows' own and perhaps some of rows before them.
    """

    pots: tuple[Pot, ...]
    amounts: tuple[Amount, ...]
    adjustments: tuple[Adjustment, ...]
    shares: tuple[Share, ...]
    deflators: tuple[Deflator, ...]
    given: frozenset[str] = frozenset()
    promised: frozenset[str] = frozenset()

    @classmethod
    def of(cls, world: World, last: Rows | None = None) -> Rows:
        """The records of a world. With the `last` rows at hand only what differs is looked through."""
        rows = cls(world.of(Pot), world.of(Amount), world.of(Adjustment), world.of(Share), world.of(Deflator))
        old = last or cls((), (), (), (), ())
        named: tuple[Amount | Adjustment | Share, ...] = (
            *tail(old.amounts, rows.amounts),
            *tail(old.adjustments, rows.adjustments),
            *tail(old.shares, rows.shares),
        )
        given = old.given | {record.provision for record in named if record.provision}
        return rows._replace(given=given, promised=promises(world, given))

    def same(self, other: Rows) -> bool:
        """Whether these are the very same records, of which the same count."""
        return (
            all(a is b for a, b in zip(self[:5], other[:5], strict=True)) and self.promised == other.promised
        )


def promises(world: World, given: frozenset[str]) -> frozenset[str]:
    """Those of some provisions that are agreed and not made, or not yet by the day whose law is asked for."""
    if not given:
        return frozenset()
    return frozenset(
        provision.id
        for deal in world.deals
        for provision in deal.provisions
        if provision.id in given
        and (provision.made is None or (world.as_known is not None and provision.made > world.as_known))
    )


def tail(old: Sequence[T], new: tuple[T, ...]) -> tuple[T, ...]:
    """What of new records comes after all that old and new begin with alike."""
    return new[alike(old, new) :] if old is not new else ()


def differing(old: Sequence[T], new: Sequence[T]) -> Iterable[T]:
    """What of two lists of records comes after all that they begin with alike."""
    same = alike(old, new)
    return () if old is new else (*old[same:], *new[same:])


def alike(old: Sequence[T], new: Sequence[T]) -> int:
    """How many records two lists begin with alike."""
    if old is new:
        return len(new)
    same, most = 0, min(len(old), len(new))
    while same < most:
        middle = (same + most + 1) // 2
        # Records that are the very same are told apart from others without looking into them.
        if old[same:middle] == new[same:middle]:
            same = middle
        else:
            most = middle - 1
    return same


def by_pot(records: Iterable[OfPot]) -> dict[str, list[OfPot]]:
    """Records of pots by pot, each in the order given."""
    found: dict[str, list[OfPot]] = {}
    for record in records:
        found.setdefault(record.pot, []).append(record)
    return found
