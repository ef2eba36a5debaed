import json

import pytest

from devo.files.schemas import schema
from devo.files.shapes import DealShape, ScenarioShape


def test_the_deal_schema_lists_verbs_with_their_terms(box):
    found = schema("deal", box)
    block = found["$defs"]["ProvisionShape"]
    assert block["properties"]["verb"]["enum"] == sorted(box.verbs)
    transfer = next(
        part for part in block["allOf"] if part["if"]["properties"]["verb"]["const"] == "transfer"
    )
    terms = transfer["then"]
    assert terms["required"] == ["power", "transferee"]
    assert terms["properties"]["mode"] == {
        "type": "string",
        "enum": ["sole", "concurrent", "joint", "delegated"],
    }
    assert terms["properties"]["exercised_from"] == {"type": "string", "format": "date"}
    assert terms["properties"]["commencement"] is True
    assert terms["additionalProperties"] is False
    assert terms["description"].startswith("Give a power to a body")


def test_the_scenario_schema_lists_questions_and_records(box):
    found = schema("scenario", box)
    assert found["$defs"]["AskShape"]["properties"]["question"]["enum"] == sorted(box.questions)
    record = found["properties"]["power"]["items"]
    assert record["required"] == ["id", "name"]
    assert record["properties"]["aliases"] == {"type": "array", "items": {"type": "string"}}
    assert found["properties"]["on"]["anyOf"][1]["type"] == "array"


@pytest.mark.parametrize(("name", "shape"), [("deal", DealShape), ("scenario", ScenarioShape)])
def test_a_schema_is_plain_json_with_every_key_of_its_file(name, shape, box):
    assert set(shape.model_fields) <= set(schema(name)["properties"])
    assert json.loads(json.dumps(schema(name, box))) == schema(name, box)


def test_there_is_no_schema_of_anything_else():
    with pytest.raises(KeyError):
        schema("answer")
