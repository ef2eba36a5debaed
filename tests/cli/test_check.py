import json

import pytest

BROKEN = """name = "Broken
baseline = "example"
plugins = ["exampleshire"]
on = [2016-02-30]

[[ask]]
question = "who-hold"

[[expect]]
question = "who-holds"
place = "Ashfort"
powr = "T03"
count = "one"
"""


def test_every_fault_at_once_with_file_and_line(country, call):
    (country / "broken.toml").write_text(BROKEN)
    result = call("check", "broken.toml")
    assert result.exit_code == 3
    lines = [line for line in result.stdout.splitlines() if line.startswith("broken.toml:")]
    assert [int(line.split(":")[1]) for line in lines] == [1, 4, 7, 11, 12, 13]
    assert "did you mean: Ashford" in result.stdout


@pytest.mark.parametrize("format", ["table", "plain"])
def test_file_and_line_are_never_wrapped(country, call, format, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    long = country / ("a-very-long-folder-name" * 3)
    long.mkdir()
    (long / "broken.toml").write_text(BROKEN)
    result = call("check", long / "broken.toml", "--format", format)
    assert any(line.startswith(f"{long / 'broken.toml'}:1: ") for line in result.stdout.splitlines())


def test_faults_are_data_too(country, call):
    (country / "broken.toml").write_text(BROKEN)
    given = json.loads(call("check", "broken.toml", "--format", "json").stdout)
    assert given["files"] == ["broken.toml"]
    assert given["faults"][0]["line"] == 1
    assert given["findings"] == []


def test_good_files_have_no_faults(country, example):
    result = example("check", "met.toml", "draft.toml", country / "exampleshire" / "deals")
    assert result.stdout.endswith("0 faults, 0 errors, 0 warnings, 0 notes in 3 files.\n")
    assert result.exit_code == 0


def test_a_provision_that_changes_nothing_is_a_finding(country, example):
    (country / "vain.toml").write_text((country / "draft.toml").read_text().replace("T01", "skills"))
    result = example("check", "vain.toml")
    assert result.exit_code == 1
    assert "1 error" in result.stdout


def test_what_a_draft_conflicts_with_in_the_baseline_is_found(country, example):
    draft = (country / "draft.toml").read_text("utf-8")
    draft = draft.replace("transferee", 'transferor = "ashford-council"\ntransferee')
    (country / "exampleshire/deals/ex-2027.toml").write_text(draft)
    rival = draft.replace("EX-2027", "EX-RIVAL").replace('"EXCA"', '"secretary-of-state"\narea = "E01"')
    (country / "rival.toml").write_text(rival)
    result = example("check", "rival.toml", "--format", "json")
    assert result.exit_code == 1
    found = [f["about"] for f in json.loads(result.stdout)["findings"] if f["code"] == "conflict"]
    assert found == [["EX-2027/1", "EX-RIVAL/1", "roads"]]


def test_without_a_path_the_model_is_checked_on_the_day(example):
    sound = example("check", "--on", "2018-01-01")
    assert sound.exit_code == 0
    assert "Who holds Skills on 2018-01-01 is not known" in sound.stdout
    late = example("check", "--on", "2030-01-01")
    assert late.exit_code == 1
    assert "2030-01-01 is too late. (ask sooner)" in late.stdout


@pytest.mark.parametrize("path", ["nowhere.toml", "empty.toml", "emptyfolder", "picture.toml"])
def test_what_is_no_file_of_ours_is_a_fault(country, call, path):
    (country / "empty.toml").write_text("")
    (country / "emptyfolder").mkdir()
    (country / "picture.toml").write_bytes(b"\xff\xd8\xff\xe0")
    result = call("check", path)
    assert result.exit_code == 3
    assert result.stdout.startswith(path)
