import json


def test_plugins_say_what_they_bring(country, call):
    given = json.loads(call("plugins", "--plugin", "exampleshire", "--format", "json").stdout)["plugins"]
    found = {plugin["name"]: plugin for plugin in given}
    assert found["exampleshire"]["version"] == "3.1"
    assert found["exampleshire"]["questions"] == ["costs", "breaks"]
    assert found["exampleshire"]["baselines"] == ["example"]
    assert "who-holds" in found["core"]["questions"]
    assert "england" in found["devo_england"]["baselines"]
    assert "transfer" in call("plugins", "list").stdout


def test_an_unknown_plugin_fails_with_the_choices(call):
    result = call("plugins", "--plugin", "fundin")
    assert result.exit_code == 4
    assert "no plugin named 'fundin'; installed: " in result.stderr


def test_doctor_says_what_it_finds(call):
    given = json.loads(call("doctor", "--format", "json").stdout)
    assert given["schema"] == "devo.doctor/1"
    assert {"Program", "Libraries", "Terminal", "Plugins", "Cache"} <= set(given)
    assert given["Libraries"]["click"].startswith("8.")
    assert "Python: " in call("doctor").stdout


def test_doctor_lives_with_a_plugin_that_does_not(country, call):
    (country / "exampleshire" / "__init__.py").write_text("# hookimpl\n1 / 0\n")
    result = call("doctor", "--plugin", "exampleshire")
    assert result.exit_code == 4
    assert (
        "exampleshire: cannot be switched on: import of plugin exampleshire failed: ZeroDivisionError"
        in result.stdout
    )
    assert "devo_england: 0.1.0" in result.stdout
