"""Sweeps that were kept are asked again, by `devo ask --results`."""

import json
from pathlib import Path

import pytest

from devo.batch.kept import kept_sweeps
from devo.batch.running import Options, run_batch

ASK = """
[[ask]]
question = "who-holds"
place = "Ashford"
power = "T01"
"""


@pytest.fixture
def kept(sweep, country):
    """A sweep of 20 variants that keeps who holds the roads of Ashford, run into `out`."""
    Path(sweep).write_text(Path(sweep).read_text() + ASK)
    run_batch(["s"], Options(results=Path("out"), part=6))
    return "out"


def rows(call, *words):
    result = call("ask", *words, "--results", "out", "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["rows"]


def test_without_a_question_it_says_what_can_be_asked(kept, call):
    said = call("ask", "--results", kept, "--format", "csv").stdout
    names = [line.split(",")[2] for line in said.splitlines()[1:]]
    assert '"When, and who",variants' in said
    assert [name for name in names if name] == ["variants", "figures", "influence", "who-holds"]


def test_rows_have_the_parameters_of_their_variant(kept, call):
    found = rows(
        call, "who-holds", "--term", "holder=barton-council", "--term", "body=EXAMPLESHIRE combined authority"
    )
    assert {row["start_varied"] for row in found if row["status"] == "held"} == {"2027-04-01"}
    assert {row["holder"] for row in found} == {"barton-council"}
    assert len([row for row in found if row["status"] == "held"]) == 5


def test_variants_figures_and_influence(kept, call):
    assert len(rows(call, "variants")) == 20
    late = rows(call, "variants", "--term", "start=2029-04-01", "--term", "roads held by the authority=0")
    assert len(late) == 10
    (twice,) = rows(call, "figures", "--term", "figure=twice")
    drawn = sorted(row["twice"] for row in rows(call, "variants"))
    assert (twice["lowest"], twice["highest"]) == pytest.approx((drawn[0], drawn[-1]))
    moved = rows(call, "influence", "--term", "figure=twice", "--term", "parameter=number")
    assert moved[0]["rank_correlation"] == 1


def test_the_folder_of_a_sweep_is_one_too(kept, call):
    (sweep,) = kept_sweeps(Path("out"))
    assert kept_sweeps(sweep.home) == [sweep]
    assert "When, and who: figures" in call("ask", "figures", "--results", sweep.home).stdout


def test_one_of_several_sweeps_is_named(kept, call, sweep):
    other = Path("s/other.toml")
    other.write_text(Path(sweep).read_text().replace("When, and who", "Another"))
    run_batch(["s"], Options(results=Path("out"), resume=True, part=6))
    assert "there are several sweeps; say which" in call("ask", "variants", "--results", kept).stderr
    assert len(rows(call, "variants", "--term", "sweep=another")) == 20
    assert "no sweep is called 'anothr'; did you mean: Another?" in call(
        "ask", "variants", "--results", kept, "--term", "sweep=anothr"
    ).stderr  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("variant",), "keeps no answer to 'variant'; did you mean: variants?"),
        (("variants", "--term", "strat=1"), "variants has no column 'strat'; did you mean: start?"),
        (("variants", "--term", "start=soon"), "`start` has values of the type date, and 'soon' is none"),
        (("variants", "--term", "variant=x"), "`variant` has values of the type integer"),
        (("variants", "--on", "2020-01-01"), "leave --on out"),
        (("variants", "--baseline", "england"), "leave --baseline out"),
    ],
)
def test_wrong_questions(kept, call, words, said):
    result = call("ask", *words, "--results", kept)
    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_no_folder_of_results_or_has_lost_a_part_is_said(kept, call, country):
    assert "there is no folder nowhere" in call("ask", "variants", "--results", "nowhere").stderr
    assert "s is no folder of results" in call("ask", "variants", "--results", "s").stderr
    part = next(country.glob("out/sweeps/*/part-000002.parquet"))
    whole = part.read_bytes()
    part.write_bytes(whole.replace(b"draw", b"drew"))
    said = call("ask", "variants", "--results", kept).stderr
    assert "part-000002.parquet is damaged, or of another run than its manifest; run it again" in said
    run_batch(["s"], Options(results=Path("out"), resume=True, part=6))
    assert part.read_bytes() == whole
    part.unlink()
    said = call("ask", "variants", "--results", kept).stderr
    assert "part-000002.parquet is not there; run it again, with --resume" in said
    manifest = part.with_name("manifest.json")
    elsewhere = manifest.read_text().replace('"asked/1-who-holds"', '"asked/../../../1-who-holds"')
    manifest.write_text(elsewhere)
    assert "manifest.json is damaged" in call("ask", "variants", "--results", kept).stderr
    manifest.write_text('{"schema": "devo.sweep/1", "name": 3}')
    assert "manifest.json is damaged" in call("ask", "variants", "--results", kept).stderr
    manifest.write_text("[1")
    assert "out has no finished sweep" in call("ask", "variants", "--results", kept).stderr
