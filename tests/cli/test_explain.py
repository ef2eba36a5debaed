import csv
import io
import json

import pytest


def test_the_sentence_comes_first_then_why(example):
    result = example("explain", "EXCA", "T03", "--on", "2018-01-01")
    lines = [line for line in result.stdout.splitlines() if line]
    assert lines[0] == "Exampleshire Combined Authority: Bus franchising"
    assert lines[2].startswith("Exampleshire Combined Authority holds Bus franchising over Exampleshire")
    assert lines[3] == "Status: held."
    assert "under: The Exampleshire Order 2017 (SI 2017/470) (agreed 2016-03-01, made 2017-04-27)" in lines
    assert "deal: EX-2016/1" in lines
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2018-01-01", "held"),
        ("2017-06-26", "not-in-force"),
        ("2017-01-01", "promised"),
        ("2014-01-01", "not-conferred"),
    ],
)
def test_the_envelope_has_the_status(example, on, status):
    given = json.loads(example("explain", "EXCA", "T03", "--on", on, "--format", "json").stdout)
    assert given["schema"] == "devo.explain/1"
    assert given["status"] == status
    assert {"sentence", "because", "conditions", "others", "missing", "world", "findings"} <= set(given)


def test_what_is_missing_is_listed(example):
    result = example("explain", "EXCA", "T03", "--on", "2014-01-01")
    assert "What is missing" in result.stdout
    assert "it came on 27 June 2017" in result.stdout


def test_csv_gives_the_effects_it_was_read_from(example):
    text = example("explain", "EXCA", "T03", "--on", "2018-01-01", "--format", "csv").stdout
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["deal"], row["provision"], row["date"]) == ("EX-2016", "EX-2016/1", "2017-06-27")


def test_what_is_not_known_is_not_a_no(example):
    result = example("explain", "ashford-council", "skills", "--on", "2018-01-01")
    assert "unmodelled (the tables do not know; this is not a no)" in result.stdout


def test_doubt_is_said(example):
    words = ("explain", "carley-council", "skills", "--on", "2018-01-01")
    assert "This rests on facts we are unsure of." in example(*words).stdout
    assert "less sure than 'known'" in example(*words, "--confidence", "known").stdout


def test_no_causes_are_a_table_of_no_rows(example):
    result = example("explain", "exca", "Skills", "--on", "2018-01-01", "--format", "csv")
    assert result.stdout.startswith("change,deal,provision,")
    assert result.stdout.count("\n") == 1
