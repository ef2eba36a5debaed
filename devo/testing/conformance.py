"""What every plugin has to hold to, as a class of tests for pytest."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from devo.testing.checking import Budget, Report, checked


class PluginConformance:
    """Inherit from it in a test file, and say which plugin: by its name, its module, a file or a folder.

    All tests look at one check of the plugin, which is made when the first of them runs and takes a few seconds.
    """

    plugin: ClassVar[str] = ""
    budget: ClassVar[Budget] = Budget()

    def test_it_is_switched_on(self) -> None:
        """It can be imported, its hooks are devo's, and no name of its is another's."""
        report = self._report()
        assert not report.broken, _said(report, "plugin-failed", "too-slow")
        self._without("plugin-failed", "brings-nothing", "plugin-outdated")

    def test_it_says_what_everything_is(self) -> None:
        """Module, verbs, questions, checks, records, rows and terms have their words."""
        self._without("undocumented", "undocumented-term", "no-columns", "no-specification")

    def test_it_sees_devo_by_the_front_door(self) -> None:
        """It imports nothing of devo but `devo`."""
        self._without("not-by-the-front-door")

    def test_it_gives_the_same_each_time(self) -> None:
        """Twice in a process, and in two processes with other hash seeds and plugins in another order."""
        self._without("not-deterministic")

    def test_it_changes_nothing_that_it_is_given(self) -> None:
        """Neither worlds nor terms."""
        self._without("changes-what-it-is-given")

    def test_it_says_where_everything_comes_from(self) -> None:
        """Every effect, record and row has a source."""
        self._without("no-source")

    def test_it_works_where_there_is_nothing(self) -> None:
        """On an empty world."""
        self._without("fails-on-empty-world")

    def test_it_works_on_a_country(self) -> None:
        """On the tiny country, before and after its deals, and on England; what it gives has the right shape."""
        self._without("fails", "fails-on-england", "wrong-shape")

    def test_its_messages_name_the_place_and_the_fix(self) -> None:
        """Those of its findings, and those of verbs that cannot take effect."""
        self._without("unclear-message")

    def test_it_keeps_to_its_budget(self) -> None:
        """Of time and memory, for every call."""
        self._without("too-slow", "too-large")

    def test_its_examples_hold(self) -> None:
        """The scenarios that it ships, and they show every verb and question at work."""
        self._without("example-fails", "not-shown")

    def _report(self) -> Report:
        assert self.plugin, f"say which: {type(self).__name__}.plugin = 'my_plugin'"
        return _checked(self.plugin, self.budget)

    def _without(self, *codes: str) -> None:
        report = self._report()
        assert not any(finding.code in codes for finding in report.findings), _said(report, *codes)


@cache
def _checked(plugin: str, budget: Budget) -> Report:
    return checked(plugin, budget)


def _said(report: Report, *codes: str) -> str:
    """Findings as lines for whoever reads a test that failed."""
    lines = []
    for finding in report.findings:
        if finding.code in codes:
            where = f"{finding.where}: " if finding.where else ""
            lines.append(f"{where}{finding.message} ({finding.suggestion})")
    return "\n".join(lines)
