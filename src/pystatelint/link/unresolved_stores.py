"""Which stores may bind a name of a class or module anew, though nobody knows for certain?

``store = STORES[scheme]; store.timeout = 3`` binds ``timeout`` of one of several classes;
``target.timeout = 3`` that of whatever has one, if nothing at all is known of the target.
Neither is evidence. But a class that is among those, or has such a name, is not proven to
keep what its body says, not even where that is a number.

Callers outside the project do not count: who passes a class to ``configure(target)`` may as
well set its attributes without any help.
"""

from collections.abc import Iterator, Mapping

from pystatelint.link.callgraph import Foreign
from pystatelint.link.describe import describe
from pystatelint.link.heirs import EXACT
from pystatelint.link.hierarchy import descendants, owner_of
from pystatelint.link.interest import NAMES
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    LibraryInstance,
    MethodObject,
    Object,
    ParameterObject,
    PartObject,
    Sid,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Call, Const, EffectKind, Result
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

STORES = frozenset(
    {EffectKind.AUGMENT_ATTRIBUTE, EffectKind.DELETE_ATTRIBUTE, EffectKind.SET_ATTRIBUTE}
)


def stores_by_name(
    world: World, foreign: Mapping[Sid, tuple[Foreign, ...]]
) -> Iterator[tuple[str, Step]]:
    """Yield the attribute names that somebody stores on an unknown target, and where."""
    for sid, target, name, span in _stores(world, foreign):
        found = world.evaluate(sid, target)
        if all(_is_unknown(world, sid, item) for item in found):
            if not _is_new_class(world, sid, target):
                yield name, _step(world, sid, target, name, span)


def stores_on_some_class(
    world: World, foreign: Mapping[Sid, tuple[Foreign, ...]]
) -> Iterator[tuple[CellKey, Step]]:
    """Yield the class attributes that a store may bind, where several classes are possible."""
    for sid, target, name, span in _stores(world, foreign):
        for item in world.evaluate(sid, target):
            if type(item) is ClassObject:
                step = _step(world, sid, target, name, span)
                exact = type(plain(target)) in EXACT
                for each in (item.sid, *(() if exact else descendants(world, item.sid))):
                    if owner_of(world, each, name) == each:
                        yield CellKey(each, name), step


Store = tuple[Sid, AnyValue, str, Span]
"""The storing scope, the object that is stored on, the attribute, and the place."""


def _stores(world: World, foreign: Mapping[Sid, tuple[Foreign, ...]]) -> Iterator[Store]:
    """Yield the stores of attributes with a name that is known; what tests do is left out."""
    for sid in sorted({*world.acting, *foreign}):
        if world.modules[sid[0]].test:
            continue
        scope = world.scopes[sid]
        for effect in scope.effects:
            if effect.kind in STORES:
                yield sid, effect.target, effect.name, effect.span
        for each in foreign.get(sid, ()):
            if each.bits & NAMES:
                yield from _stores_by_call(sid, scope.calls[each.number], each.callee)


def _stores_by_call(sid: Sid, call: Call, callee: Object) -> Iterator[Store]:
    """Yield the store of ``setattr(target, "name", value)``."""
    match callee, call.arguments:
        case ExternalObject("setattr" | "delattr"), (target, Const(kind="str", text=name), *_):
            yield sid, target, name, call.span
        case _:
            return


def _is_unknown(world: World, sid: Sid, item: Object) -> bool:
    """Whether nothing tells what an object is.

    What callers pass for a parameter of this very function is looked up at the calls.
    """
    match item:
        case ParameterObject():
            return item.sid != sid or bool(item.path)
        case LibraryInstance(dotted):
            return dotted.endswith("()?")
        case CellObject() | PartObject():
            return not contents(world, item)
        case _:
            return type(item) is MethodObject


def _is_new_class(world: World, sid: Sid, target: AnyValue) -> bool:
    """Whether a target is what ``type(name, bases, names)`` made a moment ago."""
    value = plain(target)
    if type(value) is not Result:
        return False
    arguments = world.scopes[sid].calls[value.call].arguments
    match world.callees(sid)[value.call]:
        case (ExternalObject("type"),):
            return len(arguments) > 1
        case (ExternalObject("typing.cast"),) if len(arguments) > 1:
            return _is_new_class(world, sid, arguments[1])
        case _:
            return False


def _step(world: World, sid: Sid, target: AnyValue, name: str, span: Span) -> Step:
    """Return the step that shows a store."""
    text = f"{describe(world.scopes[sid], target)}.{name} is stored, and may be any {name}"
    return Step(StepKind.ESCAPE, world.path(sid), span, text)
