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
from devo.batch.kept_files import DAMAGED, NotKept, manifest_of, number, summary_of, table_of, whole
from devo.batch.summaries import SCHEMA
from devo.files.faults import instead, shown
from devo.values import Column

if TYPE_CHECKING:
    import polars

__all__ = ["KeptAnswer", "KeptSweep", "NotKept", "kept_sweeps", "the_sweep"]

VARIANTS, FIGURES, INFLUENCE = "variants", "figures", "influence"
SWEEP = "sweep"


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
            raise NotKept(f"what {self.home} keeps is not what its manifest says; {DAMAGED}") from None

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
        return table_of(self.home, self.manifest["parts"])

    def _columns_of_variants(self) -> tuple[Column, ...]:
        summary = summary_of(self.home)
        units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
        return _columns(self._variants(), {"trouble": "", **units})

    def _asked(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        """The rows of an [[ask]], with the parameters of each row's variant after its number."""
        item = next(
            item
            for item in self.manifest["asked"]
            if question in (item["question"], Path(item["folder"]).name)
        )
        rows = table_of(self.home / item["folder"], item["parts"])
        # A parameter may be called as a column of the rows is.
        parameters = {n: f"{n}_varied" if n in rows.columns else n for n in self._parameters}
        known = self._variants().select("variant", *parameters).rename(parameters)
        frame = rows.join(known, on="variant", how="left", maintain_order="left")
        frame = frame.select("variant", *parameters.values(), *rows.columns[1:])
        return frame, _columns(frame, {column["name"]: column["unit"] for column in item["columns"]})

    def _summed(self, question: str) -> tuple[polars.DataFrame, tuple[Column, ...]]:
        import polars as pl

        summary = summary_of(self.home)
        rows: list[Mapping[str, Any]]
        if question == FIGURES:
            rows = [
                {
                    "figure": name,
                    "unit": found.get("unit", ""),
                    **{_spelt(share): number(found.get(f"{share:.0%}")) for share in QUANTILES},
                    "mean": number(found.get("mean")),
                    "missing": number(found["missing"]),
                }
                for name, found in summary["figures"].items()
            ]
        else:
            units = {name: found.get("unit", "") for name, found in summary["figures"].items()}
            rows = [
                {
                    "figure": item["figure"],
                    "parameter": item["parameter"],
                    "rank_correlation": number(item["rank_correlation"]),
                    "ordered": item["ordered"],
                    "alone": number(item["alone"]),
                    "may_be_chance": item["may_be_chance"],
                    "unit": units[item["figure"]],
                }
                for item in summary["influence"]
            ]
        frame = pl.DataFrame(rows, infer_schema_length=None)
        return frame, _columns(frame, {})


def kept_sweeps(folder: Path) -> list[KeptSweep]:
    """The finished sweeps of a folder of results, or the one whose folder it is. Raises NotKept."""
    own = manifest_of(folder)
    if own is not None and own.get("schema") == SCHEMA:
        return [KeptSweep(folder, whole(own, folder))]
    if not folder.is_dir():
        raise NotKept(f"there is no folder {folder}; name one that `devo run --results` wrote")
    found = [
        KeptSweep(home, whole(manifest, home))
        for home in sorted(folder.glob("sweeps/*"))
        if (manifest := manifest_of(home)) is not None and manifest.get("schema") == SCHEMA
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


def _columns(frame: polars.DataFrame, units: Mapping[str, str]) -> tuple[Column, ...]:
    """What the columns of a table are. Raises ValueError for one that no run writes."""
    columns = tuple(Column(name, units.get(name, ""), _kind(frame.schema[name])) for name in frame.columns)
    for column in columns:
        if not column.type or (column.unit and column.type not in ("integer", "float")):
            raise ValueError(f"{column.name[:60]} has values of another type")
    return columns


def _kind(dtype: Any) -> str:
    import polars as pl

    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "float"
    kinds = {
        pl.Boolean: "boolean",
        pl.Date: "date",
        pl.List: "list",
        pl.String: "string",
        pl.Null: "string",
    }
    return next((name for kind, name in kinds.items() if dtype == kind), "")


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
