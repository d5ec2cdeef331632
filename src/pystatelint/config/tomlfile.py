"""Read one configuration file into its statelint table."""

import re
import tomllib
from pathlib import Path
from typing import cast

import msgspec

from pystatelint.config.lines import line_of_key, line_of_value
from pystatelint.errors import ConfigError

PYPROJECT = "pyproject.toml"
_PYPROJECT_TABLE = ("tool", "statelint")
_AT_LINE = re.compile(r" \(at line (?P<line>\d+), column \d+\)$")


class ConfigFile(msgspec.Struct, frozen=True):
    """A configuration file that has something to say to statelint.

    Attributes:
        path: where it is, absolute.
        shown: how messages call it.
        text: the TOML document.
        prefix: the tables around our keys: ``("tool", "statelint")`` or none.
        table: our keys with their values, as TOML gives them.
    """

    path: Path
    shown: str
    text: str
    prefix: tuple[str, ...]
    table: dict[str, object]

    def trouble(self, key: tuple[str, ...], message: str, value: str = "") -> ConfigError:
        """Return the error about a key: file, line, key, what is wrong."""
        place = (*self.prefix, *key)
        line = line_of_value(self.text, place, value) if value else line_of_key(self.text, place)
        return ConfigError(f"{self.shown}:{line}: {'.'.join(key)}: {message}")


def read_config_file(path: Path, cwd: Path) -> ConfigFile | None:
    """Return the file's statelint table; None for a pyproject.toml that has none.

    Raises:
        ConfigError: the file cannot be read, is not UTF-8, or is not TOML.
    """
    shown = shown_path(path, cwd)
    text = _text(path, shown)
    is_pyproject = path.name == PYPROJECT
    if is_pyproject and "statelint" not in text:
        return None
    try:
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(shown, text, str(error)) from error
    if not is_pyproject:
        return ConfigFile(path, shown, text, (), document)
    table = _inner(document)
    if table is None:
        return None
    if not isinstance(table, dict):
        line = line_of_key(text, _PYPROJECT_TABLE)
        raise ConfigError(f"{shown}:{line}: tool.statelint: expected a table of settings")
    return ConfigFile(path, shown, text, _PYPROJECT_TABLE, cast("dict[str, object]", table))


def shown_path(path: Path, cwd: Path) -> str:
    """Return the path as messages show it: relative if it is below `cwd`."""
    if path.is_relative_to(cwd):
        return path.relative_to(cwd).as_posix()
    return path.as_posix()


def _text(path: Path, shown: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"{shown}: cannot read the configuration file: {reason}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown}:{line}: not UTF-8; save the file as UTF-8") from error


def _broken(shown: str, text: str, reason: str) -> ConfigError:
    place = _AT_LINE.search(reason)
    line = int(place["line"]) if place else text.count("\n") + 1
    return ConfigError(f"{shown}:{line}: not valid TOML: {_AT_LINE.sub('', reason)}")


def _inner(document: dict[str, object]) -> object:
    table: object = document
    for key in _PYPROJECT_TABLE:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    return table
