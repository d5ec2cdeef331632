"""The linker's working memory: the modules, indexed, and what was found out so far.

A `World` lives for one link. Its memo tables are values of that run, owned by whoever
called `pystatelint.link.build.link`; nothing here outlives it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from pystatelint.link.knowledge import Knowledge
from pystatelint.link.objects import (
    CellKey,
    FunctionObject,
    MadeObject,
    Object,
    Objects,
    Sid,
    merged,
)
from pystatelint.model.facts import (
    AnyValue,
    Binding,
    BindingKind,
    Effect,
    Scope,
    ScopeFlag,
    ScopeKind,
    by_name,
)
from pystatelint.model.module import ModuleInput
from pystatelint.model.span import Span

Evaluator = Callable[["World", Sid, Any], Objects]
"""Evaluates one kind of value, read in a scope."""

Finder = Callable[..., Objects]
"""Answers a question about the world that is asked once."""


class InProgress(tuple[Object, ...]):
    """What a value evaluates to while it is being evaluated: nothing known."""

    __slots__ = ()


IN_PROGRESS: Objects = InProgress()
"""The one such value; unlike ``()``, which may be a result, it says that more is to come."""


class SelfBinding(msgspec.Struct, frozen=True):
    """``self.name = value`` in the method of scope `method`.

    `certain`: bound by other means, outside branches. `constructor`: every instance
    gets it while it is constructed.
    """

    name: str
    method: Sid
    value: AnyValue
    span: Span
    certain: bool = False
    constructor: bool = False


class World:
    """Everything the link phase knows, indexed for demand-driven evaluation."""

    __slots__ = (
        "assumed",
        "attribute_names",
        "attributes",
        "bases",
        "called",
        "changeable",
        "classes_by_scope",
        "constructors",
        "declare",
        "depth",
        "evaluators",
        "foreign_lines",
        "global_binds",
        "held",
        "index",
        "interests",
        "kinds",
        "knowledge",
        "library_orders",
        "lineage",
        "lines",
        "locks_of_callers",
        "lookups",
        "marks",
        "members",
        "members_of_instances",
        "memo",
        "methods",
        "modules",
        "names",
        "orders",
        "own_names",
        "rebound",
        "returned",
        "scopes",
        "self_bindings",
        "subclasses",
        "symbols",
        "tentative",
        "unfollowed",
    )

    def __init__(
        self,
        modules: tuple[ModuleInput, ...],
        knowledge: Knowledge,
        evaluators: Mapping[type, Evaluator],
        declare: Evaluator,
    ) -> None:
        self.modules = modules
        self.knowledge = knowledge
        self.evaluators = evaluators
        self.declare = declare
        self.index = {module.name: number for number, module in enumerate(modules)}
        self.scopes: dict[Sid, Scope] = {
            (number, position): scope
            for number, module in enumerate(modules)
            for position, scope in enumerate(module.facts.scopes)
        }
        self.names: dict[Sid, dict[str, tuple[Binding, ...]]] = {
            sid: by_name(scope.bindings) for sid, scope in self.scopes.items() if scope.bindings
        }
        self.global_binds: dict[CellKey, list[tuple[Sid, Effect]]] = {}
        self.rebound: set[str] = set()
        """The names of these cells: most names need no second look."""
        self.attribute_names: frozenset[str] = frozenset()
        """Every name that a module or class of the project, or an instance, may have."""
        self.self_bindings: dict[Sid, dict[str, tuple[SelfBinding, ...]]] = {}
        self.memo: dict[Sid, dict[AnyValue, Objects]] = {sid: {} for sid in self.scopes}
        self.held: dict[CellKey, Objects] = {}
        self.lookups: dict[tuple[int, str], Objects] = {}
        self.orders: dict[Sid, Objects] = {}
        self.lines: dict[Sid, tuple[Sid, ...]] = {}
        self.library_orders: dict[str, Objects] = {}
        self.lineage: dict[Sid, tuple[str, ...]] = {}
        self.foreign_lines: dict[Sid, tuple[str, ...]] = {}
        self.own_names: dict[Sid, tuple[str, ...]] = {}
        self.members: dict[tuple[Sid, str], Objects] = {}
        self.members_of_instances: dict[tuple[Sid, str], Objects] = {}
        self.attributes: dict[tuple[Sid, str], tuple[SelfBinding, ...]] = {}
        self.bases: dict[Sid, Objects] = {}
        self.kinds: dict[Sid, object] = {}
        self.changeable: dict[Sid, bool | None] = {}
        self.marks: dict[Sid, object] = {}
        self.returned: dict[Sid, Objects] = {}
        self.depth = 0
        """How many questions are open."""
        self.tentative: list[tuple[dict[Any, Objects], Any]] | None = None
        """What was found out since a value was seen to depend on itself."""
        self.unfollowed: set[Sid] = set()
        """Modules with a chain that is too long to follow to its end."""
        self.interests: dict[str, int] = {}
        self.assumed: set[Sid] = set()
        """Functions of which it is only assumed that they run at run time."""
        self.locks_of_callers: dict[Sid, frozenset[str]] = {}
        self.constructors: dict[Sid, tuple[Sid, ...]] = {}
        self.called: dict[Sid, tuple[Objects, ...]] = {}
        self.subclasses: dict[Sid, tuple[Sid, ...]] = {}
        self.classes_by_scope: dict[Sid, Sid] = {
            sid: (sid[0], scope.parent)
            for sid, scope in self.scopes.items()
            if scope.kind is ScopeKind.FUNCTION
            and self.scopes[(sid[0], scope.parent)].kind is ScopeKind.CLASS
        }
        """The class of each method."""
        self.methods: dict[Sid, list[Sid]] = {}
        """The methods of each class, in source order."""
        for method, owner in self.classes_by_scope.items():
            self.methods.setdefault(owner, []).append(method)
        self.symbols: dict[Sid, str] = {}

    def evaluate(self, sid: Sid, value: AnyValue) -> Objects:
        """Return the objects that `value`, read in scope `sid`, may stand for."""
        known = self.memo[sid]
        found = known.get(value)
        if found is None:
            known[value] = IN_PROGRESS
            self.depth += 1
            try:
                found = self.evaluators[value.__class__](self, sid, value)
            except RecursionError:
                # A chain of thousands of aliases or calls: nothing is known at its far end.
                self.unfollowed.add((sid[0], 0))
                found = ()
            self.depth -= 1
            known[value] = found
            if self.tentative is not None:
                self._settle(known, value)
        elif found is IN_PROGRESS:
            return self.recursive()
        return found

    def once(self, table: dict[Any, Objects], key: Any, find: Finder, *arguments: Any) -> Objects:
        """Return what a table holds for `key`; at first, what `find` finds."""
        found = table.get(key)
        if found is None:
            table[key] = IN_PROGRESS
            self.depth += 1
            try:
                found = find(self, *arguments)
            finally:
                self.depth -= 1
                table.pop(key, None)
            table[key] = found
            if self.tentative is not None:
                self._settle(table, key)
        elif found is IN_PROGRESS:
            return self.recursive()
        return found

    def recursive(self) -> Objects:
        """Return nothing: the value depends on itself.

        What is found out from here on, up to the outermost question, may lack what this one
        is going to give; so it is forgotten when that is answered, and asked for again.
        """
        if self.tentative is None:
            self.tentative = []
        return ()

    def _settle(self, table: dict[Any, Objects], key: Any) -> None:
        """Forget what was found out on the way to the answer of an outermost question."""
        if self.depth > 0:
            self.tentative.append((table, key))  # type: ignore[union-attr]  # asked by callers
            return
        for other, asked in self.tentative or ():
            other.pop(asked, None)
        self.tentative = None

    def callees(self, sid: Sid) -> tuple[Objects, ...]:
        """Return what each call of a scope may call, in order of the calls."""
        found = self.called.get(sid)
        if found is None:
            calls = self.scopes[sid].calls
            found = self.called[sid] = tuple([self.evaluate(sid, call.callee) for call in calls])
        return found

    def declared(self, sid: Sid, annotation: AnyValue) -> Objects:
        """Return instances of the type that an annotation, read in scope `sid`, names."""
        return self.declare(self, sid, annotation)

    def results(self, function: FunctionObject) -> Objects:
        """Return what a function may return, in terms of its own parameters."""
        found = self.returned.get(function.sid)
        if found is None or found is IN_PROGRESS:
            return self.once(self.returned, function.sid, _results, function.sid)
        return found

    def symbol(self, sid: Sid) -> str:
        """Return the qualified name of a scope; put together once."""
        found = self.symbols.get(sid)
        if found is None:
            module = self.modules[sid[0]].name
            qualname = self.scopes[sid].qualname
            found = self.symbols[sid] = f"{module}.{qualname}" if qualname else module
        return found

    def path(self, sid: Sid) -> str:
        """Return the path of a scope's file."""
        return self.modules[sid[0]].path

    def cell_symbol(self, cell: CellKey) -> str:
        """Return the qualified name of a cell."""
        return f"{self.symbol(cell.owner)}.{cell.name}"

    def bind_globally(self, cell: CellKey, sid: Sid, effect: Effect) -> None:
        """Note that an effect in scope `sid` binds a cell that another scope owns."""
        self.global_binds.setdefault(cell, []).append((sid, effect))
        self.rebound.add(cell.name)

    def bindings(self, cell: CellKey) -> tuple[Binding, ...]:
        """Return the bindings of a cell in the scope that owns it."""
        names = self.names.get(cell.owner)
        return () if names is None else names.get(cell.name, ())


def _results(world: World, sid: Sid) -> Objects:
    """Return what the ``return`` statements of a function give, or its generator."""
    scope = world.scopes[sid]
    if scope.flags & ScopeFlag.GENERATOR:
        return (MadeObject("generator", sid),)
    return merged([world.evaluate(sid, value) for value in scope.results] or [()])


VALUE_KINDS = frozenset(
    {
        BindingKind.VALUE,
        BindingKind.LOOP,
        BindingKind.WITH,
        BindingKind.EXCEPT,
        BindingKind.ANNOTATION,
        BindingKind.AUGMENTED,
    }
)
"""Bindings that make a name a cell, as opposed to definitions and imports."""
