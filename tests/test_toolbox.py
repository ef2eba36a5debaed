"""Plugins switched on: what they bring, and what is refused with both names."""

from dataclasses import dataclass
from itertools import permutations
from textwrap import dedent

import pytest
from worlds import LAST, answers, enacted, provision, world

from devo.enactment import enact
from devo.toolbox import BUILT_IN, PluginFault, toolbox
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


def test_a_misspelt_hook_is_refused(plugin):
    name = plugin(
        "tbx_seven",
        """
        @hookimpl
        def question():
            return []
    """,
    )
    with pytest.raises(PluginFault, match=r"plugin tbx_seven: .*question"):
        toolbox([name])


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
    with pytest.raises(PluginFault, match=r"plugin tbx_nine: .*checks.*ZeroDivisionError: nothing to divide"):
        toolbox([name])


def test_an_unknown_plugin_lists_those_installed():
    with pytest.raises(PluginFault, match=r"no plugin named 'fundin'; installed: .*transfers"):
        toolbox(["fundin"])


def test_a_plugin_that_needs_what_is_not_installed_says_so(plugin):
    name = plugin("tbx_ten", "import no_such_library\n")
    with pytest.raises(PluginFault, match="plugin tbx_ten needs no_such_library, which is not installed"):
        toolbox([name])


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
