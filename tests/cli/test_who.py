import json

import pytest


def test_who_holds_a_power_over_a_place(example):
    result = example("who", "ashford", "T03", "--on", "2018-01-01")
    assert result.stdout == (
        "Who holds Bus franchising in Ashford on 1 January 2018\n"
        "\n"
        "World: the baseline example.\n"
        "\n"
        "body: Exampleshire Combined Authority\n"
        "how: alone, by the mayor\n"
        "share: 100%\n"
        "since: 2017-06-27\n"
        "under: The Exampleshire Order 2017 (SI 2017/470)\n"
        "how sure: known\n"
    )
    assert result.exit_code == 0


def test_the_envelope_is_the_contract_s(example):
    given = json.loads(example("who", "E01", "T03", "--on", "2018-01-01", "--format", "json").stdout)
    assert list(given) == [
        "schema", "question", "terms", "on", "known", "world", "columns", "rows", "findings", "sources"
    ]  # fmt: skip
    assert given["schema"] == "devo.answer/1"
    assert given["terms"] == {"place": "E01", "power": "buses"}
    assert given["world"]["baseline"] == "example"
    assert given["world"]["deals"] == ["EX-2016"]
    [row] = given["rows"]
    assert row["body"] == "exca"
    assert row["exercised_by"] == "mayor"
    assert row["start"] == "2017-06-27"
    assert row["end"] is None


def test_what_is_promised_stands_apart_from_what_is_held(example):
    result = example("who", "Ashford", "--on", "2017-01-01")
    held, _, coming = result.stdout.partition("Promised, or not yet in force")
    assert "body: Ashford Council" in held
    assert "status: promised" in coming
    assert "from: 2017-06-27" in coming


def test_every_power_over_a_place(example):
    rows = json.loads(example("who", "Ashford", "--on", "2018-01-01", "--format", "json").stdout)["rows"]
    assert [(row["power"], row["body"]) for row in rows] == [("buses", "exca"), ("roads", "ashford-council")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("who", "Ashford", "T03"), "Nobody holds Bus franchising in Ashford on 1 January 2012."),
        (("who", "Ashford", "skills"), "Not known: the tables do not say who holds Skills in Ashford"),
        (("where", "T03"), "Nobody holds Bus franchising on 1 January 2012."),
        (("holds", "EXCA"), "Exampleshire Combined Authority holds none of the powers in the tables"),
        (("history", "Ashford", "skills"), "The tables know no holder of Skills in Ashford on any day."),
        (("ask", "members-of", "--term", "body=exca"), "know no member of Exampleshire Combined Authority"),
    ],
)
def test_an_empty_answer_says_why(example, words, said):
    result = example(*words, "--on", "2012-01-01")
    assert said in result.stdout
    assert result.exit_code == 0


def test_unsure_rows_are_marked_with_a_word_and_counted(example):
    shown = example("who", "E03", "--on", "2012-01-01", "--format", "table").stdout
    assert "How sure" in shown
    assert "unsure" in shown
    assert "1 of 2 rows rest on facts we are unsure of" in shown


def test_confidence_leaves_out_what_is_less_sure_and_says_so(example):
    result = example("who", "E03", "--on", "2012-01-01", "--confidence", "known", "--format", "json")
    given = json.loads(result.stdout)
    assert [row["power"] for row in given["rows"]] == ["roads"]
    assert [(f["code"], f["message"]) for f in given["findings"]] == [
        ("left-out", "1 row less sure than 'known' left out.")
    ]
    nothing = example("who", "E03", "skills", "--on", "2012-01-01", "--confidence", "verified")
    assert "No row is sure enough." in nothing.stdout


def test_where_a_power_is_held_has_a_row_for_each_place(example):
    given = json.loads(example("where", "roads", "--on", "2018-01-01", "--format", "json").stdout)
    assert [row["place"] for row in given["rows"]] == ["E01", "E02", "E03"]
    of_authorities = example(
        "where", "roads", "--geography", "cauth25", "--on", "2018-01-01", "--format", "csv"
    )
    assert [line.split(",")[8] for line in of_authorities.stdout.splitlines()[1:]] == [
        "0.3333333333333333", "0.6666666666666666"
    ]  # fmt: skip


def test_what_a_body_holds(example):
    result = example("holds", "EXCA", "--on", "2018-01-01")
    assert "What Exampleshire Combined Authority holds on 1 January 2018" in result.stdout
    assert "where: Exampleshire" in result.stdout
    assert "residents: 300" in result.stdout


def test_the_holders_through_time(example):
    result = example("history", "Ashford", "T01", "--on", "2018-01-01")
    assert "Local roads in Ashford, through time, on 1 January 2018" in result.stdout
    assert "since: 2001-01-01" in result.stdout


def test_a_deal_can_be_added_and_left_out(example, country):
    terms = ("--on", "2028-01-01", "--format", "json")
    with_draft = json.loads(
        example("who", "Ashford", "roads", "--deal", country / "draft.toml", *terms).stdout
    )
    assert [row["body"] for row in with_draft["rows"]] == ["exca"]
    without = json.loads(example("who", "Ashford", "buses", "--without", "EX-2016", *terms).stdout)
    assert without["rows"] == []
    assert without["world"]["deals"] == []


def test_a_deal_that_changes_nothing_is_an_error(example, country):
    again = (country / "draft.toml").read_text().replace("T01", "skills")
    (country / "vain.toml").write_text(again)
    result = example("who", "Ashford", "skills", "--on", "2028-01-01", "--deal", "vain.toml")
    assert result.exit_code == 1
    assert "Error: " in result.stdout


def test_the_law_known_on_a_day(example):
    words = ("who", "Ashford", "T03", "--on", "2018-01-01", "--known", "2016-06-01")
    assert "by the law made by 1 June 2016" in example(*words).stdout
    [row] = json.loads(example(*words, "--format", "json").stdout)["rows"]
    assert row["status"] == "promised"


def test_the_world_of_a_scenario(country, call):
    (country / "later.toml").write_text(
        'baseline = "example"\nplugins = ["exampleshire"]\ndeals = ["./draft.toml"]\non = 2028-01-01\n'
    )
    words = ("who", "Ashford", "roads", "--scenario", "later.toml", "--on", "2028-01-01", "--format", "json")
    result = call(*words)
    assert [row["body"] for row in json.loads(result.stdout)["rows"]] == ["exca"]


def test_england_answers_as_the_contract_says(call):
    result = call("who", "E08000003", "T03", "--on", "2018-01-01", "--format", "json")
    [row] = json.loads(result.stdout)["rows"]
    assert row["body_name"] == "Greater Manchester Combined Authority"
    assert (row["mode"], row["exercised_by"], row["share"]) == ("sole", "mayor", 1.0)


def test_an_empty_name_is_wrong_usage_and_not_a_wider_question(example):
    result = example("who", "Ashford", "")
    assert result.exit_code == 2
    assert "POWER is empty" in result.stderr


def test_what_is_said_of_several_rows_names_what_they_differ_by(example, country):
    table = country / "exampleshire/tables/holding.csv"
    table.write_text(table.read_text() + "h3,skills,barton-council,E02,2010-01-01,act-2000,known,as agreed\n")
    table.write_text(
        table.read_text() + "h4,skills,ashford-council,E01,2010-01-01,act-2000,known,as agreed\n"
    )
    assert (
        "\nAshford Council, Barton Council: as agreed\n"
        in example("where", "Skills", "--on", "2018-01-01").stdout
    )
