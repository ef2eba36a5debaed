import pytest

from devo.files.baselines import load_baseline


@pytest.fixture
def faults(box, country):
    """The faults of the small country with one table written anew."""

    def loading(name, text):
        (country / "tables" / f"{name}.csv").write_text(text)
        found = load_baseline(box.baselines["example-law"], box).faults
        return [(fault.line, fault.message, fault.suggestion) for fault in found]

    return loading


HOLDING = "id,power,holder,area,instrument\nh,{}\n"


@pytest.mark.parametrize(
    ("row", "message", "suggestion"),
    [
        ("busses,exca,,", "`power`: no power is called 'busses'", "did you mean: buses?"),
        ("T03,exca,,", "`power`: 'T03' is not an id", "tables refer by id: write buses"),
        ("buses,exca1,,", "`holder`: no body is called 'exca1'", "did you mean: EXCA?"),
        ("buses,every:uniary,,", "`holder`: no class of bodies is called 'uniary'", "did you mean: unitary?"),
        ("buses,exca,E01 - E99,", "`area`: no place is called 'E99'", None),
        ("buses,exca,lad24:E47,", "`area`: no place is called 'lad24:E47'", None),
        (
            "buses,exca,,act-2001",
            "`instrument`: no instrument is called 'act-2001'",
            "did you mean: act-2000?",
        ),
    ],
)
def test_a_text_that_names_nothing(faults, row, message, suggestion):
    ((line, said, how),) = faults("holding", HOLDING.format(row))
    assert (line, said) == (2, message)
    if suggestion is not None:
        assert how == suggestion


@pytest.mark.parametrize("row", ["buses,exca,,", "buses,every:council - exca,E01 + lad24:E02,order-2017"])
def test_a_text_that_names_what_there_is(faults, row):
    assert faults("holding", HOLDING.format(row)) == []


def test_a_piece_in_an_area_that_its_layer_has_not(faults):
    rows = "p1,E01,E47,1\np2,E20,,1\np3,E03,,1\n"
    assert faults("piece", "id,lad24,cauth25,residents\n" + rows) == [
        (3, "`lad24`: this layer has no area 'E20'", "did you mean: E03, E02, E01?")
    ]


@pytest.mark.parametrize("people", ["-50", "0.5", "9e15"])
def test_residents_that_nobody_can_count(faults, people):
    rows = f"p1,E01,E47,{people}\np2,E02,E47,0\np3,E03,,300.0\n"
    assert faults("piece", "id,lad24,cauth25,residents\n" + rows) == [
        (2, f"`residents`: {float(people):g} is not a number of people", "")
    ]


def test_a_class_made_of_itself_would_never_end(faults):
    ((line, message, _), *_) = faults(
        "body-class", "id,name,members\ncouncil,C,rest\nrest,R,unitary + council\n"
    )
    assert (line, message) == (2, "the class 'council' is made of itself: council > rest > council")


def test_a_class_of_a_kind_that_nobody_has_is_empty_and_a_misspelt_one_a_fault(faults):
    rows = "council,Councils,unitary\ntrust,Trusts,primary-care-trust\n"
    assert faults("body-class", "id,name,members\n" + rows) == []
    rows = "council,Councils,unitary\nmca,Authorities,combined-authorty\n"
    assert faults("body-class", "id,name,members\n" + rows) == [
        (
            3,
            "`members`: no class of bodies is called 'combined-authorty'",
            "did you mean: combined-authority?",
        )
    ]


def test_what_a_row_with_a_fault_names_is_looked_up_too_and_the_row_is_not_missed(faults):
    rows = "buses,Buses,2024-02-30,nothing\nroads,Roads,,buses\n"
    assert faults("power", "id,name,complete_from,parent\n" + rows) == [
        (
            2,
            "`complete_from`: the date 2024-02-30 does not exist: February 2024 has 29 days",
            "write a day that exists",
        ),
        (2, "`parent`: no power is called 'nothing'", ""),
    ]


@pytest.mark.parametrize(
    "text", ["id;name\nbuses;Buses\n", 'id,name\n"buses,Buses\n', "id,name\nbuses\n", "id,name\0"]
)
def test_what_could_not_be_read_is_not_missed_by_what_names_it(faults, text):
    assert len(faults("power", text)) == 1
