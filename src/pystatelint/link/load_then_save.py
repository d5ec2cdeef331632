"""Which coroutine functions load something by a key, wait, and save what they made of it?"""

import re
from collections.abc import Iterator, Mapping

from pystatelint.link.client_writes import client_type
from pystatelint.link.describe import describe
from pystatelint.link.guards import keeps_others_out
from pystatelint.link.objects import Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_sessions import LoadThenSave
from pystatelint.link.suspension import suspending_lines
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Const,
    Fresh,
    Result,
    Scope,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.layers import base_of, last_name
from pystatelint.model.self_stores import plain

LOADING = re.compile(r"_*(fetch|find|get|list|load|read)(?:_(?P<noun>.+))?$")
SAVING = re.compile(r"_*(overwrite|put|replace|save|set|store|update|write)(?:_(?P<noun>.+))?$")
"""What functions of a repository are called: a verb, and maybe what they are about."""

CAREFUL = re.compile(r"lock|for_update|version|expected|etag|if_match|revision|cas$")
"""Keywords by which a repository keeps two at once apart."""

DEPTH = 8
"""Calls and displays that a saved value is followed back through."""


def loads_then_saves(
    world: World,
    phases: Mapping[Sid, frozenset[Phase]],
    reach: Mapping[Sid, Step],
    suspends: frozenset[Sid],
) -> tuple[LoadThenSave, ...]:
    """Return what coroutine functions save that they loaded before they waited, by path and span.

    Parameters:
        phases: when each function can run. reach: how each is reached.
        suspends: the functions that can suspend.
    """
    found = [
        each
        for sid in sorted(suspends)
        if Phase.RUN in phases[sid] and not world.modules[sid[0]].test
        for each in _of_scope(world, sid, world.scopes[sid], reach, suspends)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _of_scope(
    world: World,
    sid: Sid,
    scope: Scope,
    reach: Mapping[Sid, Step],
    suspends: frozenset[Sid],
) -> Iterator[LoadThenSave]:
    """Yield what one function saves."""
    loads = [(n, c, found) for n, c in enumerate(scope.calls) if (found := _verb(c, LOADING))]
    if not loads:
        return
    for number, call in enumerate(scope.calls):
        saved = _verb(call, SAVING)
        if saved is None or len(call.arguments) + len(call.keywords) < 2:
            continue
        for earlier, load, loaded in loads:
            if earlier < number and saved == loaded and _is_same(load, call):
                if _relies(scope, call, earlier) and not _is_kept_apart(world, sid, load, call):
                    waits = _wait_between(world, sid, load, call, suspends)
                    if waits:
                        yield _record(world, sid, load, call, waits, reach)
                        break


def _verb(call: Call, pattern: re.Pattern[str]) -> tuple[AnyValue | None, str] | None:
    """Return the receiver and the noun of a call whose name begins with such a verb."""
    callee = call.callee
    match = pattern.match(last_name(callee)) if call.arguments else None
    if match is None or type(plain(call.arguments[0])) is Const:
        return None
    return (plain(callee.base) if type(callee) is Attr else None, match["noun"] or "")


def _is_same(load: Call, save: Call) -> bool:
    """Whether two calls have the same key."""
    return plain(load.arguments[0]) == plain(save.arguments[0])


def _relies(scope: Scope, save: Call, load: int) -> bool:
    """Whether something loaded goes into what is saved."""
    values = (*save.arguments[1:], *(value for _, value in save.keywords))
    return any(load in _made_of(scope, value, 0) for value in values)


def _made_of(scope: Scope, value: AnyValue, depth: int) -> Iterator[int]:
    """Yield the calls whose results go into a value."""
    value = plain(value)
    if depth > DEPTH:
        return
    if type(value) is Result:
        yield value.call
        call = scope.calls[value.call]
        for each in (*call.arguments, *(given for _, given in call.keywords)):
            yield from _made_of(scope, each, depth + 1)
        if type(call.callee) is Attr:
            yield from _made_of(scope, call.callee.base, depth + 1)
    elif type(value) is Fresh:
        for each in value.parts:
            yield from _made_of(scope, each, depth + 1)
    elif type(value) is Union:
        for each in value.options:
            yield from _made_of(scope, each, depth + 1)
    elif (inner := base_of(value)) is not None:
        yield from _made_of(scope, inner, depth + 1)


def _is_kept_apart(world: World, sid: Sid, load: Call, save: Call) -> bool:
    """Whether one lock is held from the load to the save, or the repository sees to it."""
    scope = world.scopes[sid]
    held = set(scope.contexts[load.context].guards) & set(scope.contexts[save.context].guards)
    for number in held:
        if keeps_others_out(world, sid, scope.guards[number].value):
            return True
    if any(CAREFUL.search(name) for name, _ in (*load.keywords, *save.keywords)):
        return True
    return type(save.callee) is Attr and bool(client_type(world, sid, save.callee.base))


def _wait_between(world: World, sid: Sid, load: Call, save: Call, suspends: frozenset[Sid]) -> int:
    """Return the line of the first suspension point between two calls, 0 without one."""
    first, last = load.span.end_line, save.span.line
    lines = suspending_lines(world, sid, suspends)
    return min((line for line in lines if first < line <= last), default=0)


def _record(
    world: World, sid: Sid, load: Call, save: Call, waits: int, reach: Mapping[Sid, Step]
) -> LoadThenSave:
    """Return one finished record."""
    scope, path = world.scopes[sid], world.path(sid)
    text = f"{describe(scope, load.callee)}()"
    return LoadThenSave(
        load=text,
        save=f"{describe(scope, save.callee)}()",
        waits=waits,
        loaded=Step(StepKind.READ, path, load.span, f"{text} reads it here"),
        module=world.modules[sid[0]].name,
        function=world.symbol(sid),
        path=path,
        span=save.span,
        reached_from=reach.get(sid),
    )
