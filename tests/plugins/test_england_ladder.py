"""The ladder on England: what an authority would get and others lose, what it has, and the tests not yet met."""

from functools import cache

import pytest
from worlds import england

from devo import front


@cache
def rungs(body: str, on: str = "2026-06-01", **terms: str):
    return front.ask(england().on(on), "ladder", body=body, **terms).rows


def row(body: str, power: str, on: str = "2026-06-01"):
    (found,) = [r for r in rungs(body, on) if r.power == power]
    return found


def test_an_authority_without_a_mayor_has_the_mayoral_rungs_before_it():
    rows = [r for r in rungs("LCCA") if (r.level, r.change) == ("mayoral", "would get")]
    assert rows
    assert all("no directly elected mayor" in r.tests for r in rows)


def test_a_new_mayor_is_too_new_for_established_status():
    (one, *_) = [r for r in rungs("GLCCA") if (r.level, r.change) == ("established", "would get")]
    assert "a mayor in place for 18 months" in one.tests
    (one, *_) = [r for r in rungs("EMCCA") if (r.level, r.change) == ("established", "would get")]
    assert "18 months (mayoral" not in one.tests


def test_what_it_holds_is_not_what_it_would_get():
    by_power = {r.power: r.change for r in rungs("GMCA")}
    assert by_power["bus-franchising"] == "has already"
    assert "would get" in by_power.values()


def test_councils_lose_what_moves_up_to_the_authority_in_its_place():
    """Cheshire and Warrington: transport is the three councils' until it is the authority's instead."""
    found = row("CWCA", "local-transport-planning")
    assert (found.change, found.how) == ("would get", "instead")
    assert set(found.losers) == {
        "cheshire-east-council",
        "cheshire-west-and-chester-council",
        "warrington-borough-council",
    }
    world = england().on("2026-06-01")
    assert found.residents == world.mosaic.residents(world.roster.served("cwca", world.today))


def test_what_is_shared_while_a_transition_lasts_would_be_held_alone():
    found = row("GLCCA", "local-transport-planning")
    assert found.change == "would hold alone"
    assert "lincolnshire-county-council" in found.losers
    assert found.consent.startswith("would fall away: two-thirds of the members")
    assert found.confidence == "unsure"


def test_ministers_lose_too_and_nobody_loses_what_is_held_beside_them():
    assert row("LCCA", "adult-education").losers == ("secretary-of-state-for-education",)
    beside = row("LCCA", "economic-assessment")
    assert (beside.how, beside.losers, beside.residents) == ("beside", (), 0)


def test_the_police_go_to_a_mayor_only_where_the_boundaries_agree():
    assert row("LCCA", "police-and-crime-commissioner-functions").losers == ("pcc-lancashire",)
    cut = row("DTCCA", "police-and-crime-commissioner-functions")
    assert cut.change == "cannot"
    assert "Devon & Cornwall" in cut.tests
    assert not cut.losers


def test_a_vote_falls_away_and_a_consent_that_the_framework_keeps_stays():
    assert row("CPCA", "local-transport-planning").consent.startswith("would fall away: two-thirds")
    assert row("GMCA", "spatial-development-strategy").consent == "stays: all councils"


def test_losses_are_only_losses():
    rows = rungs("CWCA", only="losses", level="foundation")
    assert rows
    assert all(r.losers or "fall away" in r.consent for r in rows)
    lost = [r for r in rungs("CWCA") if r.losers or "fall away" in r.consent]
    assert {r.power for r in rows} == {r.power for r in lost if r.level == "foundation"}


def test_a_say_is_no_function():
    found = row("LCCA", "passenger-rail-specification")
    assert (found.change, found.losers) == ("would have a say", ())


def test_londons_own_bodies_hold_for_it_and_it_has_a_mayor():
    rows = rungs("GLA")
    by_power = {r.power: r for r in rows}
    assert by_power["passenger-transport"].change == "has already"
    assert "concessionary-travel" not in by_power
    assert not any("no directly elected mayor" in r.tests for r in rows)


@pytest.mark.parametrize("body", ["LCCA", "EMCCA", "GMCA", "GLA", "Cornwall Council"])
def test_no_rung_is_refused_by_the_law_it_is_enacted_in(body):
    assert not [r for r in rungs(body) if "LADDER/" in r.tests]
