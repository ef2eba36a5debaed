"""Citations: what a report's figures rest on, numbered in the order they are first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from devo import words
from devo.reports.values import Source
from devo.toolbox import Toolbox
from devo.values import Instrument
from devo.world import World


class Citations:
    """The sources of one report. Each is cited by its title and listed once."""

    def __init__(self, world: World, tools: Toolbox):
        self._world = world
        self._tools = tools
        self._found: dict[str, Source] = {}

    def cite(self, titles: Iterable[str]) -> tuple[str, ...]:
        """Some titles, in order and once each, which the report now lists."""
        listed = tuple(dict.fromkeys(title for title in titles if title))
        for title in listed:
            if title not in self._found:
                self._found[title] = self._source(len(self._found) + 1, title)
        return listed

    def behind(self, rows: Iterable[Any]) -> tuple[str, ...]:
        """The instruments that rows name, and the sources of the records of plugins that they name by id."""
        listed = list(rows)
        titles: dict[str, None] = {}
        for row in listed:
            titles[str(getattr(row, "instrument", "") or "")] = None
        for name in ("pot", "deal"):
            asked = {str(getattr(row, name, "") or "") for row in listed}
            records = self._world.deals if name == "deal" else self._records(name)
            for record in records:
                if (getattr(record, "id", None) or getattr(record, "code", "")) in asked:
                    titles[str(getattr(record, "source", ""))] = None
        return self.cite(titles)

    def listed(self) -> tuple[Source, ...]:
        """Every source that was cited, by number."""
        return tuple(self._found.values())

    def numbers(self) -> Mapping[str, int]:
        """The number of each title."""
        return {source.title: source.number for source in self._found.values()}

    def _records(self, name: str) -> Iterable[Any]:
        kind = self._tools.records.get(name)
        return self._world.of(kind) if kind else ()

    def _source(self, number: int, title: str) -> Source:
        item = self._by_title.get(title)
        if item is None:
            return Source(number, title, title if _is_link(title) else "")
        return Source(number, title, item.link if _is_link(item.link) else "", _dated(item), item.confidence)

    @cached_property
    def _by_title(self) -> Mapping[str, Instrument]:
        return {self._world.instrument_title(ref): item for ref, item in self._world.instruments.items()}


def _is_link(text: str) -> bool:
    """Whether a text of a table may stand as a link: a web address, and nothing that runs."""
    return text.startswith(("https://", "http://")) and not any(c.isspace() for c in text)


def _dated(item: Instrument) -> str:
    """What an instrument is, and its days."""
    said = [item.kind.capitalize()]
    if item.agreed:
        said.append(f"agreed on {words.day(item.agreed)}")
    if item.made:
        said.append(f"made on {words.day(item.made)}")
    if item.status != "made":
        said.append(item.status)
    return ", ".join(said)
