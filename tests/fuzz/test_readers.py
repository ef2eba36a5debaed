"""Every reader gives its data or its faults, whatever is done to a sound file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzz import readers, trying
from fuzz.readers import READERS
from hypothesis import given, settings
from hypothesis import strategies as st

from devo.files import parquet

CASES = Path(__file__).parent / "cases"
# Each starts a process for every file, or opens a database.
SLOW = frozenset({"lookup-parquet", "ground-parquet", "part", "gpkg"})
QUICK = sorted(READERS.keys() - SLOW)
# Names from outside that the fuzzer's words do not make likely.
texts = st.one_of(
    st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
)


@pytest.fixture(scope="module", autouse=True)
def tidy() -> Iterator[None]:
    """Files are written to a folder of this module's own, and Parquet ones are tried by one process."""
    before = parquet._tried
    trying.in_one_process()
    yield
    parquet._tried = before
    trying.TRIES.end()
    readers.clean_up()


def files(name: str) -> st.SearchStrategy[bytes]:
    """Sound files with a few things done to them, and now and then anything at all."""
    seeds = READERS[name].seeds()
    change = READERS[name].change or readers.mutated
    changed = st.tuples(st.sampled_from(range(len(seeds))), st.randoms(use_true_random=False)).map(
        lambda drawn: change(seeds[drawn[0]], drawn[1])
    )
    return st.one_of(changed, changed, changed, texts)


@pytest.mark.parametrize("name", READERS)
def test_a_sound_file_is_read(name):
    for seed in READERS[name].seeds():
        readers.read(READERS[name], seed)


def _run(name: str, examples: int) -> None:
    @settings(max_examples=examples)
    @given(files(name))
    def keeps_the_law(data: bytes) -> None:
        readers.read(READERS[name], data)

    keeps_the_law()


@pytest.mark.parametrize("name", QUICK)
def test_a_reader_keeps_the_law(name):
    _run(name, 25)


@pytest.mark.nightly
@pytest.mark.parametrize("name", READERS)
def test_a_reader_keeps_the_law_for_long(name):
    _run(name, 300 if name in SLOW else 5000)


def _cases() -> list[Path]:
    return sorted(path for path in CASES.rglob("*") if path.is_file())


@pytest.mark.parametrize("case", _cases(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_is_not_found_again(case):
    readers.read(READERS[case.parent.name], case.read_bytes())


def test_cases_are_small_and_each_is_there_once():
    cases = _cases()
    assert cases
    assert all(case.stat().st_size <= 20_000 for case in cases)
    assert all(case.parent.name in READERS for case in cases)
    assert len({(c.parent.name, hashlib.sha256(c.read_bytes()).digest()) for c in cases}) == len(cases)
