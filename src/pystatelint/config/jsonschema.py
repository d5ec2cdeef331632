"""Derive the JSON schema of the configuration from its records."""

import re
from inspect import cleandoc
from typing import Any, cast

import msgspec

from pystatelint.config.schema import Config
from pystatelint.models.functions import Entry

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.+(?:\n {8}\S.*)*)$", re.MULTILINE)

Schema = dict[str, Any]


def config_schema() -> Schema:
    """Return the JSON schema of `[tool.statelint]` and of `statelint.toml`."""
    known = cast("Schema", msgspec.json.schema(Config)["$defs"])
    schema = known["Config"]
    prose = _descriptions(Config)
    properties = {
        key: {**_with_strings(schema["properties"][key]), "description": prose[key]}
        for key in sorted(schema["properties"])
    }
    return {
        "$schema": _DIALECT,
        "title": "statelint",
        "description": "The configuration of statelint.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": {"Entry": _of_rows(known["Entry"])},
    }


def _of_rows(schema: Schema) -> Schema:
    """Return the schema of one row of entry points; its keys may be in kebab-case, too."""
    prose = _descriptions(Entry)
    properties = {
        spelt: {**value, "description": prose[key.replace("_", "-")]}
        for key, value in sorted(schema["properties"].items())
        for spelt in sorted({key, key.replace("_", "-")})
    }
    return {**schema, "properties": properties, "additionalProperties": False}


def _descriptions(record: type[msgspec.Struct]) -> dict[str, str]:
    found = _ATTRIBUTE.findall(cleandoc(record.__doc__ or ""))
    return {name.replace("_", "-"): " ".join(text.split()) for name, text in found}


def _with_strings(schema: Schema) -> Schema:
    # A list may also be one string with commas, in tables too; a list of rows may not.
    match schema:
        case {"type": "array", "items": {"$ref": _}}:
            return schema
        case {"type": "array", "default": default, **rest}:
            return {"anyOf": [{"type": "array", **rest}, {"type": "string"}], "default": default}
        case {"type": "array"}:
            return {"anyOf": [schema, {"type": "string"}]}
        case {"type": "object", "additionalProperties": dict() as inner}:
            return {**schema, "additionalProperties": _with_strings(inner)}
        case _:
            return schema
