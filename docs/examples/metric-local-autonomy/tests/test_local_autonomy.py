"""The published formula, exactly; what a coder judged and what the tables say, apart; gaps that stay gaps."""

import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from devo_local_autonomy import formula
from devo_local_autonomy.checks import judgement_against_the_tables, judgement_faults
from devo_local_autonomy.questions import autonomy_judgements, local_autonomy, policy_scope_by_law
from devo_local_autonomy.shipped import items, judgements
from devo_local_autonomy.values import Judgement

import devo
from devo.cli import devo as command

HERE = Path(__file__).parents[1]
MANCHESTER, BRISTOL = "E08000003", "E06000023"


@pytest.fixture(scope="module")
def england():
    """The England baseline."""
    return devo.baseline("england")


# --- the formula ----------------------------------------------------------------------------------


def published(v):
    """The formula as it is printed, written out: data version 6, "Pivot tables"."""
    legal = Fraction(100, 3) * v["legal-protection"]
    discretion = Fraction(100, 15) * (v["institutional-depth"] + 3 * v["effective-political-discretion"])
    scope = Fraction(100, 4) * v["policy-scope"]
    financial = Fraction(100, 24) * (
        3 * v["fiscal-autonomy"] + 3 * v["financial-self-reliance"] + v["borrowing-autonomy"]
    )
    organisational = Fraction(100, 4) * v["organisational-autonomy"]
    non_interference = Fraction(100, 6) * (v["financial-transfer-system"] + v["administrative-supervision"])
    access = Fraction(100, 3) * v["central-or-regional-access"]
    return (
        legal + 3 * discretion + 2 * scope + 3 * financial + 2 * organisational + non_interference + access
    ) / 13


def test_the_index_is_the_published_formula():
    """On five hundred sets of values, to the last digit."""
    draw = random.Random(2015)
    for _ in range(500):
        values = {name: Fraction(draw.randint(0, 12 * most), 12) for name, most in formula.HIGHEST.items()}
        assert formula.index(values) == published(values)


def test_the_ends_of_the_scale():
    """All of everything is 100, nothing of anything 0, for the index and for each dimension."""
    most = {name: Fraction(value) for name, value in formula.HIGHEST.items()}
    none = dict.fromkeys(formula.HIGHEST, Fraction(0))
    assert formula.index(most) == 100
    assert formula.index(none) == 0
    assert {formula.dimension(name, most) for name in formula.WEIGHTS} == {100}


@pytest.mark.parametrize("name", list(formula.HIGHEST))
def test_a_variable_not_judged_leaves_no_index(name):
    """It is never taken for a nought, and only its own dimension goes with it."""
    values = {other: Fraction(1) for other in formula.HIGHEST if other != name}
    assert formula.index(values) is None
    gone = [dimension for dimension in formula.WEIGHTS if formula.dimension(dimension, values) is None]
    assert [name in formula.MULTIPLES[dimension] for dimension in gone] == [True]


def test_the_codebook_fills_the_eleven_variables(england):
    """Every item is of a variable, and the twelve points of scope and of discretion come to its four."""
    points = dict.fromkeys(formula.HIGHEST, 0)
    for item in items(england).values():
        points[item.variable] += item.points
    for name, total in points.items():
        assert total == (
            12 if name in ("policy-scope", "effective-political-discretion") else formula.HIGHEST[name]
        )


# --- what was judged, and what the law says -------------------------------------------------------


def scores(world, body, day):
    """The exact scores of one body on a day."""
    return {row.dimension: row.exact for row in local_autonomy(world.on(day), body)}


def test_manchester_worked_by_hand(england):
    """(100/3 + 3 x 130/3 + 2 x 325/6 + 3 x 175/3 + 2 x 75 + 100/3 + 100/3) / 13."""
    assert scores(england, MANCHESTER, "2024-06-01")["local-autonomy-index"] == "1990/39"
    assert (
        Fraction(1990, 39)
        == (3 * Fraction(100, 3) + 3 * Fraction(130, 3) + 2 * Fraction(325, 6) + 3 * Fraction(175, 3) + 150)
        / 13
    )


def test_a_judgement_counts_from_its_day(england):
    """The general power of competence came into force on 18 February 2012."""
    before, after = (scores(england, MANCHESTER, day) for day in ("2012-02-17", "2012-02-18"))
    assert (before["political-discretion"], after["political-discretion"]) == ("100/3", "40")


def test_who_was_not_judged_has_no_score(england):
    """The example is of single-tier councils; a district council and an authority are not among them."""
    for body in ("E07000008", "gmca"):
        rows = list(local_autonomy(england.on("2024-06-01"), body))
        assert {row.score for row in rows} == {None}
        assert len(rows[-1].missing) == len(items(england))


def test_the_law_is_read_beside_and_never_into_the_index(england):
    """West of England, 2017: what the councils may do about buses changed, what the coder judged did not."""
    days = ("2017-02-08", "2017-02-09")
    by_law, index = [], []
    for day in days:
        rows = {row.item: row for row in autonomy_judgements(england.on(day), BRISTOL)}
        by_law.append((rows["scope-public-transport"].by_law, rows["scope-public-transport"].held))
        index.append(scores(england, BRISTOL, day)["local-autonomy-index"])
    assert by_law[0] != by_law[1]
    assert index[0] == index[1]


def test_what_the_tables_do_not_know_is_a_range(england):
    """Nobody's pay of teachers is in the tables, so it counts for neither bound of what is known."""
    found = {row.body: row for row in policy_scope_by_law(england.on("2024-06-01"))}
    manchester = found["manchester-city-council"]
    assert "scope-teachers" in manchester.not_known
    assert manchester.exact == "11/6 to 13/6"
    assert manchester.at_most - manchester.at_least == pytest.approx(1 / 3)
    assert "gmca" not in found


def test_a_world_of_other_bodies_answers_with_no_rows():
    """Where there is no such class of bodies, nothing is made up and nothing fails."""
    assert list(policy_scope_by_law(devo.world_of([]).on("2024-06-01"))) == []


def test_each_example_judgement_has_its_reason_and_source(england):
    """And none claims to be surer than *known*."""
    for judgement in judgements(england):
        assert judgement.reason
        assert judgement.source
        assert judgement.confidence in ("known", "unsure")
        assert judgement.points is not None


# --- a coding of one's own ------------------------------------------------------------------------


def with_judgements(world, *found):
    """A world with judgements in its tables."""
    return world.changed(records={**world.records, Judgement: found})


def own(item, score, **more):
    """A judgement by somebody."""
    return Judgement(
        **{
            "id": f"me/{item}/{score}",
            "coder": "me",
            "item": item,
            "bodies": "unitary",
            "score": score,
            **more,
        }
    )


def test_ones_own_judgements_stand_instead_of_the_example(england):
    """All of them: two people's opinions are never mixed into one index."""
    world = with_judgements(england, own("legal-protection", "3")).on("2024-06-01")
    rows = {row.dimension: row for row in local_autonomy(world, BRISTOL)}
    assert {row.coder for row in rows.values()} == {"me"}
    assert (rows["legal-autonomy"].exact, rows["access"].exact) == ("100", "")
    with pytest.raises(devo.NameFault, match="no coder is called 'example'"):
        list(local_autonomy(world, BRISTOL, "example"))


@pytest.mark.parametrize(
    ("item", "score", "said"),
    [
        ("legal-protection", "4", "gives 4 points for legal protection, which has 0 to 3"),
        ("legal-protection", "-1/2", "which has 0 to 3"),
        ("legal-protection", "high", "has 'high' for a score"),
        ("legal-protection", "1/0", "has '1/0' for a score"),
        ("legal-protektion", "1", "which the codebook does not have"),
    ],
)
def test_a_wrong_judgement_is_found(england, item, score, said):
    """With what is wrong and what to write."""
    (finding,) = judgement_faults(with_judgements(england, own(item, score)).on("2024-06-01"))
    assert said in finding.message
    assert finding.severity == "error"
    assert finding.suggestion


def test_all_that_is_wrong_with_a_judgement_is_said_at_once(england):
    """Somebody mending a table should need one run."""
    world = with_judgements(england, own("legal-protektion", "lots", bodies="unitaries + gmca")).on(
        "2024-06-01"
    )
    found = list(judgement_faults(world))
    for finding, said in zip(found, ("'legal-protektion'", "'lots' for a score", "'unitaries'"), strict=True):
        assert said in finding.message
    assert found[-1].suggestion == "did you mean: unitary?"


def test_a_body_judged_twice_is_found(england):
    """The one that starts later counts, and the check says so."""
    one, two = own("legal-protection", "1"), own("legal-protection", "2", start=date(2020, 1, 1))
    world = with_judgements(england, one, two)
    assert [f.code for f in judgement_faults(world.on("2024-06-01"))] == ["judged-twice"]
    assert list(judgement_faults(world.on("2019-06-01"))) == []
    assert scores(world, BRISTOL, "2024-06-01")["legal-autonomy"] == "200/3"


def test_a_judgement_against_the_tables_is_a_note(england):
    """Half a point for police where a commissioner has it all."""
    world = with_judgements(england, own("scope-police", "1/2"), own("scope-zoning", "1")).on("2024-06-01")
    (finding,) = judgement_against_the_tables(world)
    assert finding.severity == "note"
    assert "Operational policing" in finding.message


@pytest.mark.nightly
def test_the_examples_pass():
    """By the command, as a user would run them: England is read anew for each."""
    result = CliRunner().invoke(command, ["run", str(HERE / "examples"), "--plain"])
    assert result.exit_code == 0, result.output
    assert "2 scenarios: 2 passed" in result.output
