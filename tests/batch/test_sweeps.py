"""What a sweep varies: how many variants, which values, and what is wrong with its file."""

from datetime import date
from pathlib import Path

import pytest

from devo.files.varying import draw_of, size, values
from devo.run import Runner
from devo.values import Parameter, Sweep


def several(*parameters, **more):
    return Sweep(tuple(parameters), **more)


def all_of(sweep):
    return [
        {name: value for name, value in values(sweep, n).items() if name != "seed"}
        for n in range(size(sweep))
    ]


def test_lists_are_taken_in_all_combinations():
    sweep = several(Parameter("a", (1, 2)), Parameter("b", ("x", "y", "z")))
    found = all_of(sweep)
    assert found[:4] == [{"a": 1, "b": "x"}, {"a": 1, "b": "y"}, {"a": 1, "b": "z"}, {"a": 2, "b": "x"}]
    assert len({tuple(item.values()) for item in found}) == size(sweep) == 6


def test_rows_of_a_table_are_taken_as_they_are():
    sweep = several(Parameter("c", (5,)), table=({"a": 1, "b": 9}, {"a": 2, "b": 8}))
    assert all_of(sweep) == [{"a": 1, "b": 9, "c": 5}, {"a": 2, "b": 8, "c": 5}]


def test_one_at_a_time_changes_one_and_leaves_the_rest_at_the_first():
    sweep = several(Parameter("a", (1, 2, 3)), Parameter("b", (0.0, 1.0)), vary="one-at-a-time")
    assert all_of(sweep) == [
        {"a": 1, "b": 0.0},
        {"a": 2, "b": 0.0},
        {"a": 3, "b": 0.0},
        {"a": 1, "b": 1.0},
    ]


def test_one_at_a_time_takes_drawn_parameters_at_percentiles():
    sweep = several(Parameter("a", law="uniform", numbers=(0.0, 10.0)), vary="one-at-a-time")
    assert [round(item["a"], 6) for item in all_of(sweep)] == [5, 1, 9]


@pytest.mark.parametrize(
    ("law", "numbers", "low", "high", "mean"),
    [
        ("uniform", (10.0, 20.0), 10, 20, 15),
        ("triangular", (0.0, 3.0, 9.0), 0, 9, 4),
        ("normal", (5.0, 1.0), 0, 10, 5),
        ("triangular", (2.0, 2.0, 2.0), 2, 2, 2),
    ],
)
def test_draws_follow_their_distribution(law, numbers, low, high, mean):
    sweep = several(Parameter("a", law=law, numbers=numbers), draws=4000)
    drawn = [item["a"] for item in all_of(sweep)]
    assert all(low <= value <= high for value in drawn)
    assert sum(drawn) / len(drawn) == pytest.approx(mean, abs=0.15)


def test_whole_numbers_and_choices():
    sweep = several(
        Parameter("a", law="uniform", numbers=(0.0, 9.0), whole=True),
        Parameter("b", ("x", "y"), law="choice"),
        draws=200,
    )
    found = all_of(sweep)
    assert {type(item["a"]) for item in found} == {int}
    assert {item["b"] for item in found} == {"x", "y"}


def test_a_draw_is_the_same_beside_every_other_value_and_for_every_order():
    drawn = Parameter("a", law="normal", numbers=(0.0, 1.0))
    alone = several(drawn, draws=3)
    beside = several(
        Parameter("b", (1, 2)), drawn, Parameter("c", law="uniform", numbers=(0.0, 1.0)), draws=3
    )
    expected = [item["a"] for item in all_of(alone)]
    for number in reversed(range(size(beside))):
        assert values(beside, number)["a"] == expected[draw_of(beside, number)]


def test_a_variant_s_seed_follows_from_what_it_is():
    one = several(Parameter("a", (1, 2)), seed=3)
    more = several(Parameter("a", (5, 1, 2)), seed=3)
    assert values(one, 0)["seed"] == values(more, 1)["seed"]
    assert values(one, 0)["seed"] != values(one, 1)["seed"]
    assert values(one, 0)["seed"] != values(several(Parameter("a", (1, 2)), seed=4), 0)["seed"]


def test_a_great_sweep_is_counted_without_making_it():
    assert size(several(*(Parameter(f"p{n}", tuple(range(1000))) for n in range(4)))) == 10**12


def faults(path):
    outcome = Runner().open(path)
    return [(fault.path.rpartition("/")[2], fault.line, fault.message) for fault in outcome.faults]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "message"),
    [
        ("draws = 5\n", "", 7, "`number` is drawn, and `draws` is missing"),
        ("uniform = [1, 3]", "uniform = [3, 1]", 14, "`number`: the numbers of uniform are not in order"),
        ("uniform = [1, 3]", "unifrom = [1, 3]", 14, "`number`: there is no 'unifrom' here"),
        ("uniform = [1, 3]", "normal = [1]", 14, "`number`: normal takes 2 numbers"),
        ('["ashford-council", "barton-council"]', "[]", 13, "`holder`: it has no values"),
        (
            '["ashford-council", "barton-council"]',
            '["exca", "exca"]',
            13,
            "`holder`: 'exca' stands there twice",
        ),
        ('"$number"', '"$numbr"', 26, "the sweep has no parameter 'numbr'"),
        ("seed = 7", "sed = 7", 8, "there is no key 'sed' here"),
        ('column = "number"', 'column = "what"', 27, "`column`: 'what' is not a column of numbers"),
        ('column = "number"', 'column = "nmber"', 27, "twice has no column 'nmber'"),
        ("number = { uniform", "other = { uniform", 14, "nothing uses the parameter 'other'"),
        ('name = "twice"', 'name = "holders of buses"', 29, "another figure is called 'holders of buses'"),
        ('name = "twice"', 'name = "start"', 23, "the results have a column 'start' already"),
        ('name = "twice"', 'name = "errors"', 23, "the results have a column 'errors' already"),
        (
            "number = { uniform",
            "unmet = [1]\nnumber = { uniform",
            14,
            "`unmet`: the results have a column 'unmet' of their own",
        ),
    ],
)
def test_faults_of_a_sweep_have_their_lines(sweep, was, becomes, line, message):
    text = Path(sweep).read_text()
    assert text.count(was) == 1
    if becomes.startswith("other"):
        text = text.replace('"$number"', "1.0")
    Path(sweep).write_text(text.replace(was, becomes))
    assert ("sweep.toml", line, message) in faults(sweep)


def test_shares_are_not_added_up(sweep):
    text = Path(sweep).read_text().replace('rows = { body = "exca", status = "held" }', 'column = "share"')
    Path(sweep).write_text(text)
    assert faults(sweep)[0][2] == "`column`: 'share' is a share, and shares are not added up"


def test_a_day_may_vary_in_a_question(sweep):
    path = Path(sweep)
    path.write_text(path.read_text().replace('name = "twice"', 'name = "twice"\non = "$start"'))
    scenario, _ = Runner().open(sweep)
    assert scenario.sweep.figures[1].on == date(2027, 4, 1)
