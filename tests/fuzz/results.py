"""A sweep that was run and kept, made by hand, for what reads it again: `devo ask --results`, and a later run."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from devo.batch.folder import Folder
from devo.batch.kept import NotKept, kept_sweeps, the_sweep
from devo.batch.seals import sealed
from devo.cli.kept import _page

HOME = "s-0123abcd"
PART, ASKED = "part-000000.parquet", "asked/1-who-holds"
VARIANTS = (
    "variant,draw,seed,where,share,errors,unmet,trouble\n0,0,7,ash,0.5,0,0,\n1,0,7,beck,1.0,0,1,not met\n"
)
ROWS = "variant,on,body,body_name,share\n0,2014-05-01,ash,Ash Council,0.5\n1,2014-05-01,beck,Beck,1.0\n"


@cache
def written(text: str) -> bytes:
    """A CSV table as Parquet, with its dates as dates."""
    import polars as pl

    stream = io.BytesIO()
    pl.read_csv(io.StringIO(text), try_parse_dates=True).write_parquet(stream)
    return stream.getvalue()


def _files(content: bytes) -> list[dict[str, str]]:
    return [{"file": PART, "sha256": hashlib.sha256(content).hexdigest()}]


def manifest(variants: bytes = b"", rows: bytes = b"") -> dict[str, Any]:
    """What a sweep says of itself, with these files."""
    columns = [
        {"name": name, "type": kind, "unit": unit}
        for name, kind, unit in (
            ("body", "string", ""),
            ("body_name", "string", ""),
            ("share", "float", "share of residents"),
        )
    ]
    return {
        "schema": "devo.sweep/1",
        "name": "Buses",
        "baseline": "england",
        "deals": [],
        "variants": 2,
        "seed": 7,
        "draws": 1,
        "vary": "all",
        "parameters": {"where": ["ash", "beck"]},
        "table": [],
        "figures": ["share"],
        "made_from": {"world": "sha256:00"},
        "parts": _files(variants or written(VARIANTS)),
        "asked": [
            {
                "folder": ASKED,
                "question": "who-holds",
                "terms": {"place": "$where"},
                "on": ["2014-05-01"],
                "columns": columns,
                "parts": _files(rows or written(ROWS)),
            }
        ],
    }


SHARES = {f"{share}%": share / 100 for share in (0, 5, 25, 50, 75, 95, 100)}
SUMMARY = {
    "schema": "devo.sweep/1",
    "variants": 2,
    "figures": {"share": {**SHARES, "mean": 0.75, "missing": 0, "unit": ""}},
    "influence": [
        {
            "figure": "share",
            "parameter": "where",
            "rank_correlation": 1.0,
            "ordered": True,
            "alone": 0.5,
            "may_be_chance": False,
        }
    ],
    "sentences": [],
}


def as_json(value: Any) -> bytes:
    """A value as the bytes of a file."""
    return json.dumps(value).encode()


def asked(
    folder: Path, *, about: bytes = b"", summary: bytes = b"", variants: bytes = b"", rows: bytes = b""
) -> int:
    """Ask a kept sweep, of these files, all that it can be asked; how many rows it answered with."""
    home = folder / HOME
    (home / ASKED).mkdir(parents=True, exist_ok=True)
    (home / "manifest.json").write_bytes(about or as_json(manifest(variants, rows)))
    (home / "summary.json").write_bytes(summary or as_json(SUMMARY))
    (home / PART).write_bytes(variants or written(VARIANTS))
    (home / ASKED / PART).write_bytes(rows or written(ROWS))
    try:
        sweep = the_sweep(kept_sweeps(home))
        questions = list(sweep.questions)
    except NotKept as fault:
        return _held(fault)
    answered = 0
    for question in questions:
        for terms in ({}, {"share": "0.5"}, {"body": "ash"}, {"on": "2014-05-01"}, {"figure": "share"}):
            try:
                answer = sweep.ask(question, terms)
            except NotKept as fault:
                _held(fault)
                continue
            json.dumps(_page(sweep, answer).envelope)
            answered += len(answer.rows)
    return answered


def _held(fault: NotKept) -> int:
    said = str(fault)
    if not said or len(said) > 3000:
        raise AssertionError(f"a fault of {len(said)} letters: {said[:200]}")
    return 0


def part(data: bytes, folder: Path) -> None:
    """A part of a sweep that a later run finds. One that is not whole is no part, whatever else it says."""
    kept = Folder(folder, sure=False)
    file = kept.part_file("a.toml", 0)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    if kept.part_key("a.toml", 0) is not None:
        raise AssertionError("a part without its sum was taken for whole")
    file.write_bytes(sealed(data))
    kept.part_key("a.toml", 0)
