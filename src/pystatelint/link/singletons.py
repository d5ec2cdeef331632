"""Which classes see to it by hand that there is only one object of them?

Four ways are known: `__new__` or another function hands out an object that the class
keeps, a metaclass or a decorator does so for the class, or all objects get the same
`__dict__` (A. Martelli, "Five easy pieces: simple Python non-patterns", the Borg).
"""

from collections.abc import Iterable, Iterator

from pystatelint.link.hierarchy import ancestor_names, class_member, project_classes
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    FunctionObject,
    InstanceObject,
    Sid,
)
from pystatelint.link.places import Singleton
from pystatelint.link.raw import RawWrite
from pystatelint.link.records import Action, Phase
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Const,
    EffectKind,
    Name,
    Param,
    ParameterKind,
    Result,
    Scope,
    ScopeKind,
)
from pystatelint.model.finding import Step, StepKind

Phases = dict[Sid, frozenset[Phase]]
NAMED = (ParameterKind.POSITIONAL, ParameterKind.KEYWORD)


def singletons(world: World, writes: Iterable[RawWrite], phases: Phases) -> tuple[Singleton, ...]:
    """Return the handwritten singletons, sorted by symbol.

    Parameters:
        writes: every write to a cell. phases: when each function can run.
    """
    found: dict[Sid, Singleton] = {}
    for sid, keeper, resets in (*_by_own_cell(world, writes, phases), *_by_others(world)):
        if sid not in found and not world.modules[sid[0]].test:
            found[sid] = Singleton(
                symbol=world.symbol(sid),
                path=world.path(sid),
                span=world.scopes[sid].span,
                keeper=keeper,
                arguments=constructor_arguments(world, sid),
                reset_by_tests=resets,
            )
    return tuple(sorted(found.values(), key=lambda each: (each.symbol, each.span)))


Found = tuple[Sid, Step, bool]
"""The class, the place that keeps its object, and whether tests reset that."""


def _by_own_cell(world: World, writes: Iterable[RawWrite], phases: Phases) -> Iterator[Found]:
    """Yield the classes that keep an object of their own, and hand it out."""
    by_cell: dict[CellKey, list[RawWrite]] = {}
    for write in writes:
        owner = world.scopes[write.cell.owner]
        if owner.kind is ScopeKind.CLASS and write.action is Action.REBIND and not write.inner:
            by_cell.setdefault(write.cell, []).append(write)
    for cell, group in by_cell.items():
        for write in group:
            if _keeps_own_object(world, write):
                resets = any(_is_reset(each) and Phase.TEST in phases[each.sid] for each in group)
                yield cell.owner, _kept_at(world, write), resets
                break


def _kept_at(world: World, write: RawWrite) -> Step:
    """Return the step that shows where the object is kept."""
    text = f"the one object is kept here, in {world.symbol(write.sid)}"
    return Step(StepKind.WRITE, world.path(write.sid), write.span, text)


def _keeps_own_object(world: World, write: RawWrite) -> bool:
    """Whether a function keeps an object of the class, and returns what is kept."""
    scope = world.scopes[write.sid]
    owner = write.cell.owner
    returned = [item for value in scope.results for item in world.evaluate(write.sid, value)]
    if CellObject(write.cell) not in returned or write.value is None or _is_reset(write):
        return False
    if scope.name == "__new__":
        return world.classes_by_scope.get(write.sid) == owner
    return any(
        isinstance(item, InstanceObject) and owner in project_classes(world, item.sid)
        for item in world.evaluate(write.sid, write.value)
    )


def _is_reset(write: RawWrite) -> bool:
    """Whether a write lets the object go."""
    return isinstance(write.value, Const)


def _by_others(world: World) -> Iterator[Found]:
    """Yield the classes of which a metaclass or decorator keeps the object, and Borgs."""
    keepers: dict[Sid, Step | None] = {}
    for sid in world.classes:
        scope = world.scopes[sid]
        outer = (sid[0], scope.parent)
        values = [each.value for each in scope.decorators]
        values += [value for keyword, value in scope.keywords if keyword == "metaclass"]
        for value in values:
            for item in world.evaluate(outer, value):
                if isinstance(item, (ClassObject, FunctionObject)):
                    if item.sid not in keepers:
                        keepers[item.sid] = _keeper(world, item.sid)
                    keeper = keepers[item.sid]
                    if keeper is not None:
                        yield sid, keeper, False
        for binding in world.self_bindings.get(sid, {}).get("__dict__", ()):
            found = world.evaluate(binding.method, binding.value)
            if any(isinstance(item, CellObject) for item in found):
                text = "all objects get this one __dict__"
                yield sid, Step(StepKind.WRITE, world.path(sid), binding.span, text), False


def _keeper(world: World, sid: Sid) -> Step | None:
    """Return where a metaclass or decorator keeps the one object of a class, if it does."""
    if world.scopes[sid].kind is ScopeKind.CLASS:
        if "type" not in ancestor_names(world, sid):
            return None
        calls = class_member(world, sid, "__call__")
        scopes = [each.sid for each in calls if isinstance(each, FunctionObject)]
        stored: AnyValue = Param(0)
    else:
        parameters = world.scopes[sid].parameters
        if not parameters:
            return None
        scopes = list(_inside(world, sid))
        stored = Name(parameters[0].name)
    for inner in scopes:
        step = _stored_result(world, inner, stored)
        if step is not None:
            return step
    return None


def _inside(world: World, sid: Sid) -> Iterator[Sid]:
    """Yield the functions defined directly in a function."""
    for position, scope in enumerate(world.modules[sid[0]].facts.scopes):
        if scope.parent == sid[1] and scope.kind is ScopeKind.FUNCTION:
            yield (sid[0], position)


def _stored_result(world: World, sid: Sid, made: AnyValue) -> Step | None:
    """Return where a function stores what calling the class `made` gave it.

    A metaclass calls by ``super().__call__``, a decorator by the name of its parameter.
    """
    scope = world.scopes[sid]
    for effect in scope.effects:
        kept = effect.kind in (EffectKind.SET_ITEM, EffectKind.SET_ATTRIBUTE, EffectKind.BIND)
        by_class = effect.kind is not EffectKind.SET_ITEM or effect.key == made
        if kept and by_class and isinstance(effect.value, Result):
            if _makes(scope, effect.value, made):
                text = f"the one object is kept here, in {world.symbol(sid)}"
                return Step(StepKind.WRITE, world.path(sid), effect.span, text)
    return None


def _makes(scope: Scope, value: Result, made: AnyValue) -> bool:
    """Whether a call makes an object of the class."""
    callee = scope.calls[value.call].callee
    return callee == made or getattr(callee, "name", "") == "__call__"


def constructor_arguments(world: World, sid: Sid) -> tuple[str, ...]:
    """Return the names of what the constructor of a class is given."""
    for name in ("__init__", "__new__"):
        for item in class_member(world, sid, name):
            if isinstance(item, FunctionObject):
                given = world.scopes[item.sid].parameters[1:]
                return tuple(each.name for each in given if each.kind in NAMED)
    return ()
