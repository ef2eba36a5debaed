import json

import pytest


def test_places_have_their_residents(example):
    given = json.loads(example("places", "--format", "json").stdout)
    assert [(row["code"], row["residents"]) for row in given["rows"]] == [
        ("E01", 100), ("E02", 200), ("E03", 300), ("E47", 300)
    ]  # fmt: skip
    assert given["rows"][0]["geography"] == "lad24"


def test_powers_have_their_short_code(example):
    given = json.loads(example("powers", "FRANCHISING", "--format", "json").stdout)
    assert [(row["code"], row["id"]) for row in given["rows"]] == [("T03", "buses")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("places", "ash"), ["E01"]),
        (("bodies", "exca"), ["exca"]),
        (("bodies", "COUNCIL"), ["ashford-council", "barton-council", "carley-council"]),
        (("powers", "t0"), ["T01", "T03"]),
        (("deals", "exampleshire"), ["EX-2016"]),
    ],
)
def test_a_search_is_for_any_part_in_any_case(example, words, found):
    rows = json.loads(example(*words, "--format", "json").stdout)["rows"]
    assert [row["code" if words[0] != "bodies" else "id"] for row in rows] == found


@pytest.mark.parametrize("name", ["places", "bodies", "powers", "deals"])
@pytest.mark.parametrize("format", ["table", "plain", "json", "csv", "md"])
def test_every_list_has_every_format(example, name, format):
    result = example(name, "--format", format)
    assert result.exit_code == 0
    assert "xampleshire" in result.stdout or name == "powers"


def test_nothing_found_is_said(example):
    result = example("places", "zzz")
    assert "No places with 'zzz' in them." in result.stdout
    assert result.exit_code == 0


def test_a_deal_that_cannot_take_effect_is_said_in_lists_too(example, country):
    (country / "vain.toml").write_text((country / "draft.toml").read_text().replace("T01", "skills"))
    result = example("powers", "--deal", "vain.toml")
    assert result.exit_code == 1
    assert "EX-2027/1" in result.stdout
