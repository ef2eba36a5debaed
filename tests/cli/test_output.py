import os
import subprocess
import sys

import pytest

WORDS = ("who", "E03", "--on", "2012-01-01")


def test_a_terminal_gets_a_table_and_a_pipe_gets_lines(example, terminal):
    assert "─" in example(*WORDS).stdout


def test_what_is_no_terminal_gets_lines(example):
    result = example(*WORDS)
    assert "─" not in result.stdout
    assert "body: Carley [s.12(1)] Council" in result.stdout


@pytest.mark.parametrize(("name", "value"), [("DEVO_PLAIN", "1"), ("TERM", "dumb")])
def test_plain_is_honoured_in_a_terminal(example, terminal, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert "─" not in example(*WORDS).stdout
    assert "─" in example(*WORDS, "--format", "table").stdout


def test_colour_is_for_terminals_that_want_it(example, terminal, monkeypatch):
    assert "\x1b[" in example(*WORDS).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in example(*WORDS).stdout


def test_a_table_fits_eighty_columns(example, terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, example(*WORDS).stdout.splitlines())) <= 80


@pytest.mark.parametrize("ending", ["json", "csv", "md", "txt"])
def test_a_file_gets_the_format_of_its_ending(example, country, terminal, ending):
    result = example(*WORDS, "--output", f"answer.{ending}")
    assert (result.exit_code, result.stdout) == (0, "")
    format = {"txt": "plain"}.get(ending, ending)
    assert (country / f"answer.{ending}").read_bytes() == example(*WORDS, "--format", format).stdout_bytes


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (".", ". is a folder; name a file"),
        ("nowhere/answer.json", "nowhere/answer.json could not be written"),
    ],
)
def test_a_file_that_cannot_be_written_is_wrong_usage(example, path, said):
    result = example(*WORDS, "-o", path)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_same_question_gives_the_same_bytes(process):
    words = (*WORDS, "--plugin", "exampleshire", "--baseline", "example", "--format", "json")
    once = process(*words)
    assert (once.returncode, once.stdout) == (0, process(*words).stdout)
    assert '"Carley [s.12(1)] Council"' in once.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are closed otherwise there")
def test_a_reader_that_leaves_is_no_fault_and_the_verdict_stands(country):
    code = "from devo.cli import main; main()"
    words = ["check", "--on", "2030-01-01", "--plugin", "exampleshire", "--baseline", "example"]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are closed otherwise there")
def test_help_that_nobody_reads_is_no_fault(tmp_path):
    code = "from devo.cli import main; main()"
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as unread:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=unread, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed otherwise there")
def test_no_output_at_all_is_no_fault(tmp_path):
    code = "import os; os.close(1); os.execl({0!r}, {0!r}, '-c', 'from devo.cli import main; main()')"
    done = subprocess.run(
        [sys.executable, "-c", code.format(sys.executable)], stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_an_old_terminal_cannot_show_is_no_fault(process, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    result = process("ask", "costs", "--plugin", "exampleshire", "--baseline", "example")
    assert (result.returncode, "amount: ?1,234.56" in result.stdout) == (0, True)
