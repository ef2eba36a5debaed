"""Which form a name asks for."""

import pytest

from devo.exports import ENDINGS, form_of


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("world.graphml", "graphml"),
        ("World.GEXF", "gexf"),
        ("a/b.jsonld", "jsonld"),
        ("b.dot", "dot"),
        ("b.mmd", "mmd"),
        ("tables.parquet", "parquet"),
        ("tables.parquet/", "parquet"),
        ("tables.csv/", "csv"),
        ("site", "site"),
        ("public/", "site"),
    ],
)
def test_a_name_asks_by_its_ending(name, module):
    assert form_of(name).module == module


@pytest.mark.parametrize("name", ["world", "world.txt", "world.graphml/", "a.b/", ""])
def test_other_names_ask_for_nothing(name):
    assert form_of(name) is None


def test_there_are_as_many_as_the_contract_has():
    assert set(ENDINGS) == {".graphml", ".gexf", ".jsonld", ".parquet/", ".csv/", ".dot", ".mmd", "site/"}
