"""The deal files of a sweep, each in two: the provisions that name a parameter, and those that do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from devo.files.documents import Document
from devo.files.filling import filled_document, parameters_in
from devo.values import Deal

# A provision with one of these verbs changes what names mean, so the others are read after it.
_NAMING = frozenset({"establish", "designate"})


class UnfitVariant(Exception):
    """A variant whose values its files cannot take: what is wrong, with the line."""


class Excerpt(Document):
    """A deal file with some of its provisions, each with the id and line it has among all."""

    def __init__(self, document: Document, numbers: Sequence[int]):
        super().__init__(document.path, "")
        self.text, self.faults = document.text, []
        self._whole, self._numbers = document, list(numbers)
        code = document.data.get("code", "")
        blocks = document.data.get("provision", [])
        kept = [{"id": f"{code}/{number + 1}", **blocks[number]} for number in numbers]
        self.data = {**document.data, "provision": kept}

    def line(self, keys: Sequence[str | int]) -> int:
        """The line of a key in the whole file."""
        if len(keys) > 1 and keys[0] == "provision" and isinstance(keys[1], int):
            keys = ("provision", self._numbers[keys[1]], *keys[2:])
        return self._whole.line(keys)

    def headings(self, name: str) -> list[int]:
        """The lines of the headings of the provisions that are kept."""
        lines = self._whole.headings(name)
        return [lines[number] for number in self._numbers] if name == "provision" else lines


@dataclass
class DealFile:
    """One deal file: the numbers of its provisions that name a parameter, and of those that do not."""

    document: Document
    varying: list[int]
    fixed: list[int]

    @classmethod
    def of(cls, document: Document) -> DealFile:
        """A deal file in two. What stands above its provisions is part of each of them."""
        blocks = document.blocks("provision")
        all_vary = bool(parameters_in(_head(document)))
        varying = [number for number, block in blocks if all_vary or parameters_in(block)]
        return cls(document, varying, [number for number, _ in blocks if number not in varying])

    @property
    def without_parameters(self) -> Excerpt:
        """The file with the provisions that are the same in every variant."""
        return Excerpt(self.document, self.fixed)

    def filled(self, numbers: Sequence[int], given: Mapping[str, Any]) -> Document:
        """The file with some of its provisions, and a variant's values in them."""
        return filled_document(Excerpt(self.document, numbers), given)

    def blocks(self) -> Iterator[dict[str, Any]]:
        """The provisions that vary, as they are written."""
        for number, block in self.document.blocks("provision"):
            if number in self.varying:
                yield block

    def id_of(self, number: int) -> str:
        """The id of a provision: its own, or that of its place."""
        block = self.document.data["provision"][number]
        return str(block.get("id") or f"{self.document.data.get('code', '')}/{number + 1}")

    def parameters_of(self, number: int) -> set[str]:
        """The parameters that a provision names, and that the deal it stands in does."""
        return parameters_in([_head(self.document), self.document.data["provision"][number]])

    def vary_too(self, ids: Collection[str]) -> bool:
        """Take provisions for varying that were not; whether there were any."""
        moved = [number for number in self.fixed if self.id_of(number) in ids]
        self.fixed = [number for number in self.fixed if number not in moved]
        self.varying = sorted([*self.varying, *moved])
        return bool(moved)


def names_vary(files: Iterable[DealFile]) -> bool:
    """Whether what names mean depends on the variant, so that the files have to be read whole for each."""
    return any(
        block.get("verb") in _NAMING or parameters_in(block.get("verb"))
        for file in files
        for block in file.blocks()
    )


def instruments_vary(files: Iterable[DealFile]) -> bool:
    """Whether variants differ in the instruments under which things are done."""
    return any(
        parameters_in([_head(file.document), [block.get("instrument") for block in file.blocks()]])
        for file in files
    )


def merged(fixed: Iterable[Deal], varying: Iterable[Deal]) -> tuple[Deal, ...]:
    """Deals whose provisions were read in two parts, each whole again."""
    found = {deal.code: deal for deal in fixed}
    for deal in varying:
        other = found.get(deal.code)
        found[deal.code] = (
            deal if other is None else replace(other, provisions=(*other.provisions, *deal.provisions))
        )
    return tuple(found.values())


def _head(document: Document) -> dict[str, Any]:
    return {key: block for key, block in document.data.items() if key != "provision"}
