"""Who gets at an attribute or a name without the lock that is declared to guard it?

``Annotated[int, GuardedBy("_lock")]`` says what the `GuardedBy` of Java Concurrency in
Practice (Goetz et al. 2006, appendix A) says: whoever reads or writes holds that lock.
"""

from collections.abc import Iterator, Mapping

import msgspec

from pystatelint.link.changers import CONSTRUCTION
from pystatelint.link.describe import describe
from pystatelint.link.guards import held
from pystatelint.link.hierarchy import descendants, project_classes
from pystatelint.link.objects import CellObject, ClassObject, InstanceObject, Object, Sid
from pystatelint.link.records_locks import LockMisuse, Misuse
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Const,
    EffectKind,
    Generic,
    Member,
    Name,
    Result,
    Scope,
    ScopeKind,
    Typed,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span
from pystatelint.model.value_parts import parts_of

DECLARING = "GuardedBy"

EXEMPT = CONSTRUCTION | {"__del__", "__repr__", "__setstate__", "__str__"}
"""Methods that run before or after others have the object, or only show it."""

LOCKED = "_locked"
"""End of the names of functions that leave the locking to their callers."""

FUNCTIONS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})


class Declaration(msgspec.Struct, frozen=True):
    """``owner.name`` is guarded by `lock`.

    Attributes:
        owner: the class or module scope. name: of the attribute or module name.
        lock: qualified names that the lock may have. written: the lock as declared.
        span: the declaration.
    """

    owner: Sid
    name: str
    lock: frozenset[str]
    written: str
    span: Span


Declared = Mapping[str, tuple[Declaration, ...]]
"""Name -> its declarations."""


class Access(msgspec.Struct, frozen=True):
    """A function gets at `declared`, in context `context`."""

    sid: Sid
    declared: Declaration
    text: str
    context: int
    span: Span


def accesses_to_guarded(world: World) -> tuple[Access, ...]:
    """Return where functions get at what is declared to be guarded."""
    declared: dict[str, tuple[Declaration, ...]] = {}
    for each in _declarations(world):
        declared[each.name] = (*declared.get(each.name, ()), each)
    if not declared:
        return ()
    return tuple(
        access
        for sid, scope in world.scopes.items()
        if scope.kind in FUNCTIONS and scope.name not in EXEMPT and not world.modules[sid[0]].test
        if not scope.name.endswith(LOCKED)
        for access in _accesses(world, sid, scope, declared)
    )


def _declarations(world: World) -> Iterator[Declaration]:
    """Yield what the annotations of modules, classes and methods declare."""
    for sid, scope in world.scopes.items():
        if scope.kind not in FUNCTIONS:
            for binding in scope.bindings:
                if binding.annotation is not None:
                    yield from _declared(
                        world, sid, sid, binding.name, binding.annotation, binding.span
                    )
            continue
        owner = world.classes_by_scope.get(sid)
        for effect in scope.effects:
            value = effect.value
            if owner is not None and effect.kind is SET_ATTRIBUTE and isinstance(value, Typed):
                yield from _declared(world, sid, owner, effect.name, value.annotation, effect.span)


SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE


def _declared(
    world: World, sid: Sid, owner: Sid, name: str, annotation: AnyValue, span: Span
) -> Iterator[Declaration]:
    """Yield what one annotation declares.

    Parameters:
        sid: where it stands. owner: whose `name` it is about.
    """
    if not isinstance(annotation, Generic):
        return
    for argument in annotation.arguments:
        if not isinstance(argument, Result):
            continue
        call = world.scopes[sid].calls[argument.call]
        if _last_name(call.callee) == DECLARING and call.arguments:
            lock = call.arguments[0]
            if isinstance(lock, Const):
                bare = lock.text.rpartition(".")[2]
                names = frozenset(_lock_symbols(world, owner, bare))
                yield Declaration(owner, name, names, lock.text, span)


def _last_name(value: AnyValue) -> str:
    match plain(value):
        case Name(name=name) | Attr(name=name) | Member(name=name):
            return name
        case _:
            return ""


def _lock_symbols(world: World, owner: Sid, lock: str) -> Iterator[str]:
    """Yield the qualified names that a lock may have: of the class, its kin, or the module."""
    yield f"{world.modules[owner[0]].name}.{lock}"
    if world.scopes[owner].kind is ScopeKind.CLASS:
        for each in (*project_classes(world, owner), *descendants(world, owner)):
            yield f"{world.symbol(each)}.{lock}"


def _accesses(world: World, sid: Sid, scope: Scope, declared: Declared) -> Iterator[Access]:
    """Yield the accesses of one function, the first in each context."""
    seen: set[tuple[str, int]] = set()
    for value, context, span in _values(scope):
        for part in parts_of(value):
            name = _last_name(part) if isinstance(part, (Attr, Name)) else ""
            for each in declared.get(name, ()):
                if (name, context) not in seen and _is_of(world, sid, part, each):
                    seen.add((name, context))
                    yield Access(sid, each, describe(scope, part), context, span)


def _values(scope: Scope) -> Iterator[tuple[AnyValue, int, Span]]:
    """Yield the expressions of a function, in what context, and where."""
    for effect in scope.effects:
        target = effect.target
        if effect.kind in ATTRIBUTES:
            target = Attr(target, effect.name)
        yield target, effect.context, effect.span
        for value in (effect.value, effect.key):
            if value is not None:
                yield value, effect.context, effect.span
    for call in scope.calls:
        for value in (call.callee, *call.arguments, *(value for _, value in call.keywords)):
            yield value, call.context, call.span


ATTRIBUTES = frozenset(
    {EffectKind.AUGMENT_ATTRIBUTE, EffectKind.DELETE_ATTRIBUTE, EffectKind.SET_ATTRIBUTE}
)


def _is_of(world: World, sid: Sid, part: AnyValue, declared: Declaration) -> bool:
    """Whether an expression is what a declaration is about."""
    if isinstance(part, Name):
        return any(
            isinstance(item, CellObject) and item.cell.owner == declared.owner
            for item in world.evaluate(sid, part)
        )
    assert isinstance(part, Attr)
    family = {*project_classes(world, declared.owner), *descendants(world, declared.owner)}
    return any(_is_in(item, family) for item in world.evaluate(sid, part.base))


def _is_in(item: Object, family: set[Sid]) -> bool:
    """Whether an object is one of some classes, or an instance of one."""
    return isinstance(item, (ClassObject, InstanceObject)) and item.sid in family


def unguarded(world: World, accesses: tuple[Access, ...]) -> Iterator[LockMisuse]:
    """Yield the accesses without the lock, once the locks of callers are known."""
    for each in accesses:
        locks = held(world, each.sid, each.context)
        if each.declared.lock.isdisjoint(locks) and not _takes_by_hand(world, each):
            owner = each.declared.owner
            text = f"declared to be guarded by {each.declared.written}"
            step = Step(StepKind.CELL, world.path(owner), each.declared.span, text)
            yield LockMisuse(
                misuse=Misuse.UNGUARDED,
                lock=each.declared.written,
                dotted="",
                subject=each.text,
                function=world.symbol(each.sid),
                path=world.path(each.sid),
                span=each.span,
                steps=(step,),
            )


def _takes_by_hand(world: World, access: Access) -> bool:
    """Whether a function calls ``acquire()`` of the lock; where it holds it is not known."""
    bare = access.declared.written.rpartition(".")[2]
    return any(
        isinstance(call.callee, Attr)
        and call.callee.name == "acquire"
        and _last_name(call.callee.base) == bare
        for call in world.scopes[access.sid].calls
    )
