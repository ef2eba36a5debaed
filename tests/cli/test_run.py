import json


def test_an_expectation_met_is_success(country, call):
    result = call("run", "met.toml")
    assert result.stdout == "passed: Buses (0 answers)\n\n1 scenario: 1 passed.\n"
    assert result.exit_code == 0


def test_an_expectation_unmet_shows_expected_and_got(country, call):
    result = call("run", "unmet.toml")
    assert result.exit_code == 1
    assert "failed: Buses" in result.stdout
    assert "unmet.toml:5: " in result.stdout
    assert 'expected: body = "exca", mode = "joint"' in result.stdout
    assert 'got: body = "exca", mode = "sole"' in result.stdout


def test_a_file_with_faults_is_not_run_and_outweighs_the_rest(country, call):
    (country / "broken.toml").write_text('name = "Broken\n')
    result = call("run", "met.toml", "unmet.toml", "broken.toml")
    assert result.exit_code == 3
    assert "broken.toml:1: " in result.stdout
    assert "3 scenarios: 1 passed, 1 failed, 1 not run." in result.stdout


def test_the_outcome_is_the_contract_s(country, call):
    given = json.loads(call("run", "met.toml", "unmet.toml", "--format", "json").stdout)
    assert given["schema"] == "devo.outcome/1"
    assert [scenario["passed"] for scenario in given["scenarios"]] == [True, False]
    assert {"name", "path", "passed", "answers", "findings", "mismatches"} <= set(given["scenarios"][0])
    assert given["scenarios"][1]["mismatches"][0]["expected"] == [{"body": "exca", "mode": "joint"}]


def test_a_folder_s_scenarios_are_all_run(country, call):
    result = call("run", country, "--format", "csv")
    assert [line.split(",")[1].rpartition("/")[2] for line in result.stdout.splitlines()[1:]] == [
        "draft.toml", "met.toml", "unmet.toml"
    ]  # fmt: skip


def test_a_plugin_may_be_named_on_the_command_line(country, call):
    text = (country / "met.toml").read_text().replace('plugins = ["exampleshire"]\n', "")
    (country / "met.toml").write_text(text)
    assert call("run", "met.toml", "--plugin", "exampleshire").exit_code == 0


def test_a_folder_with_no_scenario_is_wrong_usage(country, call):
    (country / "nothing").mkdir()
    result = call("run", "nothing")
    assert result.exit_code == 2
    assert "there is no scenario in nothing" in result.stderr
