"""Which of the things that a scope opens are closed, or dropped, before it ends?"""

from collections.abc import Iterator

from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    ContextFlag,
    Entered,
    Fresh,
    Name,
    Result,
    Scope,
    Union,
)
from pystatelint.model.self_stores import plain

CLOSING = frozenset({"aclose", "close", "disconnect"})
"""Methods of a connection, cursor or session that end it."""

UNSURE = ContextFlag.BRANCH | ContextFlag.LOOP
"""Statements that may not run."""


def let_go(scope: Scope) -> frozenset[int]:
    """Return the calls whose result is closed in the scope, or kept by nobody.

    So is what comes from something that is closed: the cursor of a connection.
    """
    closed = {*_left(scope), *_closed(scope)}
    for number, call in enumerate(scope.calls):  # in order: what a result gives comes later
        if isinstance(call.callee, Attr) and _call_behind(scope, call.callee.base) in closed:
            closed.add(number)
    return frozenset((*closed, *_dropped(scope)))


def _left(scope: Scope) -> Iterator[int]:
    """Yield the calls that are the subject of a ``with``."""
    for guard in scope.guards:
        if isinstance(guard.value, Result):
            yield guard.value.call


def _closed(scope: Scope) -> Iterator[int]:
    """Yield the calls whose result a later statement closes, whatever the branch."""
    for call in scope.calls:
        if isinstance(call.callee, Attr) and call.callee.name in CLOSING:
            number = _call_behind(scope, call.callee.base)
            if number is not None and not scope.contexts[call.context].flags & UNSURE:
                yield number


def _call_behind(scope: Scope, value: AnyValue) -> int | None:
    """Return the call that made a value, known by its name or by being entered."""
    value = plain(value)
    if isinstance(value, Name):
        bound = [each.value for each in scope.bindings if each.name == value.name]
        if len(bound) != 1 or bound[0] is None:
            return None
        value = plain(bound[0])
    if isinstance(value, Entered):
        value = plain(value.base)
    return value.call if isinstance(value, Result) else None


def _dropped(scope: Scope) -> Iterator[int]:
    """Yield the calls whose result is only asked for something: ``connect().execute(...)``."""
    asked = {
        plain(call.callee.base)
        for call in scope.calls
        if isinstance(call.callee, Attr) and isinstance(plain(call.callee.base), Result)
    }
    kept = set(_kept(scope))
    for number in range(len(scope.calls)):
        if Result(number) in asked and number not in kept:
            yield number


def _kept(scope: Scope) -> Iterator[int]:
    """Yield the calls whose result gets a name, or is passed, stored or returned."""
    values: list[AnyValue | None] = [binding.value for binding in scope.bindings]
    values += [effect.value for effect in scope.effects]
    values += [guard.value for guard in scope.guards]
    values += [*scope.results, *scope.yields]
    for call in scope.calls:
        values += _given(call)
    for value in values:
        yield from _results(value)


def _given(call: Call) -> list[AnyValue | None]:
    """Return the arguments of a call."""
    return [*call.arguments, *(value for _, value in call.keywords)]


def _results(value: AnyValue | None) -> Iterator[int]:
    """Yield the calls whose results a value is or holds."""
    value = None if value is None else plain(value)
    match value:
        case Result(call=number):
            yield number
        case Fresh(parts=parts) | Union(options=parts):
            for part in parts:
                yield from _results(part)
        case _:
            return
