"""Runs: the same results whoever did what when, nothing finished lost, nothing done twice."""

import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devo.batch.folder import InUse, Lock
from devo.batch.jobs import in_shard
from devo.batch.running import Options, run_batch

SLOW = """name = "Slow"
baseline = "example"
plugins = ["batchland"]
on = 2028-06-01
[sweep]
[sweep.parameters]
mark = [MARKS]
[[sweep.figure]]
name = "slow"
question = "slow"
seconds = 0.01
mark = "$mark"
column = "number"
[[ask]]
question = "twice"
number = 1.5
"""

RUN = """
import sys
from pathlib import Path
from devo.batch.running import Options, run_batch

if __name__ == "__main__":
    run_batch(sys.argv[2:], Options(results=Path(sys.argv[1]), resume=True, jobs=1, part=4))
"""


def run(path, **options):
    return run_batch([path], Options(**options))


def verdicts(batch):
    return {Path(result.path).stem: result.verdict for result in batch.results}


def test_processes_and_one_process_give_the_same_bytes(sweep, scenarios, tree, country):
    scenarios(a=True, b=False)
    ask = '\n[[ask]]\nquestion = "who-holds"\nplace = "E47"\npower = "T01"\n'
    Path(sweep).write_text(Path(sweep).read_text() + ask)
    one = run("s", results=Path("one"), jobs=1, part=3)
    two = run("s", results=Path("two"), jobs=2, part=3)
    assert verdicts(one) == verdicts(two) == {"a": "passed", "b": "failed", "sweep": "passed"}
    assert tree(country / "one") == tree(country / "two")
    assert [r.as_json() for r in one.results] == [r.as_json() for r in two.results]


def test_results_are_tidy_parquet_with_a_manifest(sweep):
    import polars as pl

    (result,) = run(sweep, results=Path("out"), part=6).results
    folder = Path("out") / result.sweep["folder"]
    frame = pl.read_parquet(sorted(folder.glob("part-*.parquet")))
    assert frame.height == 20
    assert frame.columns == [
        *("variant", "draw", "seed", "start", "holder", "number"),
        *("roads held by the authority", "twice", "holders of buses", "errors", "unmet", "trouble"),
    ]
    assert frame.schema["start"] == pl.Date
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["seed"], manifest["variants"], len(manifest["parts"])) == (7, 20, 4)
    assert manifest["parameters"]["number"] == {"uniform": [1.0, 3.0]}
    assert manifest["made_from"]["world"]
    assert any("`start`" in sentence for sentence in result.sweep["sentences"])


def kill_now_and_then(country, path, kills, dice):
    """Run until done, killed at random moments; the marks worked out before each kill and kept."""
    lines = country / "batchland" / "worked.log"
    endings: list[int] = []
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, "-c", RUN, "out", path], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        before = len(lines.read_text()) if lines.exists() else 0
        while time.monotonic() < until and process.poll() is None:
            if lines.exists() and len(lines.read_text()) > before:
                time.sleep(dice.uniform(0, 0.12))
                break
            time.sleep(0.01)
        process.kill()
        process.communicate()
        endings.append(process.returncode)
    assert endings.count(-9) > kills / 2, "too few were killed before they were done"
    subprocess.run([sys.executable, "-c", RUN, "out", path], check=True)


def killed(country, tree, kills, variants):
    path = country / "slow.toml"
    path.write_text(SLOW.replace("MARKS", ", ".join(f'"m{n:03}"' for n in range(variants))))
    log = country / "batchland" / "worked.log"
    run_batch(["slow.toml"], Options(results=Path("undisturbed"), jobs=1, part=4))
    log.unlink()
    kill_now_and_then(country, "slow.toml", kills, random.Random(kills))
    assert tree(country / "out") == tree(country / "undisturbed")
    worked = log.read_text().split()
    assert set(worked) == {f"m{n:03}" for n in range(variants)}
    # Only the part that was being worked on when the process died may be worked on again.
    assert len(worked) - variants <= 4 * kills
    before = len(worked)
    run_batch(["slow.toml"], Options(results=Path("out"), resume=True, part=4))
    assert len(log.read_text().split()) == before


def test_killed_and_resumed_it_ends_as_if_nothing_had_been(country, tree):
    killed(country, tree, kills=3, variants=80)


@pytest.mark.nightly
def test_killed_twenty_times_it_ends_as_if_nothing_had_been(country, tree):
    killed(country, tree, kills=20, variants=400)


@pytest.mark.heavy
def test_a_worker_that_dies_once_is_replaced_and_one_that_always_dies_is_said(country, scenarios):
    scenarios(a=True, b=True)
    head = 'baseline = "example"\nplugins = ["batchland"]\non = 2028-01-01\n[[ask]]\nquestion = "dies"\n'
    (country / "s" / "once.toml").write_text(head)
    (country / "s" / "always.toml").write_text(head + "often = true\n")
    found = run("s", jobs=2)
    assert verdicts(found) == {"a": "passed", "always": "failed", "b": "passed", "once": "passed"}
    (finding,) = next(r for r in found.results if r.path.endswith("always.toml")).findings
    assert finding.code == "worker-died"


def test_a_scenario_beyond_its_time_fails_and_the_others_go_on(country, scenarios):
    scenarios(a=True)
    head = 'baseline = "example"\nplugins = ["batchland"]\non = 2028-01-01\n[[ask]]\nquestion = "slow"\n'
    (country / "s" / "slow.toml").write_text(head + "seconds = 30.0\n")
    run("s/a.toml")  # with all that is loaded once, which a busy machine may take long over
    found = run("s", timeout=2.0, results=Path("out"))
    assert verdicts(found) == {"a": "passed", "slow": "failed"}
    (finding,) = found.results[1].findings
    assert finding.code == "timed-out"
    kept = {
        item["name"]: item["kept"] for item in json.loads(Path("out/manifest.json").read_text())["scenarios"]
    }
    assert (Path("out") / kept.pop("Roads")).is_file()
    assert set(kept.values()) == {None}
    assert finding.message.startswith("it was not done after 2 seconds, in question 'slow'")


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.heavy)])
def test_fail_fast_gives_what_comes_up_to_the_first_failure(scenarios, jobs):
    found = run(scenarios(a=True, b=False, c=False, d=True), fail_fast=True, jobs=jobs)
    assert verdicts(found) == {"a": "passed", "b": "failed"}
    assert found.left == 2


def test_shards_are_of_names_alone_and_cover_everything():
    names = [f"s/{n}.toml" for n in range(200)]
    parts = [{name for name in names if in_shard(name, (i, 3))} for i in (1, 2, 3)]
    assert set().union(*parts) == set(names)
    assert sum(map(len, parts)) == 200
    assert all(40 < len(part) < 95 for part in parts)


def test_shards_put_together_are_the_bytes_of_one_run(sweep, scenarios, call, tree, country):
    scenarios(a=True, b=True, c=True)
    assert run("s", results=Path("whole")).folder
    for number in (1, 2):
        assert call("run", "s", "--results", f"part{number}", "--shard", f"{number}/2").exit_code == 0
    result = call("merge", "part1", "part2", "--results", "all", "--why-rerun")
    assert result.exit_code == 0
    assert "4 results kept from before" in result.output
    assert tree(country / "all") == tree(country / "whole")


def test_a_sweep_in_shards_is_summed_up_when_they_are_together(sweep, country, tree):
    run(sweep, results=Path("whole"), part=2)
    for number in (1, 2, 3):
        found = run(sweep, results=Path(f"p{number}"), shard=(number, 3), part=2)
        assert all("of" in result.sweep for result in found.results)
    from devo.batch.merging import gathered

    assert gathered([Path("p1"), Path("p2"), Path("p3")], Path("all")) == [Path(sweep)]
    batch = run(sweep, results=Path("all"), resume=True, part=2)
    assert batch.reruns == {}
    assert tree(country / "all") == tree(country / "whole")


def test_what_has_not_changed_is_not_run_again_and_what_has_says_why(scenarios, country):
    scenarios(a=True, b=False)
    assert len(run("s", cache=True).reruns) == 2
    again = run("s", cache=True)
    assert again.reruns == {}
    assert verdicts(again) == {"a": "passed", "b": "failed"}
    a = country / "s" / "a.toml"
    a.write_text("# A comment, and the keys in another order\n" + a.read_text())
    assert run("s", cache=True).reruns == {}
    b = country / "s" / "b.toml"
    b.write_text("# The outcome names lines\n" + b.read_text())
    assert run("s", cache=True).reruns == {"s/b.toml": "the lines that it names have moved"}
    a.write_text(a.read_text().replace("Ashford", "Barton"))
    assert run("s", cache=True).reruns == {"s/a.toml": "what the scenario asks or expects has changed"}
    holding = country / "batchland" / "tables" / "holding.csv"
    holding.write_text(holding.read_text() + "h3,buses,exca,,2001-01-01,act-2000,known\n")
    assert set(run("s", cache=True).reruns.values()) == {
        "the world has changed: a table, a deal of its own or of the baseline"
    }


def test_with_plugins_of_others_nothing_is_reused_unless_one_says_so(scenarios):
    scenarios(a=True)
    run("s")
    assert "plugins are on whose code is not all known" in run("s").reruns["s/a.toml"]
    assert run("s", cache=True).reruns == {}
    assert run("s", cache=False).reruns == {"s/a.toml": "there is no result of it yet"}


def test_two_runs_on_one_folder_are_refused(scenarios, country):
    scenarios(a=True)
    with Lock(country / "out"), pytest.raises(InUse, match="another run writes to out"):
        run("s", results=Path("out"))


def test_results_of_an_earlier_run_are_not_written_over(scenarios, country):
    scenarios(a=True)
    run("s", results=Path("out"))
    with pytest.raises(FileExistsError, match="--resume goes on with it"):
        run("s", results=Path("out"))
    assert run("s", results=Path("out"), resume=True).reruns == {}


def test_a_sweep_too_great_is_refused_with_its_size(sweep):
    path = Path(sweep)
    more = "\n".join(f"p{n} = [{', '.join(map(str, range(1000)))}]" for n in range(4))
    path.write_text(path.read_text().replace("[sweep.parameters]", f"[sweep.parameters]\n{more}"))
    for n in range(4):
        path.write_text(
            path.read_text() + f'[[sweep.figure]]\nname = "f{n}"\nquestion = "twice"\nnumber = "$p{n}"\n'
        )
    (result,) = run(sweep).results  # which comes to no end if they are counted out
    assert result.verdict == "not run"
    assert result.faults[0].message == "the sweep has 20,000,000,000,000 variants; at most 1,000,000 are run"
    assert "--limit" not in result.faults[0].suggestion
    few = path.read_text().replace(", 1, 2,", ", 2,").replace("p1 = [0, ", "p1 = [0] # ")
    path.write_text(few.replace("p2 = [0, ", "p2 = [0] # ").replace("p3 = [0, ", "p3 = [0] # "))
    (result,) = run(sweep, limit=1000).results
    assert re.search(r"--limit (\d+) allows as many", result.faults[0].suggestion)


LIMITED = """
import resource, signal, sys

if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
    from devo.cli import main
    sys.argv[:] = ["devo", *sys.argv[2:]]
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit to the size of files")
def test_where_there_is_no_room_it_says_so_and_goes_on_later(sweep, country, tree):
    command = [sys.executable, "-B", "-c", LIMITED, "2000", "run", sweep, "--results", "out"]
    full = subprocess.run(command, capture_output=True, text=True, check=False)
    assert full.returncode == 2, full.stderr
    assert re.search(r"the results could not be kept: File too large \(.*part-000000\.parquet\)", full.stderr)
    assert not [path for path in (country / "out").rglob("*") if path.name.endswith(".part")]
    run(sweep, results=Path("out"), resume=True)
    run(sweep, results=Path("undisturbed"))
    assert tree(country / "out") == tree(country / "undisturbed")
