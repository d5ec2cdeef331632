"""What has changed between two ledgers."""

import msgspec

from pystatelint.model.report import LedgerRow


class LedgerChange(msgspec.Struct, frozen=True):
    """A cell that both ledgers have."""

    before: LedgerRow
    after: LedgerRow


class LedgerDiff(msgspec.Struct, frozen=True, kw_only=True):
    """The difference of two ledgers; each cell is in one of the lists at most.

    Attributes:
        new: cells that only the later ledger has.
        gone: cells that only the earlier one has.
        newly_written: run time writes them now, and did not.
        no_longer_written: run time wrote them, and does not now.
        other_verdict: the verdict is another, without any of the above.
        cells: number of cells in the later ledger.
    """

    new: tuple[LedgerRow, ...] = ()
    gone: tuple[LedgerRow, ...] = ()
    newly_written: tuple[LedgerChange, ...] = ()
    no_longer_written: tuple[LedgerChange, ...] = ()
    other_verdict: tuple[LedgerChange, ...] = ()
    cells: int = 0

    @property
    def has_new_writes(self) -> bool:
        """Whether run time writes a cell that it did not write before."""
        return bool(self.newly_written) or any(row.run_writes for row in self.new)
