"""Which functions that other functions make are kept for as long as the process lives?"""

from collections.abc import Container, Iterator, Mapping
from itertools import chain

from pystatelint.link.default_escapes import KEEPING
from pystatelint.link.entries import EntryPoints
from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    ModuleObject,
    Object,
    PartialObject,
    PartObject,
    Sid,
)
from pystatelint.link.origins import origins
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Binding,
    Call,
    Const,
    ContextFlag,
    Def,
    Effect,
    EffectKind,
    Fresh,
    Result,
    Scope,
    ScopeKind,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
MODULE = ScopeKind.MODULE
REACH = StepKind.REACH

LASTING_ROLES = frozenset(
    {"dependency", "event", "middleware", "request", "schedule", "task", "tool"}
)
"""Roles of functions that a framework keeps for as long as it runs."""

DEPTH = 3
"""How many calls deep a function that is made is looked for."""

Kept = Iterator[tuple[Sid, Step]]
"""Functions, each with the step that shows who keeps it."""


def keepers(world: World, entries: EntryPoints, served: Container[Sid]) -> Mapping[Sid, Step]:
    """Return the functions whose variables live as long as the process, and what keeps them.

    That is so of a function if one that it makes is kept: by a decorated name, by a module or
    class, or by a framework that is told to call it.

    Parameters:
        entries: the functions that frameworks call, with the rows that say so.
        served: the functions that entry points lead to: what they make goes with the call.
    """
    found: dict[Sid, Step] = {}
    adding = frozenset(sid for sid, _ in world.calls_named(KEEPING))
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test:
            continue
        ways: list[Kept] = []
        if scope.decorators:
            ways.append(_decorating(world, sid, scope))
        if scope.kind is MODULE or scope.kind is CLASS:
            ways.append(_bound(world, sid, scope))
        elif (scope.effects or sid in adding) and sid not in served:
            ways.append(_stored(world, sid, scope))
        if sid in entries:
            ways.append(_registered(world, sid, entries, served))
        for kept, step in chain.from_iterable(ways):
            for around in _around(world, kept):
                found.setdefault(around, step)
    return found


def _around(world: World, sid: Sid) -> Iterator[Sid]:
    """Yield the functions that a function or class stands in."""
    module, position = sid[0], world.scopes[sid].parent
    while position > 0:
        if world.scopes[(module, position)].kind is not CLASS:
            yield module, position
        position = world.scopes[(module, position)].parent


def _lasts(world: World, sid: Sid) -> bool:
    """Whether a scope is a module, or a class that is made only once."""
    module, position = sid
    while position > 0:
        scope = world.scopes[(module, position)]
        if scope.kind is not CLASS:
            return False
        position = scope.parent
    return True


def _decorating(world: World, sid: Sid, scope: Scope) -> Kept:
    """Yield what the decorators of a lasting function or class make of it, or put on it."""
    outer = (sid[0], scope.parent)
    if scope.decorators and _lasts(world, outer):
        for decoration in scope.decorators:
            for decorator in _functions(world, outer, decoration.value):
                for kept in _left_by(world, decorator):
                    text = f"{world.symbol(sid)} is decorated here"
                    yield kept, _step(world, outer, decoration.span, text)


def _left_by(world: World, decorator: Sid) -> Iterator[Sid]:
    """Yield the functions that a decorator returns, or puts on what it is given."""
    scope = world.scopes[decorator]
    for value in scope.results:
        yield from _functions(world, decorator, value)
    for effect in scope.effects:
        if effect.kind is EffectKind.SET_ATTRIBUTE and effect.value is not None:
            if origins(effect.target):
                yield from _functions(world, decorator, effect.value)


def _bound(world: World, sid: Sid, scope: Scope) -> Kept:
    """Yield the functions that a module or class keeps under a name or in a display."""
    if not _lasts(world, sid):
        return
    places: tuple[Binding | Effect, ...] = (*scope.bindings, *scope.effects)
    for place in places:
        value = place.value
        if type(value) is Result or type(value) is Fresh or type(value) is Union:
            if not scope.contexts[place.context].flags & ContextFlag.MAIN_GUARD:
                for kept in _functions(world, sid, value):
                    text = "what it makes is kept here, at import"
                    yield kept, _step(world, sid, place.span, text)


def _stored(world: World, sid: Sid, scope: Scope) -> Kept:
    """Yield the functions that a function stores in a module, a class or a cell of them."""
    for effect in scope.effects:
        value = effect.value
        if value is None or type(value) not in MAKING:
            continue
        if _is_kept_by_process(world, sid, scope, effect):
            for kept in _functions(world, sid, value):
                yield kept, _step(world, sid, effect.span, "what it makes is kept here")
    for call in scope.calls:
        if _adds_to_cell(world, sid, call):
            for value in call.arguments:
                for kept in _functions(world, sid, value):
                    yield kept, _step(world, sid, call.span, "what it makes is kept here")


MAKING = frozenset({Def, Fresh, Result})
"""Values that a function may have made."""


def _registered(world: World, sid: Sid, entries: EntryPoints, served: Container[Sid]) -> Kept:
    """Yield a function that a decorator tells a framework to call, and that another one makes."""
    outer = (sid[0], world.scopes[sid].parent)
    if outer not in served and any(
        row.kind == "decorator" and row.role in LASTING_ROLES for row in entries.get(sid, ())
    ):
        text = f"a framework keeps {world.symbol(sid)}, to call it"
        yield sid, _step(world, sid, world.scopes[sid].span, text)


def _step(world: World, sid: Sid, span: Span, text: str) -> Step:
    """Return the step that shows what keeps a function."""
    return Step(REACH, world.path(sid), span, text)


def _functions(world: World, sid: Sid, value: AnyValue, depth: int = 0) -> Iterator[Sid]:
    """Yield the functions and classes that a value may be, or that it holds or wraps."""
    value = plain(value)
    parts: tuple[AnyValue, ...] | None = None
    if type(value) is Fresh:
        parts = value.parts
    elif type(value) is Union:
        parts = value.options
    if parts is not None:
        for part in parts:
            if type(part) is not Const:
                yield from _functions(world, sid, part, depth)
        return
    for item in world.evaluate(sid, value):
        if type(item) in FUNCTIONS:
            yield from _sids(item)
    if type(value) is Result and depth < DEPTH:
        yield from _wrapped(world, sid, world.scopes[sid].calls[value.call], value, depth)


FUNCTIONS = frozenset({ClassObject, FunctionObject, PartialObject})
"""What can be called, and keeps variables then."""


def _sids(item: Object) -> Iterator[Sid]:
    """Yield the function or class that an object is, or is a partial of."""
    match item:
        case FunctionObject(sid) | ClassObject(sid):
            yield sid
        case PartialObject(function=function):
            yield from _sids(function)
        case _:
            return


def _wrapped(world: World, sid: Sid, call: Call, value: Result, depth: int) -> Iterator[Sid]:
    """Yield the functions in what a call returns: in a display, or in ``wraps(f)(wrapper)``."""
    for callee in world.callees(sid)[value.call]:
        if isinstance(callee, FunctionObject):
            for result in world.scopes[callee.sid].results:
                if not isinstance(result, Def):
                    yield from _functions(world, callee.sid, result, depth + 1)
    if _gives_back(world, sid, call):
        for argument in call.arguments:
            yield from _functions(world, sid, argument, depth + 1)


GIVING_BACK = frozenset({"classmethod", "functools.update_wrapper", "property", "staticmethod"})
"""Calls whose result keeps the function that they get (docs.python.org/3/library)."""


def _gives_back(world: World, sid: Sid, call: Call) -> bool:
    """Whether a call gives its function back in another form: ``wraps(f)(wrapper)``."""
    roles = world.knowledge.tables.decorators
    callees = world.evaluate(sid, call.callee)
    if isinstance(call.callee, Result):
        callees = (*callees, *world.callees(sid)[call.callee.call])
    return any(
        isinstance(each, ExternalObject) and (each.dotted in GIVING_BACK or each.dotted in roles)
        for each in callees
    )


def _adds_to_cell(world: World, sid: Sid, call: Call) -> bool:
    """Whether ``CALLBACKS.append(inner)`` keeps a function."""
    callee = call.callee
    if type(callee) is not Attr or callee.name not in KEEPING:
        return False
    if not any(type(value) in MAKING for value in call.arguments):
        return False
    found = world.evaluate(sid, callee.base)
    return bool(found) and all(isinstance(each, (CellObject, PartObject)) for each in found)


def _is_kept_by_process(world: World, sid: Sid, scope: Scope, effect: Effect) -> bool:
    """Whether an assignment stores in a module, a class, or a cell of them."""
    match effect.kind:
        case EffectKind.BIND:
            return not any(name == effect.name for name, _ in scope.free)
        case EffectKind.SET_ATTRIBUTE | EffectKind.SET_ITEM:
            found = world.evaluate(sid, effect.target)
            return bool(found) and all(isinstance(each, LASTING) for each in found)
        case _:
            return False


LASTING = (CellObject, ClassObject, ModuleObject, PartObject)
"""What lives as long as the process."""
