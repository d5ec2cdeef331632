"""Check the rows of ``[[tool.statelint.entry]]``, and turn them into records."""

from typing import cast

import msgspec

from pystatelint.config.suggest import hint
from pystatelint.config.tomlfile import ConfigFile
from pystatelint.models.functions import Entry

FIELDS = tuple(field.name for field in msgspec.structs.fields(Entry))


def entry_rows(file: ConfigFile, key: str, value: object) -> tuple[Entry, ...]:
    """Return the rows of a configuration file that say how functions get called.

    Args:
        file: the file, for messages.
        key: the key that holds the rows, as it is written.
        value: what the file has there.

    Raises:
        ConfigError: it is no list of tables, or a row has an unknown key, lacks one, or has
            a wrong type or value; the text names file, line, row and key.
    """
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise file.trouble((key,), "expected a list of tables, each written [[...entry]]")
    rows = cast("list[dict[str, object]]", value)
    return tuple(_row(file, key, number, row) for number, row in enumerate(rows, start=1))


def _row(file: ConfigFile, key: str, number: int, row: dict[str, object]) -> Entry:
    """Return one row."""
    place = f"row {number}"
    named = {name.replace("-", "_"): value for name, value in row.items()}
    for name in named:
        if name not in FIELDS:
            raise file.trouble((key,), f"{place}: unknown key {name}" + hint(name, FIELDS))
    try:
        found = msgspec.convert(named, Entry)
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at `$.", ", at `").replace("Object missing", "missing")
        raise file.trouble((key,), f"{place}: {reason}") from None
    handed = found.arg is not None or found.keyword != ""
    if (found.kind == "call-arg") != handed:
        raise file.trouble((key,), f"{place}: arg or keyword goes with kind call-arg, and only so")
    return found
