"""Worlds of one line: what is kept with them."""

from datetime import date

import worlds

from devo.values import Measure, Power
from devo.world import World


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


def test_what_was_worked_out_stays_but_for_what_the_new_records_change():
    world = worlds.world()
    assert (set(world.powers), world.horizon, world.counted) == ({"buses"}, date(2010, 1, 1), "")
    assert world.changed(plugins=("mine",)).powers is world.powers
    bare = world.changed(records={Power: (), Measure: (Measure("residents", counted="mid-2023"),)})
    assert (bare.powers, bare.horizon, bare.counted) == ({}, None, "mid-2023")


def test_a_changed_world_reads_no_records_that_did_not_change():
    class Unread(dict):
        def keys(self):
            raise AssertionError("all records were read")

    country = worlds.world()
    lazy = World(Unread(country.records), country.ledgers, mosaic=country.mosaic, roster=country.roster)
    assert lazy.changed(plugins=("mine",), findings=()).plugins == ("mine",)
