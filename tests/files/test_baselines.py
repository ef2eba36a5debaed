import random
from dataclasses import replace

from devo.files import fingerprint
from devo.files.baselines import load_baseline
from devo.values import Holding, Instrument


def test_a_baseline_is_its_tables_with_its_deals_enacted(box):
    loaded = load_baseline(box.baselines["example"], box)
    assert loaded.faults == ()
    assert loaded.findings == ()
    assert [deal.code for deal in loaded.world.deals] == ["EX-2016"]
    assert len(loaded.world.ledger("roads").effects) == 3
    assert len(loaded.world.before.ledger("roads").effects) == 1


def test_without_its_deals_it_is_its_tables(box):
    loaded = load_baseline(box.baselines["example"], box, deals=False)
    assert loaded.world.deals == ()
    law = load_baseline(box.baselines["example-law"], box)
    assert loaded.world.fingerprint == law.world.fingerprint


def test_faults_of_tables_and_deals_come_together_and_nothing_is_enacted(box, country):
    (country / "tables/power.csv").write_text("id,name\nroads,Roads\nbuses,\n")
    (country / "deals/draft.toml").write_text('name = "D"\ncode = \n')
    loaded = load_baseline(box.baselines["example"], box)
    found = {(fault.path.rpartition("/")[2], fault.line) for fault in loaded.faults}
    assert found == {("power.csv", 3), ("draft.toml", 2), ("ex-2016.toml", 8)}
    assert loaded.findings == ()


def test_folders_that_are_not_there_are_faults(box):
    absent = replace(box.baselines["example"], tables=("/nowhere/tables",), deals=("/nowhere/deals",))
    found = [fault.message for fault in load_baseline(absent, box).faults]
    assert found == ["there is no such folder of deals", "there is no such folder"]


def test_a_fingerprint_is_of_what_is_said_and_not_of_how(box, country):
    first = load_baseline(box.baselines["example"], box).world.fingerprint
    assert first.startswith("sha256:")
    rows = (country / "tables/body.csv").read_text().splitlines()
    body = rows[1:]
    random.Random(1).shuffle(body)
    (country / "tables/body.csv").write_text("\r\n".join([rows[0], *body]) + "\r\n\r\n")
    deal = country / "deals/ex-2016.toml"
    deal.rename(country / "deals/renamed.toml")
    (country / "deals/renamed.toml").write_text("# a note\n" + (country / "deals/renamed.toml").read_text())
    assert load_baseline(box.baselines["example"], box).world.fingerprint == first
    (country / "tables/body.csv").write_text("\n".join(rows).replace("Ashford Council", "Ashford council"))
    assert load_baseline(box.baselines["example"], box).world.fingerprint != first


def test_a_fingerprint_tells_values_apart_that_are_blank_in_other_ways():
    true, false = (Holding("h", "p", "b", mirrored=flag) for flag in (True, False))
    assert fingerprint.of_records([true]) != fingerprint.of_records([false])
    one, two = Instrument("i", "T", note="a\nb"), Instrument("i", "T", note="a")
    assert fingerprint.of_records([one]) != fingerprint.of_records([two])
    assert fingerprint.of_records([one, two]) == fingerprint.of_records([two, one])
