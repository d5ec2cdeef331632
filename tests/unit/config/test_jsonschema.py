"""The JSON schema accepts what the loader accepts."""

import jsonschema
import msgspec
import pytest

from pystatelint.config.jsonschema import config_schema
from pystatelint.config.schema import Config
from pystatelint.models.functions import Entry


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(config_schema())


def test_schema_has_every_key_with_words_about_it() -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(Config)}
    properties = config_schema()["properties"]
    assert set(properties) == keys
    assert all(properties[key]["description"] for key in keys)


def test_schema_has_words_about_every_key_of_a_row() -> None:
    rows = config_schema()["$defs"]["Entry"]["properties"]
    assert {field.name for field in msgspec.structs.fields(Entry)} <= set(rows)
    assert all(row["description"] for row in rows.values())


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(msgspec.to_builtins(Config()), id="the defaults"),
        pytest.param({"select": "HMS1,HMS2"}, id="list as a string"),
        pytest.param({"stateless": {"app.*": ["session"], "x": "a, b"}}, id="table"),
        pytest.param(
            {"entry": [{"kind": "symbol", "match": "app.run", "role": "task", "sync-model": "T"}]},
            id="rows",
        ),
    ],
)
def test_accepts(value: object) -> None:
    jsonschema.validate(msgspec.json.decode(msgspec.json.encode(value)), config_schema())


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"selct": []}, id="unknown key"),
        pytest.param({"fail-on": "eror"}, id="word outside its set"),
        pytest.param({"strict": "yes"}, id="wrong type"),
        pytest.param({"stateless": {"app.*": 3}}, id="wrong type in a table"),
        pytest.param({"entry": "app.run"}, id="rows as a string"),
        pytest.param({"entry": [{"kind": "symbol", "match": "app.run"}]}, id="row without a role"),
        pytest.param(
            {"entry": [{"kind": "symbol", "match": "app.run", "role": "task", "rool": 1}]},
            id="unknown key of a row",
        ),
    ],
)
def test_rejects(value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, config_schema())
