"""Worlds of one line: what is kept with them."""

import worlds

from devo.values import Power


def counted(world, last):
    """How often it was asked, counted on from the last world of the line."""
    return (last or 0) + 1


def test_what_is_kept_goes_from_world_to_world_of_a_line():
    world = worlds.world()
    assert world.kept(counted) == 1
    other = world.on("2016-01-01").changed(records={Power: ()}).known("2015-01-01")
    assert other.kept(counted) == 2
    assert world.kept(counted) == 3


def test_lines_and_makers_keep_apart():
    def other(world, last):
        return last

    world = worlds.world()
    assert world.kept(counted) == 1
    assert world.kept(other) is None
    assert worlds.world().kept(counted) == 1
