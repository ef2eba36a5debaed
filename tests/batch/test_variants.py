"""Variants are what one would get by reading and enacting everything afresh for each."""

from pathlib import Path

import pytest

from devo.batch.figures import asker, followed, value
from devo.batch.variants import Variants
from devo.enactment import enact
from devo.files.deals import read_deals
from devo.files.varying import size, values
from devo.run import Runner


def opened(path):
    runner = Runner()
    found = runner.open(path)
    assert isinstance(found, tuple), found.faults
    scenario, _ = found
    return Variants.of(runner, scenario)


def afresh(variants, given):
    """A variant's figures and errors, with all files read and enacted for it alone."""
    ground, verbs = variants.worlds.ground, variants.tools.verbs
    read = read_deals([file.document.path for file in variants.worlds.files], ground.world, verbs, given)
    if read.faults:
        return None, None
    done = enact(ground.world, read.deals, verbs)
    scenario = variants.questions.of(given)
    ask = asker(done.world, variants.tools)
    figures = tuple(
        value(f.figure, ask(f.figure.question, f.figure.terms, f.on).rows)
        for f in followed(scenario, variants.tools)
    )
    return figures, {f.message for f in (*ground.findings, *done.findings) if f.severity == "error"}


def same_as_afresh(path):
    variants = opened(path)
    found = [variants.run(number) for number in reversed(range(size(variants.sweep)))]
    for variant in found:
        figures, errors = afresh(variants, values(variants.sweep, variant.number))
        if figures is None:
            assert variant.errors
            assert set(variant.figures) == {None}
        else:
            assert variant.figures == figures
            assert set(variant.errors) == errors
    return {variant.number: variant for variant in found}


def test_variants_are_as_if_read_afresh(sweep):
    found = same_as_afresh(sweep)
    # Roads go to the authority in 2027 or after the day asked about; buses to one more council.
    assert found[0].figures[0] == 1
    assert found[2].figures[0] == 0
    assert {variant.figures[2] for variant in found.values()} == {1, 2}


def test_a_draw_s_figure_follows_its_value(sweep):
    variants = opened(sweep)
    for number in range(8):
        variant = variants.run(number)
        assert variant.figures[1] == 2 * variant.given["number"]


DEALS = {
    "a provision leans on one that varies": """
[[provision]]
verb = "confer"
power = "T03"
holder = "$holder"
commencement = 2026-05-01
[[provision]]
verb = "condition"
power = "T03"
holder = "ashford-council"
kind = "consent"
by = "carley-council"
commencement = 2026-06-01
""",
    "later law of the baseline and of the deal comes after what varies": """
[[provision]]
verb = "transfer"
power = "T01"
transferee = "EXCA"
commencement = "$start"
[[provision]]
verb = "give-back"
power = "T01"
transferor = "EXCA"
commencement = 2028-01-01
[[provision]]
verb = "cease"
power = "S01"
holder = "$holder"
commencement = 2020-01-01
""",
    "a body comes to be on a day that varies, and gets a power": """
[[provision]]
verb = "establish"
body = "new-body"
name = "New Body"
kind = "unitary"
area = "E03"
commencement = "$start"
[[provision]]
verb = "confer"
power = "T03"
holder = "new-body"
commencement = 2028-01-01
[[provision]]
verb = "confer"
power = "S01"
holder = "$holder"
area = "E03"
mode = "concurrent"
commencement = 2027-01-01
""",
    "a body ends on a day that varies": """
[[provision]]
verb = "abolish"
body = "$holder"
commencement = "$start"
[[provision]]
verb = "confer"
power = "T03"
holder = "barton-council"
commencement = 2028-01-01
""",
}


@pytest.mark.parametrize("name", DEALS)
def test_whatever_varies(country, sweep, name):
    head = 'name = "D"\ncode = "D"\ninstrument = { title = "Draft", made = 2019-01-01, status = "draft" }\n'
    (country / "s" / "deals" / "draft.toml").write_text(head + DEALS[name])
    text = Path(sweep).read_text().replace("draws = 5\n", "draws = 1\n")
    if "$start" not in DEALS[name]:
        text = text.replace("start = [2027-04-01, 2029-04-01]\n", "")
    Path(sweep).write_text(text)
    same_as_afresh(sweep)


def test_values_that_its_files_cannot_take_are_an_error_of_the_variant(sweep):
    Path(sweep).write_text(Path(sweep).read_text().replace('"barton-council"]', '"nobody-known", 5]'))
    found = same_as_afresh(sweep)
    assert "`holder`" in found[1].errors[0]
    assert found[0].errors == ()


def test_expectations_are_held_against_every_variant(sweep):
    expect = '\n[[expect]]\nquestion = "who-holds"\nplace = "Ashford"\npower = "T01"\nrows = [{ body = "exca", status = "held" }]\n'
    path = Path(sweep)
    path.write_text(path.read_text() + expect)
    variants = opened(sweep)
    assert [bool(variants.run(number).unmet) for number in range(4)] == [False, False, True, True]
