import pytest

from devo.cli.options import Common

OF_THE_MACHINE = {"run", "plugins", "schema", "doctor"}
OF_A_WORLD = {
    "who",
    "holds",
    "where",
    "explain",
    "history",
    "places",
    "bodies",
    "powers",
    "deals",
    "ask",
    "check",
}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--on", "2015-02-30"), "'2015-02-30' is a day that does not exist"),
        (("--on", "1 May 2015"), "'1 May 2015' is not a day; write it as 2024-05-01"),
        (("--known", "20150501"), "'20150501' is not a day"),
        (("--format", "xml"), "'xml' is not one of 'table', 'plain', 'json', 'csv', 'md'"),
        (("--confidence", "sure"), "'sure' is not one of 'verified', 'known', 'unsure'"),
        (("--plain", "--format", "json"), "--plain is --format plain"),
        (("--scenario", "a.toml", "--baseline", "england"), "--scenario names its own baseline"),
    ],
)
def test_wrong_options_are_wrong_usage(call, words, said):
    result = call("who", "Manchester", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_plain_is_format_plain(example):
    words = ("who", "Ashford", "--on", "2018-01-01")
    assert example(*words, "--plain").stdout == example(*words, "--format", "plain").stdout


@pytest.mark.parametrize(
    ("least", "kept"),
    [
        ("verified", ["verified"]),
        ("known", ["verified", "known"]),
        ("unsure", ["verified", "known", "unsure"]),
    ],
)
def test_confidence_is_at_least(least, kept):
    common = Common(None, None, (), False, confidence=least)
    assert [word for word in ("verified", "known", "unsure") if common.keeps(word)] == kept
    assert common.keeps(None)


def test_every_command_has_help_and_the_shared_options(commands):
    for name, command in commands.items():
        options = {option for item in command.params for option in item.opts}
        assert command.help, name
        if name in OF_A_WORLD | OF_THE_MACHINE:
            assert {"--format", "--plain", "--output", "--plugin", "--debug"} <= options, name
        if name in OF_A_WORLD:
            assert {"--on", "--known", "--baseline", "--deal", "--without", "--scenario"} <= options, name
            assert "--confidence" in options, name


def test_a_scenario_s_law_stands_unless_another_day_is_named(country, example, call):
    text = (country / "met.toml").read_text().replace("plugins", "known = 2017-01-01\nplugins")
    (country / "known.toml").write_text(text)
    words = ("who", "Ashford", "T03", "--on", "2018-01-01", "--scenario", "known.toml")
    assert "status: promised" in call(*words).stdout
    assert "status: promised" not in call(*words, "--known", "2018-01-01").stdout
