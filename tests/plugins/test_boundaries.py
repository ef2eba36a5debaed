"""Boundaries on a country of four districts: overlaps, partners, shares, redrawing, fit, tiles."""

from dataclasses import replace

import pytest
import worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from devo import answers, cascade
from devo.enactment import enact
from devo.files.deals import deals_from
from devo.files.documents import Document
from devo.toolbox import toolbox
from devo.values import Area, Geography, Measure, Piece
from devo.world import world_of
from devo_boundaries.apportionment import split
from devo_boundaries.ground import ground
from devo_boundaries.layout import grid
from devo_boundaries.shares import Sharing

TOOLS = toolbox(built_in=("devo_transfers", "devo_boundaries"))
DAY = "2020-06-01"


def ask(place, question, day=DAY, **terms):
    return answers.ask(place.on(day), TOOLS.questions[question], terms).rows


def rows(found, *columns):
    return [tuple(getattr(row, column) for column in columns) for row in found]


def after(place, text):
    deals = deals_from([Document("ex.toml", f'code = "EX"\nname = "Ex"\n{text}')], place, TOOLS.verbs)
    assert not deals.faults, deals.faults
    return enact(place, deals.deals, TOOLS.verbs)


# --- overlaps -------------------------------------------------------------------------------------


def test_overlaps_count_the_people_whom_two_areas_share():
    found = ask(worlds.world(), "overlaps", source="cauth25", target="pfa24")
    assert rows(
        found, "source_area_name", "target_area_name", "residents", "share_of_source", "share_of_target"
    ) == [("Greater Ash", "Ashshire", 300, 1.0, 0.5)]


def test_an_area_in_two_others_straddles_them_and_a_sliver_does_not_count():
    place = cut_in_two(ash_in_dene=3)
    found = ask(place, "straddling", source="lad24", target="pfa24")
    assert rows(found, "source_area_name", "target_areas_names", "residents", "outside", "over") == [
        ("Ash", ("Ashshire", "Dene"), 100, 3, 0)
    ]
    assert ask(place, "straddling", source="lad24", target="pfa24", over=3) == ()
    assert len(ask(place, "straddling", source="lad24", target="pfa24", over=2)) == 1


def test_a_force_area_that_lies_partly_in_no_authority_crosses_its_edge():
    found = ask(worlds.world(), "crossing", source="pfa24", target="cauth25")
    assert rows(found, "target_area_name", "source_area_name", "inside", "outside") == [
        ("Greater Ash", "Ashshire", 300, 300)
    ]
    assert ask(worlds.world(), "straddling", source="pfa24", target="cauth25") == ()


def test_an_unknown_layer_lists_those_there_are():
    with pytest.raises(answers.TermFault, match="there are: lad24, cauth25, pfa24, ctry24"):
        ask(worlds.world(), "overlaps", source="lad24", target="icb99")


def cut_in_two(ash_in_dene):
    """The little country with a corner of Ash in the police area of Dene."""
    place = worlds.world()
    a, *others = place.of(Piece)
    corner = Piece("a2", {**a.areas, "pfa24": "E23000002"}, {"residents": ash_in_dene})
    pieces = (replace(a, measures={"residents": 100 - ash_in_dene}), corner, *others)
    return place.changed(records={Piece: pieces})


# --- coterminosity --------------------------------------------------------------------------------


@st.composite
def layered(draw):
    """Two layers over up to eight pieces, either of which may leave pieces out."""
    codes = st.sampled_from(["E09000001", "E09000002", "E09000003", ""])
    pieces = draw(st.lists(st.tuples(codes, codes, st.integers(0, 50)), min_size=1, max_size=8))
    return country([(one, other, people) for one, other, people in pieces])


def country(pieces):
    codes = {layer: {p[n] for p in pieces} - {""} for n, layer in enumerate(("a24", "b24"))}
    return world_of(
        [
            Geography("a24", "A"),
            Geography("b24", "B"),
            *(Area(layer, code, code) for layer in codes for code in sorted(codes[layer])),
            *(
                Piece(f"p{n}", {k: v for k, v in (("a24", one), ("b24", other)) if v}, {"residents": people})
                for n, (one, other, people) in enumerate(pieces)
            ),
            Piece("always", {"a24": "E09000009", "b24": "E09000009"}, {"residents": 1}),
            Area("a24", "E09000009", "always"),
            Area("b24", "E09000009", "always"),
        ]
    )


@given(layered())
def test_coterminosity_is_symmetric_and_within_bounds(place):
    (one,) = ask(place, "coterminosity", source="a24", target="b24")
    (other,) = ask(place, "coterminosity", source="b24", target="a24")
    assert (one.one_to_one, one.information) == (other.one_to_one, other.information)
    assert 0 <= one.one_to_one <= 1
    assert 0 <= one.information <= 1


@given(layered())
def test_coterminosity_of_a_layer_with_itself_is_one(place):
    (found,) = ask(place, "coterminosity", source="a24", target="a24")
    assert (found.one_to_one, found.information) == (1.0, 1.0)


@given(layered())
def test_coterminosity_does_not_depend_on_names(place):
    swap = {"E09000001": "E09000003", "E09000002": "E09000001", "E09000003": "E09000002", "": ""}
    renamed = [
        (swap[p.areas.get("a24", "")], p.areas.get("b24", ""), p.measures["residents"])
        for p in place.of(Piece)
        if p.id != "always"
    ]
    (one,) = ask(place, "coterminosity", source="a24", target="b24")
    (other,) = ask(country(renamed), "coterminosity", source="a24", target="b24")
    assert (one.one_to_one, one.information) == (other.one_to_one, other.information)


def test_layers_that_tell_nothing_of_each_other_have_no_information_in_common():
    halves = [("E09000001", "E09000001", 10), ("E09000001", "E09000002", 10)]
    halves += [("E09000002", "E09000001", 10), ("E09000002", "E09000002", 10)]
    place = country(halves)
    pieces = tuple(p for p in place.of(Piece) if p.id != "always")
    (found,) = ask(place.changed(records={Piece: pieces}), "coterminosity", source="a24", target="b24")
    assert (found.one_to_one, round(found.information, 12)) == (0.0, 0.0)


# --- partners -------------------------------------------------------------------------------------


def test_partners_are_those_whose_area_meets_and_who_exist_on_the_day():
    found = ask(worlds.world(), "partners", body="gaca")
    assert rows(found, "body", "kind", "share", "share_of_partner", "meets") == [
        ("beck", "metropolitan-district", 2 / 3, 1.0, "inside"),
        ("ash", "metropolitan-district", 1 / 3, 1.0, "inside"),
        ("pcc", "police-and-crime-commissioner", 1.0, 0.5, "around"),
    ]
    assert "pcc" not in rows(ask(worlds.world(), "partners", "2012-01-01", body="gaca"), "body")


# --- sharing out ----------------------------------------------------------------------------------


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1000)), min_size=1, max_size=4),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_many_lines_at_once_are_shared_as_each_by_itself(areas, data):
    of = [number for number, parts in enumerate(areas) for _ in parts]
    into = [target for parts in areas for target, _ in parts]
    weights = [weight for parts in areas for _, weight in parts]
    amount = st.one_of(st.integers(-(10**6), 10**6), st.integers(10**17, 10**18))
    lines = data.draw(
        st.lists(st.lists(amount, min_size=len(areas), max_size=len(areas)), min_size=1, max_size=3)
    )
    found = Sharing(of, into, weights)
    alone = [
        [part for n, parts in enumerate(areas) for part in cascade(line[n], [w for _, w in parts])]
        for line in lines
    ]
    assert found.parts(lines).tolist() == alone
    assert found.into(lines).sum(axis=1).tolist() == [sum(line) for line in lines]


@given(layered(), st.integers(0, 10**9))
def test_what_is_apportioned_can_be_put_together_again(place, amount):
    found = ground(place.on(DAY), ("a24", "b24"))
    figures = {code: amount + n for n, code in enumerate(sorted(set(found.totals("a24")) - {""}))}
    given_ = split(figures, found)
    for code, whole in figures.items():
        assert sum(part for (one, _), part in given_.items() if one == code) == whole


def test_a_total_is_split_and_a_rate_is_averaged(tmp_path):
    place = cut_in_two(ash_in_dene=25)
    table = tmp_path / "tax.csv"
    table.write_text("LAD24CD,pounds\nE08000001,10.01\nE08000002,20\nE08000003,30\nE08000004,40\n", "utf-8")
    terms = {"table": str(table), "source": "lad24", "target": "pfa24"}
    split_ = ask(place, "apportion", kind="extensive", **terms)
    assert rows(split_, "target_area_name", "amount", "covered") == [
        ("Ashshire", 57.51, 1.0),
        ("Dene", 42.5, 1.0),
    ]
    averaged = ask(place, "apportion", kind="intensive", **terms)
    assert rows(averaged, "target_area_name", "amount") == [
        ("Ashshire", (75 * 10.01 + 200 * 20 + 300 * 30) / 575),
        ("Dene", (25 * 10.01 + 400 * 40) / 425),
    ]
    parts = ask(place, "apportion", kind="extensive", parts="yes", **terms)
    assert [row.amount for row in parts if row.source_area_name == "Ash"] == [7.51, 2.5]


def test_what_is_over_goes_where_the_rounding_says():
    thirds = [("E09000001", code, 1) for code in ("E09000001", "E09000002", "E09000003")]
    found = ground(country(thirds).on(DAY), ("a24", "b24"))
    assert list(split({"E09000001": 10}, found).values()) == [3, 4, 3]
    assert list(split({"E09000001": 10}, found, "largest-remainder").values()) == [4, 3, 3]


def test_a_row_with_a_cell_too_many_is_refused_and_not_left_out(tmp_path):
    table = tmp_path / "tax.csv"
    terms = {"table": str(table), "source": "lad24", "target": "pfa24", "kind": "extensive"}
    table.write_text("LAD24CD,pounds\nE08000001,10\n\nE08000002,1,200\n", "utf-8")
    with pytest.raises(answers.TermFault, match=r'row 4 of tax.csv has 3 cells and the header 2.*"1,234"'):
        ask(worlds.world(), "apportion", **terms)
    table.write_text('LAD24CD,pounds\nE08000001,10,\nE08000002,"1,200"\n', "utf-8")
    assert sum(row.amount for row in ask(worlds.world(), "apportion", **terms)) == 1210


def test_a_measure_of_unknown_kind_is_refused_and_one_that_a_table_names_is_not():
    place = worlds.world()
    figures = {"E08000001": 10, "E08000002": 20}
    terms = {"table": figures, "source": "lad24", "target": "pfa24", "column": "score"}
    with pytest.raises(answers.TermFault, match="kind=extensive or kind=intensive"):
        ask(place, "apportion", **terms)
    said = place.changed(records={Measure: (Measure("score", "intensive"),)})
    (row,) = ask(said, "apportion", **terms)
    assert (row.kind, row.amount, row.covered) == ("intensive", 50 / 3, 0.5)
    (row,) = ask(place, "apportion", **{**terms, "column": "grant_pence"})
    assert (row.kind, row.amount) == ("extensive", 30)


def test_figures_for_areas_that_there_are_not_are_refused():
    terms = {"source": "lad24", "target": "pfa24", "kind": "extensive"}
    with pytest.raises(answers.TermFault, match="1 of 1 codes are no areas of lad24 on the day: E08000099"):
        ask(worlds.world(), "apportion", table={"E08000099": 1}, **terms)
    with pytest.raises(answers.TermFault, match="which is no number"):
        ask(worlds.world(), "apportion", table={"E08000001": "many"}, **terms)


def test_nothing_is_shared_out_by_what_is_less_than_nought():
    first, *others = worlds.world().of(Piece)
    falling = replace(first, measures={**first.measures, "change": -5})
    place = worlds.world().changed(records={Piece: (falling, *others)})
    with pytest.raises(answers.TermFault, match="'change' is less than nought"):
        ask(
            place,
            "apportion",
            table={"E08000001": 1},
            source="lad24",
            target="pfa24",
            kind="extensive",
            by="change",
        )


# --- redrawing ------------------------------------------------------------------------------------

MOVED = """
[[provision]]
verb = "redraw"
geography = "pfa24"
moved = "E08000003"
to = "E23000002"
commencement = 2020-01-01
instrument = { title = "Order", made = 2019-12-01 }
"""
LAW = """
holding = [
    {id = "by-class", power = "buses", holder = "every:police-and-crime-commissioner"},
    {id = "by-name", power = "taxis", holder = "pcc", area = "E23000001"},
    {id = "beside", power = "taxis", holder = "dene", area = "pfa24:E23000002"},
]
power = [{id = "taxis", name = "Taxis", complete_from = 2010-01-01, organised_on = "pfa24"}]
"""


def who(place, power, where, day):
    found = answers.ask(place.on(day), TOOLS.questions["who-holds"], {"power": power, "place": where})
    return [row.body for row in found.rows if row.status == "held"]


def test_holdings_by_class_and_by_name_follow_a_redrawn_area_from_the_day():
    place = worlds.world(LAW)
    done = after(place, MOVED)
    assert done.findings == ()
    for power, then in (("buses", []), ("taxis", ["dene"])):
        assert who(done.world, power, "Cole", "2019-12-31") == ["pcc"]
        assert who(done.world, power, "Cole", "2020-01-01") == then
        assert who(done.world, power, "Ash", "2020-01-01") == ["pcc"]
    assert rows(
        ask(done.world, "overlaps", source="lad24", target="pfa24"), "source_area_name", "target_area_name"
    ) == [
        ("Ash", "Ashshire"),
        ("Beck", "Ashshire"),
        ("Cole", "Dene"),
        ("Dene", "Dene"),
    ]
    assert len(ask(done.world, "overlaps", "2019-12-31", source="lad24", target="pfa24")) == 4
    (partner,) = [row for row in ask(done.world, "partners", body="gaca") if row.body == "pcc"]
    assert partner.meets == "same"


def test_moving_ground_back_gives_the_same_answers_as_before():
    back = MOVED.replace("E23000002", "E23000001").replace("2020-01-01", "2021-01-01")
    place = worlds.world(LAW)
    done = after(place, MOVED + back)
    assert done.findings == ()
    for power in ("buses", "taxis"):
        for town in ("Ash", "Beck", "Cole", "Dene"):
            assert who(done.world, power, town, "2021-01-01") == who(place, power, town, "2021-01-01")


def test_an_order_not_made_by_the_known_day_has_drawn_nothing():
    again = (
        MOVED.replace("E08000003", "E08000002")
        .replace("2020-01-01", "2021-01-01")
        .replace("2019-12", "2020-12")
    )
    after_both = after(worlds.world(LAW), MOVED + again).world.on("2021-06-01")

    def in_dene(known):
        found = answers.ask(
            after_both.known(known), TOOLS.questions["overlaps"], {"source": "lad24", "target": "pfa24"}
        )
        return [row.source_area_name for row in found.rows if row.target_area_name == "Dene"]

    assert in_dene(None) == ["Beck", "Cole", "Dene"]
    assert in_dene("2020-06-01") == ["Cole", "Dene"]
    assert in_dene("2019-06-01") == ["Dene"]


def test_areas_are_merged_and_a_new_one_is_made():
    merged = MOVED.replace('moved = "E08000003"', 'moved = "pfa24:E23000001"')
    done = after(worlds.world(LAW), merged)
    assert done.findings == ()
    assert {row.target_area_name for row in ask(done.world, "overlaps", source="lad24", target="pfa24")} == {
        "Dene"
    }
    assert who(done.world, "buses", "Ash", "2020-01-01") == []
    made = MOVED.replace('to = "E23000002"', 'to = "E23000099"\nname = "Coleshire"')
    done = after(worlds.world(LAW), made)
    found = {row.target_area_name for row in ask(done.world, "overlaps", source="lad24", target="pfa24")}
    assert found == {"Ashshire", "Coleshire", "Dene"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MOVED.replace("E08000003", "E08000004"), "Dene has all of that ground already"),
        (MOVED.replace("E23000002", "E23000099"), "give a `name` to make it a new one"),
    ],
)
def test_a_redrawing_that_cannot_be_is_said(text, reason):
    (finding,) = after(worlds.world(), text).findings
    assert reason in finding.message


# --- fit ------------------------------------------------------------------------------------------

POLICE = """
power = [{id = "police", name = "Police and crime role", complete_from = 2010-01-01, organised_on = "pfa24"},
         {id = "trains", name = "Trains", organised_on = "rail24"}]
holding = [{id = "role", power = "police", holder = "every:police-and-crime-commissioner"}]
"""
ROLE = """
[[provision]]
verb = "transfer"
power = "police"
transferee = "gaca"
exercised_by = "mayor"
commencement = 2027-05-06
instrument = { title = "Order", made = 2027-01-01 }
"""


def test_fit_says_which_areas_a_body_cuts_and_what_that_blocks():
    found = ask(worlds.world(POLICE), "fit", body="gaca")
    assert rows(found, "power", "fit", "areas_names", "inside", "outside", "blocks") == [
        ("police", "within", ("Ashshire",), 300, 300, True),
        ("trains", "unmodelled", (), 0, 0, False),
    ]
    (mine,) = ask(worlds.world(POLICE), "fit", body="pcc", power="police")
    assert (mine.fit, mine.blocks, mine.holds) == ("same", False, True)


def test_a_police_role_over_part_of_a_force_area_is_an_error_that_names_the_force():
    place = after(worlds.world(POLICE), ROLE).world
    check = TOOLS.checks["police-role-across-a-force"].function
    (finding,) = check(place.on("2026-01-01"))
    assert finding.severity == "error"
    assert "Ashshire force area: 300 of its residents live inside, 300 outside" in finding.message
    whole = after(worlds.world(POLICE), ROLE + 'area = "E23000001"\n').world
    assert list(check(whole.on("2026-01-01"))) == []


# --- tiles ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(50, 55), st.floats(-5, 1)), min_size=1, max_size=25))
@settings(max_examples=30)
def test_each_place_has_a_square_of_its_own_and_always_the_same(places):
    latitudes, longitudes = [p[0] for p in places], [p[1] for p in places]
    squares = grid(latitudes, longitudes)
    assert len(set(squares)) == len(places)
    assert squares == grid(latitudes, longitudes)


def test_a_provision_that_names_no_area_is_about_the_redrawn_one():
    later = """
[[provision]]
verb = "confer"
power = "taxis"
holder = "pcc"
mode = "concurrent"
commencement = 2020-03-01
instrument = { title = "Order", made = 2020-02-01 }
"""
    law = LAW.replace('{id = "by-name", power = "taxis", holder = "pcc", area = "E23000001"},', "")
    done = after(worlds.world(law), MOVED + later)
    assert done.findings == ()
    assert who(done.world, "taxis", "Ash", "2020-06-01") == ["pcc"]
    assert who(done.world, "taxis", "Cole", "2020-06-01") == ["dene"]
