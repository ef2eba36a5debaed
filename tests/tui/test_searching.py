"""Searching: one entry for each place that people know, deals and questions among what is found."""

from __future__ import annotations

from datetime import date

import pytest

from devo import world_of
from devo.tui.searching import Index
from devo.values import Area, Body, Deal, Geography, Power

WORLD = world_of(
    [
        Geography("lad24", "Districts"),
        Geography("utla23", "Upper tier"),
        Geography("lad22", "Districts before"),
        Area("lad24", "E08000010", "Wigan"),
        Area("utla23", "E08000010", "Wigan"),
        Area("lad22", "E08000010", "Wigan"),
        Area("lad22", "E07000026", "Allerdale"),
        Body("wigan", "Wigan Council", "metropolitan-district", area="E08000010"),
        Power("buses", "Bus franchising", theme="transport"),
    ],
    baseline="england",
)
DEAL = Deal("GM-2014-11", "Greater Manchester Agreement", agreed=date(2014, 11, 3))
QUESTIONS = [("who-decides", "Pounds for each resident by who decides on them.\n\nMore of it.")]


@pytest.fixture(scope="module")
def index():
    return Index(WORLD.changed(deals=[DEAL]), QUESTIONS)


def found(index, text):
    return [(entry.what, entry.id) for entry in index.find(text)]


def test_a_place_that_several_layers_have_is_found_once_in_the_layer_people_mean(index):
    assert found(index, "wigan") == [("place", "lad24:E08000010"), ("body", "wigan")]
    assert found(index, "allerdale") == [("place", "lad22:E07000026")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("who decides", ("question", "who-decides")),
        ("pounds resident", ("question", "who-decides")),
        ("2014 agreement", ("deal", "GM-2014-11")),
        ("gm-2014", ("deal", "GM-2014-11")),
        ("buses", ("power", "buses")),
    ],
)
def test_deals_and_questions_are_found_by_words_of_their_names_and_of_what_they_answer(index, text, first):
    assert found(index, text)[0] == first


def test_what_there_is_of_a_kind_comes_by_name(index):
    assert [entry.name for entry in index.of("place")] == ["Allerdale", "Wigan"]
