"""`devo plan` and `devo compare`: which worlds stand side by side, what is left out, and the verdict."""

import json
from types import SimpleNamespace

import pytest

from devo.cli.plan import _differs

ON = ("--format", "json")
NARROW = {"only": "", "theme": "", "place": ""}


def lines(result) -> list[tuple[str, str]]:
    assert result.exit_code == 0, result.output
    return [(line["kind"], line["power"]) for line in json.loads(result.stdout)["changes"]]


@pytest.fixture
def later(country) -> str:
    """A deal that takes on from EXCA what another draft gives it."""
    text = (country / "draft.toml").read_text().replace("EX-2027", "EX-2028").replace("2027-05", "2028-05")
    text = text.replace(
        'transferee = "EXCA"', 'transferor = "EXCA"\ntransferee = "secretary-of-state"\narea = "E47"'
    )
    (country / "later.toml").write_text(text)
    return "later.toml"


def test_a_plan_builds_on_the_deals_of_the_options(later, example):
    alone = example("plan", later)
    assert alone.exit_code == 1
    assert "Exampleshire Combined Authority does not hold Local roads" in alone.stdout
    assert lines(example("plan", later, "--deal", "draft.toml", *ON)) == [("moved-up", "roads")]


def test_a_world_without_a_deal_of_its_own_and_with_it(country, call):
    words = ("compare", "example", "--deal", "EX-2016", "--on", "2018-01-01", "--plugin", "exampleshire")
    assert lines(call(*words, *ON)) == [("gained", "buses")]


def test_two_days_are_named_like_two_worlds(country, call):
    narrow = ("--baseline", "example", "--plugin", "exampleshire", *ON)
    named = call("compare", "2014-01-01", "2018-01-01", *narrow)
    assert lines(named) == [("gained", "buses")]
    assert named.stdout == call("compare", "--on", "2014-01-01", "--on", "2018-01-01", *narrow).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2014-01-01",), "beside the day 2014-01-01 stands another day"),
        (("2014-01-01", "example"), "beside the day 2014-01-01 stands another day"),
        (("2014-02-31", "2018-01-01"), "2014-02-31"),
        (("2014-01-01", "2018-01-01", "--on", "2015-01-01"), "leave --on out"),
    ],
)
def test_days_that_are_none_are_said(country, call, words, said):
    result = call("compare", *words, "--baseline", "example", "--plugin", "exampleshire")
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_two_deals_stand_each_without_the_other(country, call):
    words = ("--baseline", "example", "--on", "2029-01-01", "--plugin", "exampleshire")
    found = call("compare", "EX-2016", "draft.toml", *words, *ON)
    assert sorted(lines(found)) == [("lost", "buses"), ("moved-up", "roads")]


def test_both_worlds_have_the_deals_of_the_options(later, example, call):
    words = ("--deal", "draft.toml", "--on", "2029-01-01", "--plugin", "exampleshire", *ON)
    assert lines(call("compare", "example", later, "--baseline", "example", *words)) == [
        ("moved-up", "roads")
    ]
    assert lines(call("compare", "example", "example", *words)) == []


def test_worlds_named_leave_nothing_for_an_option_to_name(country, example):
    result = example("compare", "example", "example")
    assert result.exit_code == 2
    assert "example and example say which world; leave --baseline out" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("EX-2061",), "no deal is called 'EX-2061'"),
        (
            ("EX-2016", "--theme", "trasport"),
            "no power is of a theme 'trasport'; there are: skills, transport",
        ),
        (
            ("EX-2016", "--only", "moved"),
            "there is no kind of change 'moved'; there are: moved-up, moved-down",
        ),
    ],
)
def test_what_there_is_not_is_wrong_usage_with_the_choices(country, example, words, said):
    result = example("plan", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_side_that_is_nothing_has_what_it_could_be(country, example):
    result = example("compare", "example", "EX-2061", "--on", "2018-01-01")
    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert (
        "'EX-2061' is no baseline (england, england-general-law, example), no scenario file and no deal"
        in said
    )
    assert "the nearest deals: EX-2016" in said


def test_a_deal_named_twice_is_one(country, example):
    once = example("plan", "EX-2016", *ON)
    assert example("plan", "EX-2016", "the exampleshire deal", *ON).stdout == once.stdout


def test_what_is_not_sure_enough_is_left_out_and_counted(country, example):
    result = example("plan", "EX-2016", "--confidence", "verified", *ON)
    assert lines(result) == []
    assert [finding["code"] for finding in json.loads(result.stdout)["findings"]] == ["left-out"]


def test_no_lines_are_a_table_of_no_rows(country, example):
    result = example("plan", "EX-2016", "--place", "Carley [A1] [/]", "--format", "csv")
    assert result.stdout.startswith("kind,power,")
    assert result.stdout.count("\n") == 1


def test_what_plugins_see_change_is_a_difference_too():
    found = SimpleNamespace(indirect={"funding": ({"question": "flows"},), "joinup": ()})
    assert _differs(found, [], NARROW)
    assert not _differs(found, [], {**NARROW, "theme": "transport"})
    assert not _differs(SimpleNamespace(indirect={"funding": ()}), [], NARROW)
