"""Which rules report, given the lists of the configuration."""

from pathlib import Path
from typing import Any

import pytest

from pystatelint.config.schema import Config
from pystatelint.config.selectors import (
    config_for_file,
    decide,
    selectors_of,
    unknown_selectors,
)

CODE, NAME = "HMS101", "instance-mutated-class-container"
KNOWN = (CODE, NAME, "HMS102", "class-state-written-at-run-time", "HMS290", "module-cell-ledger")
CWD = Path("/home/someone/project")


def case(expected: object, why: str, *, default: bool = True, **lists: Any) -> object:
    return pytest.param(default, Config(**lists), expected, id=why)


@pytest.mark.parametrize(
    ("default", "config", "expected"),
    [
        case(True, "nothing said: the default set reports"),
        case(False, "nothing said: the rest is silent", default=False),
        case(False, "select replaces the default set", select=("HMS2",)),
        case(True, "a prefix selects", default=False, select=("HMS1",)),
        case(True, "a whole code selects", default=False, select=("HMS101",)),
        case(False, "a longer code than ours does not select", select=("HMS1011",)),
        case(True, "a name selects", default=False, select=(NAME,)),
        case(False, "a part of a name does not", default=False, select=("instance",)),
        case(True, "ALL selects everything", default=False, select=("ALL",)),
        case(
            True, "extend-select adds to the default set", default=False, extend_select=("HMS101",)
        ),
        case(True, "extend-select leaves the default set on", extend_select=("HMS290",)),
        case(True, "extend-select adds to select", select=("HMS2",), extend_select=("HMS1",)),
        case(False, "ignore beats the default set", ignore=("HMS1",)),
        case(False, "extend-ignore is one more ignore", extend_ignore=("HMS101",)),
        case(True, "ignoring others changes nothing", ignore=("HMS2",)),
        case(True, "longer select beats ignore", select=("HMS101",), ignore=("HMS1",)),
        case(False, "longer ignore beats select", select=("HMS1",), ignore=("HMS101",)),
        case(False, "ignore wins a tie", select=("HMS101",), ignore=("HMS101",)),
        case(True, "longer extend-select beats ignore", extend_select=("HMS101",), ignore=("HMS",)),
        case(False, "any ignore beats ALL", select=("ALL",), ignore=("HMS1",)),
        case(True, "any select beats ignoring ALL", select=("HMS1",), ignore=("ALL",)),
        case(False, "ignoring ALL beats the default set", ignore=("ALL",)),
        case(False, "ignoring by name beats select by prefix", select=("HMS1",), ignore=(NAME,)),
        case(True, "select by name beats ignore by prefix", select=(NAME,), ignore=("HMS10",)),
        case(False, "an empty selector matches nothing", default=False, select=("",)),
    ],
)
def test_decide(*, default: bool, config: Config, expected: bool) -> None:
    assert decide(CODE, NAME, default, config) is expected


@pytest.mark.parametrize(
    ("path", "glob", "ignored"),
    [
        pytest.param("tests/a.py", "tests/*", True, id="direct child"),
        pytest.param("tests/deep/a.py", "tests/*", True, id="the star crosses slashes"),
        pytest.param("src/tests.py", "tests/*", False, id="another folder"),
        pytest.param("src/tests/a.py", "tests/*", False, id="globs start at the working directory"),
        pytest.param("src/tests/a.py", "**/tests/*", True, id="two stars start anywhere"),
        pytest.param("tests/a.py", "**/tests/*", True, id="two stars may be no folder"),
        pytest.param("a/x/y/b.py", "a/**/b.py", True, id="two stars in the middle"),
        pytest.param("a/b.py", "a/**/b.py", True, id="two stars in the middle, no folder"),
        pytest.param("src/pkg/__init__.py", "__init__.py", True, id="base name"),
        pytest.param("src/pkg/conftest.py", "*test.py", True, id="glob of base names"),
        pytest.param("tests/deep/a.py", "tests", True, id="a folder's name"),
        pytest.param("tests/deep/a.py", "tests/", True, id="a folder's name with slash"),
        pytest.param("src/app/a.py", "src/app", True, id="a folder's path"),
        pytest.param("src/application/a.py", "src/app", False, id="only the whole folder"),
        pytest.param("../other/a.py", "../other/*", True, id="outside the working directory"),
        pytest.param("a.py", "../*/a.py", True, id="a glob that comes back in"),
        pytest.param("a.py", "home", False, id="folders around the project do not count"),
        pytest.param(f"{CWD}/src/a.py", "src/*", True, id="absolute path"),
        pytest.param("./src/a.py", "src/*", True, id="path with a dot"),
    ],
)
def test_per_file_ignores_by_glob(path: str, glob: str, *, ignored: bool) -> None:
    config = config_for_file(path, Config(per_file_ignores={glob: ("HMS101",)}), CWD)
    assert decide(CODE, NAME, True, config) is not ignored
    assert decide("HMS102", "class-state-written-at-run-time", True, config)


def test_brackets_in_the_working_directory_are_no_glob() -> None:
    config = Config(per_file_ignores={"src/*": ("HMS",)})
    held = config_for_file("src/a.py", config, Path("/home/[old]"))
    assert not decide(CODE, NAME, True, held)


def test_ignores_of_all_matching_globs_hold() -> None:
    config = Config(per_file_ignores={"*.py": ("HMS101",), "src/*": ("HMS102",)})
    assert config_for_file("src/a.py", config, CWD).extend_ignore == ("HMS101", "HMS102")


def test_a_longer_select_beats_a_file_ignore_as_in_flake8() -> None:
    config = Config(select=("HMS101",), per_file_ignores={"*.py": ("HMS",)})
    assert decide(CODE, NAME, True, config_for_file("a.py", config, CWD))


def test_all_silences_a_file_whatever_is_selected() -> None:
    config = Config(select=("HMS101",), per_file_ignores={"*.py": ("ALL",)})
    assert not decide(CODE, NAME, True, config_for_file("a.py", config, CWD))


@pytest.mark.parametrize(
    ("selector", "known"),
    [
        pytest.param("HMS101", True, id="code"),
        pytest.param("HMS1", True, id="prefix"),
        pytest.param("HMS", True, id="whole family of codes"),
        pytest.param(NAME, True, id="name"),
        pytest.param("ALL", True, id="everything"),
        pytest.param("HMS9", False, id="prefix of nothing"),
        pytest.param("HMS1O1", False, id="letter for digit"),
        pytest.param("HMS1010", False, id="too long"),
        pytest.param("hms101", False, id="wrong case"),
        pytest.param("E501", False, id="somebody else's code"),
        pytest.param("instance", False, id="part of a name"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_unknown_selectors(selector: str, *, known: bool) -> None:
    assert unknown_selectors((selector,), KNOWN) == (() if known else (selector,))


def test_selectors_of_reads_every_list() -> None:
    config = Config(
        select=("HMS1",),
        ignore=("HMS2",),
        extend_select=("HMS3",),
        extend_ignore=("HMS4",),
        per_file_ignores={"a": ("HMS5",)},
    )
    assert selectors_of(config) == ("HMS1", "HMS2", "HMS3", "HMS4", "HMS5")
