"""`devo report`: what it takes, where it goes, and how it refuses."""

import pytest

ENDINGS = (".html", ".xlsx", ".md", ".csv")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_deal_is_reported_by_the_ending_of_the_file(example, country, ending):
    target = country / f"deal{ending}"
    found = example("report", "EX-2016", "-o", target)
    assert found.exit_code == 0, found.output
    assert target.stat().st_size > 100
    before = target.read_bytes()
    example("report", "EX-2016", "-o", target)
    assert target.read_bytes() == before


def test_a_draft_deal_is_reported_against_the_world_without_it(example, country):
    found = example("report", country / "draft.toml", "-o", country / "draft.md")
    assert found.exit_code == 0, found.output
    text = (country / "draft.md").read_text("utf-8")
    assert text.startswith(
        "# Roads for Exampleshire (EX-2027)\n\nRoads for Exampleshire (EX-2027) changes 1 power"
    )
    assert "Taken as made, though not law: Draft order (draft)." in text


def test_a_scenario_is_reported_with_its_verdict(call, country):
    assert call("report", country / "met.toml", "-o", country / "met.html").exit_code == 0
    assert call("report", country / "unmet.toml", "-o", country / "unmet.html").exit_code == 1
    assert "1 of 1 expectation unmet" in (country / "unmet.html").read_text("utf-8")


def test_rows_alone_are_those_of_plan(example, country):
    example("report", "EX-2016", "-o", country / "deal.csv")
    planned = example("plan", "EX-2016", "--format", "csv").stdout
    assert (country / "deal.csv").read_text("utf-8") == planned


def test_an_unknown_ending_lists_those_there_are(example, country):
    found = example("report", "EX-2016", "-o", country / "deal.pdf")
    assert found.exit_code == 2
    assert ".html, .xlsx, .md, .csv, .docx" in found.stderr


def test_an_unknown_deal_and_a_missing_file_are_said(example, country):
    found = example("report", "EX-2061", "-o", country / "deal.md")
    assert found.exit_code == 2
    assert "EX-2016" in found.stderr
    assert example("report", "gone.toml", "-o", country / "deal.md").exit_code == 3
    assert not (country / "deal.md").exists()


def test_a_scenario_names_its_own_world(call, country):
    found = call("report", country / "met.toml", "-o", country / "met.md", "--on", "2020-01-01")
    assert found.exit_code == 2
    assert "leave --on out" in found.stderr


def test_what_cannot_be_written_leaves_nothing_behind(example, country):
    found = example("report", "EX-2016", "-o", country / "no" / "deal.md")
    assert found.exit_code == 2
    assert "could not be written" in found.stderr
    (country / "taken.md").mkdir()
    assert example("report", "EX-2016", "-o", country / "taken.md").exit_code == 2
    assert not list(country.glob(".*.part"))
