import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def test_an_unknown_name_has_the_nearest_and_where_to_search(example):
    result = example("who", "Ashfort", "T03")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "no place is called 'Ashfort'" in result.stderr
    assert "Ashford" in result.stderr
    assert "`devo places TEXT` searches them." in result.stderr


def test_an_unknown_name_in_england_has_the_nearest_three(call):
    result = call("who", "Nowhere", "T03")
    assert result.exit_code == 2
    assert len(re.findall("^    ", result.stderr, re.MULTILINE)) == 3


def test_an_ambiguous_name_lists_the_candidates(example, country):
    with (country / "exampleshire/tables/area.csv").open("a") as table:
        table.write("lad24,E04,Ashford\n")
    with (country / "exampleshire/tables/piece.csv").open("a") as table:
        table.write("p4,E04,,50\n")
    result = example("who", "Ashford", "T03")
    assert result.exit_code == 2
    assert "say which:" in result.stderr
    assert "Ashford (E04)" in result.stderr


@pytest.mark.parametrize(
    "words", [("hwo", "Ashford"), ("who",), ("who", "a", "b", "c"), ("who", "a", "--no")]
)
def test_wrong_usage_is_two(call, words):
    result = call(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: devo")


def test_a_command_misspelt_has_the_nearest(call):
    assert "Did you mean 'who'?" in call("hwo").stderr


def test_a_file_that_is_not_there_is_three(example, call):
    for result in (
        call("who", "Ashford", "--scenario", "nowhere.toml"),
        example("who", "Ashford", "--deal", "nowhere.toml"),
    ):
        assert result.exit_code == 3
        assert "nowhere.toml" in result.stderr


def test_a_fault_in_a_table_is_three_with_file_and_line(example, country):
    (country / "exampleshire/tables/power.csv").write_text("id,name\nroads,Roads\nbuses,\n")
    result = example("who", "Ashford")
    assert result.exit_code == 3
    assert re.search(r"power\.csv:3: ", result.stderr)


def test_an_unknown_baseline_is_two_with_the_choices(call):
    result = call("who", "Manchester", "--baseline", "scotland")
    assert (result.exit_code, "england-general-law" in result.stderr) == (2, True)


def test_an_unknown_plugin_is_four(call):
    assert call("who", "Manchester", "--plugin", "nowhere").exit_code == 4


def test_a_fault_of_devo_s_own_is_five_and_its_trace_is_in_a_file(call, tmp_path, monkeypatch):
    monkeypatch.setattr("devo.front.open_world", lambda *a, **k: 1 / 0)
    result = call("who", "Manchester")
    assert result.exit_code == 5
    assert "Traceback" not in result.output
    [path] = (tmp_path / "logs").iterdir()
    assert str(path) in result.stderr
    kept = path.read_text("utf-8")
    assert "Traceback" in kept
    assert "devo who Manchester" in kept


def test_debug_prints_the_trace(call, monkeypatch):
    monkeypatch.setattr("devo.front.open_world", lambda *a, **k: 1 / 0)
    result = call("who", "Manchester", "--debug")
    assert (result.exit_code, "Traceback" in result.stderr) == (5, True)


def test_a_log_that_cannot_be_kept_is_said(call, monkeypatch, tmp_path):
    monkeypatch.setattr("devo.front.open_world", lambda *a, **k: 1 / 0)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DEVO_LOG_DIR", str(tmp_path / "file" / "logs"))
    result = call("who", "Manchester")
    assert (result.exit_code, "--debug prints them" in result.stderr) == (5, True)


def test_control_characters_of_a_name_do_not_reach_the_terminal(example):
    result = example("who", "\x1b[31mAshford")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("places", "--plugin", "exampleshire", "--baseline", "example"), 0),
        (("run", "unmet.toml"), 1),
        (("who", "Nowhere", "--plugin", "exampleshire", "--baseline", "example"), 2),
        (("run", "nowhere.toml"), 3),
        (("ask", "breaks", "--plugin", "exampleshire", "--baseline", "example"), 4),
    ],
)
def test_exit_codes_of_real_processes(process, words, code):
    done = process(*words)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send to one process there")
def test_an_interrupt_is_130(country):
    slow = Path("exampleshire/__init__.py")
    slow.write_text(
        slow.read_text().replace(
            "import Path", "import Path\nprint('ready', flush=True)\nimport time; time.sleep(30)", 1
        )
    )
    words = ["places", "--plugin", "exampleshire", "--baseline", "example"]
    with subprocess.Popen(
        [sys.executable, "-c", "from devo.cli import main; main()", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.split() == ["devo:", "interrupted"]
