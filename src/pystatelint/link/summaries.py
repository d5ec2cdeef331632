"""Which of its parameters does a function change, by itself or through what it calls?

Bottom-up summaries in the manner of Infer (Calcagno, Distefano, O'Hearn and Yang,
"Compositional shape analysis by means of bi-abduction", POPL 2009), cut down to one question:
a set of paths per parameter that only grows, so a worklist over the call graph reaches the
fixpoint whatever the recursion.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.arguments import argument_for
from pystatelint.link.callgraph import CallGraph, Foreign
from pystatelint.link.derive import from_parameter
from pystatelint.link.describe import describe
from pystatelint.link.guards import guards_of
from pystatelint.link.hierarchy import instance_bindings
from pystatelint.link.index import is_constructor
from pystatelint.link.interest import WRITES
from pystatelint.link.objects import (
    PATH_LIMIT,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    MethodObject,
    Object,
    ParameterObject,
    PartialObject,
    Sid,
)
from pystatelint.link.origins import Origin, origins
from pystatelint.link.records import Action
from pystatelint.link.storage import REFERENCES, contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    NONE,
    AnyValue,
    Attr,
    Call,
    Const,
    ContextFlag,
    Effect,
    EffectKind,
    Param,
    Scope,
    Value,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.self_stores import plain
from pystatelint.model.span import Span

MOST_PATHS = 8
"""Paths kept per parameter; one is enough to know that it is changed."""

CALLED = "()"
"""The last step of a path that a function calls: a bound method of a container changes it."""

MOST_HOPS = 4
"""Calls between the one who passes an object and the one who changes it."""


class ParameterWrite(msgspec.Struct, frozen=True, kw_only=True):
    """A change of what a caller passed.

    Attributes:
        path: what is changed, below the argument.
        action: as in `pystatelint.link.records.Write`.
        method: name of the mutator, if a method call changes it.
        step: the place that changes it.
        hops: the calls on the way there, outermost first.
        guarded: locks held at the place and at the calls on the way.
        from_parameter: what is stored comes from a parameter, too.
    """

    path: tuple[str, ...]
    action: Action
    method: str
    step: Step
    hops: tuple[Step, ...] = ()
    guarded: tuple[str, ...] = ()
    from_parameter: bool = False


Key = tuple[Sid, int]
"""A function and the number of its parameter."""

Summaries = dict[Key, dict[tuple[str, ...], ParameterWrite]]
Sites = dict[Sid, list[tuple[Sid, int]]]


def parameter_writes(world: World, graph: CallGraph) -> Summaries:
    """Return, for each parameter that is changed, the writes by path."""
    found: Summaries = {}
    for sid, scope in world.scopes.items():
        if scope.parameters:
            for origin, write in _own_writes(world, sid, scope, graph.foreign.get(sid, ())):
                _add(found, (sid, origin.index), write)
    sites = call_sites(graph)
    queue = list(found)
    while queue:
        function, index = queue.pop()
        for caller, number in sites.get(function, ()):
            queue.extend(_handed_up(world, found, (function, index), caller, number))
    return found


def call_sites(graph: CallGraph) -> Sites:
    """Return the calls of each function: calling scope and number of the call in it."""
    found: Sites = {}
    for edge in graph.edges:
        if edge.number >= 0:
            found.setdefault(edge.callee, []).append((edge.caller, edge.number))
    return found


def _add(found: Summaries, key: Key, write: ParameterWrite) -> bool:
    """Keep a write if its path is new; the first one found is the shortest."""
    paths = found.setdefault(key, {})
    if write.path in paths or len(paths) >= MOST_PATHS:
        return False
    paths[write.path] = write
    return True


def _handed_up(
    world: World, found: Summaries, changed: Key, caller: Sid, number: int
) -> Iterator[Key]:
    """Yield the parameters of a caller that newly count as changed by one of its calls."""
    call = world.scopes[caller].calls[number]
    for value in passed_values(world, caller, number, changed):
        if isinstance(value, Value):
            for origin in origins(value):
                for write in tuple(found[changed].values()):
                    longer = _through(world, caller, call, origin, write)
                    if longer is not None and _add(found, (caller, origin.index), longer):
                        yield caller, origin.index


def _through(
    world: World, caller: Sid, call: Call, origin: Origin, write: ParameterWrite
) -> ParameterWrite | None:
    """Return a callee's write as the caller's own; None if it is too deep or too far."""
    path = (*origin.path, *write.path)
    if len(path) > PATH_LIMIT or len(write.hops) >= MOST_HOPS:
        return None
    return msgspec.structs.replace(
        write,
        path=path,
        hops=(hop(world, caller, call), *write.hops),
        guarded=(*guards_of(world, caller, call.context), *write.guarded),
    )


def hop(world: World, caller: Sid, call: Call) -> Step:
    """Return the step that shows a call that hands an object on."""
    name = describe(world.scopes[caller], call.callee)
    return Step(StepKind.ALIAS, world.path(caller), call.span, f"handed on here to {name}()")


def passed_values(
    world: World, caller: Sid, number: int, changed: Key
) -> Iterator[AnyValue | Object]:
    """Yield what one call passes for a parameter: expressions, or a receiver."""
    for callee in world.callees(caller)[number]:
        held = contents(world, callee) if type(callee) in REFERENCES else (callee,)
        for each in held:
            yield from _given(world, caller, number, each, changed)


def _given(
    world: World, caller: Sid, number: int, callee: Object, changed: Key
) -> Iterator[AnyValue | Object]:
    """Yield what a call passes for a parameter if it calls one certain object."""
    function, index = changed
    call = world.scopes[caller].calls[number]
    value: AnyValue | Object | None = None
    if type(callee) is FunctionObject and callee.sid == function:
        if index == 0 and callee.receiver is not None:
            target = plain(call.callee)
            yield target.base if type(target) is Attr else callee.receiver
            return
        value = argument_for(world, call, callee, index)
    elif type(callee) is ClassObject and index > 0:
        # The instance is new; the other arguments are not.
        made = FunctionObject(function, InstanceObject(callee.sid))
        value = argument_for(world, call, made, index)
    elif type(callee) is PartialObject:
        inner = callee.function
        if type(inner) is FunctionObject and inner.sid == function:
            yield from _given_beforehand(world, callee, inner, index)
    if value is not None:
        yield value


def _given_beforehand(
    world: World, partial: PartialObject, function: FunctionObject, index: int
) -> Iterator[Object]:
    """Yield what ``functools.partial`` holds for a parameter."""
    ahead = msgspec.structs.replace(partial.call, arguments=partial.call.arguments[1:])
    value = argument_for(world, ahead, function, index)
    if isinstance(value, Value):
        yield from world.evaluate(partial.sid, value)
    elif value is not None:
        yield value


def _own_writes(
    world: World, sid: Sid, scope: Scope, foreign: tuple[Foreign, ...]
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the changes of parameters that stand in a function itself."""
    for effect in scope.effects:
        action = EFFECTS.get(effect.kind)
        if action is not None:
            yield from _effect(world, sid, scope, effect, action)
    for each in foreign:
        if each.bits & WRITES:
            yield from _mutator(world, sid, scope, scope.calls[each.number], each.callee)


EFFECTS = {
    EffectKind.SET_ITEM: Action.ITEM,
    EffectKind.DELETE_ITEM: Action.ITEM,
    EffectKind.AUGMENT_ITEM: Action.ITEM,
    EffectKind.SET_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.DELETE_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.AUGMENT_ATTRIBUTE: Action.ATTRIBUTE,
    EffectKind.AUGMENT: Action.AUGMENTED,
}
"""What each effect does to its target."""


def _effect(
    world: World, sid: Sid, scope: Scope, effect: Effect, action: Action
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that an assignment changes."""
    if _is_first_value(world, sid, scope, effect):
        return
    path = (f".{effect.name}",) if action is Action.ATTRIBUTE else ()
    whole = f"{describe(scope, effect.target)}{path[0] if path else ''}"
    for origin in origins(effect.target):
        given = from_parameter(world, sid, effect.value) or from_parameter(world, sid, effect.key)
        yield (
            origin,
            ParameterWrite(
                path=(*origin.path, *path),
                action=action,
                method=effect.method if action is Action.AUGMENTED else "",
                step=_place(world, sid, effect.span, whole),
                guarded=guards_of(world, sid, effect.context),
                from_parameter=given,
            ),
        )


def _is_first_value(world: World, sid: Sid, scope: Scope, effect: Effect) -> bool:
    """Whether a method gives an attribute of its instance the value that construction put off.

    What ``__init__`` binds, and what is worked out once where it bound None, is no change.
    """
    owner = world.classes_by_scope.get(sid)
    if effect.kind is not EffectKind.SET_ATTRIBUTE or owner is None:
        return False
    if plain(effect.target) != Param(0):
        return False
    if is_constructor(world, owner, scope.name):
        return True
    in_branch = scope.contexts[effect.context].flags & ContextFlag.BRANCH
    return (
        bool(in_branch)
        and not from_parameter(world, sid, effect.value)
        and all(
            binding.method == sid or binding.value == NONE
            for binding in instance_bindings(world, owner, effect.name)
        )
    )


def _mutator(
    world: World, sid: Sid, scope: Scope, call: Call, callee: Object
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that a mutator method or a library function changes."""
    match callee:
        case MethodObject(_, method):
            target = plain(call.callee)
            targets = [target.base] if isinstance(target, Attr) else []
            action = Action.METHOD
        case ExternalObject(dotted) if dotted in world.knowledge.writers:
            row = world.knowledge.writers[dotted]
            targets = [call.arguments[i] for i in row.positions if i < len(call.arguments)]
            method, action = "", Action.METHOD
        case ParameterObject(function, index, ()) if function == sid:
            step = _place(world, sid, call.span, f"{describe(scope, call.callee)}()")
            locks = guards_of(world, sid, call.context)
            yield (
                Origin(index),
                ParameterWrite(
                    path=(CALLED,), action=Action.METHOD, method="", step=step, guarded=locks
                ),
            )
            return
        case ExternalObject("setattr"):
            yield from _set_by_name(world, sid, scope, call)
            return
        case _:
            return
    given = any(from_parameter(world, sid, value) for value in call.arguments)
    for value in targets:
        for origin in origins(value):
            step = _place(world, sid, call.span, describe(scope, value))
            yield (
                origin,
                ParameterWrite(
                    path=origin.path,
                    action=action,
                    method=method,
                    step=step,
                    guarded=guards_of(world, sid, call.context),
                    from_parameter=given,
                ),
            )


def _set_by_name(
    world: World, sid: Sid, scope: Scope, call: Call
) -> Iterator[tuple[Origin, ParameterWrite]]:
    """Yield the parameters that ``setattr(x, "name", value)`` changes."""
    match call.arguments:
        case (target, Const(kind="str", text=name), value):
            for origin in origins(target):
                step = _place(world, sid, call.span, f"{describe(scope, target)}.{name}")
                yield (
                    origin,
                    ParameterWrite(
                        path=(*origin.path, f".{name}"),
                        action=Action.ATTRIBUTE,
                        method="",
                        step=step,
                        guarded=guards_of(world, sid, call.context),
                        from_parameter=from_parameter(world, sid, value),
                    ),
                )
        case _:
            return


def _place(world: World, sid: Sid, span: Span, what: str) -> Step:
    """Return the step that shows where a parameter is changed."""
    return Step(
        StepKind.WRITE, world.path(sid), span, f"{what} is changed here, in {world.symbol(sid)}"
    )
