"""What class is the object that a library function returns?"""

from collections.abc import Iterator
from typing import TypeGuard

from pystatelint.inference.meanings import (
    Called,
    Found,
    Known,
    Lost,
    Meaning,
    Reading,
    callee_of,
    meanings_of,
)
from pystatelint.model.facts import (
    NONE,
    AnyValue,
    Fresh,
    Generic,
    Scope,
    ScopeFlag,
    ScopeKind,
    Union,
)
from pystatelint.models.tables import Tables

LATER = ScopeFlag.ASYNC | ScopeFlag.GENERATOR
"""Functions whose call gives no result yet."""

DISPLAYS = frozenset({"dict", "list", "set"})

FIRST = frozenset({"typing.Annotated", "typing.Optional"})
"""Annotations that say something besides the type, which is their first argument."""

UNKNOWN = Lost("")
"""What an expression means of which nothing is known."""

Class = Found | Known
Classes = Iterator[Class | None]
"""Classes of instances; None for an instance of which nothing is known."""


def returned(reading: Reading, function: Found) -> Class | None:
    """Return the one class that all results of a function are instances of, if it is plain.

    An annotation is taken at its word; without one, the results must be displays or calls
    of classes.
    """
    if not gives_its_result(reading, function):
        return None
    scope = function.module.facts.scopes[function.scope]
    found = frozenset(_instances(reading, function, scope))
    return next(iter(found)) if len(found) == 1 else None


def gives_its_result(reading: Reading, found: Found) -> bool:
    """Whether something is a function whose call returns just what its body does.

    A decorator that is not known might return something else.
    """
    scope = found.module.facts.scopes[found.scope]
    if scope.kind is not ScopeKind.FUNCTION or scope.flags & LATER:
        return False
    return all(_is_transparent(reading, found, each.value) for each in scope.decorators)


def _is_transparent(reading: Reading, function: Found, decorator: AnyValue) -> bool:
    """Whether calls of what a decorator made return what the function itself returns."""
    caches, roles = reading.tables.caches, reading.tables.decorators
    outer = function.module.facts.scopes[function.scope].parent
    value = callee_of(function.module.facts.scopes[outer], decorator)
    names = [
        each.dotted
        for each in meanings_of(reading, function.module, outer, value)
        if isinstance(each, Known)
    ]
    return any(name in caches or (name in roles and roles[name].hands_on) for name in names)


def _instances(reading: Reading, function: Found, scope: Scope) -> Classes:
    """Yield the classes of what a function returns."""
    if scope.returns is not None:
        yield from _declared(reading, function, scope.returns)
        return
    for value in scope.results:
        if value != NONE:
            yield from _made(reading, function, value)


def _declared(reading: Reading, function: Found, annotation: AnyValue) -> Classes:
    """Yield the classes that an annotation names."""
    if annotation == NONE:
        return
    match annotation:
        case Union(options=options):
            for option in options:
                yield from _declared(reading, function, option)
        case Generic(base=base, arguments=arguments):
            if _says_more(reading, function, base) and arguments:
                yield from _declared(reading, function, arguments[0])
            else:
                yield from _classes(reading, function, base)
        case _:
            yield from _classes(reading, function, annotation)


def _says_more(reading: Reading, function: Found, value: AnyValue) -> bool:
    """Whether an annotation only adds something to its first argument."""
    outer = function.module.facts.scopes[function.scope].parent
    found = meanings_of(reading, function.module, outer, value)
    return any(isinstance(each, Known) and each.dotted in FIRST for each in found)


def _classes(reading: Reading, function: Found, value: AnyValue) -> Classes:
    """Yield the classes that an expression names."""
    outer = function.module.facts.scopes[function.scope].parent
    found = tuple(meanings_of(reading, function.module, outer, value))
    yield from (each if is_class(each) else None for each in found or (UNKNOWN,))


def is_class(found: Meaning) -> TypeGuard[Class]:
    """Whether something is a class, as far as is known."""
    match found:
        case Found(module=module, scope=scope):
            return module.facts.scopes[scope].kind is ScopeKind.CLASS
        case Known():
            return not found.dotted.startswith("typing.")
        case _:
            return False


def _made(reading: Reading, function: Found, value: AnyValue) -> Classes:
    """Yield the classes of what an expression in a function makes."""
    match value:
        case Fresh(shape=shape):
            yield Known(shape) if shape in DISPLAYS else None
        case Union(options=options):
            for option in options:
                yield from _made(reading, function, option)
        case _:
            found = tuple(meanings_of(reading, function.module, function.scope, value))
            for each in found or (UNKNOWN,):
                yield from _called(reading, each)


def _called(reading: Reading, found: Meaning) -> Classes:
    """Yield the class that a call makes an instance of; a function is not followed further."""
    if not isinstance(found, Called):
        yield None
        return
    call = found.module.facts.scopes[found.scope].calls[found.call]
    callees = tuple(meanings_of(reading, found.module, found.scope, call.callee))
    for callee in callees or (UNKNOWN,):
        match callee:
            case Found() if is_class(callee):
                yield callee
            case Known(dotted=dotted) if _makes_instance(reading.tables, dotted):
                yield callee
            case _:
                yield None


def _makes_instance(tables: Tables, dotted: str) -> bool:
    """Whether a call of what the tables know makes an instance of just that."""
    named = dotted in tables.constructors or dotted in tables.holders or dotted in tables.sessions
    return named or dotted.rpartition(".")[2][:1].isupper()
