from datetime import date

import pytest

from devo.files.deals import read_deal, read_deals
from devo.values import Instrument

HEAD = 'name = "A deal"\ncode = "EX-1"\n'
GIVE = """
[[provision]]
verb = "confer"
power = "buses"
holder = "exca"
commencement = 2020-01-01
"""


@pytest.fixture
def read(put, law, box):
    """Read one deal: `read(text)` gives the deal and its faults as (line, message, suggestion)."""

    def reading(text):
        deal, faults = read_deal(put("deal.toml", text), law, box.verbs)
        return deal, [(fault.line, fault.message, fault.suggestion) for fault in faults]

    return reading


def test_a_deal_with_its_names_made_ids(read, tmp_path):
    deal, faults = read(
        HEAD
        + 'agreed = 2016-03-01\nparties = ["Exampleshire", "E01"]\nconfidence = "verified"\n'
        + '\n[[provision]]\nverb = "transfer"\npower = "T01"\ntransferor = "every:council"\n'
        + 'transferee = "EXCA"\narea = "Ashford + E02"\ncommencement = 2017-05-08\n'
        + 'instrument = "SI 2017/470"\nexercised_from = 2017-06-01\nexercised_by = "mayor"\n'
    )
    assert faults == []
    assert deal.parties == ("exca", "ashford-council")
    assert deal.where == f"{tmp_path}/deal.toml:1"
    (provision,) = deal.provisions
    assert provision.id == "EX-1/1"
    assert provision.deal == "EX-1"
    assert provision.terms == {
        "power": "roads",
        "transferor": "every:council",
        "transferee": "exca",
        "area": "lad24:E01 + E02",
        "exercised_from": date(2017, 6, 1),
        "exercised_by": "mayor",
    }
    assert provision.instrument.id == "order-2017"
    assert (provision.agreed, provision.made) == (date(2016, 3, 1), date(2017, 4, 27))
    assert provision.commencement == date(2017, 5, 8)
    assert provision.confidence == "verified"
    assert provision.where == f"{tmp_path}/deal.toml:7"


def test_an_instrument_written_out_is_a_new_one_and_each_provision_may_have_its_own(read):
    deal, faults = read(
        HEAD
        + 'instrument = { title = "Draft order", made = 2027-01-10, status = "draft" }\n'
        + GIVE
        + GIVE
        + 'instrument = "act-2000"\n'
    )
    assert faults == []
    new = Instrument("EX-1/instrument", "Draft order", made=date(2027, 1, 10), status="draft")
    assert deal.instrument == new
    assert [item.instrument.id for item in deal.provisions] == [new.id, "act-2000"]
    assert [item.made for item in deal.provisions] == [date(2027, 1, 10), date(2000, 11, 30)]


def test_a_deal_that_names_no_instrument_promises_if_it_was_agreed_and_supposes_an_order_if_not(read):
    deal, _ = read(HEAD + "agreed = 2016-03-01\n" + GIVE)
    (provision,) = deal.provisions
    assert (provision.instrument.kind, provision.agreed, provision.made) == (
        "agreement",
        date(2016, 3, 1),
        None,
    )
    deal, _ = read(HEAD + GIVE)
    (provision,) = deal.provisions
    assert (provision.instrument.kind, provision.instrument.status) == ("order", "draft")
    assert provision.made == provision.commencement


def test_every_fault_of_a_deal_at_once(read):
    deal, faults = read(
        HEAD
        + """\
instrument = "SI 2017/471"
sumary = "x"
parties = ["excb"]
summary = '''
[[provision]]
verb = "no fault, this is text"
'''

[[provision]]
verb = "tranfer"
power = "buses"
commencement = 2020-01-01

[[provision]]
verb = "transfer"
power = "busses"
transfree = "exca"
mode = "soul"
carve_outs = 3
commencement = 2024-02-30

[[provision]]
verb = "cease"
power = "buses
holder = "every:council"
overrides = ["EX-1/7"]

[[provision]]
power = "buses"
commencement = "2020-01-01"
"""
    )
    assert deal is None
    assert [(line, message) for line, message, _ in faults] == [
        (3, "`instrument`: no instrument is called 'SI 2017/471'"),
        (4, "there is no key 'sumary' here"),
        (5, "`parties`: no body is called 'excb'"),
        (12, "no verb is called 'tranfer'"),
        (16, "`transferee` is missing"),
        (18, "`power`: no power is called 'busses'"),
        (19, "transfer takes no term 'transfree'"),
        (20, "`mode`: 'soul' is not a choice"),
        (21, "`carve_outs`: 3 is not a text"),
        (22, "the date 2024-02-30 does not exist: February 2024 has 29 days"),
        (24, "`commencement` is missing"),
        (26, "the text of `power` is not closed on its line"),
        (28, "`overrides`: no provision has the id 'EX-1/7'"),
        (30, "`verb` is missing"),
        (32, "`commencement`: '2020-01-01' is not a date"),
    ]
    how = dict(enumerate(suggestion for _, _, suggestion in faults))
    assert how[0] == "did you mean: SI 2017/470?"
    assert how[1] == "did you mean: summary?"
    assert how[2] == "did you mean: EXCA?"
    assert how[3].startswith("did you mean: transfer, confer? (verbs: abolish, ")
    assert how[5] == "did you mean: buses?"
    assert how[6] == "did you mean: transferee, transferor?"
    assert how[7] == "did you mean sole? choices: sole, concurrent, joint, delegated"
    assert how[8] == 'write carve_outs = "3"'
    assert how[14] == "write it without quotation marks: commencement = 2020-01-01"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("provision = 3\n" + HEAD, 1, "`provision`: 3 stands where a table should"),
        (HEAD + "[provision]\n", 3, "`provision`: it stands once, and should be a list"),
        (HEAD + 'parties = "exca"\n', 3, "`parties`: 'exca' is not a list"),
        (HEAD + 'confidence = "sure"\n', 3, "`confidence`: 'sure' is not a choice"),
        (HEAD + 'instrument = { kind = "order" }\n', 3, "`title` is missing"),
        (HEAD + 'instrument = { title = "t", made = "x" }\n', 3, "`made`: 'x' is not a date"),
        (HEAD + "instrument = 3\n", 3, "`instrument`: 3 is not a text"),
        (HEAD + "agreed = 2016\n", 3, "`agreed`: 2016 is not a date"),
        ('name = "x"\n', 1, "`code` is missing"),
        (HEAD + GIVE.replace('"exca"', '""'), 4, "`holder` is blank"),
        (HEAD + GIVE + "id = 3\n", 9, "`id`: 3 is not a text"),
    ],
)
def test_a_deal_of_the_wrong_shape(read, text, line, message):
    deal, faults = read(text)
    assert deal is None
    assert [(at, said) for at, said, _ in faults] == [(line, message)]


def test_deals_read_together_may_name_what_any_of_them_establishes(put, law, box):
    founding = """
[[provision]]
verb = "establish"
body = "new-authority"
name = "New Authority"
kind = "combined-authority"
area = "Ashford"
aliases = ["NEWA"]
commencement = 2019-01-01

[[provision]]
verb = "designate"
body = "NEWA"
designation = "mayoral"
commencement = 2019-01-01
"""
    using = GIVE.replace('"exca"', '"NEWA"') + GIVE.replace('"exca"', '"every:mayoral"')
    first = put("a.toml", HEAD.replace("EX-1", "EX-2") + using)
    second = put("b.toml", HEAD + founding)
    deals, faults = read_deals([first, second], law, box.verbs)
    assert faults == ()
    assert [p.terms.get("holder") for p in deals[0].provisions] == ["new-authority", "every:mayoral"]
    assert deals[1].provisions[1].terms["body"] == "new-authority"
    assert "new-authority" not in law.roster.bodies


def test_codes_and_ids_are_each_given_once(put, law, box):
    paths = [put("a.toml", HEAD + GIVE + 'id = "x"\n' + GIVE + 'id = "x"\n'), put("b.toml", HEAD + GIVE)]
    _, faults = read_deals(paths, law, box.verbs)
    assert [(f.path.rpartition("/")[2], f.line, f.message.rpartition(": ")[0]) for f in faults] == [
        ("a.toml", 16, "another provision has the id 'x'"),
        ("b.toml", 2, "another deal has the code 'EX-1'"),
    ]
    assert faults[0].message.endswith("a.toml:9")


def test_what_is_no_deal_file_is_a_fault_and_not_an_error(tmp_path, law, box, put):
    paths = [tmp_path, tmp_path / "absent.toml", put("empty.toml", ""), put("bytes.toml", b"\xff")]
    deals, faults = read_deals(paths, law, box.verbs)
    assert deals == ()
    assert len(faults) == 4
