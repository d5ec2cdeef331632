"""The linker's working memory: the modules, indexed, and what was found out so far.

A `World` lives for one link. Its memo tables are values of that run, owned by whoever
called `pystatelint.link.build.link`; nothing here outlives it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pystatelint.link.found_out import IN_PROGRESS, FoundOut, SelfBinding
from pystatelint.link.knowledge import Knowledge
from pystatelint.link.objects import (
    CellKey,
    FunctionObject,
    MadeObject,
    Objects,
    Sid,
    merged,
)
from pystatelint.model.facts import (
    AnyValue,
    Binding,
    BindingKind,
    Const,
    Effect,
    Scope,
    ScopeFlag,
    ScopeKind,
    by_name,
)
from pystatelint.model.module import ModuleInput

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
CLASS = ScopeKind.CLASS
FUNCTION = ScopeKind.FUNCTION

Evaluator = Callable[["World", Sid, Any], Objects]
"""Evaluates one kind of value, read in a scope."""

Place = tuple[Sid, int]
"""A call: its scope, and its number there."""

Finder = Callable[..., Objects]
"""Answers a question about the world that is asked once."""


class World(FoundOut):
    """Everything the link phase knows, indexed for demand-driven evaluation."""

    def __init__(
        self,
        modules: tuple[ModuleInput, ...],
        knowledge: Knowledge,
        evaluators: Mapping[type, Evaluator],
        declare: Evaluator,
    ) -> None:
        super().__init__()
        self.modules = modules
        self.knowledge = knowledge
        self.evaluators = evaluators
        self.declare = declare
        self.index = {module.name: number for number, module in enumerate(modules)}
        self.scopes: dict[Sid, Scope] = {}
        self.names: dict[Sid, dict[str, tuple[Binding, ...]]] = {}
        self.classes: list[Sid] = []
        self.acting: list[Sid] = []
        """The scopes with an effect."""
        self.defaulting: list[Sid] = []
        """The functions with a default that may be an object that changes."""
        self.classes_by_scope: dict[Sid, Sid] = {}
        """The class of each method."""
        self.methods: dict[Sid, list[Sid]] = {}
        """The methods of each class, in source order."""
        for number, module in enumerate(modules):
            self._enter(number, module.facts.scopes)
        self.global_binds: dict[CellKey, list[tuple[Sid, Effect]]] = {}
        self.rebound: set[str] = set()
        """The names of these cells: most names need no second look."""
        self.attribute_names: frozenset[str] = frozenset()
        """Every name that a module or class of the project, or an instance, may have."""
        self.with_prototypes: frozenset[Sid] = frozenset()
        """Classes of whose class attributes each instance gets a copy."""
        self.self_bindings: dict[Sid, dict[str, tuple[SelfBinding, ...]]] = {}
        self.subclasses: dict[Sid, tuple[Sid, ...]] = {}
        self.method_calls: dict[str, list[Place]] = {}
        """The calls of an attribute of each name, in order."""
        self.mutator_calls: list[Place] = []
        """Those of a name that a mutator of some container has, in order."""

    def _enter(self, module: int, scopes: tuple[Scope, ...]) -> None:
        """Note the scopes of a module, by what they are and have: each is looked at once."""
        sids = [(module, position) for position in range(len(scopes))]
        for sid, scope in zip(sids, scopes, strict=True):
            self.scopes[sid] = scope
            self.memo[sid] = {}
            if scope.bindings:
                self.names[sid] = by_name(scope.bindings)
            if scope.effects:
                self.acting.append(sid)
            if scope.kind is CLASS:
                self.classes.append(sid)
            elif scope.kind is FUNCTION and scopes[scope.parent].kind is CLASS:
                owner = self.classes_by_scope[sid] = sids[scope.parent]
                self.methods.setdefault(owner, []).append(sid)
            for parameter in scope.parameters:
                if parameter.default is not None and type(parameter.default) is not Const:
                    self.defaulting.append(sid)
                    break

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
            except BaseException:
                table.pop(key, None)
                raise
            finally:
                self.depth -= 1
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

    def scopes_calling(self, names: Iterable[str]) -> list[Sid]:
        """Return the scopes that call an attribute of one of some names, in order."""
        return list(dict.fromkeys(sid for sid, _ in self.calls_named(names)))

    def calls_named(self, names: Iterable[str]) -> list[Place]:
        """Return the calls of an attribute of one of some names, in order."""
        return sorted([place for name in names for place in self.method_calls.get(name, ())])

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
