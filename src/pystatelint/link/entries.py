"""Which functions does a framework call, and in what role?"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from pystatelint.link.callgraph import Foreign
from pystatelint.link.hierarchy import ancestor_names, class_member
from pystatelint.link.interest import ENTERS, library_classes
from pystatelint.link.knowledge import ANYBODY
from pystatelint.link.objects import (
    ExternalObject,
    FunctionObject,
    MethodObject,
    Object,
    Objects,
    Sid,
)
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Call,
    Fresh,
    Item,
    Result,
    Scope,
    ScopeFlag,
    ScopeKind,
)
from pystatelint.models.functions import Entry

EntryPoints = Mapping[Sid, tuple[Entry, ...]]
Foreigners = Mapping[Sid, tuple[Foreign, ...]]


def entry_points(world: World, foreign: Foreigners) -> EntryPoints:
    """Return the functions that frameworks call, with the rows that say so.

    Parameters:
        foreign: the calls that leave the project, per scope.
    """
    found: dict[Sid, tuple[Entry, ...]] = {}
    rows: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for sid, scope in world.scopes.items():
        for function, entry in _entries(world, sid, scope, foreign.get(sid, ()), rows):
            known = found.get(function, ())
            if entry not in known:
                found[function] = (*known, entry)
    return found


def roles_of(entries: EntryPoints) -> dict[Sid, frozenset[str]]:
    """Return the roles in which frameworks call each function."""
    return {sid: frozenset(entry.role for entry in rows) for sid, rows in entries.items()}


Rows = dict[tuple[str, str], tuple[Entry, ...]]


def _entries(
    world: World, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...], rows: Rows
) -> Iterator[tuple[Sid, Entry]]:
    """Yield each function that a scope makes an entry point, with the row that says so."""
    for each in foreign:
        if each.bits & ENTERS:
            yield from _handed_to_library(world, sid, scope.calls[each.number], each.callee, rows)
    for call in scope.calls:
        if call.keywords and any(k in world.knowledge.handing_keywords for k, _ in call.keywords):
            yield from _handed_to_any(world, sid, call, rows)
    if scope.kind is ScopeKind.FUNCTION:
        if scope.decorators:
            for entry in _decorated(world, sid, scope, rows):
                yield sid, entry
    elif scope.kind is ScopeKind.CLASS:
        yield from _methods(world, sid, rows)
        yield from _methods_by_shape(world, sid, rows)


def _handed_to_library(
    world: World, sid: Sid, call: Call, callee: Object, rows: Rows
) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that a call of a library function or method hands over."""
    for dotted in library_names(world, (callee,)):
        for entry in _rows(world, rows, "call-arg", dotted):
            for value in _handed(call, entry):
                for function in _functions(world, sid, value):
                    yield function, entry


def _handed_to_any(world: World, sid: Sid, call: Call, rows: Rows) -> Iterator[tuple[Sid, Entry]]:
    """Yield the functions that a keyword gets which means the same whoever is called."""
    for entry in _rows(world, rows, "call-arg", ANYBODY):
        for value in _handed(call, entry):
            for function in _functions(world, sid, value):
                yield function, entry


def _rows(world: World, rows: Rows, kind: str, dotted: str) -> tuple[Entry, ...]:
    """Return the rows for a name, looked up once."""
    key = (kind, dotted)
    found = rows.get(key)
    if found is None:
        found = rows[key] = world.knowledge.tables.entries.find(kind, dotted)
    return found


def library_names(world: World, found: Objects) -> Iterator[str]:
    """Yield the canonical names of the library functions and methods among some objects."""
    for item in found:
        match item:
            case ExternalObject(dotted):
                yield dotted
            case MethodObject(receiver, name):
                for dotted in library_classes(world, receiver):
                    yield world.knowledge.canonical(f"{dotted}.{name}")
            case _:
                pass


def _handed(call: Call, entry: Entry) -> Iterator[AnyValue]:
    """Yield the arguments that a row speaks of."""
    if entry.arg is not None and len(call.arguments) > entry.arg:
        yield from call.arguments[entry.arg :] if entry.rest else (call.arguments[entry.arg],)
    for name, value in call.keywords:
        if entry.keyword and name == entry.keyword:
            yield value


def _functions(world: World, sid: Sid, value: AnyValue) -> Iterator[Sid]:
    """Yield the project functions that a value may stand for, or whose coroutines it holds."""
    for item in world.evaluate(sid, value):
        if isinstance(item, FunctionObject):
            yield item.sid
    yield from _coroutines(world, sid, value)


def _coroutines(world: World, sid: Sid, value: AnyValue) -> Iterator[Sid]:
    """Yield the functions whose call made the coroutine: ``create_task(work())``."""
    match value:
        case Result(call=number):
            for item in world.callees(sid)[number]:
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


def _decorated(world: World, sid: Sid, scope: Scope, rows: Rows) -> Iterator[Entry]:
    """Yield the rows that the decorators of a function match."""
    outer = (sid[0], scope.parent)
    for decoration in scope.decorators:
        value = decoration.value
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        for dotted in library_names(world, world.evaluate(outer, value)):
            yield from _rows(world, rows, "decorator", dotted)


def _methods(world: World, sid: Sid, rows: Rows) -> Iterator[tuple[Sid, Entry]]:
    """Yield the methods that a library base makes entry points."""
    for base in ancestor_names(world, sid):
        for entry in _rows(world, rows, "base", base):
            for method, _ in _matching(world, sid, entry):
                yield method, entry


def _methods_by_shape(world: World, sid: Sid, rows: Rows) -> Iterator[tuple[Sid, Entry]]:
    """Yield the methods by which a framework knows a class that has no base of its own."""
    for entry in _rows(world, rows, "shape", _first_given(world, sid)):
        for method, scope in _matching(world, sid, entry):
            names = tuple(each.name for each in scope.parameters[1:])
            if names[: len(entry.parameters)] == entry.parameters:
                yield method, entry


def _first_given(world: World, sid: Sid) -> str:
    """Return the name of the first parameter of a class's constructor, or nothing."""
    for item in class_member(world, sid, "__init__"):
        if isinstance(item, FunctionObject):
            return next((each.name for each in world.scopes[item.sid].parameters[1:]), "")
    return ""


def _matching(world: World, sid: Sid, entry: Entry) -> Iterator[tuple[Sid, Scope]]:
    """Yield the methods in the body of a class that a row speaks of."""
    for position, scope in enumerate(world.modules[sid[0]].facts.scopes):
        if scope.parent == sid[1] and scope.kind is ScopeKind.FUNCTION:
            if any(fnmatchcase(scope.name, glob) for glob in entry.methods):
                yield (sid[0], position), scope
