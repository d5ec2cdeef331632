"""What does a name mean, followed through the modules that can be looked into?"""

import sys
from collections.abc import Iterator

import msgspec

from pystatelint.inference.shelf import Shelf, Shelved
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Binding,
    BindingKind,
    Def,
    Generic,
    Item,
    Member,
    Module,
    Name,
    Result,
    Scope,
    ScopeKind,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.module import absolute_name
from pystatelint.models.known import BUILTINS
from pystatelint.models.tables import Tables


class Known(msgspec.Struct, frozen=True):
    """What a table or the standard library knows, by its canonical name."""

    dotted: str


class Found(msgspec.Struct, frozen=True):
    """A class or function: scope number `scope` of a module."""

    module: Shelved
    scope: int


class Called(msgspec.Struct, frozen=True):
    """What call number `call` of a scope returns."""

    module: Shelved
    scope: int
    call: int


class Lost(msgspec.Struct, frozen=True):
    """A name that leads to nothing that can be looked into."""

    dotted: str


Meaning = Known | Found | Called | Lost
Tail = tuple[str, ...]
"""Attributes that are still to be looked up."""


class Reading(msgspec.Struct, frozen=True):
    """What names are followed with.

    Attributes:
        shelf: the modules. tables: the shipped tables.
        spoken: every name that the tables speak of.
        meanings: dotted name -> what it means, as far as it was asked; owned by the run.
    """

    shelf: Shelf
    tables: Tables
    spoken: frozenset[str]
    meanings: dict[str, Meaning]


def meaning(reading: Reading, dotted: str, depth: int) -> Meaning:
    """Return what an absolute dotted name means.

    What the tables speak of is not followed: they know more than the source says.

    Args:
        reading: what names are followed with.
        dotted: the name.
        depth: of the module that asks.
    """
    found = reading.meanings.get(dotted)
    if found is None:
        reading.meanings[dotted] = Lost(dotted)
        found = reading.meanings[dotted] = _meaning(reading, dotted, depth)
    return found


def _meaning(reading: Reading, dotted: str, depth: int) -> Meaning:
    name = reading.tables.canonical(dotted)
    if name in reading.spoken or name.partition(".")[0] in sys.stdlib_module_names:
        return Known(name)
    parts = dotted.split(".")
    for end in range(len(parts) - 1, 0, -1):
        sources = reading.shelf.sources(".".join(parts[:end]), parts[end], depth)
        if sources is not None:
            tail = tuple(parts[end + 1 :])
            found = (_member(reading, each, parts[end], tail) for each in sources)
            return _first_found(found) or Lost(dotted)
    return Lost(dotted)


def _first_found(found: Iterator[Meaning | None]) -> Meaning | None:
    """Return the first meaning that leads somewhere, else the first; no more are asked for."""
    lost = None
    for each in found:
        if each is not None and not isinstance(each, Lost):
            return each
        lost = lost or each
    return lost


def _telling(found: Iterator[Meaning]) -> Meaning | None:
    """Return the first of the meanings that say most; None without any."""
    return min(found, key=_rank, default=None)


def _rank(found: Meaning) -> int:
    """Rank what is known by name before what must be looked into."""
    match found:
        case Known():
            return 0
        case Found():
            return 1
        case Called():
            return 2
        case Lost():
            return 3


def _member(reading: Reading, module: Shelved, name: str, tail: Tail) -> Meaning | None:
    """Return what a name means in the namespace of a module; None if it is not bound there."""
    bindings = reading.shelf.bindings(module, 0, name)
    if bindings:
        return _telling(_bound(reading, module, 0, bindings, tail))
    stars = (
        _through_star(reading, module, each.value, name, tail)
        for each in reversed(reading.shelf.bindings(module, 0, "*"))
        if isinstance(each.value, Member)
    )
    return next((each for each in stars if each is not None), None)


def _through_star(
    reading: Reading, module: Shelved, star: Member, name: str, tail: Tail
) -> Meaning | None:
    """Return what ``from m import *`` gives for a name; None if it gives none."""
    target = absolute_name(module.name, star.module, star.level, package=module.package)
    source = next(reading.shelf.sources(target, name, module.depth) or iter(()), None)
    exports = None if source is None else source.facts.exports
    if source is None or (name.startswith("_") if exports is None else name not in exports):
        return None
    found = meaning(reading, ".".join((target, name, *tail)), module.depth)
    return None if isinstance(found, Lost) else found


def _bound(
    reading: Reading, module: Shelved, scope: int, bindings: tuple[Binding, ...], tail: Tail
) -> Iterator[Meaning]:
    """Yield what bindings of a name stand for."""
    for binding in bindings:
        if binding.value is not None and binding.kind is not BindingKind.AUGMENTED:
            yield from meanings_of(reading, module, scope, binding.value, tail)


def meanings_of(
    reading: Reading, module: Shelved, scope: int, value: AnyValue, tail: Tail = ()
) -> Iterator[Meaning]:
    """Yield what an expression in a scope may stand for, attributes of it followed."""
    match value:
        case Name(name=name):
            yield from _named(reading, module, scope, name, tail)
        case Attr(base=base, name=name):
            yield from meanings_of(reading, module, scope, base, (name, *tail))
        case Member(module=target, name=name, level=level):
            absolute = absolute_name(module.name, target, level, package=module.package)
            yield meaning(reading, ".".join((absolute, name, *tail)), module.depth)
        case Module(name=name) if tail:
            yield meaning(reading, ".".join((name, *tail)), module.depth)
        case Def(scope=inner):
            yield from _defined(reading, module, inner, tail)
        case Result(call=call) if not tail:
            yield Called(module, scope, call)
        case Union(options=options):
            for option in options:
                yield from meanings_of(reading, module, scope, option, tail)
        case (
            Alias(base=inner_value)
            | Generic(base=inner_value)
            | Item(base=inner_value)
            | Truthy(base=inner_value)
            | Typed(value=inner_value)
        ):
            yield from meanings_of(reading, module, scope, inner_value, tail)
        case _:
            return


def _named(
    reading: Reading, module: Shelved, scope: int, name: str, tail: Tail
) -> Iterator[Meaning]:
    """Yield what a free name in a scope means: its own if it is a class body, then the module's."""
    around = module.facts.scopes[scope]
    inner = around.kind is ScopeKind.CLASS and reading.shelf.bindings(module, scope, name)
    prefix = (module.name, around.qualname) if inner else (module.name,)
    # By its full name, so that a name that leads back to itself is found out.
    found = meaning(reading, ".".join((*prefix, name, *tail)), module.depth)
    if isinstance(found, Lost) and name in BUILTINS:
        yield Known(".".join((name, *tail)))
    else:
        yield found


def _defined(reading: Reading, module: Shelved, inner: int, tail: Tail) -> Iterator[Meaning]:
    """Yield a class or function, or what stands in the body of the class."""
    if not tail:
        yield Found(module, inner)
    elif module.facts.scopes[inner].kind is ScopeKind.CLASS:
        bindings = reading.shelf.bindings(module, inner, tail[0])
        yield from _bound(reading, module, inner, bindings, tail[1:])


def callee_of(scope: Scope, value: AnyValue) -> AnyValue:
    """Return what a decorator calls if it is a call, else the decorator."""
    return scope.calls[value.call].callee if isinstance(value, Result) else value
