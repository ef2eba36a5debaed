"""The ladder on England: what an authority would get, what it has, and the tests not yet met."""

from devo import front
from devo.front import baseline


def rungs(body: str, on: str, **terms):
    return front.ask(baseline("england").on(on), "ladder", body=body, **terms).rows


def test_an_authority_without_a_mayor_has_the_mayoral_rungs_before_it():
    rows = [r for r in rungs("LCCA", "2026-06-01", level="mayoral") if r.change == "would get"]
    assert rows
    assert all("no directly elected mayor" in r.tests for r in rows)


def test_a_new_mayor_is_too_new_for_established_status():
    (row, *_) = [r for r in rungs("HEYCA", "2026-06-01", level="established") if r.change == "would get"]
    assert "a mayor in place for 18 months" in row.tests
    (row, *_) = [r for r in rungs("GMCA", "2026-06-01", level="established") if r.change == "would get"]
    assert "18 months (mayoral" not in row.tests


def test_what_it_holds_is_not_what_it_would_get():
    by_power = {r.power: r.change for r in rungs("GMCA", "2026-06-01")}
    assert by_power["bus-franchising"] == "has already"
    assert "would get" in by_power.values()
