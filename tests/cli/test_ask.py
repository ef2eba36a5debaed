import json


def test_a_question_by_name_with_its_terms(example):
    result = example(
        "ask",
        "who-holds",
        "--term",
        "place=Ashford",
        "--term",
        "power=T03",
        "--on",
        "2018-01-01",
        "--format",
        "json",
    )
    assert [row["body"] for row in json.loads(result.stdout)["rows"]] == ["exca"]


def test_a_plugin_s_question_says_its_units(example):
    result = example("ask", "costs", "--on", "2018-01-01")
    assert "what: [bold]a bus[/]" in result.stdout
    assert "amount: £1,234.56" in result.stdout
    [column] = json.loads(example("ask", "costs", "--format", "json").stdout)["columns"][1:]
    assert column == {"name": "amount", "unit": "pence", "type": "integer"}


def test_alone_it_lists_the_questions(country, call):
    listed = json.loads(call("ask", "--plugin", "exampleshire", "--format", "json").stdout)["questions"]
    found = {question["name"]: question for question in listed}
    assert found["who-holds"]["terms"] == ["place", "[power]"]
    assert found["costs"] == {
        "name": "costs", "terms": [], "help": "What things cost.", "plugin": "exampleshire"
    }  # fmt: skip


def test_an_unknown_question_is_wrong_usage_with_the_choices(example):
    result = example("ask", "who-hold", "--on", "2018-01-01")
    assert result.exit_code == 2
    assert "who-holds" in result.stderr


def test_terms_that_do_not_fit_are_wrong_usage(example):
    missing = example("ask", "who-holds", "--on", "2018-01-01")
    assert (missing.exit_code, "needs a term 'place'" in missing.stderr) == (2, True)
    unknown = example("ask", "who-holds", "--term", "plaice=Ashford")
    assert (unknown.exit_code, "its terms are: place, power" in unknown.stderr) == (2, True)
    bare = example("ask", "who-holds", "--term", "Ashford")
    assert (bare.exit_code, "is not NAME=VALUE" in bare.stderr) == (2, True)
    alone = example("ask", "--term", "place=Ashford")
    assert alone.exit_code == 2


def test_a_question_that_fails_is_the_plugin_s_fault(example):
    result = example("ask", "breaks", "--on", "2018-01-01")
    assert result.exit_code == 4
    assert "plugin exampleshire" in result.stderr
    assert "no people to divide by" in result.stderr
    assert "Traceback" not in result.output


def test_a_term_given_twice_is_wrong_usage(example):
    result = example("ask", "who-holds", "--term", "place=Ashford", "--term", "place=Barton")
    assert result.exit_code == 2
    assert "place is given twice, as 'Ashford' and as 'Barton'" in " ".join(result.stderr.split())
