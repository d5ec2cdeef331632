"""When can each function run?"""

from collections.abc import Iterable, Mapping

from pystatelint.link.callgraph import Edge
from pystatelint.link.flows import Flow, handed_over
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.objects import FunctionObject, Sid
from pystatelint.link.records import Phase
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    ContextFlag,
    Def,
    Generic,
    Name,
    Param,
    Scope,
    ScopeFlag,
    ScopeKind,
)


def phases_of(
    world: World,
    edges: tuple[Edge, ...],
    flows: Mapping[Sid, tuple[Flow, ...]],
    roles: Mapping[Sid, frozenset[str]],
) -> dict[Sid, frozenset[Phase]]:
    """Return the phases in which each scope can run.

    Module bodies run at import; a function runs when its callers do, and at run time
    if nobody in the project calls it or if it is handed to somebody unknown.
    """
    callers: dict[Sid, list[Edge]] = {}
    for edge in edges:
        if edge.caller != edge.callee:
            callers.setdefault(edge.callee, []).append(edge)
    passed = frozenset(
        item.sid
        for each in flows.values()
        for item in handed_over(each)
        if isinstance(item, FunctionObject)
    )
    phases = {
        sid: frozenset(
            _entry_phases(roles[sid])
            if sid in roles and not world.modules[sid[0]].test
            else _root_phases(world, sid, scope, called=sid in callers, passed=sid in passed)
        )
        for sid, scope in world.scopes.items()
    }
    _propagate(world, phases, edges)
    return phases


def _root_phases(
    world: World, sid: Sid, scope: Scope, *, called: bool, passed: bool
) -> Iterable[Phase]:
    """Return the phases in which a scope starts by itself."""
    test = world.modules[sid[0]].test
    if scope.kind is ScopeKind.MODULE:
        return (Phase.TEST,) if test else (Phase.IMPORT,)
    if scope.kind is ScopeKind.CLASS:
        return ()
    if test:
        return (Phase.TEST,)
    hook = _hook_phase(world, sid, scope)
    if hook is not None:
        return (hook,)
    if is_decorator(scope, world, sid) and not passed:
        return (Phase.IMPORT,)
    if passed or not called or _is_decorated_by_stranger(world, sid, scope):
        return (Phase.MAIN,) if _is_defined_in_main(world, sid, scope) else (Phase.RUN,)
    return ()


ROLE_PHASES = {"lifecycle": Phase.INIT, "script": Phase.MAIN, "test": Phase.TEST}
"""When an entry point runs, by its role; every other role runs at run time."""


def _entry_phases(roles: frozenset[str]) -> Iterable[Phase]:
    """Return the phases in which a framework calls a function."""
    return {ROLE_PHASES.get(role, Phase.RUN) for role in roles}


def _is_defined_in_main(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function exists only under ``if __name__ == "__main__"``."""
    outer = world.scopes[(sid[0], scope.parent)]
    return any(
        binding.value == Def(sid[1])
        and outer.contexts[binding.context].flags & ContextFlag.MAIN_GUARD
        for binding in outer.bindings
    )


HOOK_PHASES = {"class": Phase.IMPORT, "startup": Phase.INIT}
"""When a hook runs, by what calls it: class creation, or the start of the process."""


def _hook_phase(world: World, sid: Sid, scope: Scope) -> Phase | None:
    """Return when Python or a framework calls a hook of this name by itself."""
    owner = world.classes_by_scope.get(sid)
    for row in world.knowledge.init_methods.get(scope.name, ()):
        phase = HOOK_PHASES.get(row.when)
        if phase is None or (owner is None and (row.bases or phase is Phase.IMPORT)):
            continue
        if not row.bases or (
            owner is not None and not set(row.bases).isdisjoint(ancestor_names(world, owner))
        ):
            return phase
    return None


def is_decorator(scope: Scope, world: World, sid: Sid) -> bool:
    """Whether a function is plainly made to decorate: it returns the definition it is given.

    Also one that returns such a function (``def register(name): def deco(f): ...``), or
    the inner one itself.
    """
    if sid in world.classes_by_scope and not scope.flags & ScopeFlag.STATIC:
        return any(_gives_decorator(world, sid, value) for value in scope.results)
    if _returns_definition(scope):
        return _takes_definition(scope) or world.scopes[(sid[0], scope.parent)].results == (
            Def(sid[1]),
        )
    return any(_gives_decorator(world, sid, value) for value in scope.results)


def _gives_decorator(world: World, sid: Sid, value: AnyValue) -> bool:
    """Whether a returned value is a nested function that returns its own parameter."""
    return isinstance(value, Def) and _returns_definition(world.scopes[(sid[0], value.scope)])


def _returns_definition(scope: Scope) -> bool:
    """Whether a function returns its own first parameter as it got it."""
    return bool(scope.parameters) and Param(0) in scope.results


DEFINITION_ATTRIBUTES = frozenset({"__doc__", "__module__", "__name__", "__qualname__"})
"""Attributes that functions and classes have, and ordinary data lacks."""


def _takes_definition(scope: Scope) -> bool:
    """Whether the first parameter is used or annotated as a function or class."""
    annotation = scope.parameters[0].annotation
    if isinstance(annotation, Generic):
        annotation = annotation.base
    match annotation:
        case Name(name="Callable" | "type" | "Type") | Attr(name="Callable" | "Type"):
            return True
        case _:
            pass
    used = [value for effect in scope.effects for value in (effect.key, effect.value)]
    used.extend(value for call in scope.calls for value in (call.callee, *call.arguments))
    return any(
        isinstance(value, Attr) and value.base == Param(0) and value.name in DEFINITION_ATTRIBUTES
        for value in used
    )


def _is_decorated_by_stranger(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether an unknown decorator got the function and may call it whenever it likes."""
    flags = ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD | ScopeFlag.PROPERTY | ScopeFlag.OVERLOAD
    return bool(scope.decorators) and not (scope.flags & flags and len(scope.decorators) == 1)


def _propagate(world: World, phases: dict[Sid, frozenset[Phase]], edges: tuple[Edge, ...]) -> None:
    """Hand phases down the call graph until nothing changes."""
    callees: dict[Sid, list[Edge]] = {}
    for edge in edges:
        callees.setdefault(edge.caller, []).append(edge)
    pinned = {
        sid
        for sid, scope in world.scopes.items()
        if scope.kind is ScopeKind.FUNCTION and _hook_phase(world, sid, scope) is not None
    }
    queue = [sid for sid, known in phases.items() if known]
    while queue:
        sid = queue.pop()
        for edge in callees.get(sid, ()):
            if edge.callee in pinned:
                continue  # by definition it runs when its hook does, whoever else calls it
            added = moment(world, sid, edge.context, phases[sid]) - phases[edge.callee]
            if added:
                phases[edge.callee] = phases[edge.callee] | added
                queue.append(edge.callee)


def moment(world: World, sid: Sid, context: int, phases: frozenset[Phase]) -> frozenset[Phase]:
    """Return the phases of one statement: under ``if __name__ == "__main__"`` it is main."""
    scope = world.scopes[sid]
    if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        if scope.contexts[context].flags & ContextFlag.MAIN_GUARD:
            return frozenset({Phase.MAIN})
    return phases
