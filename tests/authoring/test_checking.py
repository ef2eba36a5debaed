"""What every plugin has to hold to: each rule finds the plugin that breaks it, says where, and what to do."""

import json
from dataclasses import replace
from textwrap import dedent

import pytest

from devo import names
from devo.answers import plain
from devo.calling import Care, watching
from devo.testing import (
    Budget,
    PluginConformance,
    checked,
    empty_world,
    places,
    tiny_country,
    two_deals,
    worker,
)
from devo.testing.cases import _places, cases_of_question
from devo.testing.checking import _different, _Heard, _over, _take
from devo.toolbox import toolbox

HEAD = '''"""A plugin for a test."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from devo import CannotTakeEffect, Finding, Holding, PowerId, Provision, World, begins, hookimpl

DEVO_SPEC = 1


@dataclass(frozen=True)
class Row:
    """A row."""

    cell: str
    source: str = "made up"


'''


@pytest.fixture
def plugin(home, monkeypatch):
    """Writes a plugin of one file and gives what its trials tell, without England and in this process."""
    small = {name: make for name, make in places.WORLDS.items() if name != "England"}
    monkeypatch.setattr("devo.testing.trials.WORLDS", small)

    def tried(name, body, hook="questions", function="mine", turned=False, head=HEAD):
        path = home / f"{name}.py"
        path.write_text(
            f"{head}{dedent(body)}\n\n@hookimpl\ndef {hook}():\n    return [{function}]\n", "utf-8"
        )
        heard = _Heard()
        job = {"plugin": str(path), "seconds": 0.3, "turned": turned, "skip": []}
        with watching(Care(strict=True, seconds=0.3)):
            worker.work(job, lambda **line: _take(json.loads(json.dumps(line)), heard))
        return heard

    return tried


def found(heard):
    return {finding.code: finding for finding in heard.findings if finding.code != "not-shown"}


def question(body, terms="", doc="Mine."):
    return f'def mine(world: World{terms}) -> Iterator[Row]:\n    """{doc}"""\n    {body}\n'


# What it does and what is found, by the name of the function; the last changes the world for those after it.
BREAKS = {
    "silent": ("undocumented", question("yield Row('x')", doc="")),
    "unsaid": ("undocumented-term", question("yield Row('x')", terms=", share: float = 0.5")),
    "shapeless": ("no-columns", 'def mine(world: World):\n    """Mine."""\n    return []\n'),
    "unsourced": ("no-source", question("yield Row('x', '')")),
    "dividing": ("fails-on-empty-world", question("yield Row(str(1 / len(world.powers)))")),
    "failing": ("fails", question("yield Row([][0]) if world.powers else Row('x')")),
    "misshapen": ("wrong-shape", question("return [{'cell': 'x'}]")),
    "sleeping": ("too-slow", question("import time\n    time.sleep(9)\n    return []")),
    "meddling": (
        "changes-what-it-is-given",
        question("world.records[Row] = (Row('x'),)\n    yield Row('x')"),
    ),
}


def test_each_rule_finds_the_question_that_breaks_it(plugin):
    bodies = [body.replace("def mine", f"def {name}") for name, (_, body) in BREAKS.items()]
    heard = plugin("brk_all", "\n\n".join(bodies), function=", ".join(BREAKS))
    for name, (code, _) in BREAKS.items():
        mine = [item for item in heard.findings if item.about[:1] == (name,) and item.code != "not-shown"]
        assert code in {item.code for item in mine}, name
        assert {item.severity for item in mine} == {"error"}
        (finding, *_) = [item for item in mine if item.code == code]
        assert finding.suggestion or code in ("fails", "too-slow")
        assert ".py:" in finding.where or not code.startswith(("un", "no-c", "fails"))


BARE = """
@dataclass(frozen=True)
class Bare:
    '''{words}'''

    cell: str
    status: str = "held"


def mine(world: World) -> Iterator[Bare]:
    '''Mine.'''
    yield Bare("x")
"""


def test_a_row_without_a_source_says_what_it_was_worked_out_from(plugin):
    finding = found(plugin("brk_bare", BARE.format(words="A row.")))["no-source"]
    assert finding.message == "question 'mine': its rows, Bare, do not say where they come from"
    assert "brk_bare.py:" in finding.where
    assert "Worked out from" in finding.suggestion
    told = "A row.\n\n    It is worked\n    out from all the holdings."
    assert found(plugin("brk_worked", BARE.format(words=told))) == {}


def test_what_is_unmodelled_has_no_source(plugin):
    bare = BARE.format(words="A row.").replace(
        'status: str = "held"', 'status: str = "held"\n    source: str = ""'
    )
    assert "no-source" in found(plugin("brk_held", bare))
    assert found(plugin("brk_unmodelled", bare.replace('"held"', '"unmodelled"'))) == {}


def test_a_term_called_after_the_record_it_names_needs_no_words(plugin):
    body = "from typing import Annotated\nfrom devo import Ref\n\n\n" + question(
        "yield Row(thing)", terms=', thing: Annotated[str, Ref("{ref}")] = "x"'
    )
    assert found(plugin("brk_ref", body.replace("{ref}", "thing"))) == {}
    assert "undocumented-term" in found(plugin("brk_other_ref", body.replace("{ref}", "power")))


def test_what_is_too_slow_on_a_world_is_not_tried_there_again(plugin):
    body = "import time\n\n\n" + question("time.sleep(9)\n    return []", terms=", place: str = ''")
    heard = plugin("brk_slow", body)
    assert len(heard.trials) == 3  # one of two cases on each world
    assert {finding.code for finding in heard.findings} == {"too-slow", "not-shown"}


def test_places_to_try_are_a_small_one_and_a_middling_one_before_the_whole(plugin):
    world = two_deals()
    first, second, *_, last = _places(world)
    pieces = [len(names.place(world, code).pieces) for code in (first, second, last)]
    assert pieces[0] == 1
    assert pieces == sorted(pieces)


def test_what_comes_in_by_another_door_is_found(plugin):
    heard = plugin("brk_door", "from devo.world import world_of\n\n\n" + question("yield Row('x')"))
    assert found(heard)["not-by-the-front-door"].where.endswith("brk_door.py:18")


def test_a_question_that_holds_has_nothing_against_it(plugin):
    heard = plugin("brk_sound", question("yield Row('x')"))
    assert heard.findings == []
    assert [trial["gave"] for trial in heard.trials.values()] == [1, 1, 1]


def test_what_looks_at_the_clock_or_takes_chances_is_found(plugin):
    heard = plugin("brk_clock", "import random\n\n\n" + question("yield Row(date.today().isoformat())"))
    said = [finding.message for finding in heard.findings if finding.code == "not-deterministic"]
    assert any("looks at the clock (date.today)" in text for text in said)
    assert any("imports random" in text for text in said)


def test_what_differs_from_call_to_call_is_found(plugin):
    body = "COUNT = []\n\n\n" + question("COUNT.append(1)\n    yield Row(str(len(COUNT)))")
    assert (
        "when it was called again with the same"
        in found(plugin("brk_twice", body))["not-deterministic"].message
    )


def test_what_differs_between_two_processes_is_found():
    one, two = _Heard(), _Heard()
    for heard, mark in ((one, "a"), (two, "b")):
        heard.trials["question 'q' on the tiny country"] = {"mark": mark}
        heard.trials["question 'r' on the tiny country"] = {"mark": "same"}
    (finding,) = _different(one, two)
    assert finding.about == ("q",)


CHECK = 'def mine(world: World) -> Iterator[Finding]:\n    """Mine."""\n    yield Finding("c", {words})\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("'Wrong', 'error', (), '', 'mend it'", "says nothing of whom or what it is about"),
        ("'Wrong', 'error', ('x',)", "does not say what to do"),
        ("'', 'error', ('x',), '', 'mend it'", "without words"),
    ],
)
def test_a_finding_names_the_place_and_the_fix(plugin, words, said):
    name = "brk_" + "".join(c for c in said if c.isalpha())
    heard = plugin(name, CHECK.format(words=words), hook="checks")
    assert said in found(heard)["unclear-message"].message


VERB = 'def mine(world: World, provision: Provision, power: PowerId):\n    """Mine."""\n    {body}\n'
NO = "raise CannotTakeEffect({words})"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (NO.format(words="'it cannot'"), "unclear-message"),
        (NO.format(words="f'{power} cannot be.'"), "unclear-message"),
        (NO.format(words="''"), "unclear-message"),
        ("return [Holding('h', power, 'minister')]", "no-source"),
        ("return ['x']", "wrong-shape"),
    ],
)
def test_what_a_verb_says_and_gives(plugin, body, code):
    name = f"brk_verb_{sum(map(ord, body))}"
    heard = plugin(name, VERB.format(body=body), hook="provisions")
    assert code in found(heard)


def test_a_verb_that_holds(plugin):
    body = "yield begins(provision, power, 'minister', 'T92000001')"
    heard = plugin("brk_verb_sound", VERB.format(body=body), hook="provisions")
    assert found(heard) == {}
    assert {trial["gave"] for trial in heard.trials.values()} == {1}


def test_what_was_never_seen_at_work_is_said(plugin):
    heard = plugin("brk_shown", question("return []", terms=", word: str", doc="Of a `word`."))
    (finding,) = heard.findings
    assert (finding.code, finding.severity) == ("not-shown", "warning")


def test_an_example_that_does_not_hold_is_an_error_at_its_line(plugin, home):
    example = 'baseline = "tiny-country"\nplugins = ["tiny-country", "brk_example"]\non = 2025-01-01\n'
    (home / "brk_example.toml").write_text(example + '[[expect]]\nquestion = "mine"\ncount = 2\n')
    heard = plugin("brk_example", question("yield Row('x')"))
    finding = found(heard)["example-fails"]
    assert finding.message == "the example brk_example.toml: mine: 1 row came where 2 were expected"
    assert finding.where.endswith("brk_example.toml:4")


def test_a_question_that_fails_in_an_example_is_an_error_at_its_line(plugin, home):
    example = 'baseline = "tiny-country"\nplugins = ["tiny-country", "brk_raises"]\non = 2025-01-01\n'
    (home / "brk_raises.toml").write_text(example + '[[ask]]\nquestion = "mine"\nword = "x"\n')
    heard = plugin("brk_raises", question("raise ValueError(word)", terms=", word: str", doc="Of a `word`."))
    finding = found(heard)["example-fails"]
    assert finding.message.startswith("the example brk_raises.toml: question 'mine' of plugin brk_raises")
    assert "brk_raises.py:" in finding.where


def test_one_that_cannot_be_switched_on_is_broken(plugin):
    heard = plugin("brk_broken", "1 / 0\n")
    assert heard.broken
    assert "import of plugin brk_broken failed" in heard.findings[0].message


def test_turned_about_it_gives_the_same(plugin):
    body = question("yield from (Row(name) for name in sorted(world.powers))")
    one, two = plugin("brk_turned", body), plugin("brk_turned", body, turned=True)
    assert list(_different(one, two)) == []


def test_more_than_the_budget_is_found():
    heard, budget = _Heard(), Budget(seconds=1, megabytes=10)
    for name, seconds, memory in (("slow", 1.5, 0), ("large", 0.1, 11_000_000), ("sound", 0.9, 9_000_000)):
        case = f"question {name!r} on England"
        heard.trials[case] = {"case": case, "seconds": seconds, "memory": memory}
    slow, large = _over(heard, budget)
    assert (slow.code, slow.about) == ("too-slow", ("slow",))
    assert slow.message == "question 'slow' on England: took 1.5 seconds, of 1"
    assert (large.code, large.about) == ("too-large", ("large",))
    assert "took 11 MB of memory more, of 10" in large.message


def test_the_worlds_to_try_things_on():
    assert len(empty_world().powers) == 0
    before, after = tiny_country(), two_deals()
    assert (len(before.powers), before.deal_codes, after.deal_codes) == (4, (), ("TC-2020", "TC-2024"))
    assert after.findings == ()
    assert all(
        body.source == "made up" for rows in after.records.values() for body in rows if hasattr(body, "kind")
    )


def test_conformance_fails_where_a_rule_is_broken(monkeypatch):
    class Mine(PluginConformance):
        plugin = "some-plugin"

    from devo.testing.checking import Report
    from devo.values import Finding

    broken = Finding("no-source", "a row has none", "error", ("q",), "here.py:3", "give it one")
    monkeypatch.setattr(
        "devo.testing.conformance._checked", lambda *_: Report("some_plugin", "1", (), (broken,))
    )
    names = [name for name in dir(Mine) if name.startswith("test_")]
    failed = []
    for name in names:
        try:
            getattr(Mine(), name)()
        except AssertionError as error:
            failed.append((name, str(error)))
    (only,) = failed
    assert only[0] == "test_it_says_where_everything_comes_from"
    assert "here.py:3: a row has none (give it one)" in only[1]
    assert plain(replace(broken, about=()))["about"] == []


@pytest.mark.nightly
def test_what_hangs_where_nothing_can_stop_it_is_cut_off(home):
    """A loop in C, and one that ends its process: each is named, and the rest is tried."""
    functions = {
        "stuck": "return sum(range(10**13)) and []",
        "dies": "import os\n    os._exit(3)",
        "sound": "yield Row('x')",
    }
    text = HEAD + "".join(
        question(body).replace("def mine", f"def {name}") + "\n\n" for name, body in functions.items()
    )
    path = home / "brk_stuck.py"
    path.write_text(text + f"@hookimpl\ndef questions():\n    return [{', '.join(functions)}]\n")
    report = checked(str(path), Budget(seconds=0.2))
    said = {finding.about[0]: finding for finding in report.findings if finding.severity == "error"}
    assert "was cut off" in said["stuck"].message
    assert "ended by itself" in said["dies"].message
    assert any(tried.case.startswith("question 'sound'") and tried.gave for tried in report.tried)


def test_a_question_is_tried_with_two_layers_and_on_two_days():
    """Of a layer beside itself, and of what changed since today, nearly every question says nothing."""
    world, box = two_deals(), toolbox()
    layers = [case.terms for case in cases_of_question(box.questions["straddling"], world, "two deals")]
    assert layers[0]["source"] != layers[0]["target"]
    assert any(terms["source"] == terms["target"] for terms in layers)
    days = {case.terms["since"] for case in cases_of_question(box.questions["moved"], world, "two deals")}
    assert min(days) < max(days) == world.today
