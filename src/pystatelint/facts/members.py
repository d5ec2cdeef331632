"""Which keys are known to be in a container or not, since a test looked for them there?

A test leaves an entry among the local names, under a name that no variable can have; like an
attribute it holds only where every path to a place has passed the test.
"""

import ast
from collections.abc import Iterator

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, Union


def note_test(draft: ScopeDraft, node: ast.Compare, key: AnyValue, container: AnyValue) -> None:
    """Remember what ``key in container`` compares."""
    name = f"{node.lineno}.{node.col_offset}"
    tests = draft.module.tests.setdefault(draft.index, {})
    tests[node] = name, Union((container, key))


def found_in(draft: ScopeDraft, test: ast.expr, *, outcome: bool) -> Iterator[tuple[str, AnyValue]]:
    """Yield the entries of what is in a container for certain, or not, if a test has an outcome."""
    tests = draft.module.tests.get(draft.index, {})
    match test:
        case ast.Compare(ops=[op]) if test in tests:
            name, pair = tests[test]
            yield f"{FOUND if isinstance(op, ast.In) == outcome else MISSED}{name}", pair
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from found_in(draft, operand, outcome=not outcome)
        case ast.BoolOp(op=op, values=values) if isinstance(op, ast.And) == outcome:
            for value in values:
                yield from found_in(draft, value, outcome=outcome)
        case _:
            return


FOUND, MISSED = "in.", "out."
"""How the names of the entries begin."""


def is_in(draft: ScopeDraft, container: AnyValue, key: AnyValue) -> bool:
    """Whether a key is in a container, on every path to here."""
    return _holds(draft, FOUND, container, key)


def is_missing(draft: ScopeDraft, container: AnyValue, key: AnyValue) -> bool:
    """Whether a key was not in a container when that was tested, on every path to here."""
    return _holds(draft, MISSED, container, key)


def _holds(draft: ScopeDraft, kind: str, container: AnyValue, key: AnyValue) -> bool:
    wanted = Union((container, key))
    tests = draft.module.tests.get(draft.index, {})
    return any(draft.env.get(f"{kind}{name}") == wanted for name, _ in tests.values())


def hold(draft: ScopeDraft, entries: Iterator[tuple[str, AnyValue]]) -> tuple[str, ...]:
    """Add entries to what holds from here on; return their names, for `drop`."""
    added = dict(entries)
    draft.env.update(added)
    return tuple(added)


def drop(draft: ScopeDraft, names: tuple[str, ...]) -> None:
    """Take entries out that do not hold any more."""
    for name in names:
        draft.env.pop(name, None)
