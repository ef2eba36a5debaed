"""Parts that add up, and weights that nothing can be divided by."""

from fractions import Fraction

import pytest

from devo.apportionment import cascade, largest_remainder


@pytest.mark.parametrize("divide", [cascade, largest_remainder])
def test_parts_add_up_whatever_the_weights(divide):
    for weights in ([1, 1, 1], [0, 0], [0.1, 0.2, 0.7], [Fraction(1, 3), 1], [10**400, 1]):
        for total in (0, 1, 100, -7):
            assert sum(divide(total, weights)) == total
    assert divide(100, [1, 3]) == [25, 75]


@pytest.mark.parametrize("divide", [cascade, largest_remainder])
@pytest.mark.parametrize("weights", [[], [1, -1], [float("inf"), 1], [float("nan"), 1]])
def test_weights_that_nothing_can_be_divided_by(divide, weights):
    with pytest.raises(ValueError, match=r"divide|negative|infinite|NaN"):
        divide(100, weights)
