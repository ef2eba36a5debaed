"""Fixtures for pytest: `pytest_plugins = ["devo.testing.fixtures"]` in a conftest.py switches them on.

Override `devo_plugins` there to have your plugin on in all of them.
"""

from __future__ import annotations

import pytest

from devo.testing import places
from devo.world import World


@pytest.fixture(scope="session")
def devo_plugins() -> tuple[str, ...]:
    """The plugins that are on in the worlds below, as they are named on the command line."""
    return ()


@pytest.fixture(scope="session")
def tiny_country(devo_plugins: tuple[str, ...]) -> World:
    """Four districts, an authority, two police areas, four powers; made up; on 1 January 2025."""
    return places.tiny_country(devo_plugins)


@pytest.fixture(scope="session")
def two_deals(devo_plugins: tuple[str, ...]) -> World:
    """The tiny country with its two deals."""
    return places.two_deals(devo_plugins)


@pytest.fixture(scope="session")
def england(devo_plugins: tuple[str, ...]) -> World:
    """England as devo ships it, on 1 January 2025."""
    return places.england(devo_plugins)
