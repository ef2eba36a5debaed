import polars as pl
import pytest

from devo.batch.influence import influences, quantiles, sentences


def found(frame, parameters, figure):
    return {item.parameter: item for item in influences(frame, parameters, [figure])}


def test_rank_correlation_is_spearman_s():
    # The textbook's ten: rho is -29/165.
    iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
    item = found(pl.DataFrame({"iq": iq, "hours": hours}), ["iq"], "hours")["iq"]
    assert item.rank == pytest.approx(-29 / 165)


def test_what_only_goes_up_is_one_and_ties_share_their_rank():
    frame = pl.DataFrame({"a": [1, 2, 3, 4], "b": [1.0, 8.0, 27.0, 64.0], "c": [1, 1, 2, 2]})
    assert found(frame, ["a"], "b")["a"].rank == 1
    assert found(frame, ["a"], "c")["a"].rank == pytest.approx(0.894427, abs=1e-6)


def test_names_have_no_order_and_a_ratio():
    frame = pl.DataFrame({"who": ["x", "y", "x", "y"], "a": [1, 1, 2, 2], "money": [1, 9, 1, 9]})
    items = found(frame, ["who", "a"], "money")
    assert (items["who"].rank, items["who"].ordered) == (1, False)
    assert items["a"].rank == 0


def test_one_at_a_time_is_the_mean_range_with_the_others_as_they_are():
    frame = pl.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1], "y": [0, 10, 1, 31]})
    items = found(frame, ["a", "b"], "y")
    assert items["a"].alone == (1 + 21) / 2
    assert items["b"].alone == (10 + 30) / 2


def test_a_figure_that_nothing_moves():
    frame = pl.DataFrame({"a": [1, 2], "y": [5, 5]})
    assert found(frame, ["a"], "y")["a"].rank is None
    assert sentences(influences(frame, ["a"], ["y"]), ["y"]) == ["y: nothing that was varied moves it."]


def test_sentences_say_what_moves_a_figure_and_what_does_not():
    frame = pl.DataFrame({"a": [1, 2, 1, 2], "b": [1, 1, 2, 2], "y": [100, 300, 100, 300]})
    assert sentences(influences(frame, ["a", "b"], ["y"]), ["y"], {"y"}) == [
        "y: goes up as `a` goes up (rank correlation +1.00), and by £2 on average when that alone is changed; "
        "`b` does not move it."
    ]


def test_quantiles_leave_out_what_is_missing():
    assert quantiles(pl.Series([1, 2, 3, None, 4, 5])) == {
        "missing": 1, "0%": 1, "5%": 1.2, "25%": 2, "50%": 3, "75%": 4, "95%": 4.8, "100%": 5, "mean": 3
    }  # fmt: skip
    assert quantiles(pl.Series([None], dtype=pl.Float64)) == {"missing": 1}


def test_what_few_draws_correlate_by_chance_is_said_to_be_chance():
    frame = pl.DataFrame(
        {"a": [1.0, 2.0, 3.0, 4.0, 5.0], "b": [3.0, 1.0, 4.0, 2.0, 5.0], "y": [2, 1, 5, 3, 4]}
    )
    few = influences(frame, ["a", "b"], ["y"], {"a": 5, "b": 5})
    assert sentences(few, ["y"]) == [
        "y: moves with `b` no more than chance would have it (rank correlation +0.80); "
        "moves with `a` no more than chance would have it (rank correlation +0.60)."
    ]
    assert not any(item.chance for item in influences(frame, ["a", "b"], ["y"]))
    many = pl.concat([frame] * 4)
    assert not any(item.chance for item in influences(many, ["a", "b"], ["y"], {"a": 20, "b": 20}))


def test_what_changes_alone_is_no_chance():
    frame = pl.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [2, 1, 5, 3, 4]})
    assert not influences(frame, ["a"], ["y"], {"a": 5})[0].chance
