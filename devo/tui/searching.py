"""Search: any place, body, power, deal or question by any words of its names, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from devo.tui.branches import KINDS
from devo.tui.looking import Subject
from devo.tui.texts import day, plain_title
from devo.world import World

What = Literal["place", "body", "power", "deal", "question"]
_ORDER: dict[str, int] = {"place": 0, "power": 1, "body": 2, "deal": 3, "question": 4}
_WORDS = {"place": "Place", "body": "Body", "power": "Power", "deal": "Deal", "question": "Question"}
MOST = 500
# Entries looked at between two looks at the keyboard: some hundredths of a second.
AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: its texts in lower case, the first its name."""

    what: What
    id: str
    name: str
    remark: str
    texts: tuple[str, ...]
    rank: int = 0

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return _WORDS[self.what]

    @property
    def subject(self) -> Subject | None:
        """What choosing it looks at; a deal and a question have screens of their own."""
        if self.what in ("place", "body", "power"):
            return Subject(self.what, self.id, self.name)
        return None


class Index:
    """Everything in a world that has a name."""

    def __init__(self, world: World, questions: Iterable[tuple[str, str]] = ()):
        self.entries = (*_entries(world), *_questions(questions))

    def __len__(self) -> int:
        return len(self.entries)

    def of(self, what: What) -> list[Entry]:
        """All entries of one kind, by name."""
        return sorted((e for e in self.entries if e.what == what), key=lambda e: (e.name.casefold(), e.id))

    def find(self, text: str) -> list[Entry]:
        """Entries that have every word of a text, the likeliest first."""
        *_, found = [[], *self.finding(text)]
        return found

    def finding(self, text: str) -> Iterator[list[Entry]]:
        """The same, some thousands of entries at a time, so that others can be seen to in between.

        What comes last is the answer; before it come empty lists.
        """
        asked = text.casefold().split()
        if not asked:
            return
        whole = " ".join(asked)
        found = []
        for number, entry in enumerate(self.entries, 1):
            score = _score(entry, asked, whole)
            if score is not None:
                missed = sum(word not in entry.texts[0] for word in asked)
                key = (score, missed, _ORDER[entry.what], entry.rank, len(entry.name), entry.name, entry.id)
                found.append((*key, entry))
            if not number % AT_ONCE:
                yield []
        if len(found) > AT_ONCE:
            yield []
        found.sort(key=lambda item: item[:-1])
        yield [item[-1] for item in found]


def _score(entry: Entry, asked: list[str], whole: str) -> int | None:
    name = entry.texts[0]
    if whole in entry.texts:
        return 0
    if name.startswith(whole):
        return 1
    for text in entry.texts:
        if text.startswith(whole):
            return 2
    if all(any(word in text for text in entry.texts) for word in asked):
        return 3 if all(f" {word}" in f" {name}" for word in asked) else 4
    forms = [_singulars(word) for word in asked]
    if all(any(form in text for form in some for text in entry.texts) for some in forms):
        return 5
    return None


def _singulars(word: str) -> tuple[str, ...]:
    """A word as it stands and without the ending of its plural: buses, boroughs."""
    found = [word]
    for ending in ("es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found.append(word.removesuffix(ending))
    return tuple(found)


def _entries(world: World) -> Iterator[Entry]:
    yield from _places(world)
    for body in world.roster.bodies.values():
        kind = KINDS.get(body.kind, plain_title(body.kind))
        gone = f", until {day(body.end)}" if body.end else ""
        texts = _texts(body.name, body.id, *body.aliases)
        yield Entry("body", body.id, body.name, f"{kind}{gone}", texts, 1 if body.end else 0)
    for power in world.powers.values():
        theme = plain_title(power.theme)
        texts = _texts(power.name, power.id, power.code, power.statute, power.theme, *power.aliases)
        yield Entry("power", power.id, power.name, theme, texts, 1 if power.parent else 0)
    for deal in world.deals:
        agreed = day(deal.agreed, "") if deal.agreed else deal.status
        texts = _texts(deal.name, deal.code, agreed, "deal agreement", *deal.aliases)
        yield Entry("deal", deal.code, deal.name, f"{deal.code}{f', {agreed}' if agreed else ''}", texts)


def _places(world: World) -> Iterator[Entry]:
    """Every area once: one that several layers have, by code and name, in the layer that people mean first."""
    layers = world.mosaic.geographies
    orders = {layer: world.mosaic.layer_order(layer) for layer in layers}
    found: dict[tuple[str, str], Entry] = {}
    for area in world.mosaic.areas.values():
        layer = layers.get(area.geography)
        step = orders.get(area.geography, (99, 0))
        name = area.name or area.code
        entry = Entry(
            "place",
            f"{area.geography}:{area.code}",
            name,
            layer.name if layer else area.geography,
            _texts(name, area.code, *area.aliases),
            step[0] * 10 + (0 if area.geography.startswith("lad") else step[1] + 1),
        )
        kept = found.get((area.code, name))
        if kept is None or entry.rank < kept.rank:
            found[area.code, name] = entry
    yield from found.values()


def _questions(questions: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    for name, help_ in questions:
        first = help_.partition("\n")[0].replace("`", "")
        yield Entry("question", name, plain_title(name), first, _texts(plain_title(name), name, first))


def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(text.casefold() for text in texts if text)
