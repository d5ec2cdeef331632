"""Every key of the configuration has its section, with its default."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from pystatelint.config.schema import Config

PAGE = Path(__file__).parents[2] / "docs/configuration.md"
SECTION = re.compile(r"(?ms)^### `(?P<key>[a-z-]+)`\n(?P<body>.*?)(?=^##|\Z)")
DEFAULT = re.compile(r"(?ms)^Default:\s*(?:`(?P<inline>[^`]+)`|```toml\n(?P<block>.+?)```)")


class Section(NamedTuple):
    """What the page says of one key."""

    key: str
    body: str


def sections() -> Iterator[Section]:
    for found in SECTION.finditer(PAGE.read_text("utf-8")):
        yield Section(found["key"], found["body"])


def keys() -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(Config))


def test_page_has_every_key_in_the_order_of_the_schema() -> None:
    assert tuple(section.key for section in sections()) == keys()


@pytest.mark.parametrize("section", tuple(sections()), ids=lambda section: section.key)
def test_page_gives_the_default(section: Section) -> None:
    found = DEFAULT.search(section.body)
    assert found is not None
    said = tomllib.loads(found["block"] or f"{section.key} = {found['inline']}")

    assert said == {section.key: msgspec.json.decode(msgspec.json.encode(Config()))[section.key]}


@pytest.mark.parametrize("section", tuple(sections()), ids=lambda section: section.key)
def test_examples_are_configuration(section: Section) -> None:
    for block in re.findall(r"(?s)```toml\n(\[+tool\.statelint.+?)```", section.body):
        table = tomllib.loads(block)["tool"]["statelint"]

        assert msgspec.convert(table, Config) != Config()
