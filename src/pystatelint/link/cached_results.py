"""What does a cached function give its callers: always the same object, which can change?"""

from collections.abc import Iterator

from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    Object,
    Objects,
    Sid,
    merged,
)
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Call, Const, Decoration, Fresh, Result, ScopeFlag

RESULT = "()"
"""Name of the cell that a cached function has for its results."""

NOTHING_KEPT = frozenset({("maxsize", "0"), ("0", "0"), ("cache", "None")})
"""Arguments that turn a cache off."""

USED_UP = frozenset({"generator", "iterator"})
"""Kinds of what can be used only once; to keep that is wrong in another way (HMS309)."""

KEEPING = frozenset({"bounded", "store", "unbounded"})
"""Bounds of caches that keep the result itself, once for the whole process."""


def through_cache(world: World, sid: Sid, found: Objects) -> Objects:
    """Return what a call of function `sid` gives, which itself returns `found`."""
    kept = kept_by_cache(world, sid)
    if not kept:
        return found
    cell: Object = CellObject(CellKey(sid, RESULT))
    return merged([(cell,), tuple(each for each in found if each not in kept and not _vague(each))])


def kept_by_cache(world: World, sid: Sid) -> Objects:
    """Return what can change of what the cache of a function keeps; nothing if it has none."""
    if not is_cached(world, sid):
        return ()
    found = world.results(FunctionObject(sid))
    if all(_vague(each) for each in found):
        found = _declared(world, sid)
    return tuple(each for each in found if _can_change(world, each))


def _declared(world: World, sid: Sid) -> Objects:
    """Return instances of what a function is annotated to return."""
    scope = world.scopes[sid]
    return () if scope.returns is None else world.declared((sid[0], scope.parent), scope.returns)


def _vague(item: Object) -> bool:
    """Whether nothing is known of an object but the call that gave it."""
    if isinstance(item, MadeObject):
        return item.shape == "operation"
    return isinstance(item, LibraryInstance) and item.dotted.endswith("?")


def _can_change(world: World, item: Object) -> bool:
    """Whether an object is a container, a tuple with one, or an instance of a project class."""
    knowledge = world.knowledge
    match item:
        case LibraryInstance(dotted):
            return knowledge.container_kinds.get(dotted, "") in knowledge.mutators
        case InstanceObject():
            return True
        case MadeObject("tuple", sid, Fresh(shape="tuple", parts=parts)):
            inside = (each for part in parts for each in world.evaluate(sid, part))
            return any(_can_change(world, each) for each in inside)
        case MadeObject(shape):
            return shape in knowledge.mutators and shape not in USED_UP
        case _:
            return False


def is_cached(world: World, sid: Sid) -> bool:
    """Return whether a cache keeps the results of a function itself; found out once."""
    known = world.cached.get(sid)
    if known is None:
        known = world.cached[sid] = _is_cached(world, sid)
    return known


def _is_cached(world: World, sid: Sid) -> bool:
    """Whether the decorators of a function keep its results, and do nothing else to them."""
    scope = world.scopes[sid]
    tables = world.knowledge.tables
    outer = (sid[0], scope.parent)
    asynchronous = bool(scope.flags & ScopeFlag.ASYNC)
    cached = False
    for decoration in scope.decorators:
        name = _named(world, outer, decoration)
        row = tables.caches.get(name)
        if row is not None and row.bound in KEEPING and not row.copies:
            if row.coroutines != asynchronous or _is_off(world, outer, decoration):
                return False
            cached = True
        elif name not in tables.decorators or not tables.decorators[name].hands_on:
            return False
    return cached and not scope.flags & ScopeFlag.GENERATOR


def _named(world: World, outer: Sid, decoration: Decoration) -> str:
    """Return the canonical name of a library's decorator, called or not."""
    value: AnyValue = decoration.value
    if isinstance(value, Result):
        value = world.scopes[outer].calls[value.call].callee
    found = world.evaluate(outer, value)
    return next((each.dotted for each in found if isinstance(each, ExternalObject)), "")


def _is_off(world: World, outer: Sid, decoration: Decoration) -> bool:
    """Whether the arguments of a cache say that it keeps nothing."""
    if not isinstance(decoration.value, Result):
        return False
    given = _constants(world.scopes[outer].calls[decoration.value.call])
    return not NOTHING_KEPT.isdisjoint(given)


def _constants(call: Call) -> Iterator[tuple[str, str]]:
    """Yield keyword or position of each constant argument, and its source."""
    for position, value in enumerate(call.arguments):
        if isinstance(value, Const):
            yield str(position), value.text
    for name, value in call.keywords:
        if isinstance(value, Const):
            yield name, value.text
