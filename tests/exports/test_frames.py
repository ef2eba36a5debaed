"""Tables by record type: polars reads back what was written, and the tables are those of the world."""

import json

import polars
import pytest

from devo import front
from devo.exports import ENDINGS, export
from devo.exports.frames import frames
from devo.values import Body


@pytest.fixture(scope="module")
def tables(england):
    """England's tables."""
    return frames(england)


@pytest.mark.parametrize("country", ["small", pytest.param("england", marks=pytest.mark.nightly)])
def test_parquet_comes_back_equal(country, request, tmp_path):
    world = request.getfixturevalue(country)
    export(world, tmp_path / "out", ENDINGS[".parquet/"])
    tables = frames(world)
    assert {file.stem for file in (tmp_path / "out").glob("*.parquet")} == set(tables)
    for name, table in tables.items():
        assert polars.read_parquet(tmp_path / "out" / f"{name}.parquet").equals(table, null_equal=True), name
    said = json.loads((tmp_path / "out" / "devo-export.json").read_text("utf-8"))
    assert said["fingerprint"] == world.fingerprint
    assert said["on"] == world.today.isoformat()
    assert said["tables"]["body"] == len(world.of(Body))


def test_csv_has_the_rows_of_each_table(small, tmp_path):
    export(small, tmp_path / "out", ENDINGS[".csv/"])
    for name, table in frames(small).items():
        back = polars.read_csv(tmp_path / "out" / f"{name}.csv", infer_schema=False)
        assert back.columns == table.columns, name
        assert back.height == table.height, name


def test_who_holds_what_is_what_the_question_answers(england, tables):
    held = tables["held"].filter(polars.col("body") == "gmca")
    asked = front.ask(england, "held-by", body="gmca")
    got = {(row["power"], row["mode"], row["status"], row["residents"]) for row in held.to_dicts()}
    assert got == {(row.power, row.mode, row.status, row.residents) for row in asked.rows}


def test_no_path_of_this_machine_is_in_a_table(tables):
    for name, table in tables.items():
        if "path" in table.columns:
            assert not table["path"].str.contains("[/\\\\]").any(), name
        assert "where" not in table.columns, name
