"""What has changed between two ledgers."""

from collections.abc import Iterator

import msgspec

from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.wording import counted
from pystatelint.report.ledger import HEADINGS, columns, writes
from pystatelint.report.ledger_record import ledger_diff_record
from pystatelint.report.table import Table


def diff_table(diff: LedgerDiff) -> Table:
    """Return what has changed as a table, what is written anew first."""
    return Table(
        title="What has changed in the ledger of state",
        headings=("change", *HEADINGS),
        rows=tuple(_rows(diff)),
        summary=_summary(diff),
    )


def _rows(diff: LedgerDiff) -> Iterator[tuple[str, ...]]:
    yield from (("new, written", *columns(row)) for row in diff.new if row.run_writes)
    yield from (("newly written", *_columns(change)) for change in diff.newly_written)
    yield from (("new", *columns(row)) for row in diff.new if not row.run_writes)
    yield from (("other verdict", *_columns(change)) for change in diff.other_verdict)
    yield from (("no longer written", *_columns(change)) for change in diff.no_longer_written)
    yield from (("gone", *columns(row)) for row in diff.gone)


def _columns(change: LedgerChange) -> tuple[str, ...]:
    """Return the texts of a cell as it is, with what was different before an arrow."""
    old, new = change.before, change.after
    symbol, kind, value, _, _, where = columns(new)
    verdict = became(old.verdict, new.verdict)
    return (symbol, kind, value, verdict, became(writes(old), writes(new)), where)


def became(before: str, after: str) -> str:
    """Return ``before -> after``, or what both are."""
    return after if before == after else f"{before} -> {after}"


def _summary(diff: LedgerDiff) -> str:
    if not any(
        (diff.new, diff.gone, diff.newly_written, diff.no_longer_written, diff.other_verdict)
    ):
        return f"Nothing has changed in {counted(diff.cells, 'cell')}."
    written = sum(row.run_writes > 0 for row in diff.new)
    return (
        f"{counted(len(diff.new), 'new cell')}, {written} of them written at run time; "
        f"{len(diff.newly_written)} newly written, {len(diff.no_longer_written)} no longer; "
        f"{len(diff.other_verdict)} with another verdict; {len(diff.gone)} gone"
    )


def diff_json(diff: LedgerDiff) -> str:
    """Return a JSON object with a list for each kind of change."""
    encoded = msgspec.json.encode(ledger_diff_record(diff))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
