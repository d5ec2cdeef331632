"""What does the source of an installed class say?"""

from collections.abc import Iterator

import msgspec

from pystatelint.inference.meanings import (
    Called,
    Found,
    Known,
    Lost,
    Meaning,
    Reading,
    callee_of,
    meanings_of,
)
from pystatelint.inference.records import InstalledClass
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    BindingKind,
    Const,
    Name,
    Param,
    Scope,
    ScopeKind,
)
from pystatelint.model.self_stores import plain, self_calls, self_stores

TRANSFORM = "typing.dataclass_transform"
"""Marks what makes fields of the annotations of a class (PEP 681)."""

PLAIN_METACLASSES = frozenset({"abc.ABCMeta", "type"})
"""Metaclasses that leave annotations alone."""

SUBCLASS_HOOK = "__init_subclass__"


class Described(msgspec.Struct, frozen=True):
    """A class, and what it leads on to.

    Attributes:
        record: what is known of it.
        parents: its bases and metaclasses, as far as their source can be read.
    """

    record: InstalledClass
    parents: tuple[Found, ...]


def described(reading: Reading, found: Found) -> Described:
    """Return what the source of a class says."""
    module = found.module
    scope = module.facts.scopes[found.scope]
    bases = tuple(_meant(reading, found, value) for value in scope.bases)
    metas = tuple(
        _meant(reading, found, value) for name, value in scope.keywords if name == "metaclass"
    )
    methods = _methods(found)
    metaclasses = tuple(names_of(reading, metas))
    record = InstalledClass(
        name=name_of(reading, found),
        bases=tuple(names_of(reading, bases)),
        metaclasses=metaclasses,
        made_by=tuple(name for each in bases for name in _makers(reading, each)),
        body=frozenset(
            each.name for each in scope.bindings if each.kind is not BindingKind.ANNOTATION
        ),
        binds=frozenset(name for each in methods.values() for name, *_ in self_stores(each)),
        calls=_called_in_construction(reading, methods),
        transforms=is_transform(reading, found),
        plain=not module.stub
        and all(_is_told(reading, each) for each in bases)
        and PLAIN_METACLASSES.issuperset(metaclasses)
        and SUBCLASS_HOOK not in methods
        and not any(_stores_by_computed_name(each) for each in methods.values()),
    )
    parents = (each for group in (*bases, *metas) for each in group if isinstance(each, Found))
    return Described(record, tuple(dict.fromkeys(parents)))


def name_of(reading: Reading, found: Found) -> str:
    """Return the canonical name of what a module defines."""
    qualname = found.module.facts.scopes[found.scope].qualname
    return reading.tables.canonical(f"{found.module.name}.{qualname}")


def names_of(reading: Reading, groups: tuple[tuple[Meaning, ...], ...]) -> Iterator[str]:
    """Yield the canonical name of each thing that can be a class."""
    for group in groups:
        for each in group:
            match each:
                case Known(dotted=name):
                    yield name
                case Found():
                    yield name_of(reading, each)
                case Lost(dotted=name):
                    yield reading.tables.canonical(name)
                case Called():
                    pass


def is_transform(reading: Reading, found: Found) -> bool:
    """Whether a class or function is decorated with `TRANSFORM`."""
    scope = found.module.facts.scopes[found.scope]
    outer = found.module.facts.scopes[scope.parent]
    return any(
        name == TRANSFORM
        for decoration in scope.decorators
        for name in names_of(reading, (_meant(reading, found, callee_of(outer, decoration.value)),))
    )


def _meant(reading: Reading, found: Found, value: AnyValue) -> tuple[Meaning, ...]:
    """Return what an expression in the header of a class or function stands for."""
    outer = found.module.facts.scopes[found.scope].parent
    return tuple(dict.fromkeys(meanings_of(reading, found.module, outer, value)))


def _is_told(reading: Reading, base: tuple[Meaning, ...]) -> bool:
    """Whether a base has a name, or is made by something that has one."""
    named = any(not isinstance(each, Called) for each in base)
    return named or any(_makers(reading, base))


def _makers(reading: Reading, found: tuple[Meaning, ...]) -> Iterator[str]:
    """Yield the library functions whose results are bases: ``Base = declarative_base()``."""
    for each in found:
        if isinstance(each, Called):
            call = each.module.facts.scopes[each.scope].calls[each.call]
            made = tuple(meanings_of(reading, each.module, each.scope, call.callee))
            yield from (one.dotted for one in made if isinstance(one, Known))


def _methods(found: Found) -> dict[str, Scope]:
    """Return the functions in the body of a class, by name."""
    return {
        scope.name: scope
        for scope in found.module.facts.scopes
        if scope.parent == found.scope and scope.kind is ScopeKind.FUNCTION
    }


def _called_in_construction(reading: Reading, methods: dict[str, Scope]) -> frozenset[str]:
    """Return the methods that the constructors of a class call on the instance, transitively."""
    reached: set[str] = set()
    queue = [
        name
        for name in methods
        for row in reading.tables.init_methods.get(name, ())
        if row.when == "construction" and not row.bases
    ]
    while queue:
        name = queue.pop()
        for callee in self_calls(methods[name]) if name in methods else ():
            if callee not in reached:
                reached.add(callee)
                queue.append(callee)
    return frozenset(reached)


def _stores_by_computed_name(scope: Scope) -> bool:
    """Whether a method may bind attributes whose names it works out."""
    for call in scope.calls:
        match call.callee, call.arguments:
            case (Name("setattr"), (target, name, *_)) | (
                Attr(name="__setattr__"),
                (target, name, *_),
            ):
                if plain(target) == Param(0) and not isinstance(name, Const):
                    return True
            case Attr(base=Attr(base=base, name="__dict__"), name="update"), _:
                if plain(base) == Param(0):
                    return True
            case _:
                pass
    return False
