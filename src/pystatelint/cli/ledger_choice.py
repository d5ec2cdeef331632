"""Which cells of a ledger does the command line ask for?"""

from collections.abc import Iterable
from fnmatch import fnmatchcase

import msgspec

from pystatelint.config.suggest import hint
from pystatelint.errors import UsageError
from pystatelint.link.records import CellKind, Verdict
from pystatelint.model.ledger_diff import LedgerChange, LedgerDiff
from pystatelint.model.report import LedgerRow

_WILDCARDS = frozenset("*?[")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """The filters; a cell is chosen if each of them that is given lets it pass.

    Attributes:
        verdict: verdicts. kind: kinds of storage.
        module: globs of module names; ``*`` crosses dots.
        symbol: globs of symbols, or names that a symbol is or ends in.
        written: only what run time writes. mutable: only what can change.
    """

    verdict: tuple[str, ...] | None = None
    kind: tuple[str, ...] | None = None
    module: tuple[str, ...] | None = None
    symbol: tuple[str, ...] | None = None
    written: bool = False
    mutable: bool = False


def require_known_words(choice: Choice) -> None:
    """Check the words that have a closed set.

    Raises:
        UsageError: there is no such verdict, or no such kind.
    """
    for option, words, known in (
        ("verdict", choice.verdict, [each.value for each in Verdict]),
        ("kind", choice.kind, [each.value for each in CellKind]),
    ):
        for word in words or ():
            if word not in known:
                raise UsageError(
                    f"--{option} {word}: the {option} is one of {', '.join(known)}"
                    f"{hint(word, known)}"
                )


def require_known_symbols(choice: Choice, rows: Iterable[LedgerRow]) -> None:
    """Check that each symbol that is spelt out is there, before other filters.

    Raises:
        UsageError: no cell is called so.
    """
    symbols = [row.symbol for row in rows]
    for name in choice.symbol or ():
        if _WILDCARDS.isdisjoint(name) and not any(_is_named(each, name) for each in symbols):
            parts = name.count(".") + 1
            ends = (".".join(each.split(".")[-parts:]) for each in symbols)
            raise UsageError(f"--symbol {name}: no cell is called so{hint(name, ends)}")


def chosen(rows: Iterable[LedgerRow], choice: Choice) -> tuple[LedgerRow, ...]:
    """Return the rows that are asked for, in order."""
    return tuple(row for row in rows if is_chosen(row, choice))


def chosen_changes(diff: LedgerDiff, choice: Choice) -> LedgerDiff:
    """Return the changes of cells that are asked for, as they were or as they are.

    A filter must not make a change look like another: a cell that is no longer written
    is not gone because only written cells are asked for.
    """
    return LedgerDiff(
        new=chosen(diff.new, choice),
        gone=chosen(diff.gone, choice),
        newly_written=_changes(diff.newly_written, choice),
        no_longer_written=_changes(diff.no_longer_written, choice),
        other_verdict=_changes(diff.other_verdict, choice),
        cells=diff.cells,
    )


def _changes(changes: Iterable[LedgerChange], choice: Choice) -> tuple[LedgerChange, ...]:
    return tuple(
        each for each in changes if is_chosen(each.before, choice) or is_chosen(each.after, choice)
    )


def is_chosen(row: LedgerRow, choice: Choice) -> bool:
    """Return whether every filter lets a cell pass."""
    if (choice.written and not row.run_writes) or (choice.mutable and not row.mutable):
        return False
    return (
        (choice.verdict is None or row.verdict in choice.verdict)
        and (choice.kind is None or row.kind in choice.kind)
        and (choice.module is None or any(fnmatchcase(row.module, each) for each in choice.module))
        and (choice.symbol is None or any(_is_named(row.symbol, each) for each in choice.symbol))
    )


def _is_named(symbol: str, name: str) -> bool:
    return symbol == name or symbol.endswith(f".{name}") or fnmatchcase(symbol, name)
