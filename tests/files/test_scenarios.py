from dataclasses import replace
from datetime import date

import pytest

from devo.calling import PluginFault
from devo.files.questions import check_names
from devo.files.scenarios import read_scenario
from devo.files.worlds import open_scenario
from devo.values import Holding

SCENARIO = """name = "Roads, before and after"
baseline = "example"
on = [2017-01-01, 2018-01-01]

[[ask]]
question = "who-holds"
place = "Ashford"
power = "T01"

[[expect]]
question = "who-holds"
place = "E01"
power = "T01"
on = 2018-01-01
rows = [{ body_name = "Exampleshire Combined Authority", mode = "sole" }]
"""


@pytest.fixture
def opened(put, box):
    """Open a scenario: `opened(text)` gives it, its world, and its faults as (file, line, message)."""

    def opening(text):
        scenario, loaded, faults = open_scenario(str(put("s.toml", text)), lambda plugins: box)
        found = [(fault.path.rpartition("/")[2], fault.line, fault.message) for fault in faults]
        return scenario, loaded, found

    return opening


def holder(world, power, piece=0, day="2018-01-01"):
    from devo.rules import holders

    return [held.body for held in holders(world.on(day), power, piece)]


def test_a_scenario_and_its_world(opened, tmp_path):
    scenario, loaded, faults = opened(SCENARIO)
    assert faults == []
    assert scenario.name == "Roads, before and after"
    assert scenario.on == (date(2017, 1, 1), date(2018, 1, 1))
    (ask,) = scenario.asks
    assert (ask.question, ask.terms, ask.on) == ("who-holds", {"place": "Ashford", "power": "T01"}, None)
    assert ask.where == f"{tmp_path}/s.toml:5"
    (expect,) = scenario.expects
    assert expect.rows == ({"body_name": "Exampleshire Combined Authority", "mode": "sole"},)
    assert expect.on == date(2018, 1, 1)
    assert holder(loaded.world, "roads") == ["exca"]
    assert holder(loaded.world, "roads", day="2017-01-01") == ["ashford-council"]


def test_a_deal_or_folder_that_is_not_what_it_should_be_is_a_fault_and_never_left_out(opened, put, tmp_path):
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere.toml")
    (tmp_path / "folder").mkdir()
    put("folder/a.csv", "")
    head = (
        'baseline = "example"\ndeals = ["./gone.toml", "./folder"]\ntables = ["./folder/a.csv", "nofolder"]\n'
    )
    _, _, faults = opened(head)
    assert faults == [
        ("folder", 0, "this is a folder, and not a file"),
        ("s.toml", 2, "`deals`: there is no file './gone.toml'"),
        ("s.toml", 3, "`tables`: './folder/a.csv' is a file, and not a folder of tables"),
        ("s.toml", 3, "`tables`: there is no folder 'nofolder'"),
    ]


def test_a_record_of_a_scenario_s_own_that_has_a_fault_is_not_missed_by_the_others(opened):
    own = '[[power]]\nid = "tolls"\nnam = "Tolls"\n[[holding]]\nid = "h"\npower = "tolls"\nholder = "excaa"\n'
    assert opened('baseline = "example"\n' + own)[2] == [
        ("s.toml", 2, "`name` is missing"),
        ("s.toml", 4, "there is no key 'nam' in this record"),
        ("s.toml", 5, "`holder`: no body is called 'excaa'"),
    ]


@pytest.mark.parametrize("expected", ["", "contains = []", "no_findings = false\nexcludes = []"])
def test_an_expectation_that_any_answer_meets_is_a_fault(opened, expected):
    _, _, faults = opened(SCENARIO[: SCENARIO.index("rows =")] + expected)
    assert [message for _, _, message in faults] == ["this [[expect]] expects nothing"]


def test_a_file_that_is_named_twice_is_said_where_it_is_named_and_read_once(opened, put):
    put("draft.toml", 'name = "D"\ncode = "DRAFT"\n')
    _, _, faults = opened('baseline = "example"\ndeals = ["./draft.toml", "draft.toml"]\n')
    assert [(name, line) for name, line, _ in faults] == [("s.toml", 2)]


def test_a_variant_that_no_file_could_name_is_a_fault(opened):
    text = SCENARIO.replace('"Ashford"', '"$a place"') + '[[sweep.variant]]\n"a place" = "E01"\n'
    assert ("s.toml", 17, "`a place`: no parameter can be called so") in opened(text)[2]


def test_a_key_of_a_scenario_that_is_misspelt_is_told_from_a_record(put, box):
    _, faults = read_scenario(put("s.toml", 'baselin = "example"\n[[aks]]\n'), lambda plugins: box)
    assert [(fault.message, fault.suggestion) for fault in faults] == [
        ("there is no key 'baselin' here", "did you mean: baseline?"),
        ("no record type is called 'aks'", "did you mean: ask?"),
    ]


def test_a_question_with_several_days_is_asked_on_each(opened):
    scenario, _, faults = opened(SCENARIO.replace("on = 2018-01-01", "on = [2018-01-01, 2019-01-01]"))
    assert faults == []
    assert [item.on for item in scenario.expects] == [date(2018, 1, 1), date(2019, 1, 1)]


def test_a_deal_left_out_a_deal_added_and_records_of_the_scenario_s_own(opened, put):
    put("mine/power.csv", "id,name\ntolls,Tolls\n")
    put("mine/draft.toml", "# records\n[[holding]]\nid = 'h2'\npower = 'tolls'\nholder = 'every:council'\n")
    put(
        "drafts/draft.toml",
        'name = "D"\ncode = "DRAFT"\n[[provision]]\nverb = "transfer"\npower = "tolls"\n'
        'transferee = "exca"\ncommencement = 2017-06-01\n',
    )
    head = (
        'baseline = "example"\ndeals = ["./drafts/draft.toml"]\nwithout = ["ex-2016"]\ntables = ["./mine/"]\n'
    )
    own = '[[holding]]\nid = "h3"\npower = "buses"\nholder = "carley-council"\n'
    scenario, loaded, faults = opened(head + own)
    assert faults == []
    assert scenario.records == (Holding("h3", "buses", "carley-council"),)
    assert [deal.code for deal in loaded.world.deals] == ["DRAFT"]
    assert loaded.findings == ()
    assert holder(loaded.world, "roads") == ["ashford-council"]
    assert holder(loaded.world, "tolls") == ["exca"]
    assert holder(loaded.world, "buses", piece=2) == ["carley-council"]


def test_a_deal_that_the_baseline_s_plugin_ships_is_added_by_its_code(opened):
    _, loaded, faults = opened('baseline = "example-law"\ndeals = ["ex-2016"]\n')
    assert faults == []
    assert [deal.code for deal in loaded.world.deals] == ["EX-2016"]
    _, again, _ = opened('baseline = "example"\ndeals = ["EX-2016"]\n')
    assert again.world.fingerprint == loaded.world.fingerprint


def test_every_fault_of_a_scenario_and_of_the_files_it_leads_to_at_once(opened, put):
    put("mine/power.csv", "id,name\ntolls,\n")
    put("bad.toml", 'name = "D"\ncode = "D"\n[[provision]]\nverb = "confer"\npower = "tols"\n')
    _, _, faults = opened(
        """\
name = "unclosed
baseline = "example"
deals = ["bad.toml", "./absent.toml", "EX-2017"]
without = ["EX-2018"]
tables = ["mine"]
on = 2024-02-30
note = '''
[[ask]]
'''

[[ask]]
question = "who-hold"

[[ask]]
question = "who-holds"
plaice = "E01"
power = "T04"

[[expect]]
question = "who-holds"
place = "Ashfort"
on = "2018-01-01"

[[expect]]
question = "who-holds"
place = "E02"
rows = [{ bodyname = "x" }]
count = -1

[[bdoy]]
id = "x"

[[body]]
id = "exca"
name = "Twice"
kind = "x"
start = 2020-01-01
end = 2019-01-01
"""
    )
    assert faults == [
        ("bad.toml", 3, "`commencement` is missing"),
        ("bad.toml", 3, "`holder` is missing"),
        ("bad.toml", 5, "`power`: no power is called 'tols'"),
        ("power.csv", 2, "`name` is blank"),
        ("s.toml", 1, "the text of `name` is not closed on its line"),
        ("s.toml", 3, "`deals`: no deal is called 'EX-2017'"),
        ("s.toml", 3, "`deals`: there is no file './absent.toml'"),
        ("s.toml", 4, "`without`: no deal is called 'EX-2018'"),
        ("s.toml", 6, "the date 2024-02-30 does not exist: February 2024 has 29 days"),
        ("s.toml", 7, "there is no key 'note' here"),
        ("s.toml", 12, "no question is called 'who-hold'"),
        ("s.toml", 14, "`place` is missing"),
        ("s.toml", 16, "who-holds takes no term 'plaice'"),
        ("s.toml", 17, "`power`: no power is called 'T04'"),
        ("s.toml", 19, "this [[expect]] expects nothing"),
        ("s.toml", 21, "`place`: no place is called 'Ashfort'"),
        ("s.toml", 22, "`on`: '2018-01-01' is not a date"),
        ("s.toml", 27, "who-holds has no column 'bodyname'"),
        ("s.toml", 28, "`count`: -1 is less than 0"),
        ("s.toml", 30, "no record type is called 'bdoy'"),
        ("s.toml", 38, "`end` 2019-01-01 is before `start` on 2020-01-01"),
    ]


def test_a_block_of_the_wrong_shape_does_not_move_the_lines_of_the_others(opened):
    asks = '[[ask]]\nquestion = "who-holds"\n{}\n\n'
    text = 'baseline = "example"\n' + asks.format('place = "x"\non = 3') + asks.format('place = "Ashfort"')
    _, _, faults = opened(text)
    assert faults == [
        ("s.toml", 4, "`place`: no place is called 'x'"),
        ("s.toml", 5, "`on`: 3 is not a date"),
        ("s.toml", 9, "`place`: no place is called 'Ashfort'"),
    ]


def test_a_column_that_a_question_has_not(opened):
    text = SCENARIO.replace("body_name =", "bodyname =")
    _, _, faults = opened(text)
    assert faults == [("s.toml", 15, "who-holds has no column 'bodyname'")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ('baseline = "exmaple"\n', 1, "no baseline is called 'exmaple'"),
        ('baseline = "example"\nask = 3\n', 2, "`ask`: 3 stands where a table should"),
        ('baseline = "example"\nask = [3]\n', 2, "`ask`: 3 stands where a table should"),
        ('baseline = "example"\ndeals = "x.toml"\n', 2, "`deals`: 'x.toml' is not a list"),
        ('baseline = "example"\n[[ask]]\n', 2, "`question` is missing"),
        ('baseline = "example"\nbody = 3\n', 2, "`body` is not a list of records"),
    ],
)
def test_a_broken_scenario(opened, text, line, message):
    _, _, faults = opened(text)
    assert faults == [("s.toml", line, message)]


def test_plugins_that_there_are_not_are_faults_at_their_line_and_the_others_are_on(put, box):
    def toolbox_for(plugins):
        for name in plugins:
            if name != "funding":
                raise PluginFault(f"no plugin named {name!r}; installed: england, transfers")
        return box

    names = '"fundin", "funding", "trnsfers"'
    path = put("s.toml", f'baseline = "example"\nplugins = [{names}]\non = 2024-02-30\n')
    scenario, faults = read_scenario(path, toolbox_for)
    assert [(fault.line, fault.message) for fault in faults] == [
        (2, "no plugin named 'fundin'; installed: england, transfers"),
        (2, "no plugin named 'trnsfers'; installed: england, transfers"),
        (3, "the date 2024-02-30 does not exist: February 2024 has 29 days"),
    ]
    assert scenario.plugins == ("funding",)


def test_names_are_not_looked_up_where_there_is_no_world(put, box):
    scenario, _ = read_scenario(put("s.toml", SCENARIO.replace("Ashford", "Ashfort")), lambda plugins: box)
    assert check_names(scenario, None, box) == []
    assert check_names(replace(scenario, path=""), None, box) == []


def test_a_scenario_that_is_not_there(tmp_path, box):
    scenario, loaded, faults = open_scenario(str(tmp_path / "no.toml"), lambda plugins: box)
    assert (scenario, loaded) == (None, None)
    assert [fault.message for fault in faults] == ["there is no such file"]
