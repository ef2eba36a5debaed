"""The register says the same as the rules, for everywhere at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import asked, by_register, by_rules, deals, knowns, verbs, world, worlds

from devo.enactment import enact
from devo.register import Register, bools


def agree(data):
    place = data.draw(worlds())
    if data.draw(st.booleans()):
        place = enact(place, data.draw(deals(place)), verbs()).world
    for day in data.draw(st.lists(asked, min_size=1, max_size=3, unique=True)):
        seen = place.on(day).known(data.draw(knowns))
        for power in sorted(place.powers):
            cells = by_register(seen, power)
            assert len(set(cells)) == len(cells), "a body stands twice at one piece"
            assert set(cells) == by_rules(seen, power)


@settings(max_examples=100)
@given(st.data())
def test_the_register_agrees_with_the_rules_cell_by_cell(data):
    agree(data)


@pytest.mark.nightly
@settings(max_examples=2000)
@given(st.data())
def test_the_register_agrees_with_the_rules_in_two_thousand_worlds(data):
    agree(data)


def test_a_body_is_in_a_cell_with_the_effect_that_put_it_there():
    place = world("""
        [[holding]]
        id = "general"
        power = "buses"
        holder = "every:metropolitan-district"

        [[holding]]
        id = "moved"
        power = "buses"
        holder = "gaca"
        mode = "concurrent"
        start = 2012-04-01
    """)
    cells = {
        (piece, body, effect.origin) for piece, body, effect in by_register(place.on("2013-01-01"), "buses")
    }
    assert cells == {
        (0, "ash", "general"),
        (1, "beck", "general"),
        (2, "cole", "general"),
        (3, "dene", "general"),
        (0, "gaca", "moved"),
        (1, "gaca", "moved"),
    }


def test_two_members_of_a_class_at_one_place_stand_on_two_layers():
    place = world("""
        [[body-class]]
        id = "local"
        name = "local bodies"
        members = "metropolitan-district + combined-authority"

        [[holding]]
        id = "general"
        power = "buses"
        holder = "every:local"
    """)
    layers = Register(place.on("2012-01-01")).layers("buses")
    assert len(layers) == 2
    assert len(Register(place.on("2010-06-01")).layers("buses")) == 1


def test_a_class_that_is_called_as_a_body_is_kept_apart_from_it():
    # The old council is gone: as a class it is nobody, and as a body its heir.
    place = world("""
        [[body]]
        id = "old"
        name = "Old Council"
        kind = "metropolitan-district"
        area = "E08000001"
        end = 2011-04-01

        [[succession]]
        old = "old"
        new = "ash"
        start = 2011-04-01

        [[holding]]
        id = "as-a-class"
        power = "buses"
        holder = "every:old"

        [[holding]]
        id = "by-name"
        power = "buses"
        holder = "old"
    """).on("2012-01-01")
    cells = by_register(place, "buses")
    assert [(body, effect.origin) for _, body, effect in cells] == [("ash", "by-name")]
    assert set(cells) == by_rules(place, "buses")


def test_nobody_anywhere_is_no_cells():
    assert by_register(world().on("2012-01-01"), "buses") == []


@given(st.sets(st.integers(0, 40)), st.integers(41, 60))
def test_bits_unfold_to_their_pieces(pieces, size):
    unfolded = bools(sum(1 << piece for piece in pieces), size)
    assert {int(piece) for piece in unfolded.nonzero()[0]} == pieces
    assert len(unfolded) == size
