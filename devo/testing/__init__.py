"""What plugin authors test with: worlds to try things on, and what every plugin has to hold to.

    from devo.testing import PluginConformance, tiny_country

    class TestConformance(PluginConformance):
        plugin = "my_plugin"

`devo plugins check` does the same without pytest, which nothing here needs. The pytest fixtures
`tiny_country`, `two_deals` and `england` are switched on by `pytest_plugins = ["devo.testing.fixtures"]`.
"""

from devo.testing.checking import Budget, Report, checked
from devo.testing.conformance import PluginConformance
from devo.testing.places import empty_world, england, tiny_country, two_deals

__all__ = [
    "Budget",
    "PluginConformance",
    "Report",
    "checked",
    "empty_world",
    "england",
    "tiny_country",
    "two_deals",
]
