"""Places as sets of pieces: expressions, codes, shares, and whole areas found again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import areas_of, world, worlds

from devo.mosaic import UnknownArea
from devo.values import Area, Piece

MOSAIC = world().mosaic


@pytest.mark.parametrize(
    ("areas", "pieces"),
    [
        ("E47000001", "ab"),
        ("E47000001 + E08000004", "abd"),
        ("E92000001 - E47000001", "cd"),
        ("E92000001 - E47000001 + E08000001", "acd"),
        ("E08000001 - E08000001", ""),
        ("pfa24:E23000001", "abc"),
        ("E08009001", "a"),
        ("piece:c", "c"),
        ("", ""),
    ],
)
def test_an_expression_is_a_set_of_pieces(areas, pieces):
    assert {MOSAIC.pieces[n].id for n in MOSAIC.territory(areas)} == set(pieces)


def test_no_area_is_everywhere_for_a_holding():
    assert MOSAIC.bits("") == 0b1111
    assert MOSAIC.spell(0b1111) == ""


@pytest.mark.parametrize("areas", ["E99999999", "lad24:E47000001", "piece:z", "E47000001 - Atlantis"])
def test_an_unknown_area_is_said(areas):
    with pytest.raises(UnknownArea, match="no layer has an area"):
        MOSAIC.territory(areas)


def test_a_code_that_two_layers_draw_differently_must_be_written_with_its_layer():
    mosaic = world("""
        [[area]]
        geography = "pfa24"
        code = "E08000004"
        name = "Another Dene"
    """).mosaic
    with pytest.raises(UnknownArea, match="write one of lad24:E08000004, pfa24:E08000004"):
        mosaic.territory("E08000004")
    assert mosaic.territory("lad24:E08000004") == {3}


def test_a_piece_is_an_area_of_its_own():
    assert MOSAIC.area("piece:a").name == "piece a"


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("ab", "abcd", 0.3), ("d", "abcd", 0.4), ("abcd", "a", 1.0), ("a", "bc", 0.0)],
)
def test_shares_are_of_residents(part, whole, share):
    of = {piece.id: n for n, piece in enumerate(MOSAIC.pieces)}
    assert MOSAIC.share(frozenset(of[p] for p in part), frozenset(of[p] for p in whole)) == share


def test_where_nobody_lives_pieces_are_counted():
    mosaic = world("""
        piece = [{id = "x", areas = {lad24 = "E08000001"}, measures = {}},
                 {id = "y", areas = {lad24 = "E08000001"}, measures = {}}]
    """).mosaic
    assert mosaic.share(frozenset({4}), frozenset({4, 5})) == 0.5


def test_a_territory_is_described_in_the_fewest_names():
    assert MOSAIC.describe(frozenset({0, 1, 2, 3})) == [("E92000001", "England")]
    assert MOSAIC.describe(frozenset({0, 1, 3})) == [("E08000004", "Dene"), ("E47000001", "Greater Ash")]


@settings(max_examples=30)
@given(st.data())
def test_any_set_of_pieces_can_be_spelt_and_read_again(data):
    mosaic = data.draw(worlds()).mosaic
    bits = data.draw(st.integers(1, mosaic.bits("")))
    assert mosaic.bits(mosaic.spell(bits)) == bits


@settings(max_examples=30)
@given(st.data())
def test_shares_of_the_parts_of_a_place_sum_to_one(data):
    place = data.draw(worlds())
    mosaic = place.mosaic
    whole = mosaic.territory(data.draw(areas_of([*place.of(Area), *place.of(Piece)], everywhere=False)))
    if whole:
        parts = [mosaic.share(pieces & whole, whole) for pieces in mosaic.layers["lad24"].values()]
        assert sum(parts) == pytest.approx(1)
