"""The validation page is what the program says now, and every target says why it is not met."""

import csv
import importlib
import os
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import devo
from devo.values import BodyClass

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "facts" / "validation_targets.csv"


@cache
def maker():
    """The script beside the page, which imports the one beside itself."""
    sys.path.append(str(ROOT / "docs"))
    return importlib.import_module("validation_page")


@cache
def found():
    return {result.target["id"]: result for result in maker().results(maker().england())}


def test_the_page_is_what_the_program_says():
    """`DEVO_WRITE_DOCS=1` makes it again."""
    page = maker().page(maker().england())
    if os.environ.get("DEVO_WRITE_DOCS"):
        maker().write()
    assert maker().PAGE.read_text("utf-8") == page, (
        "docs/validation.md is old: python docs/validation_page.py"
    )


def test_each_row_has_a_source_and_is_asked_or_says_why_not():
    rows = maker().targets()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["source"], row["id"]
        assert row["confidence"] in ("verified", "known", "unsure"), row["id"]
        assert bool(row["asked"]) == bool(row["holds"]), row["id"]
        assert row["asked"] or row["why"], row["id"]
    assert {row["asked"] for row in rows} - {""} == set(maker().MEASURES)


def test_a_difference_says_why_and_agreement_needs_no_excuse():
    for name, result in found().items():
        assert bool(result.target["why"]) == (result.verdict != maker().AGREES), name
        assert (result.said is None) == (result.verdict == maker().CANNOT), name


def test_no_target_changes_sides_unseen():
    """Those that agree today; a change of the tables that moves one has to be looked at."""
    by_verdict = Counter(result.verdict for result in found().values())
    agreeing = {name for name, result in found().items() if result.verdict == maker().AGREES}
    assert agreeing == {
        "VT-008",
        "VT-015",
        "VT-034",
        "VT-035",
        "VT-050",
        "VT-051",
        "VT-052",
        "DV-001",
        "DV-002",
        "DV-003",
    }
    assert by_verdict[maker().DIFFERS] == 4


@pytest.mark.parametrize(
    ("published", "holds", "said", "verdict"),
    [
        ("42", "equal", 42, "agrees"),
        ("42", "equal", 41, "differs"),
        ("0.77", "about 0.01", 0.764, "agrees"),
        ("0.77", "about 0.01", 0.75, "differs"),
        ("73", "at-most", 8, "agrees"),
        ("73", "at-most", 74, "differs"),
        ("448", "at-least", 447, "differs"),
        ("sole", "words", "sole", "agrees"),
        ("sole", "words", "joint", "differs"),
    ],
)
def test_what_is_taken_for_agreement(published, holds, said, verdict):
    target = {"published": published, "holds": holds, "why": ""}
    assert maker().verdict(target, maker().Said(said, "")) == verdict
    excused = maker().verdict(target | {"why": "because"}, maker().Said(said, ""))
    assert excused == ("agrees in part" if verdict == "agrees" else verdict)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("DV-001", "residents"),
        ("VT-015", "care_boards"),
        ("VT-022", "upper_tier_2012"),
        ("VT-050", "gm_consents"),
        ("VT-052", "cpca_transport_plan"),
    ],
)
def test_a_model_that_says_otherwise_is_seen(name, measure):
    """A world with nobody in it meets none of them."""
    target = next(row for row in maker().targets() if row["id"] == name)
    nobody = devo.world_of([BodyClass("upper-tier-council", "council", "county")])
    assert target["asked"] == measure
    assert maker().verdict(target, maker().MEASURES[measure](nobody)) == "differs"


def test_registers_known_to_be_wrong_are_listed():
    text = maker().PAGE.read_text("utf-8").partition("## What public registers have wrong")[2]
    assert "still shows North of Tyne Combined Authority as current; it ended on 2024-05-07" in text
    assert text.count("\n| ") >= 5


def test_no_target_of_the_source_list_is_left_out():
    if not SHARED.exists():
        pytest.skip("the list of targets that the page was drawn up from is not here")
    with SHARED.open(encoding="utf-8", newline="") as file:
        ids = {row["target_id"] for row in csv.DictReader(file)}
    assert ids <= set(found())
