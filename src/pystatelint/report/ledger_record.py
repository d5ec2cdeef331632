"""What a ledger, and the difference of two, is in JSON: the published records."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.report import LedgerRow
from pystatelint.report.encodable import encodable
from pystatelint.report.records import Line, Path

Number = Annotated[int, Meta(ge=0)]


class LedgerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One cell with its verdict."""

    symbol: Annotated[str, Meta(description="Qualified name.")]
    module: Annotated[str, Meta(description="Module that binds it, by dotted name.")]
    kind: Annotated[str, Meta(description="What storage it is: module, class, default...")]
    path: Path
    line: Line
    value: Annotated[str, Meta(description="What it holds, such as dict.")]
    mutable: Annotated[bool, Meta(description="Whether the value can change in place.")]
    verdict: Annotated[str, Meta(description="What is known of it, such as runtime or const.")]
    run_writes: Annotated[Number, Meta(description="Writes that can happen at run time.")]
    import_writes: Annotated[Number, Meta(description="Writes at import, and not later.")]
    other_writes: Annotated[
        Number, Meta(description="The others: at start-up, in scripts, in tests, or never.")
    ]
    writers: Annotated[
        tuple[str, ...], Meta(description="Functions that write at run time, by qualified name.")
    ]


def ledger_record(row: LedgerRow) -> LedgerRecord:
    """Return the published form of a row."""
    return LedgerRecord(
        symbol=encodable(row.symbol),
        module=encodable(row.module),
        kind=row.kind,
        path=encodable(row.path),
        line=row.line,
        value=encodable(row.value),
        mutable=row.mutable,
        verdict=row.verdict,
        run_writes=row.run_writes,
        import_writes=row.import_writes,
        other_writes=row.other_writes,
        writers=tuple(map(encodable, row.writers)),
    )


def ledger_rows(data: bytes) -> tuple[LedgerRow, ...]:
    """Return the rows of a ledger that was printed as JSON.

    Raises:
        msgspec.DecodeError: it is no JSON, or no ledger.
        UnicodeDecodeError: it is no text.
    """
    return tuple(map(_row, msgspec.json.decode(data, type=tuple[LedgerRecord, ...])))


def as_published(rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return rows as they would be read again: undecodable names are spelt out by then."""
    return tuple(_row(ledger_record(row)) for row in rows)


def _row(record: LedgerRecord) -> LedgerRow:
    return msgspec.convert(record, LedgerRow, from_attributes=True)


class ChangeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that both ledgers have."""

    before: LedgerRecord
    after: LedgerRecord


class LedgerDiffRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The difference of two ledgers; each cell is in one of the lists at most."""

    new: Annotated[tuple[LedgerRecord, ...], Meta(description="Only in the later ledger.")]
    gone: Annotated[tuple[LedgerRecord, ...], Meta(description="Only in the earlier ledger.")]
    newly_written: Annotated[
        tuple[ChangeRecord, ...], Meta(description="Run time writes them now, and did not.")
    ]
    no_longer_written: Annotated[
        tuple[ChangeRecord, ...], Meta(description="Run time wrote them, and does not now.")
    ]
    other_verdict: Annotated[
        tuple[ChangeRecord, ...], Meta(description="Only the verdict is another.")
    ]


def ledger_diff_record(diff: LedgerDiff) -> LedgerDiffRecord:
    """Return the published form of a difference."""
    return LedgerDiffRecord(
        new=tuple(map(ledger_record, diff.new)),
        gone=tuple(map(ledger_record, diff.gone)),
        newly_written=tuple(map(_change, diff.newly_written)),
        no_longer_written=tuple(map(_change, diff.no_longer_written)),
        other_verdict=tuple(map(_change, diff.other_verdict)),
    )


def _change(change: LedgerChange) -> ChangeRecord:
    return ChangeRecord(before=ledger_record(change.before), after=ledger_record(change.after))
