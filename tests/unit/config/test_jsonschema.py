"""The JSON schema accepts what the loader accepts."""

import jsonschema
import msgspec
import pytest

from pystatelint.config.jsonschema import config_schema
from pystatelint.config.schema import Config


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(config_schema())


def test_schema_has_every_key_with_words_about_it() -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(Config)}
    properties = config_schema()["properties"]
    assert set(properties) == keys
    assert all(properties[key]["description"] for key in keys)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(msgspec.to_builtins(Config()), id="the defaults"),
        pytest.param({"select": "HMS1,HMS2"}, id="list as a string"),
        pytest.param({"stateless": {"app.*": ["session"], "x": "a, b"}}, id="table"),
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
    ],
)
def test_rejects(value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, config_schema())
