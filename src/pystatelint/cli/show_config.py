"""Print a configuration, as TOML or JSON."""

from collections.abc import Mapping
from typing import cast

import msgspec

from pystatelint.cli.paths import chosen_paths
from pystatelint.cli.settings import configured
from pystatelint.config.jsonschema import config_schema
from pystatelint.config.load import Loaded
from pystatelint.config.schema import Config
from pystatelint.rules import ALL_RULES
from pystatelint.source.here import working_folder


def shown_schema() -> str:
    """Return the JSON schema of the configuration."""
    return _json(config_schema())


def shown_config(params: Mapping[str, object]) -> str:
    """Return the effective configuration as TOML or JSON.

    Args:
        params: the values of the options of `config`, by name.

    Raises:
        UsageError: a path is not there.
        ConfigError: the configuration cannot be used.
    """
    cwd = working_folder()
    paths = chosen_paths(cast("tuple[str, ...]", params["paths"]), None, cwd)
    loaded = configured(params, paths.governing, cwd, ALL_RULES)
    return _json(loaded.config) if params["print_format"] == "json" else as_toml(loaded)


def as_toml(loaded: Loaded) -> str:
    """Return a configuration as the text of a ``statelint.toml``."""
    origin = ", then ".join(loaded.files) or "the defaults; there is no configuration file"
    values = [
        (field.encode_name, getattr(loaded.config, field.name))
        for field in msgspec.structs.fields(Config)
    ]
    rows = {key: value for key, value in values if key in ROWS and value}
    rest = [(key, value) for key, value in values if key not in rows]
    plain = [f"{key} = {_toml(value)}" for key, value in rest if not isinstance(value, dict)]
    tables = [_table(key, value) for key, value in rest if isinstance(value, dict)]
    listed = [_row(key, row) for key, found in rows.items() for row in found]
    return "\n".join((f"# from {origin}", *plain, *tables, *listed)) + "\n"


ROWS = frozenset({"entry"})
"""Keys that hold a list of tables."""


def _row(key: str, row: msgspec.Struct) -> str:
    said = cast("dict[str, object]", msgspec.to_builtins(row))
    return "\n".join(
        (f"\n[[{key}]]", *(f"{name} = {_toml(value)}" for name, value in said.items()))
    )


def _table(key: str, rows: dict[str, tuple[str, ...]]) -> str:
    return "\n".join(
        (f"\n[{key}]", *(f"{_toml(name)} = {_toml(row)}" for name, row in rows.items()))
    )


def _toml(value: object) -> str:
    # Strings, truth values and lists of strings look the same in TOML and JSON.
    match value:
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return msgspec.json.encode(value).decode()


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value)).decode() + "\n"
