"""`devo export`: where it goes, and how it refuses."""

import pytest


@pytest.mark.parametrize("name", ["w.graphml", "w.gexf", "w.jsonld", "w.dot", "w.mmd"])
def test_a_file_is_written_and_again_the_same(example, country, name):
    found = example("export", "-o", country / name, "--on", "2018-01-01")
    assert found.exit_code == 0, found.output
    before = (country / name).read_bytes()
    assert before
    example("export", "-o", country / name, "--on", "2018-01-01")
    assert (country / name).read_bytes() == before


@pytest.mark.parametrize(
    ("name", "file"), [("w.parquet", "body.parquet"), ("w.csv", "body.csv"), ("site", "index.html")]
)
def test_a_folder_is_replaced_with_force_alone_and_only_one_of_ours(example, country, name, file):
    target = country / name
    assert example("export", "-o", target, "--on", "2018-01-01").exit_code == 0
    assert (target / file).is_file()
    refused = example("export", "-o", target, "--on", "2018-01-01")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    (target / "stale.txt").write_text("old", "utf-8")
    assert example("export", "-o", target, "--force").exit_code == 0
    assert not (target / "stale.txt").exists()
    (target / "devo-export.json").unlink()
    assert example("export", "-o", target, "--force").exit_code == 2
    assert (target / file).is_file()


def test_the_deals_that_are_named_are_in_the_world(example, country):
    example("export", "-o", country / "w.jsonld", "--on", "2028-01-01", "--deal", "draft.toml")
    assert "Draft order" in (country / "w.jsonld").read_text("utf-8")


def test_an_unknown_ending_lists_those_there_are(example):
    found = example("export", "-o", "world.xml")
    assert found.exit_code == 2
    assert ".graphml, .gexf, .jsonld, .dot, .mmd, .parquet/, .csv/, site/" in found.stderr


def test_where_to_is_asked_for(example):
    assert example("export").exit_code == 2


def test_confidence_is_refused(example, country):
    found = example("export", "-o", country / "w.dot", "--confidence", "known")
    assert found.exit_code == 2
    assert "leave --confidence out" in found.stderr
