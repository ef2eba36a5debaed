"""What a [sweep] may vary, and what is said of what it may not."""

import pytest

from devo.files.documents import Document
from devo.files.shapes import SweepShape
from devo.files.sweeps import sweep_of


def said(text):
    document = Document("s.toml", text)
    shape = SweepShape.model_validate(document.data["sweep"])
    return [(fault.line, fault.message) for fault in sweep_of(shape, document)[1]]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{ uniform = [-1e308, 1e308], whole = true }", "a number of uniform is too large to draw from"),
        ("{ normal = [0, 1e300] }", "a number of normal is too large to draw from"),
        ("{ normal = [0, -1] }", "the numbers of normal are not in order"),
        ("{ normal = [0, nan] }", "normal takes 2 numbers"),
        ("{ whole = true }", "one distribution has to be named"),
        ("{ uniform = [1, 2], whole = 1 }", "`whole` is true or false"),
        ("[]", "it has no values"),
    ],
)
def test_a_parameter_that_cannot_be_drawn_is_the_only_fault(given, message):
    text = f"[sweep]\ndraws = 3\n[sweep.parameters]\na = {given}\n"
    assert said(text) == [(4, f"`a`: {message}")]


def test_a_table_of_variants_has_the_same_parameters_in_each_under_names_that_files_can_say():
    text = '[[sweep.variant]]\n"a b" = 1\nseed = 2\nc = 3\n[[sweep.variant]]\nc = 4\n'
    assert said(text) == [
        (2, "`a b`: no parameter can be called so"),
        (3, '`seed`: "$seed" is the seed of each variant'),
        (5, "this [[sweep.variant]] has not the parameters that the first has"),
    ]
