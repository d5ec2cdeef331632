"""The abstract objects that an expression can stand for."""

import msgspec

from pystatelint.model.facts import AnyValue, Call

Sid = tuple[int, int]
"""A scope in the project: number of its module, number of the scope in it."""


class CellKey(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A cell: the module or class scope that owns it, and its name."""

    owner: Sid
    name: str


class Object(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=True):
    """Something a value may be."""


class ModuleObject(Object, frozen=True, array_like=True, gc=False):
    """A module of the project, by number."""

    module: int


class ClassObject(Object, frozen=True, array_like=True, gc=False):
    """A class of the project."""

    sid: Sid


class FunctionObject(Object, frozen=True, array_like=True, gc=False):
    """A function of the project, bound to `receiver` if it is a method."""

    sid: Sid
    receiver: "Object | None" = None


class InstanceObject(Object, frozen=True, array_like=True, gc=False):
    """Some instance of a project class."""

    sid: Sid


class CellObject(Object, frozen=True, array_like=True, gc=False):
    """What a cell holds, whatever that is."""

    cell: CellKey


class PartObject(Object, frozen=True, array_like=True, gc=False):
    """Something inside what a cell holds; `path` is like ``(".opts", "[]")``."""

    cell: CellKey
    path: tuple[str, ...]
    content: "Object | None"


ELEMENT = "[]"
"""The step of a path that stands for any element."""

COPIED = "[copied]"
"""The step for an element that was reached in a shallow copy: another may have its place by now."""

SHALLOW = "copied"
"""Shape of what a shallow copy holds: the elements of its parts."""


class ParameterObject(Object, frozen=True, array_like=True, gc=False):
    """What a caller passed, or something inside it.

    `given`: it cannot be the parameter's own default.
    """

    sid: Sid
    index: int
    path: tuple[str, ...] = ()
    given: bool = False


class ExternalObject(Object, frozen=True, array_like=True, gc=False):
    """A class, function or module of a library, by canonical dotted name."""

    dotted: str


class LibraryInstance(Object, frozen=True, array_like=True, gc=False):
    """An instance of a library class, or what a library function returned.

    Attributes:
        dotted: the class; for an unknown result the function with ``()``.
        made: made by a constructor call in the project, not received.
    """

    dotted: str
    made: bool = False


class MadeObject(Object, frozen=True, array_like=True, gc=False):
    """An object that an expression of scope `sid` makes; `shape` as in `Fresh`."""

    shape: str
    sid: Sid
    value: AnyValue | None = None


class MethodObject(Object, frozen=True, array_like=True, gc=False):
    """A method of something that is not a project class."""

    receiver: Object
    name: str


class PartialObject(Object, frozen=True, array_like=True, gc=False):
    """``functools.partial(function, ...)``, made by `call` in scope `sid`."""

    function: Object
    sid: Sid
    call: Call


class PairsObject(Object, frozen=True, array_like=True, gc=False):
    """``d.items()`` and the like: its elements are tuples of elements of `of`.

    `inner` marks one such tuple.
    """

    of: Object
    inner: bool = False


class NamespaceObject(Object, frozen=True, array_like=True, gc=False):
    """``globals()``, ``vars(x)`` or ``x.__dict__``."""

    of: Object


class SuperObject(Object, frozen=True, array_like=True, gc=False):
    """``super()`` in a method of class `sid`."""

    sid: Sid
    receiver: Object


Objects = tuple[Object, ...]

LIMIT = 8
"""Most objects one value may stand for; beyond it the rest is not followed."""

PATH_LIMIT = 5
"""Longest path followed inside a cell."""

CONSTANT = MadeObject("constant", (-1, -1))
OPAQUE = LibraryInstance("?")


def merged(groups: "list[Objects]") -> Objects:
    """Return the objects of all groups, in order, without repetition."""
    if len(groups) == 1:
        return groups[0]
    found: dict[Object, None] = {}
    for group in groups:
        for item in group:
            found[item] = None
    return tuple(found)[:LIMIT]


def inside(item: Object, step: str, contents: Objects) -> Objects:
    """Return what stands at `step` inside a cell, a part of one or a parameter."""
    if type(item) is ParameterObject:
        path = (*item.path, step)[:PATH_LIMIT]
        return (ParameterObject(item.sid, item.index, path, item.given),)
    if type(item) is CellObject:
        path = (step,)
    elif type(item) is PartObject:
        path = (*item.path, step)[:PATH_LIMIT]
    else:
        return contents
    if not contents:
        return (PartObject(item.cell, path, None),)
    return tuple(
        content if type(content) in INDEPENDENT else PartObject(item.cell, path, content)
        for content in contents
    )


INDEPENDENT = frozenset({ClassObject, ExternalObject, FunctionObject, ModuleObject})
"""What a cell may hold but never owns: a change of it is none of the cell."""
