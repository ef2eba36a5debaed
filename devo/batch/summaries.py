"""What a sweep came to: quantiles of its figures, which parameter moves which, and what it was made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from devo.answers import plain
from devo.batch.folder import ASKED, Folder, json_bytes, write_whole
from devo.batch.influence import influences, quantiles, sentences
from devo.batch.results import Result
from devo.batch.variant_questions import KeptAsk
from devo.files.varying import OWN, names_of, size, spelt
from devo.values import Finding, Parameter, Scenario, Sweep

if TYPE_CHECKING:
    import polars

SCHEMA = "devo.sweep/1"
_MOST_SENTENCES = 12


def summary_of_sweep(
    scenario: Scenario,
    path: str,
    folder: Folder,
    name: str,
    parts: Sequence[int],
    key: Mapping[str, str],
    asked: Sequence[KeptAsk],
    *,
    whole: bool,
) -> Result:
    """The result of a sweep whose parts are kept; where all are, its summary and manifest are written too."""
    import polars as pl

    sweep = scenario.sweep
    assert sweep is not None, "only sweeps have parts"
    home = folder.sweep_folder(name)
    files = [folder.part_file(name, number) for number in parts]
    frame = pl.read_parquet(files, parallel="none")
    where = home.relative_to(folder.root).as_posix() if folder.sure else str(home)
    findings = tuple(_findings(frame, sweep, path))
    if not whole:
        some = {"schema": SCHEMA, "variants": frame.height, "of": size(sweep), "folder": where}
        return Result(scenario.name, path, findings=findings, sweep=some)
    figures = [column for column in frame.columns if column not in (*OWN, *names_of(sweep))]
    # One at a time, what is drawn goes to its percentiles, which are no chance.
    drawn = {p.name: sweep.draws for p in sweep.parameters if p.law} if sweep.vary == "all" else {}
    moved = influences(frame, names_of(sweep), figures, drawn)
    pence = frozenset(figure for figure in figures if _is_pence(scenario, figure))
    said = sentences(moved, figures, pence)
    summary = {
        "schema": SCHEMA,
        "variants": frame.height,
        "figures": {
            figure: {**quantiles(frame[figure]), "unit": "pence" if figure in pence else ""}
            for figure in figures
        },
        "influence": [item.as_json() for item in moved],
        "sentences": list(said[:_MOST_SENTENCES]),
    }
    manifest = {
        "schema": SCHEMA,
        "name": scenario.name,
        "baseline": scenario.baseline,
        "deals": [PurePath(deal).as_posix() for deal in scenario.deals],
        "variants": size(sweep),
        "seed": sweep.seed,
        "draws": sweep.draws,
        "vary": sweep.vary,
        "parameters": {p.name: _declared(p) for p in sweep.parameters},
        "table": [{name: spelt(value) for name, value in row.items()} for row in sweep.table],
        "figures": figures,
        "made_from": {part: mark for part, mark in key.items() if part != "variants"},
        "parts": _files(files),
        "asked": [
            {
                "folder": f"{ASKED}/{kept.folder}",
                "question": kept.question,
                "terms": plain(kept.terms),
                "on": [day.isoformat() for day in kept.days],
                "columns": plain(kept.columns),
                "parts": _files([folder.asked_file(name, kept.folder, number) for number in parts]),
            }
            for kept in asked
        ],
    }
    write_whole(home / "summary.json", json_bytes(summary), sure=folder.sure)
    write_whole(home / "manifest.json", json_bytes(manifest), sure=folder.sure)
    return Result(scenario.name, path, findings=findings, sweep={**summary, "folder": where})


def _files(files: Sequence[Path]) -> list[dict[str, str]]:
    """Files by their names, with a hash of what is in them."""
    return [{"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} for file in files]


def _findings(frame: polars.DataFrame, sweep: Sweep, path: str) -> list[Finding]:
    """What stands against variants: how many of them, and what of the first."""
    import polars as pl

    found = []
    for column, code, what in (
        ("errors", "variants-with-errors", "come to errors"),
        ("unmet", "variants-unmet", "do not meet what is expected"),
    ):
        bad = frame.filter(pl.col(column) > 0)
        if not bad.height:
            continue
        row = bad.row(0, named=True)
        given = ", ".join(f"{name} = {spelt(row[name])}" for name in names_of(sweep))
        first = row["trouble"].split("\n")[0]
        message = (
            f"{bad.height:,} of {frame.height:,} variants {what}. "
            f"The first is variant {row['variant']} ({given}): {first}"
        )
        found.append(Finding(code, message, "error", (path,)))
    return found


def _declared(parameter: Parameter) -> Any:
    if parameter.law in ("", "choice"):
        values: Sequence[Any] = [spelt(value) for value in parameter.values]
        return {parameter.law: values} if parameter.law else values
    return {parameter.law: list(parameter.numbers), **({"whole": True} if parameter.whole else {})}


def _is_pence(scenario: Scenario, column: str) -> bool:
    """Whether a column of results has sums of money."""
    figures = scenario.sweep.figures if scenario.sweep else ()
    of = [f for f in figures if column == f.name or column.startswith(f"{f.name} on ")]
    return any(figure.column.endswith("_pence") and figure.take != "count" for figure in of)
