"""Frozen dataclasses that cost little to define are dataclasses like any, held against the standard ones."""

import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devo import frozen, values


@frozen.dataclass(frozen=True, slots=True)
class Ours:
    """A class as the core's are."""

    name: str
    count: int = 3
    tags: tuple[str, ...] = field(default=())
    listed: list[int] = field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """The same by the standard decorator."""

    name: str
    count: int = 3
    tags: tuple[str, ...] = field(default=())
    listed: list[int] = field(default_factory=list)


@given(st.text(), st.integers(), st.lists(st.text()))
def test_it_says_what_the_standard_one_says(name, count, tags):
    ours, standard = Ours(name, count, tuple(tags)), Standard(name, count, tuple(tags))
    assert repr(ours) == repr(standard).replace("Standard", "Ours", 1)
    assert dataclasses.astuple(ours) == dataclasses.astuple(standard)
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(standard)]
    assert ours == Ours(name, count, tuple(tags))
    assert ours != standard


def test_defaults_are_each_objects_own():
    one, two = Ours("a"), Ours("b")
    one.listed.append(1)
    assert (two.listed, two.count, two.tags) == ([], 3, ())


def test_nothing_can_be_changed_or_added():
    ours = Ours("a")
    with pytest.raises(FrozenInstanceError):
        ours.name = "b"
    with pytest.raises(FrozenInstanceError):
        del ours.name
    with pytest.raises(FrozenInstanceError):
        ours.other = 1
    assert not hasattr(ours, "__dict__")


def test_wrong_arguments_are_refused_before_and_after_the_first_object():
    @frozen.dataclass(frozen=True, slots=True)
    class Fresh:
        name: str

    for _ in range(2):
        with pytest.raises(TypeError, match="name"):
            Fresh()
        with pytest.raises(TypeError):
            Fresh("a", "b")
        assert Fresh("a").name == "a"


def test_replace_hash_and_pickle_are_as_usual():
    power = values.Power("buses", "Bus franchising")
    again = dataclasses.replace(power, code="T03")
    assert (again.id, again.code, again == power) == ("buses", "T03", False)
    assert len({power, values.Power("buses", "Bus franchising")}) == 1
    assert pickle.loads(pickle.dumps(power)) == power


def test_its_signature_can_be_read():
    assert list(inspect.signature(Ours).parameters) == ["name", "count", "tags", "listed"]
    assert inspect.signature(Ours).parameters["count"].default == 3


def test_only_frozen_classes_with_slots():
    with pytest.raises(TypeError, match="slots"):
        frozen.dataclass(frozen=True, slots=False)
