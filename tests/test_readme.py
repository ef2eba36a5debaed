"""The README's answers are what the commands say."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from devo.cli import devo

README = Path(__file__).parent.parent / "README.md"
SAID = re.findall(r"^\$ uv run devo (.*)\n((?:.|\n)*?)^```", README.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("command", "answer"), SAID, ids=[command for command, _ in SAID])
def test_a_command_gives_the_answer_printed_below_it(command, answer):
    result = CliRunner().invoke(devo, [*command.split(), "--plain"])
    assert answer.strip()
    assert result.output.startswith(answer.rstrip("\n"))


def test_the_two_commands_of_a_fresh_machine_stand_there():
    text = README.read_text("utf-8")
    assert "python -m pip install uv && uv run devo run scenarios" in text
    assert "python -m pip install uv && uv run pytest" in text


def test_the_python_example_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out == "Greater Manchester Combined Authority 2017-06-27\n"
