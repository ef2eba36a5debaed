"""Scotland in outline: the scenarios pass, the tables say where they come from, the outside stays unknown."""

import csv
from pathlib import Path

import devo_scotland
import pytest
from click.testing import CliRunner
from devo_scotland.settlement import settlement

import devo
from devo.cli import devo as command

EXAMPLES = Path(__file__).parents[1] / "examples"
PLUGINS = ("devo_scotland",)


@pytest.fixture(scope="module")
def scotland():
    """The baseline with its Acts."""
    return devo.baseline("scotland", PLUGINS)


def rows(table):
    """A table of the plugin, row by row."""
    with (devo_scotland.TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def standings(world, day, **terms):
    """How each matter stands on a day."""
    return {row.power: row.standing for row in settlement(world.on(day), **terms)}


def test_the_pieces_are_the_32_councils_and_the_rest_of_the_kingdom():
    """Residents add up to what was published for Scotland and for the United Kingdom, mid-2020."""
    people = {row["id"]: int(row["residents"]) for row in rows("piece")}
    councils = [row for row in rows("piece") if row["lad24"]]
    assert len(councils) == 32
    assert sum(people[row["id"]] for row in councils) == 5_466_000
    assert sum(people.values()) == 67_081_234
    assert len({row["hb19"] for row in councils}) == 14


def test_every_council_has_a_square_of_its_own_on_the_map(scotland):
    """The explorer's map of a world is drawn from its own tiles."""
    tiles = devo.ask(scotland.on("2024-01-01"), "tiles", geography="lad24").rows
    assert {tile.place for tile in tiles} == set(scotland.mosaic.layers["lad24"])
    assert len({(tile.column, tile.row) for tile in tiles}) == 32


def test_each_row_has_a_source_and_says_how_sure_it_is():
    """Every table but that of the pieces, whose source is the table of areas."""
    for file in sorted(devo_scotland.TABLES.glob("*.csv")):
        if file.stem != "piece":
            for row in rows(file.stem):
                assert row["source"], row
                assert row["confidence"] in ("verified", "known", "unsure"), row


def test_a_reserved_matter_names_its_place_in_schedule_5():
    """A code of Schedule 5 and the statute's section say the same."""
    coded = [row for row in rows("power") if row["code"]]
    assert len(coded) == 33
    for row in coded:
        place = (
            f"Part I para. {row['code'][1:]}" if row["code"][0] == "P" else f"Part II Section {row['code']}"
        )
        assert row["statute"] == f"Scotland Act 1998 Schedule 5 {place}"


def test_each_act_moves_the_line(scotland):
    """Before July 1999 all is reserved in practice; each Act makes fewer matters so."""
    counts = [
        sum(standing == "reserved" for standing in standings(scotland, day).values())
        for day in ("1999-06-30", "1999-07-01", "2012-07-03", "2016-05-23", "2018-02-09")
    ]
    assert counts == [46, 33, 31, 30, 28]


def test_the_act_of_1998_left_what_schedule_5_lists(scotland):
    """Whatever has no section of Schedule 5 passed on the principal appointed day, and nothing else did."""
    asked = settlement(scotland.on("1999-07-01"))
    assert all((row.standing == "devolved") == (not row.section) for row in asked)


def test_westminster_keeps_its_own_power_beside(scotland):
    """Section 28(7): shared, not moved."""
    rows = devo.ask(scotland.on("2000-01-01"), "who-holds", place="Fife", power="housing").rows
    held = {row.body: (row.mode, row.share) for row in rows}
    assert held == {"scottish-parliament": ("concurrent", 1), "uk-parliament": ("concurrent", 1)}


def test_abortion_was_never_promised(scotland):
    """The Smith Commission left it out, so until the Act of 2016 there was no promise of it."""
    for power, status in (("J1", "not-conferred"), ("disability-and-carers-benefits", "promised")):
        found = devo.explain(
            scotland.on("2015-06-01"), body="scottish-parliament", power=power, place="Scotland"
        )
        assert found.status == status


def test_outside_scotland_the_answer_is_not_known(scotland):
    """These tables leave open who holds what in England, Wales and Northern Ireland: unmodelled, never no."""
    for power in sorted(scotland.powers):
        found = devo.explain(scotland.on("2020-01-01"), body="uk-parliament", power=power, place="Wales")
        assert found.status == "unmodelled", power


def test_without_its_acts_the_baseline_is_the_one_before(scotland):
    """Leaving all deals out gives the answers of `scotland-before-devolution`."""
    bare = devo.baseline("scotland-before-devolution", PLUGINS)
    left = devo.without(scotland, [deal.code for deal in scotland.deals])
    assert standings(left, "2024-01-01") == standings(bare, "2024-01-01")
    assert set(standings(bare, "2024-01-01").values()) == {"reserved"}


def test_the_examples_pass():
    """By the command, as a user would run them."""
    result = CliRunner().invoke(command, ["run", str(EXAMPLES), "--plain"])
    assert result.exit_code == 0, result.output
    assert "4 scenarios: 4 passed" in result.output


def test_a_theme_narrows_the_question(scotland):
    """Only the matters of one theme."""
    assert set(standings(scotland, "2024-01-01", theme="transport")) == {
        "road-transport",
        "rail-transport",
        "air-transport",
    }


def test_a_world_without_scotland_has_no_settlement():
    """Where the plugin is on and the world is another, the question answers with no rows and does not fail."""
    england = [
        devo.Geography("ctry24", "Countries"),
        devo.Area("ctry24", "E92000001", "England"),
        devo.Piece("England", {"ctry24": "E92000001"}, {"residents": 1}),
    ]
    for records in ([], england):
        assert list(settlement(devo.world_of(records).on("2024-01-01"))) == []


def test_police_move_up_and_ministers_functions_down(scotland):
    """Measured by residents: the United Kingdom, Scotland, the area of a joint board."""
    by_act = {
        code: {
            change.power: change.kind
            for change in devo.plan(devo.without(scotland, [code]), scotland).changes
        }
        for code in ("SA-2012", "PFR-2012")
    }
    assert by_act["SA-2012"]["drink-driving-limit"] == "moved-down"
    assert by_act["SA-2012"]["air-weapons"] == "shared"
    assert by_act["PFR-2012"] == {"maintaining-police": "moved-up"}
