"""What build servers read, and what is written anew."""

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from devo.batch import github
from devo.batch.junit import junit
from devo.batch.results import Result
from devo.values import Fault, Finding

EVIL = "a\n::error file=x::pwned\r%0A<b>]]>&\x1b[31m`|\x00"


def bad(number=0, text=EVIL):
    finding = Finding("c", text, "error", (), f"s/{number}.toml:{number + 1}")
    return Result(text, f"s/{number}\n::warning::.toml", findings=(finding,))


def test_annotations_are_one_line_each_whatever_they_say():
    (line,) = github.commands([bad()])
    assert line.splitlines() == [line]
    assert line.startswith("::error file=s/0.toml,line=1,title=a%0A%3A%3Aerror file=x%3A%3Apwned%0D%250A")
    assert line.count("::") - line.count("%3A%3A") <= 4


def test_the_worst_ten_and_then_a_count():
    lines = github.commands([bad(n, "wrong") for n in range(30)])
    assert len(lines) == 10
    assert lines[-1] == "::error title=devo::and 21 more: see the log or the summary of the job"
    assert len(github.commands([bad(n, "wrong") for n in range(10)])) == 10
    assert github.commands([Result("fine", "s/a.toml")]) == []


def test_the_summary_holds_no_mark_up_of_names():
    text = github.summary([bad(n) for n in range(12)])
    assert "<b>" not in text
    assert "\n::error" not in text
    assert text.count("<details>") == 10
    assert "And 2 more." in text


def test_junit_is_xml_whatever_it_says():
    suite = ET.fromstring(
        junit([bad(), Result("fine", "s/f.toml"), Result("x", "y", faults=(Fault("y", 3, EVIL),))])
    )
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert [len(case) for case in suite.iter("testcase")] == [1, 0, 1]


def test_in_actions_commands_are_off_while_people_s_lines_are_printed(scenarios, call, monkeypatch, tmp_path):
    scenarios(a=False)
    text = Path("s/a.toml").read_text().replace('"Roads"', '"x\\n::error::pwned"')
    Path("s/a.toml").write_text(text)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    lines = call("run", "s").stdout.splitlines()
    token = lines[0].removeprefix("::stop-commands::")
    end = lines.index(f"::{token}::")
    assert not any(line.lstrip().startswith("::") for line in lines[1:end])
    assert [line for line in lines[end + 1 :] if line.startswith("::error file=s/a.toml,line=5,")]
    assert "1 failed" in (tmp_path / "summary.md").read_text()
    given = json.loads(call("run", "s", "--format", "json").stdout)
    assert given["scenarios"][0]["passed"] is False


def test_junit_and_sarif_files(scenarios, call, country):
    scenarios(a=True)
    assert call("run", "s", "--junit", "out/report.xml").exit_code == 0
    assert ET.parse("out/report.xml").getroot().get("tests") == "1"
    (country / "s" / "b.toml").write_text('name = "B\n')
    assert call("check", "s/b.toml", "--plugin", "batchland", "--sarif", "out/report.sarif").exit_code == 3
    (found,) = json.loads(Path("out/report.sarif").read_text())["runs"][0]["results"]
    assert found["level"] == "error"
    place = found["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("s/b.toml", 1)


def test_update_shows_the_difference_and_writes_what_is_answered_now(scenarios, call):
    scenarios(a=False)
    path = Path("s/a.toml")
    path.write_text("# kept\n" + path.read_text().replace("rows = [", "rows = [ # gone\n") + "# kept too\n")
    before = path.read_text()
    asked = call("run", "s", "--update")
    assert '-{ body = "exca", mode = "sole" }]' in asked.stderr
    assert '+rows = [{ body = "ashford-council", mode = "sole" }]' in asked.stderr
    assert "--yes writes them" in asked.stderr
    assert (asked.exit_code, path.read_text()) == (1, before)
    assert call("run", "s", "--update", "--yes").exit_code == 1
    assert path.read_text().startswith("# kept\n")
    assert path.read_text().endswith('rows = [{ body = "ashford-council", mode = "sole" }]\n# kept too\n')
    assert call("run", "s").exit_code == 0


def test_update_leaves_to_a_person_what_only_a_person_knows(scenarios, call):
    scenarios(a=False)
    path = Path("s/a.toml")
    path.write_text(path.read_text().replace("rows", "contains"))
    before = path.read_text()
    found = call("run", "s", "--update", "--yes")
    assert "s/a.toml:5: only `rows` and `count` are written anew" in found.stderr
    assert path.read_text() == before


def test_golden_answers(country, call):
    ask = 'baseline = "example"\nplugins = ["batchland"]\non = 2018-01-01\n[[ask]]\nquestion = "twice"\nnumber = 1.0\n'
    (country / "s" / "a.toml").write_text(ask)
    first = call("run", "s", "--golden", "gold")
    assert first.exit_code == 1
    assert "there are no golden answers in" in first.stdout
    assert call("run", "s", "--golden", "gold", "--update", "--yes").exit_code == 0
    assert call("run", "s", "--golden", "gold").exit_code == 0
    (country / "s" / "a.toml").write_text(ask.replace("1.0", "3.0"))
    assert "the answers are not those of" in call("run", "s", "--golden", "gold").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "3/2"), "'3/2' is not a part"),
        (("--executor", "spark"), "no executor is called 'spark'"),
        (("--resume",), "name it with --results DIR"),
        (("--yes",), "--yes answers what --update asks"),
        (("--timeout", "soon"), "'soon' is not a time in seconds"),
    ],
)
def test_wrong_usage(scenarios, call, words, said):
    result = call("run", scenarios(a=True), *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names and pipes")
def test_a_hostile_folder_is_run_in_bounded_time_and_space(country, scenarios, call, monkeypatch):
    scenarios(good=True)
    home = country / "s"
    (home / "loop").symlink_to(home)
    (home / "self.toml").symlink_to(home / "self.toml")
    (home / "nowhere.toml").symlink_to(country / "nothing")
    os.mkfifo(home / "pipe.toml")
    (home / "x\n::error file=a::pwned.toml").write_text('name = "\\n::error::pwned <script>"\n[[expect]]\n')
    (home / "binary.toml").write_bytes(b"\xff\xfe\x00name")
    (home / "folder.toml").mkdir()
    (home / "bad-\udcff.toml").write_text("name = 1\n")
    for number in range(1000):
        (home / f"tiny{number:04}.toml").touch()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = call("run", "s", "--plugin", "batchland", "--junit", "report.xml")
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert len(lines) < 600
    token = lines[0].removeprefix("::stop-commands::")
    between = lines[1 : lines.index(f"::{token}::")]
    assert not any(line.lstrip().startswith("::") for line in between)
    assert sum(line.startswith("::error") for line in lines) == 10
    assert "1 passed" in result.stdout
    # Of the links, what leads nowhere is said, and what leads into a folder is not followed.
    assert "1006 not run" in result.stdout.replace(",", "")
    assert "s/pipe.toml: this is a pipe, and not a file" in result.stdout
    assert "s/self.toml: the file is a link that leads back to itself" in result.stdout
    ET.parse("report.xml")
