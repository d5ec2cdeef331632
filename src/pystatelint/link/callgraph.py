"""Who calls whom, and which functions leave our sight?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.attributes import member
from pystatelint.link.hierarchy import class_member, project_classes
from pystatelint.link.objects import (
    CellObject,
    ClassObject,
    FunctionObject,
    InstanceObject,
    Object,
    PartObject,
    Sid,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import Scope

CONSTRUCTION = ("__new__", "__init__", "__post_init__", "__attrs_post_init__")
"""Methods that an instance creation runs."""


class Edge(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call: from scope `caller`, in context `context`, to scope `callee`."""

    caller: Sid
    callee: Sid
    context: int
    line: int


def call_edges(world: World, sid: Sid, scope: Scope) -> Iterator[Edge]:
    """Yield the edges of the calls in one scope."""
    for call, found in zip(scope.calls, world.callees(sid), strict=True):
        for item in found:
            for callee in targets(world, item):
                yield Edge(sid, callee, call.context, call.span.line)


def targets(world: World, item: Object) -> tuple[Sid, ...]:
    """Return the project functions that calling an object runs."""
    match item:
        case FunctionObject(sid, _):
            return (sid,)
        case ClassObject(sid):
            return tuple(
                found.sid
                for name in CONSTRUCTION
                for found in class_member(world, sid, name)
                if isinstance(found, FunctionObject)
            )
        case InstanceObject():
            return tuple(
                found.sid
                for found in member(world, item, "__call__")
                if isinstance(found, FunctionObject)
            )
        case CellObject() | PartObject():
            held = contents(world, item)
            return tuple(
                sid
                for each in held
                if not isinstance(each, (CellObject, PartObject))
                for sid in targets(world, each)
            )
        case _:
            return ()


def decorator_edges(world: World, sid: Sid, scope: Scope) -> Iterator[Edge]:
    """Yield the calls that applying the decorators of a scope amounts to."""
    outer = (sid[0], scope.parent)
    for decoration in scope.decorators:
        for item in world.evaluate(outer, decoration.value):
            for callee in targets(world, item):
                yield Edge(outer, callee, 0, decoration.span.line)


def class_hook_edges(world: World, sid: Sid, scope: Scope) -> Iterator[Edge]:
    """Yield the hooks that creating a class runs: ``__init_subclass__``, metaclass methods."""
    outer = (sid[0], scope.parent)
    for ancestor in project_classes(world, sid)[1:]:
        for item in class_member(world, ancestor, "__init_subclass__"):
            if isinstance(item, FunctionObject):
                yield Edge(outer, item.sid, 0, scope.span.line)
    for keyword, value in scope.keywords:
        if keyword == "metaclass":
            for item in world.evaluate(outer, value):
                if isinstance(item, ClassObject):
                    for name in ("__prepare__", "__new__", "__init__", "__call__"):
                        for method in class_member(world, item.sid, name):
                            if isinstance(method, FunctionObject):
                                yield Edge(outer, method.sid, 0, scope.span.line)
