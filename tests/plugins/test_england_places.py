"""England's places and bodies: the tables add up, nest, and name only what exists."""

import csv
import os
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "plugins" / "devo_england" / "tables"
SOURCES = Path(os.environ.get("DEVO_SOURCES", ROOT.parent / "shared"))

AGES = ("age_0_15", "age_16_24", "age_25_34", "age_35_49", "age_50_64", "age_65_over")
JUNES = [date(year, 6, 1) for year in range(2011, 2027)]

# Councils before these unitaries are not in the tables, so their ground is empty until the day.
NEW_UNITARIES = {
    "E06000058": date(2019, 4, 1),
    "E06000059": date(2019, 4, 1),
    "E06000060": date(2020, 4, 1),
    "E06000061": date(2021, 4, 1),
    "E06000062": date(2021, 4, 1),
}


@cache
def table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def layers():
    return tuple(row["id"] for row in table("geography"))


@cache
def ground():
    """(layer, code) -> the pieces of that area."""
    found = defaultdict(set)
    for piece in table("piece"):
        for layer in layers():
            if piece[layer]:
                found[layer, piece[layer]].add(piece["id"])
    return {key: frozenset(pieces) for key, pieces in found.items()}


@cache
def pieces_of(expression):
    """The pieces of an area expression; a bare code must mean one territory in every layer."""
    total, sign = set(), "+"
    for word in expression.split():
        if word in "+-":
            sign = word
            continue
        layer, _, code = word.rpartition(":")
        means = {ground()[key] for key in ground() if key[1] == code and layer in ("", key[0])}
        assert len(means) == 1, f"{word} means {len(means)} territories"
        total = total | next(iter(means)) if sign == "+" else total - next(iter(means))
    assert total or not expression, f"{expression} is nowhere"
    return frozenset(total)


def day(text):
    return date.fromisoformat(text) if text else None


def alive(row, on):
    start, end = day(row.get("start", "")), day(row.get("end", ""))
    return (start is None or start <= on) and (end is None or on < end)


@cache
def body(id):
    return next(row for row in table("body") if row["id"] == id)


def serves(id, on):
    rows = [row for row in table("serving") if row["body"] == id]
    areas = [row["area"] for row in rows if alive(row, on)] if rows else [body(id)["area"]]
    return frozenset().union(*(pieces_of(area) for area in areas))


def holders_by_piece(ids, on):
    """piece -> the bodies among `ids` that serve it that day."""
    found = {piece["id"]: [] for piece in table("piece")}
    for id in ids:
        for piece in serves(id, on):
            found[piece].append(id)
    return found


def designated(designation, on):
    return [
        row["body"]
        for row in table("designation")
        if row["designation"] == designation and alive(row, on) and alive(body(row["body"]), on)
    ]


def of_kind(kinds, on):
    return [row["id"] for row in table("body") if row["kind"] in kinds and alive(row, on)]


def lad24(piece_id):
    return piece_id.split("-")[0]


# --- places -------------------------------------------------------------------------------------


def test_residents_are_the_published_totals():
    assert sum(int(piece["residents"]) for piece in table("piece")) == 57_690_323
    assert sum(int(piece["residents_census_2021"]) for piece in table("piece")) == 56_489_608


def test_age_bands_add_up_in_every_piece():
    for piece in table("piece"):
        assert sum(int(piece[age]) for age in AGES) == int(piece["residents_census_2021"]), piece["id"]


def test_layers_have_as_many_areas_as_published():
    count = Counter(row["geography"] for row in table("area"))
    assert count == {
        "ctry24": 1,
        "rgn24": 9,
        "utla23": 153,
        "lad24": 296,
        "lad22": 309,
        "utla22": 152,
        "cauth25": 15,
        "icb24": 42,
        "icb26": 36,
        "sicbl24": 106,
        "ccg21": 106,
        "pfa24": 39,
        "fra24": 44,
        "lsip23": 38,
        "town": 1,  # Glossop, which has no code of its own
    }
    assert set(count) == set(layers())


def test_pieces_and_areas_name_each_other():
    areas = {(row["geography"], row["code"]) for row in table("area")}
    assert len(areas) == len(table("area"))
    assert areas == set(ground())


def test_covering_layers_leave_no_gap():
    for row in table("geography"):
        gaps = [piece["id"] for piece in table("piece") if not piece[row["id"]]]
        assert not gaps or row["covering"] == "no", (row["id"], gaps[:3])


@pytest.mark.parametrize("layer", ["ctry24", "rgn24", "utla23", "cauth25", "pfa24", "fra24", "lsip23"])
def test_every_district_is_in_one_area_of_the_layers_it_nests_in(layer):
    parents = defaultdict(set)
    for piece in table("piece"):
        parents[piece["lad24"]].add(piece[layer])
    assert {len(found) for found in parents.values()} == {1}


@pytest.mark.parametrize(
    ("finer", "coarser"),
    [("lad22", "lad24"), ("lad22", "utla22"), ("utla22", "rgn24"), ("sicbl24", "icb24"), ("lad22", "fra24")],
)
def test_finer_layers_nest(finer, coarser):
    parents = defaultdict(set)
    for piece in table("piece"):
        parents[piece[finer]].add(piece[coarser])
    assert {len(found) for found in parents.values()} == {1}


def test_only_the_reorganised_districts_differ_between_2022_and_2024():
    changed = {piece["lad24"] for piece in table("piece") if piece["lad22"] != piece["lad24"]}
    assert changed == {"E06000063", "E06000064", "E06000065", "E06000066"}


def test_the_coarser_mosaics_have_the_known_number_of_pieces():
    def cuts(*names):
        return len({tuple(piece[name] for name in names) for piece in table("piece")})

    eight = ("rgn24", "utla23", "lad24", "cauth25", "icb24", "pfa24", "fra24", "lsip23")
    assert cuts(*eight) == 309
    assert cuts(*eight, "sicbl24") == 327
    assert cuts(*eight, "sicbl24", "lad22") == 339
    assert cuts(*layers()) == len(table("piece")) == 343


def test_barnsley_and_sheffield_answer_to_their_new_codes():
    aliases = {row["code"]: row["aliases"].split(";") for row in table("area") if row["geography"] == "lad24"}
    assert "E08000038" in aliases["E08000016"]
    assert "E08000039" in aliases["E08000019"]


# --- every table ----------------------------------------------------------------------------------

ALL = ("geography", "area", "body", "designation", "serving", "membership", "succession")
KEYS = {
    "geography": ("id",),
    "area": ("geography", "code"),
    "piece": ("id",),
    "body": ("id",),
    "designation": ("body", "designation", "start"),
    "serving": ("body", "start"),
    "membership": ("body", "member", "role", "start"),
    "succession": ("old", "new"),
}


@pytest.mark.parametrize("name", KEYS)
def test_no_row_stands_twice(name):
    keys = Counter(tuple(row[column] for column in KEYS[name]) for row in table(name))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("name", ALL)
def test_every_row_has_a_source_and_a_confidence(name):
    for row in table(name):
        assert row["source"], row
        assert row["confidence"] in ("verified", "known", "unsure"), row


@pytest.mark.parametrize("name", ALL)
def test_days_are_real_and_half_open(name):
    for row in table(name):
        start, end = day(row.get("start", "")), day(row.get("end", ""))
        assert start is None or end is None or start < end, row


# --- bodies ---------------------------------------------------------------------------------------


def test_as_many_bodies_of_each_kind_as_there_are():
    now = Counter(row["kind"] for row in table("body") if alive(row, date(2026, 6, 1)))
    assert now["county"] == 21
    assert now["non-metropolitan-district"] == 164
    assert now["unitary"] + now["isles-of-scilly"] == 63
    assert now["metropolitan-district"] == 36
    assert now["london-borough"] == 32
    assert now["city-corporation"] == 1
    assert now["icb"] == 36
    in_2024 = Counter(row["kind"] for row in table("body") if alive(row, date(2024, 6, 1)))
    assert in_2024["icb"] == 42
    ever = Counter(row["kind"] for row in table("body"))
    assert ever["clinical-commissioning-group"] == 106
    assert ever["police-and-crime-commissioner"] == 37
    assert ever["police-authority"] == 38
    assert ever["metropolitan-fire-authority"] == 6
    assert ever["joint-waste-authority"] == 6


def test_ids_are_readable_and_names_mean_one_body():
    owner = {}
    for row in table("body"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]), row["id"]
        for name in {row["id"], row["name"], *row["aliases"].split(";")} - {""}:
            assert owner.setdefault(name.lower(), row["id"]) == row["id"], name


def test_every_area_of_a_body_is_somewhere():
    for name in ("body", "serving", "designation", "succession"):
        for row in table(name):
            assert pieces_of(row["area"]) or not row["area"], row


def test_tables_name_only_bodies_that_exist():
    ids = {row["id"] for row in table("body")}
    columns = {
        "body": ("part_of", "accountable_to"),
        "designation": ("body",),
        "serving": ("body",),
        "membership": ("body", "member"),
        "succession": ("old", "new"),
    }
    for name, names in columns.items():
        for row in table(name):
            for column in names:
                assert not row[column] or row[column] in ids, (name, column, row)


def test_members_sit_while_the_authority_lives():
    for row in table("membership"):
        whole = body(row["body"])
        for column, outside in (("start", lambda a, b: a < b), ("end", lambda a, b: a > b)):
            mine, its = day(row[column]), day(whole[column])
            assert mine is None or its is None or not outside(mine, its), row


@pytest.mark.parametrize("kind", ["combined-authority", "combined-county-authority"])
def test_constituents_make_up_the_authority(kind):
    for on in [*JUNES, date(2018, 11, 1), date(2018, 11, 2)]:
        for id in of_kind({kind}, on):
            seats = [
                row["member"]
                for row in table("membership")
                if row["body"] == id and row["role"] == "constituent" and alive(row, on)
            ]
            assert frozenset().union(*(serves(seat, on) for seat in seats)) == serves(id, on), (id, on)


def test_no_place_has_two_combined_authorities():
    for on in JUNES:
        found = holders_by_piece(of_kind({"combined-authority", "combined-county-authority"}, on), on)
        assert all(len(ids) <= 1 for ids in found.values()), on


def test_what_is_succeeded_ends_that_day():
    for row in table("succession"):
        assert day(body(row["old"])["end"]) == day(row["start"]), row
        assert alive(body(row["new"]), day(row["start"])), row


# --- who is there ---------------------------------------------------------------------------------

DISTRICT_KINDS = {
    "non-metropolitan-district",
    "unitary",
    "isles-of-scilly",
    "metropolitan-district",
    "london-borough",
    "city-corporation",
}
UPPER_KINDS = DISTRICT_KINDS - {"non-metropolitan-district"} | {"county"}


@pytest.mark.parametrize("kinds", [DISTRICT_KINDS, UPPER_KINDS], ids=["districts", "upper tier"])
def test_one_council_everywhere_since_2021(kinds):
    for on in [date(2021, 6, 1), date(2023, 3, 31), date(2023, 4, 1), date(2026, 6, 1)]:
        found = holders_by_piece(of_kind(kinds, on), on)
        assert {len(ids) for ids in found.values()} == {1}, on


def test_one_fire_and_rescue_authority_everywhere_but_northamptonshire_before_2019():
    for on in JUNES:
        for piece, ids in holders_by_piece(designated("fire-and-rescue-authority", on), on).items():
            absent = lad24(piece) in ("E06000061", "E06000062") and on < date(2019, 1, 1)
            assert len(ids) == (0 if absent else 1), (piece, on, ids)


def test_one_waste_disposal_authority_everywhere_but_where_the_councils_are_unknown():
    for on in JUNES:
        for piece, ids in holders_by_piece(designated("waste-disposal-authority", on), on).items():
            absent = NEW_UNITARIES.get(lad24(piece), date.min) > on
            assert len(ids) == (0 if absent else 1), (piece, on, ids)


def test_one_local_transport_authority_outside_london_but_where_the_councils_are_unknown():
    for on in JUNES:
        for piece, ids in holders_by_piece(designated("local-transport-authority", on), on).items():
            absent = NEW_UNITARIES.get(lad24(piece), date.min) > on or lad24(piece).startswith("E09")
            assert len(ids) == (0 if absent else 1), (piece, on, ids)


def test_wigan_disposes_of_its_own_waste():
    on = date(2012, 6, 1)
    found = holders_by_piece(designated("waste-disposal-authority", on), on)
    assert found["E08000010-E54000057"] == ["wigan-metropolitan-borough-council"]
    assert found["E08000001-E54000057"] == ["greater-manchester-waste-disposal-authority"]


def test_one_police_body_everywhere():
    kinds = {"police-authority", "police-and-crime-commissioner"}
    for on in [*JUNES, date(2012, 1, 15), date(2012, 1, 16), date(2012, 11, 21), date(2012, 11, 22)]:
        ids = [*of_kind(kinds, on), "city-of-london-corporation"]
        ids += ["mopac"] if alive(body("mopac"), on) else []
        found = holders_by_piece(ids, on)
        assert {len(holders) for holders in found.values()} == {1}, on


def test_one_nhs_commissioner_everywhere_since_april_2021():
    kinds = {"clinical-commissioning-group", "icb"}
    for on in [date(2021, 4, 1), date(2022, 6, 30), date(2022, 7, 1), date(2026, 3, 31), date(2026, 4, 1)]:
        found = holders_by_piece(of_kind(kinds, on), on)
        assert {len(ids) for ids in found.values()} == {1}, on


def test_glossop_changed_commissioner_and_high_peak_did_not_move():
    glossop = "E07000037-E54000058-E38000182"
    before = holders_by_piece(of_kind({"clinical-commissioning-group"}, date(2022, 6, 30)), date(2022, 6, 30))
    after = holders_by_piece(of_kind({"icb"}, date(2022, 7, 1)), date(2022, 7, 1))
    assert before[glossop] == ["nhs-tameside-and-glossop-ccg"]
    assert after[glossop] == ["nhs-derby-and-derbyshire-icb"]


# --- against the published files ------------------------------------------------------------------


@pytest.mark.skipif(not (SOURCES / "data" / "lad.csv").exists(), reason="DEVO_SOURCES names no source files")
def test_district_totals_are_those_of_the_source_files():
    with (SOURCES / "data" / "lad.csv").open(encoding="utf-8-sig", newline="") as lines:
        published = {row["LAD24CD"]: row for row in csv.DictReader(lines)}
    with (SOURCES / "data" / "population_lad23_mid2023_syoa.csv").open(
        encoding="utf-8-sig", newline=""
    ) as lines:
        estimates = {row["LAD23CD"]: int(row["ALL_AGES"]) for row in csv.DictReader(lines)}
    mid_2023, census = Counter(), Counter()
    for piece in table("piece"):
        mid_2023[piece["lad24"]] += int(piece["residents"])
        census[piece["lad24"]] += int(piece["residents_census_2021"])
    assert mid_2023 == {code: int(row["POP_MID2023"]) for code, row in published.items()} == estimates
    assert census == {code: int(row["POP_CENSUS2021"]) for code, row in published.items()}
    columns = {"rgn24": "RGN24CD", "utla23": "UTLA23CD", "pfa24": "PFA24CD", "fra24": "FRA24CD"}
    for piece in table("piece"):
        for layer, column in columns.items():
            assert piece[layer] == published[piece["lad24"]][column]


@pytest.mark.skipif(not (SOURCES / "data" / "lad.csv").exists(), reason="DEVO_SOURCES names no source files")
def test_sub_icb_totals_are_those_of_the_source_files():
    with (SOURCES / "data" / "sicbl24_icb24_cal21.csv").open(encoding="utf-8-sig", newline="") as lines:
        published = {row["SICBL24CD"]: int(row["POP_CENSUS2021"]) for row in csv.DictReader(lines)}
    census = Counter()
    for piece in table("piece"):
        census[piece["sicbl24"]] += int(piece["residents_census_2021"])
    assert census == published
