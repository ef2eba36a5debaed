import json
from collections.abc import Iterator
from typing import Any

import pytest

_KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def misfits(value: Any, schema: dict[str, Any], path: str = "$") -> Iterator[str]:
    """Where a value is not as its schema says, for the words that our schemas use."""
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: none of {schema['enum']}"
    if "anyOf" in schema and all(list(misfits(value, choice, path)) for choice in schema["anyOf"]):
        yield f"{path}: fits no choice"
    if "type" in schema and not isinstance(value, _KINDS[schema["type"]]):
        yield f"{path}: not {schema['type']}"
        return
    if isinstance(value, dict):
        yield from (f"{path}: no {name}" for name in schema.get("required", ()) if name not in value)
        properties = schema.get("properties", {})
        for name, item in value.items():
            if name in properties:
                yield from misfits(item, properties[name], f"{path}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}: {name} is too much"
    if isinstance(value, list) and "items" in schema:
        for number, item in enumerate(value):
            yield from misfits(item, schema["items"], f"{path}[{number}]")


@pytest.mark.parametrize("name", ["scenario", "deal", "answer", "outcome"])
def test_every_schema_is_json_of_the_draft_it_names(call, name):
    given = json.loads(call("schema", name).stdout)
    assert given["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_real_answers_fit_their_schema(example, call):
    schema = json.loads(call("schema", "answer").stdout)
    for words in (("who", "E03"), ("who", "Ashford", "T03"), ("where", "T01"), ("places",), ("ask", "costs")):
        given = json.loads(example(*words, "--on", "2018-01-01", "--format", "json").stdout)
        assert list(misfits(given, schema)) == []


def test_real_outcomes_fit_their_schema(country, call):
    (country / "broken.toml").write_text('name = "Broken\n')
    (country / "asks.toml").write_text(
        'baseline = "example"\nplugins = ["exampleshire"]\non = 2018-01-01\n'
        '[[ask]]\nquestion = "who-holds"\nplace = "E03"\n[[ask]]\nquestion = "breaks"\n'
    )
    schema = json.loads(call("schema", "outcome").stdout)
    given = json.loads(
        call("run", "met.toml", "unmet.toml", "broken.toml", "asks.toml", "--format", "json").stdout
    )
    assert [len(scenario["answers"]) for scenario in given["scenarios"]] == [0, 0, 0, 1]
    assert list(misfits(given, schema)) == []


def test_the_checker_of_this_test_finds_misfits(call):
    schema = json.loads(call("schema", "outcome").stdout)
    found = list(misfits({"schema": "other", "scenarios": [{"name": 1}], "more": 0}, schema))
    assert len(found) == 9


def test_files_schemas_list_what_plugins_bring(country, call):
    given = call("schema", "scenario", "--plugin", "exampleshire").stdout
    assert '"costs"' in given
    assert '"transfer"' in call("schema", "deal").stdout


def test_a_schema_is_json_and_nothing_else(call):
    result = call("schema", "answer", "--format", "md")
    assert result.exit_code == 2
