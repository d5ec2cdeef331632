"""The version is the same wherever it is written."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pystatelint
from pystatelint.version import VERSION

ROOT = Path(__file__).parents[2]


def test_package_says_the_version_of_the_distribution() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] == VERSION == pystatelint.__version__ == version("pystatelint")


def test_changelog_begins_with_the_version_or_what_follows_it() -> None:
    headings = re.findall(
        r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE
    )

    assert VERSION in headings[:2]
