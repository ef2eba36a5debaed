"""The map of squares."""

from xml.etree import ElementTree

from devo.reports.tilemap import Tile, legend, tile_map

TILES = [Tile("E1", "Ash", 0, 0), Tile("E2", "Beck & Co", 1, 0), Tile("E3", "Cole", 1, 1)]


def test_the_legend_has_the_commonest_first_and_no_two_marks_alike():
    keys = legend(TILES, {"E1": "Mayor", "E2": "Council", "E3": "Council"})
    assert [(key.meaning, key.mark, len(key.tiles)) for key in keys] == [
        ("Council", "A", 2),
        ("Mayor", "B", 1),
    ]


def test_every_square_says_its_area_and_one_of_which_nothing_is_said_says_that():
    drawn = ElementTree.fromstring(tile_map(TILES, {"E1": "Mayor", "E2": "<i>"}, "Who", "m"))
    said = list(drawn.itertext())
    assert "Ash: Mayor" in said
    assert "Beck & Co: <i>" in said
    assert "Cole: nothing said" in said
