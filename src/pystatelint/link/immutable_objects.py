"""Which project classes make objects that nobody changes once they are made?"""

from collections.abc import Container, Iterator

from pystatelint.link.hierarchy import library_ancestors, project_classes
from pystatelint.link.index import is_constructor
from pystatelint.link.objects import Sid
from pystatelint.link.origins import origins
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, BindingKind, Call, Def, Name, Scope
from pystatelint.model.self_stores import plain

BASES_WITHOUT_STATE = frozenset(
    {"abc.ABC", "object", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"}
)
"""Bases of the language that give an instance nothing to keep."""


def is_all_ours(world: World, sid: Sid) -> bool:
    """Whether all that instances keep is written in the project."""
    return BASES_WITHOUT_STATE.issuperset(library_ancestors(world, sid))


def is_value_object(world: World, sid: Sid) -> bool:
    """Whether instances are closed: private attributes, which only construction binds.

    Whoever sets ``_name`` of such an object from outside goes behind its back.
    """
    lineage = project_classes(world, sid)
    bindings = [
        binding
        for item in lineage
        for table in world.self_bindings.get(item, {}).values()
        for binding in table
    ]
    return (
        bool(bindings)
        and all(binding.name.startswith("_") for binding in bindings)
        and is_all_ours(world, sid)
        and not changes_itself(world, sid)
    )


def changes_itself(world: World, sid: Sid) -> bool:
    """Whether a method that is no constructor changes the instance, or caches something on it."""
    return any(
        _changes_self(world, scope)
        for item in project_classes(world, sid)
        for scope in _methods(world, item)
        if not is_constructor(world, item, scope.name)
    )


def _methods(world: World, sid: Sid) -> Iterator[Scope]:
    """Yield the methods that a class body defines."""
    for bindings in world.names.get(sid, {}).values():
        for binding in bindings:
            if binding.kind is BindingKind.DEF and isinstance(binding.value, Def):
                yield world.scopes[(sid[0], binding.value.scope)]


def _changes_self(world: World, scope: Scope) -> bool:
    """Whether a method stores into the instance, or changes what it holds."""
    mutators = world.knowledge.all_mutators
    if any(_keeps_result(each.value) for each in scope.decorators):
        return True
    if any(_is_of_self(effect.target) for effect in scope.effects):
        return True
    if any(_changes_content(call, mutators) for call in scope.calls):
        return True
    return scope.name not in SETTERS and any(_sets_attribute(call) for call in scope.calls)


def _changes_content(call: Call, mutators: Container[str]) -> bool:
    """Whether a call changes what the instance holds."""
    callee = plain(call.callee)
    return isinstance(callee, Attr) and callee.name in mutators and _is_of_self(callee.base)


SETTERS = frozenset({"__delattr__", "__setattr__"})
"""What these do for others is what every object does without them."""


def _sets_attribute(call: Call) -> bool:
    """Whether a call sets an attribute of the instance, under whatever name."""
    match plain(call.callee):
        case Name("setattr" | "delattr"):
            return any(map(_is_of_self, call.arguments[:1]))
        case Attr(base, name) if name in SETTERS:
            return any(map(_is_of_self, (base, *call.arguments[:1])))
        case _:
            return False


def _keeps_result(decorator: AnyValue) -> bool:
    """Whether a decorator leaves what the method gave on the instance: ``cached_property``."""
    return isinstance(decorator, (Name, Attr)) and "cached" in decorator.name


def _is_of_self(value: AnyValue) -> bool:
    """Whether a value is the instance, or something inside it."""
    return any(origin.index == 0 for origin in origins(value))
