"""Sweeps that were run and kept, asked again: their variants, their figures, and the rows of their questions.

What is kept of a sweep answers questions as a world does, by name and with terms. A term is a column, or a
parameter of the sweep, with the value that it is to have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devo.batch.influence import QUANTILES
from devo.batch.summaries import SCHEMA
from devo.files.faults import instead, shown
from devo.limits import json_of
from devo.values import Column

if TYPE_CHECKING:
    import polars

VARIANTS, FIGURES, INFLUENCE = "variants", "figures", "influence"
SWEEP = "sweep"
_OWN = ("variant", "draw", "seed", "errors", "unmet")
_DAMAGED = "run it again, with --resume"


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
        if question not in self.questions:
            asked = [item for item in self.manifest["asked"] if item["question"] == question]
            more = f"; it was asked {len(asked)} times" if asked else ""
            how = instead(question, self.questions)
            raise NotKept(f"{self.home} keeps no answer to {shown(question)}{more}; {how}".rstrip("; "))
        if question in (FIGURES, INFLUENCE):
            frame, columns = self._summed(question)
        elif question == VARIANTS:
            frame, columns = self._variants(), self._columns_of_variants()
        else:
            frame, columns = self._asked(question)
        names = [column.name for column in columns]
        for term, text in terms.items():
            if term not in names:
                raise NotKept(f"{question} has no column {shown(term)}; {instead(term, names)}".rstrip("; "))
            frame = frame.filter(_has(frame, term, text))
        frame = frame.select(names)
        return KeptAnswer(question, dict(terms), columns, tuple(frame.to_dicts()))

    @property
    def _parameters(self) -> list[str]:
        table = self.manifest["table"]
        return list(dict.fromkeys([*(table[0] if table else ()), *self.manifest["parameters"]]))

    def _variants(self) -> polars.DataFrame:
        return _read([self.home / part["file"] for part in self.manifest["parts"]])

    def _columns_of_variants(self) -> tuple[Column, ...]:
        summary = _json(self.home / "summary.json")
        units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
        return _columns(self._variants(), {"trouble": "", **units})

    def _asked(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        """The rows of an [[ask]], with the parameters of each row's variant after its number."""
        item = next(
            item
            for item in self.manifest["asked"]
            if question in (item["question"], Path(item["folder"]).name)
        )
        rows = _read([self.home / item["folder"] / part["file"] for part in item["parts"]])
        # A parameter may be called as a column of the rows is.
        parameters = {n: f"{n}_varied" if n in rows.columns else n for n in self._parameters}
        known = self._variants().select("variant", *parameters).rename(parameters)
        frame = rows.join(known, on="variant", how="left", maintain_order="left")
        frame = frame.select("variant", *parameters.values(), *rows.columns[1:])
        return frame, _columns(frame, {column["name"]: column["unit"] for column in item["columns"]})

    def _summed(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        import polars as pl

        summary = _json(self.home / "summary.json")
        rows: list[Mapping[str, Any]]
        if question == FIGURES:
            rows = [
                {
                    "figure": name,
                    "unit": found.get("unit", ""),
                    **{_spelt(share): found.get(f"{share:.0%}") for share in QUANTILES},
                    "mean": found.get("mean"),
                    "missing": found["missing"],
                }
                for name, found in summary["figures"].items()
            ]
        else:
            units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
            rows = [
                {
                    "figure": item["figure"],
                    "parameter": item["parameter"],
                    "rank_correlation": item["rank_correlation"],
                    "ordered": item["ordered"],
                    "alone": item["alone"],
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


def _whole(manifest: Mapping[str, Any], home: Path) -> Mapping[str, Any]:
    wanted = {"name": str, "asked": list, "table": list, "parameters": dict, "parts": list, "made_from": dict}
    if not all(isinstance(manifest.get(key), kind) for key, kind in wanted.items()):
        raise NotKept(f"{home / 'manifest.json'} is damaged, or of another version of devo; {_DAMAGED}")
    return manifest


def _manifest(home: Path) -> dict[str, Any] | None:
    try:
        found = json_of((home / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _json(path: Path) -> dict[str, Any]:
    try:
        return dict(json_of(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        raise NotKept(f"{path} cannot be read; {_DAMAGED}") from None


def _read(files: Sequence[Path]) -> polars.DataFrame:
    import polars as pl

    try:
        return pl.read_parquet(list(files), parallel="none")
    except (OSError, pl.exceptions.PolarsError) as error:
        gone = next((file for file in files if not file.is_file()), None)
        what = f"{gone} is not there" if gone else f"{files[0].parent} cannot be read: {error}"
        raise NotKept(f"{what}; {_DAMAGED}") from None


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


def _has(frame: polars.DataFrame, name: str, text: str) -> Any:
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
