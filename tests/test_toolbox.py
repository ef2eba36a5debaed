"""Plugins switched on: what they bring, and what is refused with both names."""

import sys
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from textwrap import dedent

import pytest
from worlds import LAST, answers, enacted, provision, world

from devo.calling import Care, PluginFault, UnknownPlugin, watching
from devo.enactment import enact
from devo.sources import BUILT_IN
from devo.toolbox import toolbox
from devo.tools import columns_of, terms_of, type_name, user_word
from devo.values import Pence


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Writes a plugin's module and gives its name."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name, body):
        head = "from devo import hookimpl, Finding, World, Provision\n"
        (tmp_path / f"{name}.py").write_text(head + dedent(body), "utf-8")
        return name

    return write


QUESTION = """
    def {name}(world: World, {term}: str = ""):
        "Ask me."
        return []

    @hookimpl
    def questions():
        return [{name}]
"""


def test_the_core_and_built_in_plugins_are_on():
    tools = toolbox()
    assert list(tools.plugins) == ["core", *BUILT_IN]
    assert {"confer", "cease", "transfer", "share", "re-source", "make-joint"} <= set(tools.verbs)
    assert {"who-holds", "held-by", "where-held", "history", "members-of", "what-changed"} <= set(
        tools.questions
    )
    assert {"body-class", "decision-rule", "piece", "power"} <= set(tools.records)
    assert {"england", "england-general-law"} <= set(tools.baselines)
    assert tools.verbs["transfer"].plugin == "devo_transfers"


def test_a_named_plugin_is_on_too(plugin):
    name = plugin("tbx_one", QUESTION.format(name="what_if_", term="place"))
    tools = toolbox([name, name])
    asked = tools.questions["what-if"]
    assert (asked.plugin, asked.help, [term.name for term in asked.terms]) == (
        "tbx_one",
        "Ask me.",
        ["place"],
    )
    assert "what-if" not in toolbox().questions


def test_two_things_of_one_name_are_refused_with_both_plugins(plugin):
    one = plugin("tbx_two", QUESTION.format(name="same", term="place"))
    two = plugin("tbx_three", QUESTION.format(name="same", term="place"))
    with pytest.raises(PluginFault, match="'same' is given by two plugins, tbx_two and tbx_three"):
        toolbox([one, two])


def test_a_plugin_may_not_replace_what_the_core_has(plugin):
    name = plugin("tbx_four", QUESTION.format(name="who_holds", term="place"))
    with pytest.raises(PluginFault, match="'who-holds' is given by two plugins, core and tbx_four"):
        toolbox([name])


def test_a_reserved_term_is_refused(plugin):
    name = plugin("tbx_five", QUESTION.format(name="mine", term="rows"))
    with pytest.raises(PluginFault, match="question mine of plugin tbx_five calls a term 'rows'"):
        toolbox([name])


def test_a_reserved_term_of_a_verb_is_refused(plugin):
    name = plugin(
        "tbx_six",
        """
        def mine(world: World, provision: Provision, overrides: str):
            return []

        @hookimpl
        def provisions():
            return [mine]
    """,
    )
    with pytest.raises(PluginFault, match="verb mine of plugin tbx_six calls a term 'overrides'"):
        toolbox([name])


def test_a_misspelt_hook_is_refused_with_the_nearest(plugin):
    name = plugin(
        "tbx_seven",
        """
        @hookimpl
        def question():
            return []
    """,
    )
    with pytest.raises(
        PluginFault, match=r"plugin tbx_seven has a hook `question`, .*did you mean `questions`"
    ) as met:
        toolbox([name])
    assert met.value.where.endswith("tbx_seven.py:3")


def test_an_unmarked_function_is_no_hook(plugin):
    name = plugin(
        "tbx_eight",
        """
        def questions():
            raise RuntimeError("never called")
    """,
    )
    assert "tbx_eight" in toolbox([name]).plugins


def test_a_hook_that_fails_names_its_plugin(plugin):
    name = plugin(
        "tbx_nine",
        """
        @hookimpl
        def checks():
            raise ZeroDivisionError("nothing to divide")
    """,
    )
    with pytest.raises(
        PluginFault, match="hook 'checks' of plugin tbx_nine failed: ZeroDivisionError: nothing to"
    ):
        toolbox([name])


def test_an_unknown_plugin_lists_those_installed():
    with pytest.raises(PluginFault, match=r"no plugin named 'fundin'; installed: .*transfers"):
        toolbox(["fundin"])


def test_a_plugin_that_needs_what_is_not_installed_says_so(plugin):
    name = plugin("tbx_ten", "import no_such_library\n")
    with pytest.raises(PluginFault, match="plugin tbx_ten needs no_such_library, which is not installed"):
        toolbox([name])


@pytest.mark.parametrize(
    ("hook", "given", "said"),
    [
        ("questions", "None", "returns nothing from its hook `questions`, and not a list"),
        ("questions", "['who']", "gives a str in its hook `questions`, and not a function"),
        ("records", "[dict]", "gives dict in its hook `records`, which is no dataclass"),
        ("baselines", "['england']", "gives a str in its hook `baselines`, and not a Baseline"),
        ("checks", "[lambda: ()]", "takes too little; it is called as"),
        ("checks", "[lambda world, more: ()]", "has a check '<lambda>' that needs terms"),
    ],
)
def test_what_a_hook_may_not_give(plugin, hook, given, said):
    name = plugin(f"tbx_gives_{abs(hash((hook, given)))}", f"@hookimpl\ndef {hook}():\n    return {given}\n")
    with pytest.raises(PluginFault) as met:
        toolbox([name])
    assert said in str(met.value)


def test_a_hook_takes_nothing(plugin):
    name = plugin("tbx_takes", "@hookimpl\ndef questions(world):\n    return []\n")
    with pytest.raises(PluginFault, match="a hook takes nothing and returns a list"):
        toolbox([name])


def test_an_annotation_that_means_nothing_is_the_plugin_s_fault(plugin):
    text = "def ask_me(world: World, place: Nowhere) -> list:\n    return []\n\n"
    head = "from __future__ import annotations\n"
    name = plugin("tbx_means", "")
    module = Path(sys.path[0]) / "tbx_means.py"
    module.write_text(f"{head}{module.read_text()}{text}@hookimpl\ndef questions():\n    return [ask_me]\n")
    with pytest.raises(PluginFault, match=r"'ask-me' whose signature cannot be read: NameError.*Nowhere"):
        toolbox([name])


def test_records_are_frozen(plugin):
    body = """
        from dataclasses import dataclass

        @dataclass
        class Loose:
            id: str

        @hookimpl
        def records():
            return [Loose]
    """
    with pytest.raises(PluginFault, match="a record type, Loose, that is not frozen") as met:
        toolbox([plugin("tbx_loose", body)])
    assert met.value.suggestion == "write @dataclass(frozen=True)"


# --- which specification of the hooks -------------------------------------------------------------


def test_a_plugin_for_a_newer_devo_is_refused(plugin):
    with pytest.raises(
        PluginFault, match="was written for specification 9 of devo's hooks, and this devo has 1"
    ):
        toolbox([plugin("tbx_newer", "DEVO_SPEC = 9\n")])


def test_a_plugin_for_an_older_devo_is_on_with_a_note(plugin, monkeypatch):
    monkeypatch.setattr("devo.bringing.SPEC", 2)
    name = plugin("tbx_older", "DEVO_SPEC = 1\n__version__ = '0.3'\n")
    tools = toolbox([name], built_in=())
    assert name in tools.plugins
    (note,) = tools.findings
    assert (note.code, note.severity) == ("plugin-outdated", "warning")
    assert note.message.startswith("plugin tbx_older 0.3 was written for specification 1")


def test_a_plugin_older_than_the_oldest_is_refused(plugin, monkeypatch):
    monkeypatch.setattr("devo.bringing.SPEC", 3)
    monkeypatch.setattr("devo.bringing.OLDEST", 2)
    with pytest.raises(PluginFault, match="this devo has 3 and understands 2 and later"):
        toolbox([plugin("tbx_oldest", "DEVO_SPEC = 1\n")], built_in=())


def test_a_specification_is_a_number(plugin):
    with pytest.raises(PluginFault, match="DEVO_SPEC = 'one', which is no number"):
        toolbox([plugin("tbx_spec", "DEVO_SPEC = 'one'\n")])


# --- where a face watches, the rest goes on --------------------------------------------------------


def test_under_a_watch_what_fails_is_left_out_and_said(plugin):
    broken = plugin("tbx_broken", "__version__ = '4.2'\n1 / 0\n")
    sound = plugin("tbx_sound", QUESTION.format(name="sound", term="place"))
    with watching() as watch:
        tools = toolbox([broken, sound])
    assert "sound" in tools.questions
    assert broken not in tools.plugins
    (finding,) = tools.findings
    assert finding.message == "import of plugin tbx_broken failed: ZeroDivisionError: division by zero"
    assert finding.where.endswith("tbx_broken.py:3")
    assert [fault.plugin for fault in watch.faults] == ["tbx_broken"]


def test_under_a_strict_watch_the_first_that_fails_stops_it(plugin):
    with watching(Care(strict=True)), pytest.raises(PluginFault, match="tbx_strict"):
        toolbox([plugin("tbx_strict", "1 / 0\n")])


def test_of_two_that_clash_neither_is_on_whatever_their_order(plugin):
    one = plugin("tbx_clash_a", QUESTION.format(name="clashing", term="place"))
    two = plugin("tbx_clash_b", QUESTION.format(name="clashing", term="place"))
    third = plugin("tbx_clash_c", QUESTION.format(name="peaceful", term="place"))
    for order in permutations([one, two, third]):
        with watching():
            tools = toolbox(order)
        assert [name for name in tools.plugins if name.startswith("tbx")] == [third]
        assert sorted(finding.about[0] for finding in tools.findings) == [one, two]


def test_a_plugin_that_hangs_while_it_is_imported_is_stopped_once(plugin):
    name = plugin("tbx_hangs", "while True:\n    pass\n")
    with watching(Care(seconds=0.1)) as watch:
        for _ in range(3):
            tools = toolbox([name], built_in=())
            assert "it was not done after 0.1 seconds, and was stopped" in tools.findings[0].message
    # What could not be loaded is not tried again.
    assert [timing.calls for (*_, what), timing in watch.timings.items() if "import" in what] == [1]


def test_a_plugin_that_ends_the_program_does_not(plugin):
    with pytest.raises(PluginFault, match="it tried to end the program"):
        toolbox([plugin("tbx_exits", "raise SystemExit(0)\n")])


# --- by a file or a folder ------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    """Writes a file that nothing can import, and gives its path."""

    def write(name, body):
        path = tmp_path / "apart" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from devo import hookimpl, World\n" + dedent(body), "utf-8")
        return str(path)

    yield write
    for name in [name for name in sys.modules if name.startswith("fil_")]:
        del sys.modules[name]


def test_a_plugin_by_its_file(file):
    path = file(
        "fil_one.py", dedent(QUESTION.format(name="from_a_file", term="place")) + '\n__version__ = "7"\n'
    )
    tools = toolbox([path, path])
    assert (tools.questions["from-a-file"].plugin, tools.plugins["fil_one"]) == ("fil_one", "7")
    assert toolbox(["fil-one"]).plugins.keys() == tools.plugins.keys()  # it is on, so its name will do


def test_a_plugin_by_its_package_or_its_project(file, tmp_path):
    file(
        "fil_two/__init__.py",
        "from fil_two.inner import ask_two\n\n@hookimpl\ndef questions():\n    return [ask_two]\n",
    )
    file("fil_two/inner.py", "def ask_two(world: World) -> list:\n    return []\n")
    (tmp_path / "apart" / "pyproject.toml").write_text(
        '[project]\nname = "two"\nversion = "1.5"\n[project.entry-points.devo]\nmy-two = "fil_two"\n'
    )
    for place in (tmp_path / "apart" / "fil_two", tmp_path / "apart"):
        sys.modules.pop("fil_two", None)
        assert "ask-two" in toolbox([str(place)]).questions
    tools = toolbox([str(tmp_path / "apart"), "my-two", "two"])
    assert tools.plugins["fil_two"] == "1.5"


@pytest.mark.parametrize(
    "text", ["project = 3", "[project]\nentry-points = 3", '[project.entry-points]\ndevo = "fil_two"']
)
def test_a_project_that_declares_its_plugin_wrongly(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(PluginFault, match=r"declares no plugin: it has no \[project.entry-points.devo\]"):
        toolbox([str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/fil_on.py", "there is no plugin at nowhere/fil_on.py"),
        ("./apart/fil_thre.py", "did you mean apart/fil_three.py?"),
        ("./apart", "the folder apart is no plugin: it has neither a pyproject.toml nor an __init__.py"),
        ("./apart/json.py", "cannot be called 'json': a module of that name is there already"),
        ("./apart/fil-four.py", "'fil-four' is no name for Python"),
        ("./notes.txt", "notes.txt is no plugin: a plugin is a .py file or a folder"),
        ("json", "'json' is a module of Python, and no plugin"),
        ("transfer", "did you mean 'transfers'?"),
    ],
)
def test_what_is_no_plugin(file, tmp_path, monkeypatch, name, said):
    for other in ("fil_three.py", "json.py", "fil-four.py"):
        file(other, "")
    (tmp_path / "notes.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownPlugin) as met:
        toolbox([name])
    assert said in str(met.value)


def test_finding_a_module_that_is_no_plugin_runs_nothing_of_it(plugin, tmp_path):
    (tmp_path / "tbx_unseen.py").write_text("raise RuntimeError('it was run')\n")
    with pytest.raises(UnknownPlugin, match="nothing in it is marked"):
        toolbox(["tbx_unseen"])


def test_the_order_of_plugins_never_changes_what_they_bring(plugin):
    names = [plugin(f"tbx_order_{n}", QUESTION.format(name=f"q_{n}", term="place")) for n in range(3)]
    found = {
        tuple(sorted((name, tool.plugin) for name, tool in toolbox(order).questions.items()))
        for order in permutations(names)
    }
    assert len(found) == 1


def test_the_order_of_plugins_never_changes_an_answer():
    place = world("""
        [[holding]]
        id = "general"
        power = "buses"
        holder = "every:metropolitan-district"
    """)
    move = provision("transfer", "2014-04-01", power="buses", transferee="gaca")
    deals = enacted(place, move).deals
    found = [
        answers(enact(place, deals, toolbox(built_in=order).verbs).world, LAST)
        for order in (BUILT_IN, tuple(reversed(BUILT_IN)))
    ]
    assert found[0] == found[1]


# --- functions as tools ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "word"),
    [("who_holds", "who-holds"), ("pass_", "pass"), ("re_source", "re-source"), ("ask", "ask")],
)
def test_a_function_is_called_as_users_type_it(function, word):
    assert user_word(function) == word


def test_a_signature_is_the_terms():
    terms = {term.name: term for term in toolbox().verbs["transfer"].terms}
    assert (terms["power"].ref, terms["power"].required) == ("power", True)
    assert (terms["transferor"].ref, terms["transferor"].required) == ("holder", False)
    assert terms["mode"].choices == ("sole", "concurrent", "joint", "delegated")
    assert terms["exercised_from"].type.__name__ == "date"
    assert {term.name for term in terms_of(lambda world, a, b=1: None, 1)} == {"a", "b"}


def test_annotations_are_the_columns():
    @dataclass(frozen=True)
    class Row:
        amount: Pence
        names: tuple[str, ...]

    Row.__annotations__ = {"amount": Pence, "names": tuple[str, ...]}
    assert [(c.name, c.unit, c.type) for c in columns_of(Row)] == [
        ("amount", "pence", "integer"),
        ("names", "", "list"),
    ]
    assert type_name(type("BodyClass", (), {})) == "body-class"
