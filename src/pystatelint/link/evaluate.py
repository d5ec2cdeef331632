"""What may a symbolic value stand for?"""

from collections.abc import Mapping

from pystatelint.link.attributes import LOOKUPS, member
from pystatelint.link.elements import element, made_elements
from pystatelint.link.hierarchy import ancestor_names
from pystatelint.link.invoke import called
from pystatelint.link.kinds import container_kinds
from pystatelint.link.modules import imported_member, imported_module, visible
from pystatelint.link.objects import (
    CONSTANT,
    SHALLOW,
    ClassObject,
    ExternalObject,
    FunctionObject,
    InstanceObject,
    LibraryInstance,
    MadeObject,
    Object,
    Objects,
    ParameterObject,
    Sid,
    merged,
)
from pystatelint.link.standing import made_by_decorators
from pystatelint.link.storage import REFERENCES
from pystatelint.link.world import Evaluator, World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Def,
    Entered,
    Fresh,
    Generic,
    Item,
    Member,
    Module,
    Name,
    Param,
    ParameterKind,
    Result,
    Scope,
    ScopeFlag,
    ScopeKind,
    Slice,
    Truthy,
    Typed,
    Union,
    Unknown,
)

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
DOUBLE_STAR = ParameterKind.DOUBLE_STAR
POSITIONAL = ParameterKind.POSITIONAL
STAR = ParameterKind.STAR
CLASS = ScopeKind.CLASS

CLASS_PARAMETERS = frozenset({"cls", "klass", "mcs", "mcls", "metacls"})
"""First parameters that name a class, whatever decorates the method."""


METACLASS_FACTORIES = frozenset({"__new__", "__prepare__"})
"""Methods of a metaclass whose first parameter is the metaclass itself."""


def parameter(world: World, sid: Sid, value: Param) -> Objects:
    """A parameter: the instance, the class, what its annotation says, or what is passed."""
    scope = world.scopes[sid]
    declared = scope.parameters[value.index]
    owner = world.classes_by_scope.get(sid)
    if value.index == 0 and owner is not None and declared.kind is POSITIONAL:
        if "type" in ancestor_names(world, owner):
            # The methods of a metaclass run on classes, which are its instances.
            makes = scope.name in METACLASS_FACTORIES
            return (ClassObject(owner) if makes else InstanceObject(owner),)
        if scope.flags & ScopeFlag.CLASS_METHOD or _names_class(scope, declared.name):
            return (ClassObject(owner),)
        if not scope.flags & ScopeFlag.STATIC:
            return (InstanceObject(owner),)
    passed = ParameterObject(sid, value.index)
    if declared.kind is STAR:
        return (MadeObject("tuple", sid),)
    if declared.kind is DOUBLE_STAR:
        return (MadeObject("dict", sid),)
    if declared.annotation is None:
        return (passed,)
    return (passed, *declared_instances(world, (sid[0], scope.parent), declared.annotation))


def _names_class(scope: Scope, parameter: str) -> bool:
    """Whether a first parameter is the class by its name; special methods get the instance."""
    special = scope.name.startswith("__") and scope.name != "__new__"
    return parameter in CLASS_PARAMETERS and not special


def attribute(world: World, sid: Sid, value: Attr) -> Objects:
    """``base.name``."""
    bases = world.evaluate(sid, value.base)
    if len(bases) == 1:
        # As `member` does, without one more call: this is the most frequent question of all.
        lookup = LOOKUPS.get(bases[0].__class__)
        return () if lookup is None else lookup(world, bases[0], value.name)
    found = [member(world, each, value.name) for each in bases]
    return merged(found) if found else ()


def item(world: World, sid: Sid, value: Item) -> Objects:
    """An element."""
    bases = world.evaluate(sid, value.base)
    if len(bases) == 1:
        return element(world, bases[0])
    found = [element(world, each) for each in bases]
    return merged(found) if found else ()


def slice_of(world: World, sid: Sid, value: Slice) -> Objects:
    """A slice: a new sequence; only numpy-like objects give views."""
    found = world.evaluate(sid, value.base)
    if any(type(each) in REFERENCES and _gives_views(world, each) for each in found):
        return found
    return tuple(
        MadeObject("list", each.sid, each.value)
        if isinstance(each, MadeObject)
        else MadeObject("list", sid, Fresh(SHALLOW, (value.base,)))
        for each in found
    )[:1]


def _gives_views(world: World, item: Object) -> bool:
    """Whether a slice of what a cell holds shares its elements."""
    return not world.knowledge.views.isdisjoint(container_kinds(world, item))


def result(world: World, sid: Sid, value: Result) -> Objects:
    """What a call returns."""
    call = world.scopes[sid].calls[value.call]
    callees = world.evaluate(sid, call.callee)
    if len(callees) == 1:
        return called(world, sid, call, callees[0])
    found = [called(world, sid, call, each) for each in callees]
    return merged(found) if found else ()


def entered(world: World, sid: Sid, value: Entered) -> Objects:
    """What ``with`` binds: the yielded values, the result of ``__enter__``, or the object."""
    found: list[Objects] = []
    for each in world.evaluate(sid, value.base):
        match each:
            case MadeObject(shape="generator"):
                found.append(made_elements(world, each))
            case InstanceObject():
                entry = [
                    world.results(method)
                    for special in ("__enter__", "__aenter__")
                    for method in member(world, each, special)
                    if isinstance(method, FunctionObject)
                ]
                found.append(merged(entry) if entry else (each,))
            case _:
                found.append((each,))
    return merged(found) if found else ()


def passed_on(world: World, sid: Sid, value: Alias) -> Objects:
    """The same object under another name."""
    return world.evaluate(sid, value.base)


def tested(world: World, sid: Sid, value: Truthy) -> Objects:
    """The same object, known to be true: no false constant, and no empty default."""
    return tuple(
        _not_the_default(world, each)
        for each in world.evaluate(sid, value.base)
        if each != CONSTANT
    )


def _not_the_default(world: World, each: Object) -> Object:
    """Return a parameter as one that the caller gave, if its default is empty and so false."""
    if isinstance(each, ParameterObject) and not each.path:
        default = world.scopes[each.sid].parameters[each.index].default
        outer = (each.sid[0], world.scopes[each.sid].parent)
        if default is not None and any(
            isinstance(made, MadeObject) and isinstance(made.value, Fresh) and made.value.empty
            for made in world.evaluate(outer, default)
        ):
            return ParameterObject(each.sid, each.index, each.path, given=True)
    return each


def constant(_world: World, _sid: Sid, _value: Const) -> Objects:
    """A constant."""
    return (CONSTANT,)


def made(_world: World, sid: Sid, value: Fresh) -> Objects:
    """A display, comprehension or operator."""
    return (MadeObject(value.shape, sid, value),)


def definition(world: World, sid: Sid, value: Def) -> Objects:
    """A function or class."""
    inner = (sid[0], value.scope)
    if world.scopes[inner].kind is CLASS:
        return (ClassObject(inner),)
    if world.scopes[inner].decorators:
        return (FunctionObject(inner), *made_by_decorators(world, inner))
    return (FunctionObject(inner),)


def module(world: World, _sid: Sid, value: Module) -> Objects:
    """An imported module."""
    return imported_module(world, value.name)


def from_module(world: World, sid: Sid, value: Member) -> Objects:
    """A name imported from a module."""
    return imported_member(world, sid[0], value)


def union(world: World, sid: Sid, value: Union) -> Objects:
    """One of several."""
    return merged([world.evaluate(sid, option) for option in value.options])


def generic(world: World, sid: Sid, value: Generic) -> Objects:
    """``base[arguments]``."""
    return world.evaluate(sid, value.base)


def typed(world: World, sid: Sid, value: Typed) -> Objects:
    """A value whose declared type helps where nothing else is known."""
    found = world.evaluate(sid, value.value)
    vague = all(isinstance(each, LibraryInstance) and each.dotted.endswith("?") for each in found)
    if found and not vague:
        return found
    return declared_instances(world, sid, value.annotation)


def unknown(_world: World, _sid: Sid, _value: Unknown) -> Objects:
    """Nothing is known."""
    return ()


WRAPPERS = frozenset(
    {
        "typing.Annotated",
        "typing.ClassVar",
        "typing.Final",
        "typing.Optional",
        "typing.Required",
        "typing.NotRequired",
        "typing.ReadOnly",
    }
)
"""Annotations that say something about their first argument's place, not its type."""


def declared_instances(world: World, sid: Sid, annotation: AnyValue) -> Objects:
    """Return instances of the type that an annotation names."""
    match annotation:
        case Union(options=options):
            return merged([declared_instances(world, sid, option) for option in options])
        case Generic(base=base, arguments=arguments):
            return _generic_instances(world, sid, base, arguments)
        case Name() | Attr():
            return merged([_instance_of(each) for each in world.evaluate(sid, annotation)] or [()])
        case _:
            return ()


def _generic_instances(
    world: World, sid: Sid, base: AnyValue, arguments: tuple[AnyValue, ...]
) -> Objects:
    """Return instances of ``base[arguments]``."""
    found: list[Objects] = []
    for each in world.evaluate(sid, base):
        if isinstance(each, ExternalObject) and each.dotted in WRAPPERS:
            found.append(declared_instances(world, sid, arguments[0]) if arguments else ())
        elif isinstance(each, ExternalObject) and each.dotted == "typing.Union":
            found.extend(declared_instances(world, sid, argument) for argument in arguments)
        elif isinstance(each, ExternalObject) and each.dotted in {"type", "typing.Type"}:
            found.extend(
                tuple(c for c in world.evaluate(sid, argument) if isinstance(c, ClassObject))
                for argument in arguments
            )
        else:
            found.append(_instance_of(each))
    return merged(found) if found else ()


def _instance_of(each: Object) -> Objects:
    """Return an instance of a class object."""
    match each:
        case ClassObject(sid):
            return (InstanceObject(sid),)
        case ExternalObject(dotted) if dotted not in {
            "typing.Any",
            "object",
            "typing.TypeVar",
            "None",
        }:
            return (LibraryInstance(dotted),)
        case _:
            return ()


EVALUATORS: Mapping[type, Evaluator] = {
    Alias: passed_on,
    Attr: attribute,
    Const: constant,
    Def: definition,
    Entered: entered,
    Fresh: made,
    Generic: generic,
    Item: item,
    Member: from_module,
    Module: module,
    Name: visible,
    Param: parameter,
    Result: result,
    Slice: slice_of,
    Truthy: tested,
    Typed: typed,
    Union: union,
    Unknown: unknown,
}
