"""Records come back from JSON as they went in."""

import json
from datetime import date

import pytest
from worlds import deal, provision, world

from devo.packing import kind_at, packed, unpacked
from devo.values import Body, Deal, Parameter, Piece

WORLD = world()
MOVE = provision("confer", "2014-04-01", power="buses", holder="gaca", exercised_from=date(2015, 1, 1))


@pytest.mark.parametrize(
    ("kind", "records"),
    [
        (Body, WORLD.of(Body)),
        (Piece, WORLD.of(Piece)),
        (Deal, (deal(WORLD, MOVE), Deal("bare", "A deal of nothing"))),
        (Parameter, (Parameter("share", (1, 2), "uniform", (0.5, 1.0)), Parameter("none"))),
    ],
)
def test_records_come_back_as_they_were(kind, records):
    table = json.loads(json.dumps(packed(kind, records)))
    assert tuple(unpacked(table)) == tuple(records)


@pytest.mark.parametrize("place", ["os:system", "devo.packing:packed", "devo.values:Share"])
def test_what_is_no_record_is_not_made(place):
    with pytest.raises(ValueError, match="record"):
        kind_at(place)
