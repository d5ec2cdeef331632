"""What does a call return?"""

from pystatelint.link.arguments import argument_for
from pystatelint.link.attributes import member
from pystatelint.link.cached_results import through_cache
from pystatelint.link.defaults import default_kinds
from pystatelint.link.derive import gives_self
from pystatelint.link.elements import ELEMENTS, at_step, element
from pystatelint.link.kinds import kind_of
from pystatelint.link.objects import (
    CONSTANT,
    SHALLOW,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    MethodObject,
    ModuleObject,
    NamespaceObject,
    Object,
    Objects,
    PairsObject,
    ParameterObject,
    PartialObject,
    PartObject,
    Sid,
    SuperObject,
    inside,
    merged,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Call, Const, Fresh, Result, ScopeKind, Value
from pystatelint.model.self_stores import plain

PAIRING = frozenset({"enumerate", "zip", "itertools.pairwise"})
"""Functions whose elements are tuples of elements."""


def called(world: World, sid: Sid, call: Call, callee: Object) -> Objects:
    """Return what a call in scope `sid` may return if it calls one certain object."""
    # A look at the class costs a quarter of a failing class pattern; this is asked often.
    if type(callee) is FunctionObject:
        return returned(world, sid, call, callee)
    if type(callee) is ExternalObject:
        return _library(world, sid, call, callee.dotted)
    if type(callee) is ClassObject:
        return (InstanceObject(callee.sid),)
    if type(callee) is MethodObject:
        return _method(world, sid, call, callee.receiver, callee.name)
    return _rarely_called(world, sid, call, callee)


def _rarely_called(world: World, sid: Sid, call: Call, callee: Object) -> Objects:
    """Return what calling an object gives that is called less often."""
    match callee:
        case InstanceObject():
            methods = [
                each
                for each in member(world, callee, "__call__")
                if isinstance(each, FunctionObject)
            ]
            return merged([returned(world, sid, call, each) for each in methods]) if methods else ()
        case CellObject() | PartObject():
            held = [
                each
                for each in contents(world, callee)
                if not isinstance(each, (CellObject, PartObject))
            ]
            return merged([called(world, sid, call, each) for each in held]) if held else ()
        case PartialObject(function=FunctionObject() as function):
            given = world.results(function)
            return tuple(each for each in given if not isinstance(each, ParameterObject))
        case LibraryInstance(dotted):
            made = world.knowledge.returns.get(f"{dotted}.__call__")
            return (LibraryInstance(made, made=True),) if made else ()
        case _:
            return ()


def returned(world: World, sid: Sid, call: Call, function: FunctionObject) -> Objects:
    """Return what a project function returns, with its parameters replaced by the arguments."""
    found: list[Objects] = []
    for each in world.results(function):
        if type(each) is ParameterObject and each.sid == function.sid:
            found.append(_passed(world, sid, call, function, each))
        elif type(function.receiver) is InstanceObject and gives_self(world, function, each):
            found.append((function.receiver,))
        else:
            found.append((each,))
    scope = world.scopes[function.sid]
    if not found and scope.returns is not None:
        found.append(world.declared((function.sid[0], scope.parent), scope.returns))
    given = merged(found) if found else ()
    return through_cache(world, function.sid, given) if scope.decorators else given


def _passed(
    world: World, sid: Sid, call: Call, function: FunctionObject, parameter: ParameterObject
) -> Objects:
    """Return the argument that a parameter got, or what is inside it."""
    value = argument_for(world, call, function, parameter.index)
    if value is None:
        default = world.scopes[parameter.sid].parameters[parameter.index].default
        return (parameter,) if default is not None else ()
    if not isinstance(value, Value):
        now: Objects = (value,)
    else:
        now = world.evaluate(sid, value)
    for step in parameter.path:
        if step in ELEMENTS:
            now = merged([at_step(world, each, step) for each in now] or [()])
        else:
            now = merged([member(world, each, step[1:]) for each in now] or [()])
    return now


def _library(world: World, sid: Sid, call: Call, dotted: str) -> Objects:
    """Return what a library function or class returns."""
    special = SPECIAL.get(dotted)
    if special is not None:
        return special(world, sid, call)
    knowledge = world.knowledge
    kind = knowledge.container_kinds.get(dotted)
    if kind is not None:
        bare = not call.arguments and not call.keywords
        held = Fresh(kind, empty=True, leaves=True) if bare else _copied(*call.arguments)
        return (MadeObject(kind, sid, held),)
    if dotted in PAIRING and call.arguments:
        groups = [world.evaluate(sid, argument) for argument in call.arguments]
        return tuple(PairsObject(each) for each in merged(groups))
    pure = knowledge.pure.get(dotted)
    if pure is not None:
        return _pure(world, sid, call, pure.returns, pure.kind, pure.argument or 0)
    made = knowledge.returns.get(dotted) or knowledge.installed.returns.get(dotted)
    if made is not None:
        return (LibraryInstance(made, made=True),)
    last = dotted.rpartition(".")[2]
    row = knowledge.immutable.get(dotted)
    if row is not None and row.category == "wrapper" and call.arguments:
        return (MadeObject("tuple", sid, display_of(call)),)
    known = dotted in knowledge.immutable or dotted in knowledge.tables.sessions
    if known or last[:1].isupper():
        return (LibraryInstance(dotted, made=True),)
    return (LibraryInstance(f"{dotted}()?"),)


def _copied(*values: AnyValue) -> Fresh:
    """Return what a shallow copy holds: whatever the originals do."""
    return Fresh(SHALLOW, tuple(value for value in values if not isinstance(value, Const)))


def display_of(call: Call) -> Fresh:
    """Return an immutable wrapper as a tuple of what it wraps."""
    parts: list[AnyValue] = []
    for value in call.arguments:
        if isinstance(value, Fresh):
            parts.extend(value.parts)  # nobody else can reach a display that is wrapped at once
        elif not isinstance(value, Const):
            parts.append(value)
    return Fresh("tuple", tuple(parts), leaves=not parts)


def _pure(world: World, sid: Sid, call: Call, returns: str, kind: str, position: int) -> Objects:
    """Return the result of a function that neither changes nor keeps its arguments."""
    given = world.evaluate(sid, call.arguments[position]) if len(call.arguments) > position else ()
    match returns:
        case "constant":
            return (CONSTANT,)
        case "fresh":
            return (MadeObject(kind or "list", sid, _copied(*call.arguments[position:][:1])),)
        case "same" | "deep":
            kinds = [
                each.shape
                for each in merged([contents(world, g) for g in given] or [()])
                if isinstance(each, MadeObject)
            ]
            copied = _copied(*call.arguments[position:][:1]) if returns == "same" else None
            return (MadeObject(kinds[0] if kinds else "operation", sid, copied),)
        case "element":
            return merged([element(world, each) for each in given] or [()])
        case "iterator":
            return tuple(PairsObject(each, inner=True) for each in given)
        case _:
            return given


def _method(world: World, sid: Sid, call: Call, receiver: Object, name: str) -> Objects:
    """Return what a method of a container or library object returns."""
    if type(receiver) is ParameterObject:
        return _of_default(world, receiver, name)
    for content in contents(world, receiver):
        if name == "get" and content == CONTEXT_VARIABLE:
            return inside(receiver, ".get()", context_default(world, receiver))
        if type(content) is LibraryInstance:
            made = world.knowledge.returns.get(f"{content.dotted}.{name}")
            if made is not None:
                return (LibraryInstance(made, made=True),)
        elif type(content) is not MadeObject:
            continue
        elif name == "__mul__":
            return (content,)  # a longer sequence of the same elements
        found = _container_method(world, sid, call, receiver, kind_of(world, content), name)
        if found:
            return found
    if isinstance(receiver, LibraryInstance):
        return (LibraryInstance(f"{receiver.dotted}.{name}()?"),)
    return ()


def _of_default(world: World, receiver: ParameterObject, name: str) -> Objects:
    """Return what lies in a parameter that a method gives, if the default is a container."""
    for kind in default_kinds(world, receiver):
        if name == "items":
            return (PairsObject(receiver),)
        if name in {"values", "keys"}:
            return (receiver,)
        if name in world.knowledge.elements[kind]:
            return element(world, receiver)
    return ()


def _container_method(
    world: World, sid: Sid, call: Call, receiver: Object, kind: str, name: str
) -> Objects:
    """Return what a method of a container or string of some kind returns."""
    knowledge = world.knowledge
    if kind in {"constant", "string"}:
        row = knowledge.pure.get(f"str.{name}")
        fresh = row is not None and row.returns == "fresh"
        return (MadeObject(row.kind, sid),) if row is not None and fresh else (CONSTANT,)
    if kind not in knowledge.mutators:
        return ()
    if name == "items":
        return (PairsObject(receiver),)
    if name in {"values", "keys"}:
        return (receiver,)
    if name in knowledge.elements[kind]:
        return element(world, receiver)
    if name not in knowledge.fresh[kind]:
        return (CONSTANT,)
    callee = plain(call.callee)
    held = _copied(callee.base) if isinstance(callee, Attr) else None
    return (MadeObject(kind, sid, held),)


CONTEXT_VARIABLE = LibraryInstance("contextvars.ContextVar", made=True)
"""What ``ContextVar(...)`` makes (PEP 567)."""


def context_default(world: World, receiver: Object) -> Objects:
    """Return the default of the ContextVar that a cell holds."""
    if not isinstance(receiver, CellObject):
        return ()
    for binding in world.bindings(receiver.cell):
        if isinstance(binding.value, Result):
            call = world.scopes[receiver.cell.owner].calls[binding.value.call]
            for name, default in call.keywords:
                if name == "default":
                    return world.evaluate(receiver.cell.owner, default)
    return ()


def _super(world: World, sid: Sid, _call: Call) -> Objects:
    """``super()``: the class around the method, also from functions nested in it."""
    inner = sid
    while inner not in world.classes_by_scope:
        parent = world.scopes[inner].parent
        if parent < 0:
            return ()
        inner = (sid[0], parent)
    owner = world.classes_by_scope[inner]
    return (SuperObject(owner, InstanceObject(owner)),)


def _type(world: World, sid: Sid, call: Call) -> Objects:
    """``type(x)``: the class of an instance; with three arguments a new class."""
    if len(call.arguments) != 1:
        return ()
    return tuple(
        ClassObject(each.sid)
        for each in world.evaluate(sid, call.arguments[0])
        if isinstance(each, InstanceObject)
    )


def _globals(_world: World, sid: Sid, _call: Call) -> Objects:
    """``globals()``."""
    return (NamespaceObject(ModuleObject(sid[0])),)


def _vars(world: World, sid: Sid, call: Call) -> Objects:
    """``vars(x)``; without an argument, the names of the scope."""
    if not call.arguments:
        at_top = world.scopes[sid].kind is ScopeKind.MODULE
        return (NamespaceObject(ModuleObject(sid[0])),) if at_top else ()
    return tuple(NamespaceObject(each) for each in world.evaluate(sid, call.arguments[0]))


def _getattr(world: World, sid: Sid, call: Call) -> Objects:
    """``getattr(x, "name")``."""
    match call.arguments:
        case (base, Const(kind="str", text=name), *_):
            found = [member(world, each, name) for each in world.evaluate(sid, base)]
            return merged(found) if found else ()
        case _:
            return ()


def _new(world: World, sid: Sid, call: Call) -> Objects:
    """``object.__new__(cls)`` and ``type.__new__(mcs, ...)``: an instance of what is passed."""
    if not call.arguments:
        return ()
    return tuple(
        InstanceObject(each.sid)
        for each in world.evaluate(sid, call.arguments[0])
        if isinstance(each, ClassObject)
    )


def _partial(world: World, sid: Sid, call: Call) -> Objects:
    """``functools.partial(f, ...)``: f, with some arguments given beforehand."""
    if not call.arguments:
        return ()
    functions = world.evaluate(sid, call.arguments[0])
    made = tuple(PartialObject(each, sid, call) for each in functions if type(each) in PARTIALS)
    return made or (LibraryInstance("functools.partial", made=True),)


PARTIALS = frozenset({ClassObject, FunctionObject, MethodObject})
"""What is worth following behind a partial."""


def _cast(world: World, sid: Sid, call: Call) -> Objects:
    """``cast(T, x)`` is x."""
    return world.evaluate(sid, call.arguments[1]) if len(call.arguments) > 1 else ()


def _import_module(world: World, _sid: Sid, call: Call) -> Objects:
    """``importlib.import_module("a.b")``."""
    match call.arguments:
        case (Const(kind="str", text=dotted), *_):
            number = world.index.get(dotted)
            return (ModuleObject(number),) if number is not None else (ExternalObject(dotted),)
        case _:
            return ()


SPECIAL = {
    "functools.partial": _partial,
    "getattr": _getattr,
    "globals": _globals,
    "importlib.import_module": _import_module,
    "object.__new__": _new,
    "super": _super,
    "type": _type,
    "type.__new__": _new,
    "typing.cast": _cast,
    "vars": _vars,
}
"""Calls whose result depends on more than their name."""
