"""Check one configuration file, key by key, and turn it into a layer."""

from typing import Any, Literal, cast, get_args, get_origin

import msgspec

from pystatelint.config.merge import Layer
from pystatelint.config.rows import entry_rows
from pystatelint.config.schema import Config
from pystatelint.config.selectors import no_such_rule, unknown_selectors
from pystatelint.config.suggest import hint
from pystatelint.config.tomlfile import ConfigFile
from pystatelint.errors import ConfigError

Words = tuple[str, ...]

_SELECTOR_LISTS = ("select", "ignore", "extend_select", "extend_ignore")
_SHOWN_LENGTH = 40


def layer_of(file: ConfigFile, known: Words) -> Layer:
    """Return what a configuration file says.

    Keys may be in kebab-case or snake_case; a list may be a string with commas.

    Args:
        file: the file, read but not checked.
        known: every code and name of a rule.

    Raises:
        ConfigError: an unknown key, a wrong type or value, or a selector that
            matches no rule; the text names file, line, key and the nearest match.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(Config)}
    values: dict[str, object] = {}
    for key, value in file.table.items():
        field = fields.get(key.replace("_", "-"))
        if field is None:
            raise file.trouble((key,), "unknown key" + hint(key.replace("_", "-"), fields))
        if field.name in values:
            raise file.trouble((key,), f"written twice, as {key} and in its other spelling")
        if field.name == "entry":
            values[field.name] = entry_rows(file, key, value)
        else:
            values[field.name] = _value(file, (key,), field.type, value)
    layer = Layer(msgspec.structs.replace(Config(), **values), frozenset(values))
    _check_selectors(file, layer, known)
    return layer


def words(text: str) -> Words:
    """Return the items of a string with commas."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


def _value(file: ConfigFile, place: Words, kind: Any, value: object) -> object:
    if get_origin(kind) is dict:
        return _table(file, place, value)
    if get_origin(kind) is tuple and isinstance(value, str):
        return words(value)
    try:
        return cast("object", msgspec.convert(value, kind))
    except msgspec.ValidationError:
        raise _unexpected(file, place, kind, value) from None


def _table(file: ConfigFile, place: Words, value: object) -> dict[str, Words]:
    if not isinstance(value, dict):
        raise _unexpected(file, place, dict, value)
    rows: dict[str, Words] = {}
    for key, inner in value.items():
        here = (*place, key)
        if isinstance(inner, dict):
            # `app.chat.Service = []` without quotes is a table in a table to TOML.
            rows |= {f"{key}.{rest}": row for rest, row in _table(file, here, inner).items()}
        else:
            rows[key] = cast("Words", _value(file, here, Words, inner))
    return rows


def _unexpected(file: ConfigFile, place: Words, kind: Any, value: object) -> ConfigError:
    shown = msgspec.json.encode(value).decode()[:_SHOWN_LENGTH]
    message = f"expected {_described(kind)}, got {shown}"
    if get_origin(kind) is Literal and isinstance(value, str):
        message += hint(value, get_args(kind))
    return file.trouble(place, message)


def _described(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(get_args(kind))
    if get_origin(kind) is tuple:
        return "a list of strings, or one string with commas"
    return {bool: "true or false", str: "a string"}.get(kind, "a table of lists of strings")


def _check_selectors(file: ConfigFile, layer: Layer, known: Words) -> None:
    for name in _SELECTOR_LISTS:
        _check_list(file, (name.replace("_", "-"),), getattr(layer.values, name), known)
    for glob, codes in layer.values.per_file_ignores.items():
        _check_list(file, ("per-file-ignores", glob), codes, known)


def _check_list(file: ConfigFile, place: Words, selectors: Words, known: Words) -> None:
    for selector in unknown_selectors(selectors, known):
        raise file.trouble(place, no_such_rule(selector, known), value=selector)
