"""May somebody call a function whom the call graph does not show?

A function that nobody is seen to call may still be called by its name on an object of
unknown class, by Python for an operator, by a library through a base class, or by a
framework that finds it by its name in a string.
"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.dispatches import Dispatches, dispatches
from pystatelint.link.hierarchy import ancestor_names, owner_of, project_classes
from pystatelint.link.objects import (
    CONSTANT,
    ClassObject,
    ExternalObject,
    FunctionObject,
    LibraryInstance,
    MadeObject,
    MethodObject,
    Object,
    Objects,
    Sid,
)
from pystatelint.link.storage import contents
from pystatelint.link.world import World
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Fresh,
    Scope,
    ScopeFlag,
    ScopeKind,
    Truthy,
    Typed,
    Union,
)


class Mentions(msgspec.Struct, frozen=True):
    """How functions may be called that are called nowhere in sight.

    Attributes:
        names: names that unknown objects are asked for, or that stand in a string.
        dispatches: what is called by names that are no constants.
    """

    names: frozenset[str]
    dispatches: Dispatches


def may_be_called_unseen(world: World, sid: Sid, scope: Scope, mentioned: Mentions) -> bool:
    """Whether something may call a function that is called nowhere in sight.

    Parameters:
        mentioned: what `mentions` returns.
    """
    if scope.kind is not ScopeKind.FUNCTION or scope.flags & ScopeFlag.PROPERTY:
        return True
    if scope.name.startswith("__") or scope.name in mentioned.names:
        return True
    if world.scopes[(sid[0], scope.parent)].kind is ScopeKind.FUNCTION:
        return True  # whoever has got it from there may call it
    owner = world.classes_by_scope.get(sid)
    if owner is None:
        return False
    return mentioned.dispatches.reaches(owner, scope.name) or _overrides(world, owner, scope.name)


PLAIN_BASES = frozenset(
    {
        "abc.ABC",
        "enum.Enum",
        "enum.IntEnum",
        "enum.StrEnum",
        "object",
        "pydantic.BaseModel",
        "typing.Generic",
        "typing.NamedTuple",
        "typing.Protocol",
        "typing.TypedDict",
    }
)
"""Bases outside the project that call no method but special ones."""


def _overrides(world: World, owner: Sid, name: str) -> bool:
    """Whether a base may call a method of this name, or be called in its place."""
    if any(owner_of(world, base, name) is not None for base in project_classes(world, owner)[1:]):
        return True
    return any(
        base not in PLAIN_BASES and world.index.get(base.rpartition(".")[0]) is None
        for base in ancestor_names(world, owner)
    )


def mentions(world: World) -> Mentions:
    """Return how code outside tests may call functions out of sight."""
    return Mentions(_mentioned(world), dispatches(world))


def _mentioned(world: World) -> frozenset[str]:
    """Return the names that code outside tests asks unknown objects for, or has in a string."""
    found: set[str] = set()
    for sid, scope in world.scopes.items():
        if world.modules[sid[0]].test:
            continue
        for number, call in enumerate(scope.calls):
            if isinstance(call.callee, Attr) and is_unknown(world, world.callees(sid)[number]):
                found.add(call.callee.name)
            for value in (*call.arguments, *(value for _, value in call.keywords)):
                found.update(_names(world, sid, value))
        for effect in scope.effects:
            if effect.value is not None:
                found.update(_names(world, sid, effect.value))
        for value in (*scope.results, *scope.yields):
            found.update(_names(world, sid, value))
        for binding in scope.bindings:
            if binding.value is not None:
                found.update(_names(world, sid, binding.value))
    return frozenset(found)


def _names(world: World, sid: Sid, value: AnyValue) -> Iterator[str]:
    """Yield the names in an expression that may stand for a function."""
    match value:
        case Const(kind="str", text=text):
            yield from _last_part(text)
        case Attr(name=name):
            if is_unknown(world, world.evaluate(sid, value)):
                yield name
        case Fresh(parts=parts, texts=texts):
            for text in texts:
                yield from _last_part(text)
            for part in parts:
                yield from _names(world, sid, part)
        case Union(options=options):
            for option in options:
                yield from _names(world, sid, option)
        case Alias(base=inner) | Truthy(base=inner) | Typed(value=inner):
            yield from _names(world, sid, inner)
        case _:
            return


def _last_part(text: str) -> Iterator[str]:
    """Yield the name that a string may end in: ``run``, ``app.tasks.run``, ``app.main:run``."""
    last = text.rpartition(":")[2].rpartition(".")[2]
    if last.isidentifier():
        yield last


def is_unknown(world: World, found: Objects) -> bool:
    """Return whether an attribute was looked up on something of unknown class."""
    return not any(_is_known(world, item) for item in found)


def _is_known(world: World, item: Object) -> bool:
    """Whether an object tells what it is; a name that holds None is there for something else."""
    if type(item) is MethodObject:
        return any(
            (type(held) is MadeObject and held != CONSTANT)
            or (type(held) is LibraryInstance and "?" not in held.dotted)
            for held in contents(world, item.receiver)
        )
    return type(item) in KNOWN


KNOWN = frozenset({ClassObject, ExternalObject, FunctionObject, MadeObject})
