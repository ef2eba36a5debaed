"""What of a world a question reads, so that an answer can stand for every variant that agrees on that.

An answer is a function of what was read to give it. Variants that share the ledgers it was read from, down
to the object, have the same answer; whoever looks at all ledgers or at the deals has read everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from devo.answers import Answer
from devo.ledger import Ledger
from devo.values import Deal

_MOST_KEPT = 4096


class Watch:
    """Which of some powers were read; `everything` where more was than can be told apart."""

    def __init__(self) -> None:
        self.powers: set[str] = set()
        self.everything = False


class WatchedLedgers(Mapping[str, Ledger]):
    """The ledgers of a world, of which those that vary are watched."""

    def __init__(self, ledgers: Mapping[str, Ledger], varying: Collection[str], watch: Watch):
        self._ledgers, self._varying, self._watch = ledgers, varying, watch

    def __getitem__(self, power: str) -> Ledger:
        if power in self._varying:
            self._watch.powers.add(power)
        return self._ledgers[power]

    def __iter__(self) -> Iterator[str]:
        self._watch.everything = True
        return iter(self._ledgers)

    def __len__(self) -> int:
        return len(self._ledgers)


class WatchedDeals(Sequence[Deal]):
    """The deals of a world, put together only when somebody looks at them; their `codes` are known before."""

    def __init__(self, codes: tuple[str, ...], made: Callable[[], tuple[Deal, ...]], watch: Watch):
        self.codes, self._make, self._watch = codes, made, watch
        self._made: tuple[Deal, ...] | None = None

    def _deals(self) -> tuple[Deal, ...]:
        self._watch.everything = True
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, number: Any) -> Any:
        return self._deals()[number]

    def __iter__(self) -> Iterator[Deal]:
        return iter(self._deals())

    def __len__(self) -> int:
        return len(self.codes)


class Answered:
    """Answers by what they were read from."""

    def __init__(self) -> None:
        self._reads: dict[Any, set[frozenset[str]]] = {}
        self._kept: dict[Any, tuple[Answer, tuple[Ledger | None, ...]]] = {}

    def find(self, question: Any, ledgers: Mapping[str, Ledger]) -> Answer | None:
        """An answer to a question that was read from the same ledgers, if there is one."""
        for powers in self._reads.get(question, ()):
            kept = self._kept.get((question, powers, _marks(powers, ledgers)))
            if kept is not None:
                return kept[0]
        return None

    def keep(self, question: Any, answer: Answer, watch: Watch, ledgers: Mapping[str, Ledger]) -> None:
        """Keep an answer, with the ledgers that it was read from, so that their marks stay theirs."""
        if watch.everything:
            return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
            self._reads.clear()
        powers = frozenset(watch.powers)
        self._reads.setdefault(question, set()).add(powers)
        of = tuple(ledgers.get(power) for power in sorted(powers))
        self._kept[(question, powers, _marks(powers, ledgers))] = (answer, of)


def _marks(powers: frozenset[str], ledgers: Mapping[str, Ledger]) -> tuple[int, ...]:
    return tuple(id(ledgers.get(power)) for power in sorted(powers))
