"""Which live sessions does code hand to other tasks, threads and workers?"""

import re
from collections.abc import Iterator

from pystatelint.link.describe import describe
from pystatelint.link.hierarchy import project_classes
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import (
    ClassObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MethodObject,
    Object,
    Sid,
)
from pystatelint.link.records_sessions import HandedSession
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    ContextFlag,
    Entered,
    Fresh,
    Item,
    Name,
    Result,
    Scope,
    ScopeFlag,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.layers import NAMING, behind
from pystatelint.models.sessions import HandingCall

DEPTH = 4
"""Coroutines, partials and lists inside one another that are looked into."""


def handed_sessions(world: World) -> tuple[HandedSession, ...]:
    """Return the live sessions that calls hand over, by path and span."""
    tables = world.knowledge.tables
    names = frozenset(name.rpartition(".")[2] for name in tables.handing)
    wanted = names | tables.handing_methods.keys()
    found = [
        each
        for sid, scope in world.scopes.items()
        if not world.modules[sid[0]].test
        for each in _of_scope(world, sid, scope, wanted)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span, each.session)))


def _of_scope(
    world: World, sid: Sid, scope: Scope, wanted: frozenset[str]
) -> Iterator[HandedSession]:
    """Yield what the calls of one scope hand over."""
    for number, call in enumerate(scope.calls):
        callee = call.callee
        # Half of all calls are neither, and every call of the project comes through here.
        if (type(callee) is Attr or type(callee) is Name) and callee.name in wanted:
            row = _row(world, sid, number, call)
            if row is not None:
                yield from _handed(world, sid, scope, number, row)


def _row(world: World, sid: Sid, number: int, call: Call) -> HandingCall | None:
    """Return the row that speaks of a call."""
    tables = world.knowledge.tables
    for name in library_names(world, world.callees(sid)[number]):
        if name in tables.handing:
            return tables.handing[name]
    callee = call.callee
    return tables.handing_methods.get(callee.name) if type(callee) is Attr else None


def _handed(
    world: World, sid: Sid, scope: Scope, number: int, row: HandingCall
) -> Iterator[HandedSession]:
    """Yield each session that a call hands over, with those who get it."""
    call = scope.calls[number]
    values = (*call.arguments, *(value for _, value in call.keywords))
    users: dict[AnyValue, list[tuple[str, bool]]] = {}
    for value in values:
        for session, user, many in _sessions(world, sid, scope, value, 0):
            users.setdefault(session, []).append((user, many))
    for session, given in users.items():
        dotted = session_type(world, sid, session)
        looped = bool(scope.contexts[call.context].flags & ContextFlag.LOOP)
        path = world.path(sid)
        yield HandedSession(
            how=row.how,
            session=describe(scope, session),
            dotted=dotted,
            users=tuple(dict.fromkeys(user for user, _ in given if user)),
            several=len(given) > 1 or any(many for _, many in given),
            looped=looped and not _is_of_iteration(scope, session, call),
            managed=type(session) is Entered,
            joined=_is_joined(scope, number),
            module=world.modules[sid[0]].name,
            function=world.symbol(sid),
            path=path,
            span=call.span,
            source=Step(StepKind.CELL, path, call.span, f"{describe(scope, session)}: {dotted}"),
        )


def _sessions(
    world: World, sid: Sid, scope: Scope, value: AnyValue, depth: int
) -> Iterator[tuple[AnyValue, str, bool]]:
    """Yield the sessions in what is handed over, who gets each, and whether many do."""
    if depth > DEPTH:
        return
    bare = behind(value, NAMING)
    if session_type(world, sid, bare):
        yield bare, "", False
    elif type(bare) is Result:
        yield from _of_coroutine(world, sid, scope, bare.call, depth)
    elif type(bare) is Attr:
        if session_type(world, sid, bare.base) and _is_method(world, sid, bare):
            yield behind(bare.base, NAMING), describe(scope, bare), False
    else:
        yield from _in_display(world, sid, scope, bare, depth)


def _in_display(
    world: World, sid: Sid, scope: Scope, value: AnyValue, depth: int
) -> Iterator[tuple[AnyValue, str, bool]]:
    """Yield the sessions in the elements of a display, spread or not."""
    spread = type(value) is Item
    if type(value) is Item:
        value = value.base
    if type(value) is not Fresh:
        return
    if spread and value.empty:
        for number in _appended(scope, value):
            looped = scope.contexts[scope.calls[number].context].flags & ContextFlag.LOOP
            for session, user, many in _of_coroutine(world, sid, scope, number, depth + 1):
                yield session, user, many or bool(looped)
    # One part of what is spread stands for all elements of a comprehension.
    alone = value.shape == "generator" or (spread and len(value.parts) == 1)
    for part in value.parts:
        for session, user, many in _sessions(world, sid, scope, part, depth + 1):
            yield session, user, many or alone


def _appended(scope: Scope, items: Fresh) -> Iterator[int]:
    """Yield the calls whose results, not awaited, a function puts into an empty list."""
    awaited = {behind(each.value, NAMING) for each in scope.awaits if each.value is not None}
    for call in scope.calls:
        match call:
            case Call(callee=Attr(base=base, name="append"), arguments=(value,)) if base == items:
                value = behind(value, NAMING)
                if type(value) is Result and value not in awaited:
                    yield value.call
            case _:
                pass


def _of_coroutine(
    world: World, sid: Sid, scope: Scope, number: int, depth: int
) -> Iterator[tuple[AnyValue, str, bool]]:
    """Yield the sessions that a call, whose result is handed over, gets itself."""
    if not _runs_later(world, sid, number):
        return
    call = scope.calls[number]
    user = f"{describe(scope, call.callee)}()"
    given = [*call.arguments, *(value for _, value in call.keywords)]
    for value in given:
        for session, _, many in _sessions(world, sid, scope, value, depth + 1):
            yield session, user, many
    if type(call.callee) is Attr:
        base = behind(call.callee.base, NAMING)
        if session_type(world, sid, base):
            yield base, user, False


def _runs_later(world: World, sid: Sid, number: int) -> bool:
    """Whether a call only makes what somebody runs: a coroutine, generator, partial or task."""
    callees = world.callees(sid)[number]
    return not callees or any(_makes_later(world, each) for each in callees)


def _makes_later(world: World, callee: Object) -> bool:
    """Whether calling an object gives something that runs later."""
    if type(callee) is FunctionObject:
        return bool(world.scopes[callee.sid].flags & (ScopeFlag.ASYNC | ScopeFlag.GENERATOR))
    if type(callee) is ClassObject:
        return False
    names = tuple(library_names(world, (callee,)))
    return not names or any(ASYNCHRONOUS.search(name) is not None for name in names)


ASYNCHRONOUS = re.compile(r"asyncio|aio|Async|functools\.partial|starlette|fastapi")
"""What the names of library functions have whose results run later."""


def _is_method(world: World, sid: Sid, value: AnyValue) -> bool:
    """Whether a value is a method, to be called by who gets it."""
    return any(type(each) in METHODS for each in world.evaluate(sid, value))


METHODS = frozenset({FunctionObject, MethodObject})


def session_type(world: World, sid: Sid, value: AnyValue) -> str:
    """Return the class of the live session that a value is, or keeps on itself, or nothing."""
    sessions = world.knowledge.tables.sessions
    for item in world.evaluate(sid, value):
        for content in contents(world, item):
            if type(content) is LibraryInstance:
                row = sessions.get(content.dotted)
                if row is not None and row.live and row.shareable in ("none", "sequential"):
                    return content.dotted
            elif type(content) is InstanceObject:
                kept = _kept_by(world, content.sid)
                if kept:
                    return kept
    return ""


def _kept_by(world: World, owner: Sid) -> str:
    """Return the class of the session that instances of a project class keep on themselves."""
    sessions = world.knowledge.tables.sessions
    for each in project_classes(world, owner):
        for bindings in world.self_bindings.get(each, {}).values():
            for binding in bindings:
                for item in world.evaluate(binding.method, binding.value):
                    if type(item) is LibraryInstance:
                        row = sessions.get(item.dotted)
                        if row is not None and row.role == "session":
                            return item.dotted
    return ""


def _is_joined(scope: Scope, number: int) -> bool:
    """Whether the function awaits the result of a call, or hands it to what may wait for it."""
    wanted = Result(number)
    awaited = (each.value for each in scope.awaits if each.value is not None)
    given = (value for call in scope.calls for value in call.arguments)
    receivers = (call.callee.base for call in scope.calls if type(call.callee) is Attr)
    return any(behind(value, NAMING) == wanted for value in (*awaited, *given, *receivers))


def _is_of_iteration(scope: Scope, value: AnyValue, call: Call) -> bool:
    """Whether a session is opened in the loop that the call stands in."""
    bare = value.base if type(value) is Entered else value
    if type(bare) is not Result:
        return False
    flags = scope.contexts[scope.calls[bare.call].context].flags
    return bool(flags & ContextFlag.LOOP)
