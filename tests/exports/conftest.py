"""Exports of a small country with markup in its names, and of England."""

import pytest
from worlds import enacted, provision, world

from devo import front

COLE = """
body = [{id = "odd", name = 'Odd <b>"Council"</b> & [co] \\| x', kind = "unitary", area = "E08000004"}]
membership = [{body = "gaca", member = "ash"}, {body = "gaca", member = "beck", role = "associate", end = 2015-01-01}]
succession = [{old = "pcc", new = "gaca", start = 2030-01-01}]
holding = [
    {id = "h1", power = "buses", holder = "minister", start = 2010-01-01, instrument = "act"},
    {id = "h2", power = "roads", holder = "every:metropolitan-district", instrument = "act", confidence = "unsure"},
]
power = [{id = "roads", name = "Roads", theme = "transport", complete_from = 2010-01-01}]
"""


@pytest.fixture(scope="session")
def small():
    """The little country of tests on a day, with a deal in it."""
    given = provision(
        "transfer", "2017-06-27", "2017-04-27", power="buses", transferor="minister", transferee="gaca"
    )
    return enacted(world(COLE), given).on("2018-01-01")


@pytest.fixture(scope="session")
def england():
    """England on a day."""
    return front.baseline().on("2025-06-01")
