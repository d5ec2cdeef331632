"""What has changed between two ledgers."""

from typing import Any

import msgspec
import pytest

from pystatelint.engine.ledger_diff import ledger_diff
from pystatelint.model.ledger_diff import LedgerDiff
from pystatelint.model.report import LedgerRow

CACHE = LedgerRow(
    symbol="app.CACHE",
    module="app",
    kind="module",
    path="app.py",
    line=1,
    value="dict",
    mutable=True,
    verdict="const",
    run_writes=0,
    import_writes=0,
    other_writes=0,
    writers=(),
)
PARTS = ("new", "gone", "newly_written", "no_longer_written", "other_verdict")


def row(**fields: Any) -> LedgerRow:
    return msgspec.structs.replace(CACHE, **fields)


WRITTEN = row(verdict="runtime", run_writes=1, writers=("app.f",))
OTHER = row(symbol="app.OTHER")
LOCKED = row(verdict="runtime-guarded", run_writes=1)


def told(diff: LedgerDiff) -> dict[str, int]:
    """The parts that are not empty, with their lengths."""
    return {part: len(getattr(diff, part)) for part in PARTS if getattr(diff, part)}


@pytest.mark.parametrize(
    ("before", "after", "expected", "new_writes"),
    [
        pytest.param((), (), {}, False, id="nothing at all"),
        pytest.param((CACHE, OTHER), (OTHER, CACHE), {}, False, id="another order"),
        pytest.param((CACHE,), (row(line=9),), {}, False, id="lines move"),
        pytest.param((CACHE,), (row(path="lib.py"),), {}, False, id="the file is moved"),
        pytest.param((CACHE,), (row(value="list"),), {}, False, id="it holds something else"),
        pytest.param((CACHE,), (row(import_writes=2),), {}, False, id="import writes it more"),
        pytest.param((WRITTEN,), (row(run_writes=5, verdict="runtime"),), {}, False, id="and more"),
        pytest.param((), (CACHE,), {"new": 1}, False, id="new"),
        pytest.param((), (WRITTEN,), {"new": 1}, True, id="new and written"),
        pytest.param((CACHE,), (), {"gone": 1}, False, id="gone"),
        pytest.param((WRITTEN,), (), {"gone": 1}, False, id="gone that was written"),
        pytest.param((CACHE,), (WRITTEN,), {"newly_written": 1}, True, id="newly written"),
        pytest.param((WRITTEN,), (CACHE,), {"no_longer_written": 1}, False, id="no longer"),
        pytest.param(
            (CACHE,), (row(verdict="const-escapes"),), {"other_verdict": 1}, False, id="verdict"
        ),
        pytest.param((WRITTEN,), (LOCKED,), {"other_verdict": 1}, False, id="a lock was added"),
        pytest.param(
            (CACHE,), (row(kind="class"),), {"new": 1, "gone": 1}, False, id="another kind"
        ),
        pytest.param(
            (CACHE, CACHE), (CACHE,), {"gone": 1}, False, id="one of two with the same name"
        ),
        pytest.param((CACHE,), (CACHE, WRITTEN), {"new": 1}, True, id="a second of the name"),
    ],
)
def test_what_has_changed(
    before: tuple[LedgerRow, ...],
    after: tuple[LedgerRow, ...],
    expected: dict[str, int],
    *,
    new_writes: bool,
) -> None:
    diff = ledger_diff(before, after)

    assert told(diff) == expected
    assert diff.has_new_writes is new_writes
    assert diff.cells == len(after)


def test_cells_of_one_name_are_told_apart_by_their_files() -> None:
    before = (row(path="a.py"), row(path="b.py", verdict="runtime", run_writes=1))
    after = (row(path="b.py", verdict="runtime", run_writes=1),)

    diff = ledger_diff(before, after)

    assert [each.path for each in diff.gone] == ["a.py"]
    assert told(diff) == {"gone": 1}


def test_a_change_has_both_sides_and_parts_are_sorted() -> None:
    names = ("app.b", "app.a", "app.c")
    before = tuple(row(symbol=name) for name in names)
    after = tuple(row(symbol=name, run_writes=1, verdict="runtime") for name in reversed(names))

    diff = ledger_diff(before, after)

    assert [(each.before.symbol, each.after.run_writes) for each in diff.newly_written] == [
        ("app.a", 1),
        ("app.b", 1),
        ("app.c", 1),
    ]
