"""A plugin that fails is named, with its version and what of it failed; everything else goes on; the exit code is 4."""

import json
from textwrap import dedent

import pytest

HEAD = """
__version__ = "2.5"
DEVO_SPEC = 1
from collections.abc import Iterator
from dataclasses import dataclass
from devo import Finding, Provision, World, hookimpl


@dataclass(frozen=True)
class Row:
    "A row."
    cell: str

"""
ASKED = ("ask", "who-holds", "--term", "place=Ashford", "--on", "2018-01-01")

BROKEN_BEFORE = {
    "import": ("1 / 0", "import of plugin bad_import 2.5 failed: ZeroDivisionError: division by zero"),
    "missing": ("import nowhere_at_all", "plugin bad_missing 2.5 needs nowhere_at_all, which is not installed"),
    "misspelt": ("@hookimpl\ndef cheks():\n    return []", "plugin bad_misspelt 2.5 has a hook `cheks`"),
    "raises": ("@hookimpl\ndef checks():\n    return [][0]", "hook 'checks' of plugin bad_raises 2.5 failed: IndexError"),
    "shape": ("@hookimpl\ndef questions():\n    return 3", "plugin bad_shape 2.5 returns an int from its hook `questions`"),
    "forever": ("while True: pass", "import of plugin bad_forever 2.5 failed: it was not done after 0.2 seconds"),
    "clash": (
        "def costs(world: World) -> Iterator[Row]:\n    return []\n\n@hookimpl\ndef questions():\n    return [costs]",
        "'costs' is given by two plugins, bad_clash 2.5 and exampleshire 3.1; rename one",
    ),
}  # fmt: skip


@pytest.fixture
def bad(country):
    """Writes a plugin's file, and gives how it is named on the command line."""

    def write(name, body):
        (country / f"bad_{name}.py").write_text(HEAD + dedent(body) + "\n", "utf-8")
        return f"./bad_{name}.py"

    return write


def test_what_cannot_be_switched_on_is_left_out_and_the_answer_stands(bad, example):
    broken = {how: body for how, (body, _) in BROKEN_BEFORE.items() if how != "clash"}
    named = [word for how, body in broken.items() for word in ("--plugin", bad(how, body))]
    result = example(*ASKED, *named, "--plugin-seconds", "0.2")
    assert result.exit_code == 4
    for how in broken:
        assert BROKEN_BEFORE[how][1] in result.stderr
        assert f"bad_{how}.py:" in result.stderr or how == "forever"
    assert (result.stdout, 0) == (example(*ASKED).stdout, example(*ASKED).exit_code)


def test_of_two_that_clash_neither_is_on_and_the_rest_is(bad, example, call):
    body, said = BROKEN_BEFORE["clash"]
    result = call("plugins", "--plugin", "exampleshire", "--plugin", bad("clash", body), "--format", "json")
    assert (result.exit_code, said in result.stderr) == (4, True)
    on = {plugin["name"] for plugin in json.loads(result.stdout)["plugins"] if plugin["on"]}
    assert not on & {"exampleshire", "bad_clash"}
    assert "devo_england" in on


ASKED_BADLY = {
    "raises": ("return [][0]", "question 'mine' of plugin bad_q_raises 2.5 failed on 2018-01-01: IndexError"),
    "dicts": ("return [{'cell': 1}]", "it gave a dict where it says that it gives Row"),
    "nothing": ("pass", "it returned nothing; it should return a list, or yield"),
    "text": ("return 'rows'", "it returned a str, not a list of what it should give"),
    "forever": ("while True: pass", "it was not done after 0.2 seconds, and was stopped"),
    "exits": ("raise SystemExit(0)", "it tried to end the program"),
}
QUESTION = "def mine(world: World) -> Iterator[Row]:\n    'Mine.'\n    {body}\n\n@hookimpl\ndef questions():\n    return [mine]"


@pytest.mark.parametrize("how", ASKED_BADLY)
def test_a_question_that_fails_names_its_plugin(bad, example, how):
    body, said = ASKED_BADLY[how]
    path = bad(f"q_{how}", QUESTION.format(body=body))
    words = ["--plugin", path, "--on", "2018-01-01"]
    words += ["--plugin-seconds", "0.2"] if how == "forever" else []
    result = example("ask", "mine", *words)
    assert (result.exit_code, said in result.stderr) == (4, True)
    assert f"of plugin bad_q_{how} 2.5" in result.stderr
    assert "Traceback" not in result.output
    if how == "raises":
        assert example("who", "Ashford", *words).exit_code == 0  # what it is not asked cannot fail


def test_in_a_run_the_other_scenarios_go_on(bad, country, call):
    path = bad("run", QUESTION.format(body="raise OSError('no such thing')"))
    head = 'baseline = "example"\nplugins = ["exampleshire"]\non = 2018-01-01\n[[ask]]\nquestion = '
    folder = country / "several"
    folder.mkdir()
    (folder / "a.toml").write_text(head + '"mine"\n[[ask]]\nquestion = "costs"\n')
    (folder / "b.toml").write_text(head + '"costs"\n')
    result = call("run", "several", "--plugin", path, "--format", "json")
    assert result.exit_code == 4
    a, b = json.loads(result.stdout)["scenarios"]
    assert (a["passed"], b["passed"]) == (False, True)
    assert [answer["question"] for answer in a["answers"]] == ["costs"]
    (finding,) = a["findings"]
    assert finding["code"] == "plugin-failed"
    assert (
        finding["message"]
        == "question 'mine' of plugin bad_run 2.5 failed on 2018-01-01: OSError: no such thing"
    )
    assert finding["where"].endswith("bad_run.py:16")
    strict = call("run", "several", "--plugin", path, "--strict")
    assert (strict.exit_code, strict.stdout) == (4, "")


def test_a_run_says_of_each_scenario_that_a_plugin_was_not_on(bad, country, call):
    path = bad("absent", "1 / 0")
    result = call("run", "met.toml", "--plugin", path, "--format", "json")
    (scenario,) = json.loads(result.stdout)["scenarios"]
    assert (result.exit_code, scenario["passed"]) == (4, False)
    assert scenario["findings"][0]["message"].startswith("import of plugin bad_absent 2.5 failed")


def test_a_verb_that_fails_is_named_with_its_provision(bad, country, call):
    body = """
        def spoil(world: World, provision: Provision, power: str) -> Iterator[Row]:
            "Spoil a power."
            yield {}["nothing"]

        @hookimpl
        def provisions():
            return [spoil]
    """
    path = bad("verb", body)
    (country / "spoil.toml").write_text(
        'name = "Spoilt"\ncode = "SP"\ninstrument = {title = "Order", made = 2020-01-01}\n'
        '[[provision]]\nverb = "spoil"\npower = "buses"\ncommencement = 2020-05-01\n'
    )
    (country / "spoilt.toml").write_text(
        'baseline = "example"\nplugins = ["exampleshire"]\ndeals = ["./spoil.toml"]\non = 2021-01-01\n'
        '[[ask]]\nquestion = "costs"\n'
    )
    result = call("run", "spoilt.toml", "--plugin", path)
    assert result.exit_code == 4
    assert (
        "SP/1 (spoil, 2020-05-01): verb 'spoil' of plugin bad_verb 2.5 failed: KeyError: 'nothing'"
        in result.stdout
    )
    assert "at " in result.stderr


def test_a_check_that_fails_hides_no_other(bad, example):
    body = """
        def fails(world: World) -> Iterator[Finding]:
            "Fails."
            yield "something is wrong"

        @hookimpl
        def checks():
            return [fails]
    """
    words = ("check", "--on", "2030-01-01", "--plugin", bad("check", body))
    result = example(*words)
    assert result.exit_code == 4
    assert (
        "check 'fails' of plugin bad_check 2.5 failed: it gave a str where it says that it gives Finding"
        in result.stdout
    )
    assert "is too late" in result.stdout
    strict = example(*words, "--strict")
    assert (strict.exit_code, strict.stdout) == (4, "")


def test_strict_stops_before_any_answer(bad, example):
    result = example(*ASKED, "--plugin", bad("strict", "1 / 0"), "--strict")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "import of plugin bad_strict 2.5 failed" in result.stderr


def test_the_trace_has_every_function_with_its_time(bad, example):
    result = example("ask", "costs", "--trace-plugins")
    assert result.exit_code == 0
    (line,) = [line for line in result.stderr.splitlines() if "question 'costs' of exampleshire 3.1" in line]
    assert float(line.split()[0]) >= 0
    assert "hook 'questions' of exampleshire 3.1" in result.stderr


@pytest.mark.parametrize("name", ["bad_data.py", "../x/bad_data"])
def test_no_scenario_switches_on_a_file_of_code(bad, country, call, name):
    bad("data", "raise RuntimeError('it was run')")
    (country / "data.toml").write_text(
        f'baseline = "example"\nplugins = ["exampleshire", "{name}"]\non = 2021-01-01\n[[ask]]\nquestion = "costs"\n'
    )
    result = call("run", "data.toml")
    assert result.exit_code == 3
    assert f"data.toml:2: `plugins`: '{name}' names a file of code" in result.stdout
    assert "it was run" not in result.output
    assert f"--plugin {name}" in result.stdout


def test_a_scenario_may_name_what_the_command_line_has_by_its_file(bad, country, call):
    path = bad("named", QUESTION.format(body="return [Row('x')]"))
    (country / "named.toml").write_text(
        'baseline = "example"\nplugins = ["exampleshire", "bad_named"]\non = 2021-01-01\n'
        '[[expect]]\nquestion = "mine"\nrows = [{ cell = "x" }]\n'
    )
    assert call("run", "named.toml", "--plugin", path).exit_code == 0
