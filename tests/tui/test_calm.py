"""Python's housekeeping is left until nobody minds it."""

from __future__ import annotations

import gc

import pytest

from devo.tui import calm


@pytest.fixture
def full():
    """Counts full collections."""
    seen = []

    def note(phase, info):
        if phase == "start" and info["generation"] == 2:
            seen.append(info)

    threshold = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python has it by itself
    gc.collect()  # what earlier tests left would bring the next full collection nearer
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.set_threshold(*threshold)
    gc.unfreeze()


def test_what_is_set_aside_is_not_walked_through_again(full):
    kept = [[number] for number in range(20_000)]
    calm.set_aside()
    assert gc.get_freeze_count() >= len(kept)
    gc.collect(1)
    more = [[number] for number in range(200_000)]
    assert len(more) == 200_000
    assert not full


def test_garbage_is_collected_once_nobody_has_touched_a_key_for_a_while(full):
    calm.set_aside()
    gc.collect(1)
    calm.collect_if_idle(calm.IDLE - 1)
    assert not full
    calm.collect_if_idle(calm.IDLE)
    assert len(full) == 1
