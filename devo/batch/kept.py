"""Sweeps that were run and kept, asked again: their variants, their figures, and the rows of their questions.

What is kept of a sweep answers questions as a world does, by name and with terms. A term is a column, or a
parameter of the sweep, with the value that it is to have.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.batch.folder import ASKED
from devo.batch.influence import QUANTILES
from devo.batch.summaries import SCHEMA
from devo.files.faults import instead, shown
from devo.files.parquet import parquet_trouble
from devo.limits import LARGEST, json_of
from devo.values import Column

if TYPE_CHECKING:
    import polars

VARIANTS, FIGURES, INFLUENCE = "variants", "figures", "influence"
SWEEP = "sweep"
_DAMAGED = "run it again, with --resume"
# What a manifest names lies in the folder of its sweep.
_FOLDER = re.compile(rf"{ASKED}/[\w-]+")
_PART = re.compile(r"part-\d{6,}\.parquet")


class NotKept(Exception):
    """What cannot be had of a folder of results: what, why, and what there is."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """Rows that a kept sweep answers with, under their columns."""

    question: str
    terms: Mapping[str, Any]
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class KeptSweep:
    """One sweep of a folder of results, as its manifest has it."""

    home: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the scenario is called."""
        return str(self.manifest["name"])

    @property
    def questions(self) -> dict[str, str]:
        """What can be asked of it: each name, and what it answers."""
        several = [item["question"] for item in self.manifest["asked"]]
        found = {
            VARIANTS: "every variant: its parameters, its figures, and what stands against it",
            FIGURES: "quantiles of each figure over all variants",
            INFLUENCE: "which parameter moves which figure",
        }
        for item in self.manifest["asked"]:
            alone = several.count(item["question"]) == 1 and item["question"] not in found
            name = item["question"] if alone else Path(item["folder"]).name
            terms = ", ".join(f"{term} {value}" for term, value in item["terms"].items())
            found[name] = f"the rows of {item['question']} in every variant{f': {terms}' if terms else ''}"
        return found

    def ask(self, question: str, terms: Mapping[str, str]) -> KeptAnswer:
        """Rows of a question, where the terms' columns have the terms' values. Raises NotKept."""
        import polars as pl

        if question not in self.questions:
            asked = [item for item in self.manifest["asked"] if item["question"] == question]
            more = f"; it was asked {len(asked)} times" if asked else ""
            how = instead(question, self.questions)
            raise NotKept(f"{self.home} keeps no answer to {shown(question)}{more}; {how}".rstrip("; "))
        try:
            return self._answer(question, terms)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError, OverflowError):
            raise NotKept(f"what {self.home} keeps is not what its manifest says; {_DAMAGED}") from None

    def _answer(self, question: str, terms: Mapping[str, str]) -> KeptAnswer:
        if question in (FIGURES, INFLUENCE):
            frame, columns = self._summed(question)
        elif question == VARIANTS:
            frame, columns = self._variants(), self._columns_of_variants()
        else:
            frame, columns = self._asked(question)
        names = [column.name for column in columns]
        for term, text in terms.items():
            if term not in names:
                how = instead(term, [name[:60] for name in names])
                raise NotKept(f"{question} has no column {shown(term)}; {how}".rstrip("; "))
            frame = frame.filter(_is(frame, term, text))
        frame = frame.select(names)
        return KeptAnswer(question, dict(terms), columns, tuple(frame.to_dicts()))

    @property
    def _parameters(self) -> list[str]:
        table = self.manifest["table"]
        return list(dict.fromkeys([*(table[0] if table else ()), *self.manifest["parameters"]]))

    def _variants(self) -> polars.DataFrame:
        return _read(self.home, self.manifest["parts"])

    def _columns_of_variants(self) -> tuple[Column, ...]:
        summary = _summary(self.home)
        units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
        return _columns(self._variants(), {"trouble": "", **units})

    def _asked(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        """The rows of an [[ask]], with the parameters of each row's variant after its number."""
        item = next(
            item
            for item in self.manifest["asked"]
            if question in (item["question"], Path(item["folder"]).name)
        )
        rows = _read(self.home / item["folder"], item["parts"])
        # A parameter may be called as a column of the rows is.
        parameters = {n: f"{n}_varied" if n in rows.columns else n for n in self._parameters}
        known = self._variants().select("variant", *parameters).rename(parameters)
        frame = rows.join(known, on="variant", how="left", maintain_order="left")
        frame = frame.select("variant", *parameters.values(), *rows.columns[1:])
        return frame, _columns(frame, {column["name"]: column["unit"] for column in item["columns"]})

    def _summed(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        import polars as pl

        summary = _summary(self.home)
        rows: list[Mapping[str, Any]]
        if question == FIGURES:
            rows = [
                {
                    "figure": name,
                    "unit": found.get("unit", ""),
                    **{_spelt(share): _number(found.get(f"{share:.0%}")) for share in QUANTILES},
                    "mean": _number(found.get("mean")),
                    "missing": _number(found["missing"]),
                }
                for name, found in summary["figures"].items()
            ]
        else:
            units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
            rows = [
                {
                    "figure": item["figure"],
                    "parameter": item["parameter"],
                    "rank_correlation": _number(item["rank_correlation"]),
                    "ordered": item["ordered"],
                    "alone": _number(item["alone"]),
                    "may_be_chance": item["may_be_chance"],
                    "unit": units[item["figure"]],
                }
                for item in summary["influence"]
            ]
        frame = pl.DataFrame(rows, infer_schema_length=None)
        return frame, _columns(frame, {})


def kept_sweeps(folder: Path) -> list[KeptSweep]:
    """The finished sweeps of a folder of results, or the one whose folder it is. Raises NotKept."""
    own = _manifest(folder)
    if own is not None and own.get("schema") == SCHEMA:
        return [KeptSweep(folder, _whole(own, folder))]
    if not folder.is_dir():
        raise NotKept(f"there is no folder {folder}; name one that `devo run --results` wrote")
    found = [
        KeptSweep(home, _whole(manifest, home))
        for home in sorted(folder.glob("sweeps/*"))
        if (manifest := _manifest(home)) is not None and manifest.get("schema") == SCHEMA
    ]
    if not found:
        what = "has no finished sweep" if own is not None else "is no folder of results"
        raise NotKept(f"{folder} {what}; `devo run SCENARIO --results DIR` makes one")
    return found


def the_sweep(sweeps: Sequence[KeptSweep], name: str = "") -> KeptSweep:
    """The sweep of that name, or the only one there is. Raises NotKept."""
    asked = name.casefold()
    found = (
        [s for s in sweeps if asked in (s.name.casefold(), s.home.name.casefold())] if name else list(sweeps)
    )
    if len(found) == 1:
        return found[0]
    names = [sweep.home.name if len(found) > 1 else sweep.name for sweep in found or sweeps]
    if name and not found:
        raise NotKept(f"no sweep is called {shown(name)}; {instead(name, names)}".rstrip("; "))
    raise NotKept(f"there are several sweeps; say which with --term sweep=NAME: {', '.join(names)}")


# What is read of a sweep's manifest and of its summary: by key, or `...` for every key, in each item of a list.
_FILES = [{"file": str, "sha256": str}]
_MANIFEST = {
    "name": str,
    "asked": [
        {
            "question": str,
            "folder": str,
            "terms": dict,
            "columns": [{"name": str, "unit": str}],
            "parts": _FILES,
        }
    ],
    "table": [dict],
    "parameters": dict,
    "parts": _FILES,
    "made_from": dict,
}
_SUMMARY = {
    "figures": {...: {"missing": int, "unit": str}},
    "influence": [
        {
            "figure": str,
            "parameter": str,
            "rank_correlation": object,
            "ordered": bool,
            "alone": object,
            "may_be_chance": bool,
        }
    ],
}


def _has(value: Any, shape: Any) -> bool:
    """Whether what was read from JSON has a shape."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(_has(item, shape[0]) for item in value)
    if not isinstance(shape, dict):
        return isinstance(value, shape)
    if not isinstance(value, dict):
        return False
    if ... in shape:
        return all(_has(item, shape[...]) for item in value.values())
    return all(key in value and _has(value[key], item) for key, item in shape.items())


def _number(value: Any) -> int | float | None:
    return value if isinstance(value, int | float) and abs(value) <= LARGEST else None


def _whole(manifest: Mapping[str, Any], home: Path) -> Mapping[str, Any]:
    sound = _has(manifest, _MANIFEST)
    if not sound or not all(_FOLDER.fullmatch(item["folder"]) for item in manifest["asked"]):
        raise NotKept(f"{home / 'manifest.json'} is damaged, or of another version of devo; {_DAMAGED}")
    return manifest


def _manifest(home: Path) -> dict[str, Any] | None:
    try:
        found = json_of((home / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _summary(home: Path) -> dict[str, Any]:
    try:
        found: Any = json_of((home / "summary.json").read_bytes())
    except (OSError, ValueError):
        found = None
    if not _has(found, _SUMMARY) or {item["figure"] for item in found["influence"]} - {*found["figures"]}:
        raise NotKept(f"{home / 'summary.json'} cannot be read; {_DAMAGED}")
    return dict(found)


def _read(home: Path, parts: Sequence[Mapping[str, str]]) -> polars.DataFrame:
    """The parts of a table, each as the manifest has it: a file in a folder, and the hash of what is in it."""
    import polars as pl

    files = [home / part["file"] for part in parts]
    for file, part in zip(files, parts, strict=True):
        try:
            sound = _PART.fullmatch(part["file"]) and hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError:
            raise NotKept(f"{file} is not there; {_DAMAGED}") from None
        if sound != part["sha256"]:
            raise NotKept(f"{file} is damaged, or of another run than its manifest; {_DAMAGED}")
    try:
        if trouble := parquet_trouble(*files):
            raise OSError(trouble)
        return pl.read_parquet(files, parallel="none")
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        what = str(error).split("\n")[0]
        raise NotKept(f"{home} cannot be read: {what}; {_DAMAGED}") from None


def _columns(frame: polars.DataFrame, units: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, units.get(name, ""), _kind(frame.schema[name])) for name in frame.columns)


def _kind(dtype: Any) -> str:
    import polars as pl

    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "float"
    kinds = {pl.Boolean: "boolean", pl.Date: "date", pl.List: "list"}
    return next((name for kind, name in kinds.items() if dtype == kind), "string")


def _is(frame: polars.DataFrame, name: str, text: str) -> Any:
    """Whether a row has a value in a column: as it is written, or as the thing it stands for is called."""
    import polars as pl

    column = pl.col(name)
    kind = _kind(frame.schema[name])
    try:
        if kind == "integer":
            return column == int(text)
        if kind == "float":
            return (column - float(text)).abs() <= 1e-9 * max(abs(float(text)), 1.0)
        if kind == "date":
            return column == date.fromisoformat(text)
        if kind == "boolean":
            return column == {"yes": True, "true": True, "no": False, "false": False}[text.casefold()]
    except (ValueError, KeyError):
        raise NotKept(f"`{name}` has values of the type {kind}, and {shown(text)} is none") from None
    if kind == "list":
        return column.list.contains(text)
    called = [column, *(pl.col(other) for other in _names_of(name, frame.columns))]
    return pl.any_horizontal(item.str.to_lowercase() == text.lower() for item in called)


def _names_of(name: str, columns: Sequence[str]) -> Iterator[str]:
    if f"{name}_name" in columns:
        yield f"{name}_name"


def _spelt(share: float) -> str:
    return {0.0: "lowest", 1.0: "highest"}.get(share, f"{share:.0%}")
