"""How tests run: generated ones with the same examples every time, and those that take longest first."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, print_blob=True, suppress_health_check=SLOW_IS_FINE
)
settings.register_profile("explore", parent=settings.get_profile("ci"), derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# What is imported and read here stays to the end, so looking through it for garbage as often as Python does by
# itself would be a sixth of all the work.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later look for garbage."""
    gc.collect()
    gc.freeze()


# Of what processes share out file by file, the long files come first, so that none is left to one alone.
LONG = ("tui", "batch", "reports", "plugins")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders that take longest first; within them the order stays."""

    def place(item: pytest.Item) -> int:
        folder = Path(item.path).parent.name
        return LONG.index(folder) if folder in LONG else len(LONG)

    items.sort(key=place)
