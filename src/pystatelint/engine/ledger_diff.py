"""What has changed between two ledgers?"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.report import LedgerRow

Pair = tuple[LedgerRow | None, LedgerRow | None]


def ledger_diff(before: Sequence[LedgerRow], after: Sequence[LedgerRow]) -> LedgerDiff:
    """Return the difference of two ledgers, each part sorted by symbol.

    A cell is known again by its symbol and kind; of several with the same, by its path,
    and then by their order. Lines may move.
    """
    pairs = tuple(_pairs(before, after))
    both = [LedgerChange(old, new) for old, new in pairs if old and new]
    return LedgerDiff(
        new=tuple(new for old, new in pairs if new and not old),
        gone=tuple(old for old, new in pairs if old and not new),
        newly_written=tuple(
            each for each in both if each.after.run_writes and not each.before.run_writes
        ),
        no_longer_written=tuple(
            each for each in both if each.before.run_writes and not each.after.run_writes
        ),
        other_verdict=tuple(
            each
            for each in both
            if each.before.verdict != each.after.verdict
            and bool(each.before.run_writes) == bool(each.after.run_writes)
        ),
        cells=len(after),
    )


def _pairs(before: Iterable[LedgerRow], after: Iterable[LedgerRow]) -> Iterable[Pair]:
    """Yield each cell as it was and as it is, sorted by symbol and kind."""
    old, new = _by_name(before), _by_name(after)
    for key in sorted(old.keys() | new.keys()):
        yield from _matched(old.get(key, []), new.get(key, []))


def _by_name(rows: Iterable[LedgerRow]) -> dict[tuple[str, str], list[LedgerRow]]:
    found: dict[tuple[str, str], list[LedgerRow]] = {}
    for row in rows:
        found.setdefault((row.symbol, row.kind), []).append(row)
    return found


def _matched(old: list[LedgerRow], new: list[LedgerRow]) -> Iterable[Pair]:
    """Yield the pairs of cells of one name: those of the same file first."""
    old_left: list[LedgerRow] = []
    new_left: list[LedgerRow] = []
    for path in dict.fromkeys(row.path for row in (*old, *new)):
        old_here = [row for row in old if row.path == path]
        new_here = [row for row in new if row.path == path]
        yield from zip(old_here, new_here, strict=False)
        old_left += old_here[len(new_here) :]
        new_left += new_here[len(old_here) :]
    yield from zip_longest(old_left, new_left)
