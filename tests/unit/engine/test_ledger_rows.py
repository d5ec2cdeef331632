"""What the ledger says of a cell."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pystatelint.api import analyse
from pystatelint.model.report import LedgerRow

Project = Callable[[Mapping[str, str]], Path]

STORE = """\
TABLE = {"start": 1}
TABLE["import"] = 2


def put(key):
    TABLE[key] = 3


def drop(key):
    del TABLE[key]
"""

TEST = """\
from store import TABLE


def test_it():
    TABLE.clear()
"""


def row(folder: Path, symbol: str) -> LedgerRow:
    return next(each for each in analyse(["."], cwd=folder).ledger if each.symbol == symbol)


@pytest.mark.parametrize(
    ("files", "expected", "writers"),
    [
        pytest.param({"store.py": "TABLE = {}\n"}, (0, 0, 0), (), id="never written"),
        pytest.param({"store.py": STORE}, (2, 1, 0), ("store.drop", "store.put"), id="at run time"),
        pytest.param(
            {"store.py": STORE, "test_store.py": TEST},
            (2, 1, 1),
            ("store.drop", "store.put"),
            id="a test writes it too",
        ),
        pytest.param({"store.py": STORE[: STORE.index("def")]}, (0, 1, 0), (), id="only at import"),
        pytest.param(
            {"store.py": 'TABLE = {}\nif __name__ == "__main__":\n    TABLE[1] = 1\n'},
            (0, 0, 1),
            (),
            id="only as a script",
        ),
    ],
)
def test_writes_are_counted_by_when_they_happen(
    project: Project,
    files: dict[str, str],
    expected: tuple[int, int, int],
    writers: tuple[str, ...],
) -> None:
    found = row(project(files), "store.TABLE")

    assert (found.run_writes, found.import_writes, found.other_writes) == expected
    assert found.writers == writers


def test_a_row_says_what_and_where(project: Project) -> None:
    folder = project({"app/__init__.py": "", "app/chat.py": "class Chat:\n    log = []\n"})

    found = row(folder, "app.chat.Chat.log")

    assert (found.module, found.kind, found.path, found.line) == (
        "app.chat",
        "class",
        "app/chat.py",
        2,
    )
    assert (found.value, found.mutable, found.verdict) == ("list", True, "const")
