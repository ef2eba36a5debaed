"""The plugins that come with devo hold to what they ask of every plugin."""

from importlib import import_module

import pytest

from devo.hookspecs import SPEC
from devo.sources import BUILT_IN
from devo.testing import Budget, checked, places
from devo.testing.trials import Trials
from devo.testing.written import findings_of
from devo.toolbox import toolbox


@pytest.mark.parametrize("module", BUILT_IN)
def test_they_are_written_as_the_rules_ask(module):
    assert [f"{item.where}: {item.message}" for item in findings_of(module, toolbox())] == []


@pytest.mark.parametrize("module", BUILT_IN)
def test_they_say_which_specification_they_were_written_for(module):
    assert import_module(module).DEVO_SPEC == SPEC


@pytest.mark.parametrize("module", BUILT_IN)
def test_what_they_give_says_where_it_comes_from(module, monkeypatch):
    """Each function once, on the tiny country with its deals; by night in every way and everywhere."""
    monkeypatch.setattr("devo.testing.trials.WORLDS", {"two deals": places.two_deals})
    trials = Trials(module)
    once = {(case.kind, case.name): case for case in reversed(list(trials.cases()))}
    given = [(case, trials.tried(case)) for case in once.values()]
    assert [finding.message for _, trial in given for finding in trial.findings] == []
    assert any(trial.gave for _, trial in given)


@pytest.mark.nightly
@pytest.mark.parametrize("module", BUILT_IN)
def test_they_hold_on_england_too(module):
    """`findings` runs every check of devo on England, which takes as long as the five seconds of a plugin."""
    report = checked(module, Budget(seconds=15))
    assert [finding.message for finding in report.findings] == []
    assert any(" on England" in item.case and item.gave for item in report.tried)
