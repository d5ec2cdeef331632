"""Which functions does a framework call, and in what role?"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from pystatelint.link.callgraph import Foreign
from pystatelint.link.entry_methods import known_methods
from pystatelint.link.given import Callers
from pystatelint.link.handing_names import names_of
from pystatelint.link.interest import ENTERS
from pystatelint.link.knowledge import ANYBODY, STRANGER
from pystatelint.link.objects import ExternalObject, FunctionObject, Sid
from pystatelint.link.symbols import functions_named
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Call,
    Const,
    EffectKind,
    Fresh,
    Item,
    Result,
    Scope,
    ScopeFlag,
    ScopeKind,
)
from pystatelint.models.functions import Entry

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
FUNCTION = ScopeKind.FUNCTION
MODULE = ScopeKind.MODULE

EntryPoints = Mapping[Sid, tuple[Entry, ...]]
Foreigners = Mapping[Sid, tuple[Foreign, ...]]


def entry_points(world: World, foreign: Foreigners, callers: Callers) -> EntryPoints:
    """Return the functions that frameworks call, with the rows that say so.

    Parameters:
        foreign: the calls that leave the project, per scope.
        callers: the calls of each function.
    """
    found: dict[Sid, tuple[Entry, ...]] = {}
    for function, entry in (*_by_symbol(world), *_by_use(world, foreign, callers)):
        known = found.get(function, ())
        if entry not in known:
            found[function] = (*known, entry)
    return found


def _by_symbol(world: World) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that rows name."""
    entries = world.knowledge.entries
    for name in entries.names("symbol"):
        for function in functions_named(world, name):
            for entry in entries.find("symbol", name):
                yield function, entry


def _by_use(world: World, foreign: Foreigners, callers: Callers) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that code hands to frameworks, or defines for them."""
    for sid, scope in world.scopes.items():
        yield from _entries(world, callers, sid, scope, foreign.get(sid, ()))


def roles_of(entries: EntryPoints) -> dict[Sid, frozenset[str]]:
    """Return the roles in which frameworks call each function."""
    return {sid: frozenset(entry.role for entry in rows) for sid, rows in entries.items()}


def _entries(
    world: World, callers: Callers, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...]
) -> Iterator[tuple[Sid, Entry]]:
    """Yield each function that a scope makes an entry point, with the row that says so."""
    if scope.calls:
        yield from _of_calls(world, callers, sid, scope, foreign)
    if scope.effects:
        yield from _of_stores(world, sid, scope)
    kind = scope.kind
    if kind is FUNCTION:
        for entry in _of_definition(world, callers, sid, scope):
            yield sid, entry
    elif kind is CLASS:
        yield from known_methods(world, sid)
    elif kind is MODULE:
        yield from _of_module(world, sid)


def _of_calls(
    world: World, callers: Callers, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...]
) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that the calls of a scope hand to a framework."""
    strangers, handing = world.knowledge.stranger_names, world.knowledge.handing_keywords
    leaving = [each.number for each in foreign if each.bits & ENTERS]
    for number, call in enumerate(scope.calls):
        callee = call.callee
        if (type(callee) is Attr and callee.name in strangers) or number in leaving:
            yield from _handed_over(world, callers, sid, call)
        elif type(callee) is Result and call.arguments:
            yield from _decorated_by_call(world, callers, sid, call)
        if call.keywords and not handing.isdisjoint([keyword for keyword, _ in call.keywords]):
            yield from _handed_to_any(world, sid, call)


def _of_stores(world: World, sid: Sid, scope: Scope) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that a scope stores where a framework looks for them."""
    for effect in scope.effects:
        if effect.kind is SET_ATTRIBUTE and effect.value is not None:
            for entry in world.knowledge.entries.find("attribute", f"{STRANGER}.{effect.name}"):
                for function in _functions(world, sid, effect.value):
                    yield function, entry


SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE


def _handed_over(
    world: World, callers: Callers, sid: Sid, call: Call
) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that a call of a library function or method hands over."""
    entries = world.knowledge.entries
    for dotted in names_of(world, callers, sid, call.callee):
        for entry in entries.find("call-arg", dotted):
            for function in handed_functions(world, sid, call, entry):
                yield function, entry
        for entry in entries.find("decorator", dotted):
            if entry.first == () and call.arguments:  # ``task(f)`` decorates, too
                for function in _functions(world, sid, call.arguments[0]):
                    yield function, entry


def _decorated_by_call(
    world: World, callers: Callers, sid: Sid, call: Call
) -> Iterator[tuple[Sid, Entry]]:
    """Yield the function of ``app.command("name")(function)``."""
    assert isinstance(call.callee, Result)  # the caller asked
    making = world.scopes[sid].calls[call.callee.call]
    for entry in _decorator_rows(world, callers, sid, making.callee, making):
        for function in _functions(world, sid, call.arguments[0]):
            yield function, entry


def _handed_to_any(world: World, sid: Sid, call: Call) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that a keyword gets which means the same whoever is called."""
    for entry in world.knowledge.entries.find("call-arg", ANYBODY):
        for function in handed_functions(world, sid, call, entry):
            yield function, entry


def handed_functions(world: World, sid: Sid, call: Call, entry: Entry) -> Iterator[Sid]:
    """Yield the project functions among the arguments that a row speaks of."""
    for value in _handed(call, entry):
        yield from _functions(world, sid, value)


def _handed(call: Call, entry: Entry) -> Iterator[AnyValue]:
    """Yield the arguments that a row speaks of."""
    if not _begins(call, entry):
        return
    if entry.arg is not None and len(call.arguments) > entry.arg:
        yield from call.arguments[entry.arg :] if entry.rest else (call.arguments[entry.arg],)
    for name, value in call.keywords:
        if entry.keyword and name == entry.keyword:
            yield value


def _begins(call: Call, entry: Entry) -> bool:
    """Whether the text that a call begins with is what a row asks for."""
    if not entry.first:
        return True
    match call.arguments[entry.first_at :]:
        case (Const(kind="str", text=text), *_):
            return any(fnmatchcase(text, glob) for glob in entry.first)
        case _:
            return False


PARTIAL = ExternalObject("functools.partial")


def _functions(world: World, sid: Sid, value: AnyValue) -> Iterator[Sid]:
    """Yield the project functions that a value stands for or holds, called for or not.

    The call of a coroutine function only makes the coroutine that is handed over, that
    of `functools.partial` a function that calls its argument.
    """
    if isinstance(value, Fresh):
        for part in value.parts:
            yield from _functions(world, sid, part)
        return
    for item in world.evaluate(sid, value):
        if isinstance(item, FunctionObject):
            yield item.sid
    yield from _coroutines(world, sid, value)


def _coroutines(world: World, sid: Sid, value: AnyValue) -> Iterator[Sid]:
    """Yield the functions behind a coroutine or partial: ``create_task(work())``."""
    match value:
        case Result(call=number):
            given = world.scopes[sid].calls[number].arguments
            for item in world.callees(sid)[number]:
                if item == PARTIAL and given:
                    yield from _functions(world, sid, given[0])
                if isinstance(item, FunctionObject):
                    if world.scopes[item.sid].flags & ScopeFlag.ASYNC:
                        yield item.sid
        case Item(base=inner) | Alias(base=inner):
            yield from _coroutines(world, sid, inner)
        case Fresh(parts=parts):
            for part in parts:
                yield from _coroutines(world, sid, part)
        case _:
            return


def _of_definition(world: World, callers: Callers, sid: Sid, scope: Scope) -> Iterator[Entry]:
    """Yield the rows that the decorators of a function match, or its name in a module."""
    outer = (sid[0], scope.parent)
    for decoration in scope.decorators:
        value, call = decoration.value, None
        if type(value) is Result:
            call = world.scopes[outer].calls[value.call]
            value = call.callee
        yield from _decorator_rows(world, callers, outer, value, call)
    if world.scopes[outer].kind is MODULE:
        for entry in world.knowledge.entries.find("name", scope.name):
            given = tuple(each.name for each in scope.parameters)
            if given[: len(entry.parameters)] == entry.parameters:
                yield entry


def _decorator_rows(
    world: World, callers: Callers, sid: Sid, value: AnyValue, call: Call | None
) -> Iterator[Entry]:
    """Yield the rows of a decorator.

    Parameters:
        value: the decorator, or what is called to make it. call: that call.
    """
    for dotted in names_of(world, callers, sid, value):
        for entry in world.knowledge.entries.find("decorator", dotted):
            if not entry.first or (call is not None and _begins(call, entry)):
                yield entry


def _of_module(world: World, sid: Sid) -> Iterator[tuple[Sid, Entry]]:
    """Yield every function of a module that a framework runs as a whole: a migration."""
    module = world.modules[sid[0]]
    for entry in world.knowledge.entries.find("module", module.name):
        if set(entry.binds) <= world.names.get(sid, {}).keys():
            for position, scope in enumerate(module.facts.scopes):
                if scope.kind in (FUNCTION, ScopeKind.LAMBDA):
                    yield (sid[0], position), entry
