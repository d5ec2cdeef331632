"""When can each function run?"""

from collections.abc import Mapping

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

BITS = {phase: 1 << number for number, phase in enumerate(Phase)}
"""One bit per phase: sets of phases are numbers while they go round the call graph."""

SETS = tuple(
    frozenset(phase for phase, bit in BITS.items() if bits & bit) for bits in range(1 << len(BITS))
)
"""The set of phases that a number stands for."""

IN_ORDER = {found: tuple(sorted(found, key=lambda phase: phase.value)) for found in SETS}
"""Each set of phases as records show it."""


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
    called = frozenset(edge.callee for edge in edges if edge.caller != edge.callee)
    passed = frozenset(
        item.sid
        for each in flows.values()
        for item in handed_over(each)
        if isinstance(item, FunctionObject)
    )
    hooks = {
        sid: phase
        for sid, scope in world.scopes.items()
        if scope.name in world.knowledge.init_methods
        and (phase := _hook_phase(world, sid, scope)) is not None
    }
    found: dict[Sid, int] = {}
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test:
            found[sid] = TEST if scope.kind is not ScopeKind.CLASS else 0
        elif sid in roles:
            found[sid] = _entry_bits(roles[sid])
        elif scope.kind is ScopeKind.MODULE:
            found[sid] = IMPORT
        elif scope.kind is ScopeKind.CLASS:
            found[sid] = 0
        elif sid in hooks:
            found[sid] = BITS[hooks[sid]]
        else:
            found[sid] = _root_bits(world, sid, scope, called=sid in called, passed=sid in passed)
    _propagate(world, found, edges, hooks)
    return {sid: SETS[bits] for sid, bits in found.items()}


IMPORT, RUN, TEST, MAIN = (BITS[p] for p in (Phase.IMPORT, Phase.RUN, Phase.TEST, Phase.MAIN))


def _root_bits(world: World, sid: Sid, scope: Scope, *, called: bool, passed: bool) -> int:
    """Return the phases in which a function or lambda starts by itself."""
    if not passed and scope.results and is_decorator(scope, world, sid):
        return IMPORT
    if passed or not called or _is_decorated_by_stranger(scope):
        return MAIN if _is_defined_in_main(world, sid, scope) else RUN
    return 0


ROLE_PHASES = {"lifecycle": Phase.INIT, "script": Phase.MAIN, "test": Phase.TEST}
"""When an entry point runs, by its role; every other role runs at run time."""


def _entry_bits(roles: frozenset[str]) -> int:
    """Return the phases in which a framework calls a function."""
    bits = 0
    for role in roles:
        bits |= BITS[ROLE_PHASES.get(role, Phase.RUN)]
    return bits


def _is_defined_in_main(world: World, sid: Sid, scope: Scope) -> bool:
    """Whether a function exists only under ``if __name__ == "__main__"``."""
    outer = world.scopes[(sid[0], scope.parent)]
    return any(each.flags & ContextFlag.MAIN_GUARD for each in outer.contexts) and any(
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


def _is_decorated_by_stranger(scope: Scope) -> bool:
    """Whether an unknown decorator got the function and may call it whenever it likes."""
    flags = ScopeFlag.STATIC | ScopeFlag.CLASS_METHOD | ScopeFlag.PROPERTY | ScopeFlag.OVERLOAD
    return bool(scope.decorators) and not (scope.flags & flags and len(scope.decorators) == 1)


def _propagate(
    world: World, found: dict[Sid, int], edges: tuple[Edge, ...], pinned: Mapping[Sid, Phase]
) -> None:
    """Hand phases down the call graph until nothing changes.

    A pinned hook runs when its framework calls it, by definition, whoever else does.
    """
    callees: dict[Sid, list[tuple[Sid, int]]] = {}
    for edge in edges:
        if edge.callee not in pinned:
            callees.setdefault(edge.caller, []).append((edge.callee, edge.context))
    queue = [sid for sid, known in found.items() if known and sid in callees]
    while queue:
        sid = queue.pop()
        scope = world.scopes[sid]
        plain = scope.kind is not ScopeKind.MODULE and scope.kind is not ScopeKind.CLASS
        for callee, context in callees[sid]:
            bits = found[sid] if plain or not _in_main(scope, context) else MAIN
            known = found[callee]
            if bits | known != known:
                found[callee] = bits | known
                if callee in callees:
                    queue.append(callee)


def _in_main(scope: Scope, context: int) -> bool:
    """Whether a statement of a module or class body stands under the main guard."""
    return bool(scope.contexts[context].flags & ContextFlag.MAIN_GUARD)


def moment(world: World, sid: Sid, context: int, phases: frozenset[Phase]) -> frozenset[Phase]:
    """Return the phases of one statement: under ``if __name__ == "__main__"`` it is main."""
    scope = world.scopes[sid]
    if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        if _in_main(scope, context):
            return SETS[MAIN]
    return phases
