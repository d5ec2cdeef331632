"""Which names from outside decide what a project's cells are?"""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.inference.meanings import (
    Called,
    Found,
    Known,
    Meaning,
    Reading,
    callee_of,
    meanings_of,
)
from pystatelint.inference.shelf import Shelved
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Effect,
    EffectKind,
    Item,
    Name,
    Result,
    Scope,
    ScopeKind,
    Truthy,
    Typed,
)


class Demand(msgspec.Struct, frozen=True):
    """An expression whose meaning is asked for: read in scope `scope` of a module."""

    module: Shelved
    scope: int
    value: AnyValue


def of_classes(modules: Iterable[Shelved]) -> Iterator[Demand]:
    """Yield the bases, metaclasses and decorators of every class."""
    for module in modules:
        for scope in module.facts.scopes:
            if scope.kind is ScopeKind.CLASS:
                yield from (Demand(module, scope.parent, each) for each in _header(module, scope))


def _header(module: Shelved, scope: Scope) -> Iterator[AnyValue]:
    yield from scope.bases
    yield from (value for name, value in scope.keywords if name == "metaclass")
    outer = module.facts.scopes[scope.parent]
    yield from (callee_of(outer, each.value) for each in scope.decorators)


def of_cells(reading: Reading, modules: tuple[Shelved, ...]) -> Iterator[Demand]:
    """Yield the callees of the calls that module and class cells hold, if somebody writes them.

    Somebody does if a statement or a mutator method of that name changes something that
    is reached through a name or attribute like the cell's.
    """
    made = tuple(_made(modules))
    names = frozenset(name for name, _ in made)
    mutators = frozenset(name for row in reading.tables.kinds.values() for name in row.mutators)
    written = _written(modules, names, mutators) if names else frozenset()
    for name, demand in made:
        if name in written and not _declares(reading, Found(demand.module, demand.scope), ()):
            yield demand


def _declares(reading: Reading, found: Found, heirs: tuple[Found, ...]) -> bool:
    """Whether a framework reads the attributes of a class: what they hold is its business."""
    scope = found.module.facts.scopes[found.scope]
    if scope.kind is not ScopeKind.CLASS or found in heirs:
        return False
    tables = reading.tables
    for value in scope.bases:
        for each in meanings_of(reading, found.module, scope.parent, value):
            match each:
                case Known(dotted=name) if (
                    name in tables.declarative or name in tables.class_makers
                ):
                    return True
                case Found() if _declares(reading, each, (*heirs, found)):
                    return True
                case Called() if _is_made(reading, each):
                    return True
                case _:
                    pass
    return False


def _is_made(reading: Reading, base: Called) -> bool:
    """Whether a base comes from a function such as ``declarative_base()``."""
    call = base.module.facts.scopes[base.scope].calls[base.call]
    callees = meanings_of(reading, base.module, base.scope, call.callee)
    return any(
        isinstance(each, Known) and each.dotted in reading.tables.declarative for each in callees
    )


def _made(modules: Iterable[Shelved]) -> Iterator[tuple[str, Demand]]:
    """Yield the cells that a call makes."""
    for module in modules:
        for number, scope in enumerate(module.facts.scopes):
            if scope.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
                for binding in scope.bindings:
                    if isinstance(binding.value, Result):
                        callee = scope.calls[binding.value.call].callee
                        yield binding.name, Demand(module, number, callee)


def _written(
    modules: Iterable[Shelved], names: frozenset[str], mutators: frozenset[str]
) -> frozenset[str]:
    """Return those names through which something is changed."""
    found: set[str] = set()
    for module in modules:
        for scope in module.facts.scopes:
            for effect in scope.effects:
                if effect.kind is not EffectKind.BIND:
                    found.update(names.intersection(_through(effect)))
            for call in scope.calls:
                if isinstance(call.callee, Attr) and call.callee.name in mutators:
                    found.update(names.intersection(_chain(call.callee.base)))
    return frozenset(found)


def _through(effect: Effect) -> Iterator[str]:
    """Yield the names on the way to what an effect changes."""
    yield effect.name
    yield from _chain(effect.target)


def _chain(value: AnyValue) -> Iterator[str]:
    """Yield the names that an expression like ``a.b[0].c`` goes through."""
    while True:
        match value:
            case Attr(base=base, name=name):
                yield name
                value = base
            case Item(base=base) | Alias(base=base) | Truthy(base=base):
                value = base
            case Typed(value=inner):
                value = inner
            case Name(name=name):
                yield name
                return
            case _:
                return


def answers(reading: Reading, demands: Iterable[Demand]) -> Iterator[Meaning]:
    """Yield what each demand means."""
    for each in demands:
        yield from meanings_of(reading, each.module, each.scope, each.value)


def outside(found: Iterable[Meaning]) -> tuple[Found, ...]:
    """Return what stands in a library, in order, each once."""
    return tuple(
        dict.fromkeys(each for each in found if isinstance(each, Found) and each.module.depth)
    )
