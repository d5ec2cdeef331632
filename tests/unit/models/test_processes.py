"""What changes the state of a process, against the standard library."""

import importlib
import sys
from functools import reduce

import pytest

from pystatelint.models import Tables

SOME_VERSIONS = frozenset(
    {
        "asyncio.set_child_watcher",
        "asyncio.set_event_loop_policy",
        "asyncio.get_event_loop_policy",
        "locale.resetlocale",
        "threading.setprofile_all_threads",
        "threading.settrace_all_threads",
    }
)
"""Not in every Python there is (what's new in 3.12, 3.13 and 3.14)."""
UNIX = frozenset({"os", "resource", "signal", "time"})
"""Modules of which other systems have a part only."""


def standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names and name not in SOME_VERSIONS


def resolved(name: str) -> object:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[length:], module)
    raise ModuleNotFoundError(name)


def test_every_write_is_of_a_known_state(tables: Tables) -> None:
    process = tables.process
    used = [process.calls, process.contents, process.attributes, process.members]
    assert {state for table in used for state in table.values()} == set(process.states)


@pytest.mark.skipif(sys.platform == "win32", reason="half of the names are of Unix")
@pytest.mark.parametrize("table", ["calls", "contents", "leaving"])
def test_names_of_the_standard_library_exist(tables: Tables, table: str) -> None:
    names = [name for name in getattr(tables.process, table) if standard(name)]
    assert names
    for name in names:
        if not name.startswith("sys.std"):  # the test runner has replaced the streams
            resolved(name)


def test_what_reads_a_state_exists(tables: Tables) -> None:
    names = [
        name
        for state in tables.process.states.values()
        for name in (*state.readers, *state.keepers)
        if standard(name) and name.partition(".")[0] not in UNIX
    ]
    assert len(names) > 40
    for name in names:
        resolved(name)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        pytest.param("os.environ.update", "environment", id="a mutator of a dict"),
        pytest.param("sys.path.append", "imports", id="a mutator of a list"),
        pytest.param("os.chdir", "directory", id="a function"),
    ],
)
def test_calls_that_change_a_state(tables: Tables, name: str, state: str) -> None:
    assert tables.process.calls[name] == state


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("os.environ.get", id="reads"),
        pytest.param("os.environ.copy", id="copies"),
        pytest.param("os.getcwd", id="asks"),
        pytest.param("random.Random.seed", id="a generator of one's own"),
        pytest.param("warnings.warn", id="warns"),
    ],
)
def test_calls_that_change_nothing(tables: Tables, name: str) -> None:
    assert name not in tables.process.calls
