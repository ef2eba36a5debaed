"""A Parquet file is tried where it can do no harm."""

import io

import polars as pl
import pytest

from devo.files import parquet
from devo.files.parquet import parquet_trouble


@pytest.fixture
def written(put):
    """Write a table as Parquet, some bytes of it perhaps changed."""

    def write(table, change=lambda content: content):
        stream = io.BytesIO()
        table.write_parquet(stream)
        return put("a.parquet", change(stream.getvalue()))

    return write


def test_a_sound_file_has_no_trouble(written):
    assert parquet_trouble(written(pl.DataFrame({"a": [1, 2]}))) == ""


def test_what_is_no_parquet_or_is_not_there_is_said(written, tmp_path):
    path = written(pl.DataFrame({"a": [1]}), lambda content: content[:-4])
    assert "must end with PAR1" in parquet_trouble(path)
    assert parquet_trouble(tmp_path / "none.parquet") == "No such file or directory"


def test_one_that_says_it_has_rows_without_end_is_not_read(written, monkeypatch):
    assert parquet_trouble(written(pl.DataFrame())) == "it has no columns"
    monkeypatch.setattr(parquet, "_TRY", parquet._TRY.replace(str(parquet.MOST_ROWS), "3"))
    several = (written(pl.DataFrame({"a": [1]})), written(pl.DataFrame({"a": [None] * 4})))
    assert parquet_trouble(*several) == "it has 4 rows; at most 10,000,000 are read"


def test_one_that_takes_too_long_is_given_up(written, monkeypatch):
    monkeypatch.setattr(parquet, "SECONDS", 0.01)
    assert "not read after 0.01 seconds" in parquet_trouble(written(pl.DataFrame({"a": [1]})))


def test_a_small_file_that_unfolds_to_more_than_there_is_memory_for_is_refused(written, monkeypatch):
    pytest.importorskip("resource", reason="memory is not limited on this system")
    monkeypatch.setattr(parquet, "MOST_MEMORY", 250_000_000)
    path = written(pl.DataFrame({"a": pl.repeat("E01000001 and more than twelve", 9_000_000, eager=True)}))
    assert path.stat().st_size < 100_000
    assert "it is damaged, or holds more than" in parquet_trouble(path)
    monkeypatch.setattr(parquet, "MOST_MEMORY", 2 << 30)
    parquet._tried.cache_clear()
    assert parquet_trouble(path) == ""
