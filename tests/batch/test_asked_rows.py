"""The rows of a sweep's [[ask]]s are kept, each with its variant and its day."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from devo.batch.running import Options, run_batch

ASKS = """
[[ask]]
question = "who-holds"
place = "E47"
power = "T01"

[[ask]]
question = "twice"
number = "$number"
on = [2020-01-01, 2028-01-01]

[[ask]]
question = "who-holds"
place = "Ashford"
power = "T03"
on = 2001-06-01
"""


@pytest.fixture
def asking(sweep):
    """A sweep that keeps the rows of three questions."""
    Path(sweep).write_text(Path(sweep).read_text() + ASKS)
    return sweep


def run(path, folder="out", **options):
    (result,) = run_batch([path], Options(results=Path(folder), part=6, **options)).results
    return Path(folder) / result.sweep["folder"]


def rows(home, name):
    return pl.read_parquet(sorted(home.glob(f"asked/{name}/part-*.parquet")))


def test_rows_are_kept_for_every_variant_and_day(asking):
    home = run(asking)
    figures = pl.read_parquet(sorted(home.glob("part-*.parquet")))
    held = rows(home, "1-who-holds")
    assert held.columns[:4] == ["variant", "on", "place", "place_name"]
    assert held.schema["start"] == pl.Date
    assert set(held["on"]) == {date(2028, 6, 1)}
    counted = held.filter(pl.col("body") == "exca", pl.col("status") == "held").group_by("variant").len()
    begun = figures.filter(pl.col("roads held by the authority") == 1)
    assert set(counted["variant"]) == set(begun["variant"])

    twice = rows(home, "2-twice").join(figures, on="variant", suffix="_drawn")
    assert twice.height == 40
    assert (twice["number"] == 2 * twice["number_drawn"]).all()
    assert set(twice["on"]) == {date(2020, 1, 1), date(2028, 1, 1)}


def test_a_question_without_rows_has_its_columns_all_the_same(asking):
    empty = rows(run(asking), "3-who-holds")
    assert (empty.height, empty.schema["share"], empty.schema["start"]) == (0, pl.Float64, pl.Date)


def test_the_manifest_names_what_was_asked(asking):
    first, second, _ = json.loads((run(asking) / "manifest.json").read_text())["asked"]
    assert (first["question"], first["folder"]) == ("who-holds", "asked/1-who-holds")
    assert (second["terms"], second["on"]) == ({"number": "$number"}, ["2020-01-01", "2028-01-01"])
    assert len(second["parts"]) == 4


def test_resuming_and_shards_give_the_same_rows(asking, tree, country):
    run(asking, "one")
    run(asking, "two")
    assert tree(country / "one") == tree(country / "two")
    lost = next((country / "two").glob("sweeps/*/asked/2-twice/part-000001.parquet"))
    lost.unlink()
    batch = run_batch([asking], Options(results=Path("two"), resume=True, part=6))
    assert batch.reruns == {asking: "there is no result of it yet"}
    assert tree(country / "one") == tree(country / "two")

    from devo.batch.merging import gathered

    for number in (1, 2):
        run_batch([asking], Options(results=Path(f"p{number}"), shard=(number, 2), part=6))
    gathered([Path("p1"), Path("p2")], Path("all"))
    assert run_batch([asking], Options(results=Path("all"), resume=True, part=6)).reruns == {}
    assert tree(country / "one") == tree(country / "all")


def test_rows_of_what_is_asked_no_more_are_taken_away(asking, tree, country):
    run(asking, "old")
    text = Path(asking).read_text()
    Path(asking).write_text(text[: text.index('[[ask]]\nquestion = "twice"')])
    run(asking, "old", resume=True)
    run(asking, "new")
    assert tree(country / "old") == tree(country / "new")
    assert [p.name for p in (country / "old").glob("sweeps/*/asked/*")] == ["1-who-holds"]


def test_the_question_of_an_ask_cannot_vary(sweep):
    ask = '\n[[ask]]\nquestion = "$what"\nnumber = 1.0\n'
    text = (
        Path(sweep).read_text().replace("[sweep.parameters]", '[sweep.parameters]\nwhat = ["twice", "slow"]')
    )
    Path(sweep).write_text(text + ask)
    figures = pl.read_parquet(sorted(run(sweep).glob("part-*.parquet")))
    assert set(figures.filter(pl.col("what") == "slow")["errors"]) == {1}
    assert "which cannot vary" in figures["trouble"].sort()[-1]
