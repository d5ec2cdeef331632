"""What is being filled while one module is read.

Drafts live for one extraction only. A `ScopeDraft` is the flow-sensitive view of one
scope: `env` maps each local name to the value it holds at the statement being read.
"""

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pystatelint.model.facts import (
    AnyValue,
    Await,
    Binding,
    Call,
    Const,
    Context,
    ContextFlag,
    Decoration,
    Def,
    Effect,
    Guard,
    Name,
    Parameter,
    ScopeKind,
)
from pystatelint.model.span import Span

if TYPE_CHECKING:
    from pystatelint.model.module_facts import Import

Expression = Callable[["ScopeDraft", Any], AnyValue]
"""Reads one kind of expression: the second argument is its AST node."""

Statement = Callable[["ScopeDraft", Any], bool]
"""Reads one kind of statement; True if control never passes beyond it."""


# Looked up once: each look into an enumeration is a call in Python 3.11.
MODULE = ScopeKind.MODULE
CLASS = ScopeKind.CLASS
FUNCTION = ScopeKind.FUNCTION
LAMBDA = ScopeKind.LAMBDA

NO_NAMES: frozenset[str] = frozenset()

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""What most scopes have of the rarer things, one object for all."""

HELD_LIMIT = 8
"""Most values of one local name that are kept."""

ROOT = Context((), 0)
"""Where every scope begins."""

ALONE = (ROOT,)
"""The contexts of a scope without branches."""

UNGUARDED = tuple(Context((), flags) for flags in range(2 * ContextFlag.MISSED))
"""The contexts that hold no guard, by their flags: one object for all scopes."""


LoopNode = (
    ast.For
    | ast.AsyncFor
    | ast.While
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
)


class Loop(NamedTuple):
    """A loop of scope `draft` that makes the scopes with index `first` up to before `last`."""

    draft: "ScopeDraft"
    node: LoopNode
    first: int
    last: int


class ModuleDraft:
    """What the scopes of one module share while they are read."""

    __slots__ = (
        "constants",
        "exports",
        "expressions",
        "imports",
        "loops",
        "names",
        "open_exports",
        "pending",
        "scopes",
        "statements",
        "tests",
        "wide",
    )

    def __init__(
        self,
        expressions: Mapping[type, Expression],
        statements: Mapping[type, Statement],
        wide: Mapping[int, str],
    ) -> None:
        self.expressions = expressions
        self.statements = statements
        self.wide = wide
        """Lines that are not plain ASCII, by number (1-based), to turn bytes into columns."""
        self.scopes: list[ScopeDraft] = []
        self.pending: list[
            tuple[ScopeDraft, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda]
        ] = []
        self.imports: list[Import] = []
        self.loops: list[Loop] = []
        self.exports: list[str] | None = None
        self.open_exports = False
        """``__all__`` holds more than is spelt out."""
        self.names: dict[str, Name] = {}
        """Equal values are one object, for memory's sake and for that of who compares them."""
        self.constants: dict[str | int, Const] = {}
        self.tests: dict[int, dict[ast.Compare, tuple[str, AnyValue]]] = {}
        """Per scope the tests for membership, with a name for each and what it compares."""

    def column(self, line: int, offset: int) -> int:
        """Turn a UTF-8 byte offset into a 0-based column in code points."""
        text = self.wide.get(line)
        if text is None:
            return offset
        return len(text.encode("utf-8", "replace")[:offset].decode("utf-8", "replace"))

    def stretch(self, first: Any, last: Any) -> Span:
        """Return the span from the start of one AST node to the end of another."""
        line, column = first.lineno, first.col_offset
        end, end_column = last.end_lineno, last.end_col_offset
        if line in self.wide:
            column = self.column(line, column)
        if end in self.wide:
            end_column = self.column(end, end_column)
        return Span(line, column, end, end_column)


class ScopeDraft:
    """One scope while it is read."""

    __slots__ = (
        "annotated",
        "assigned",
        "awaits",
        "bases",
        "bindings",
        "calls",
        "comprehended",
        "context",
        "contexts",
        "decorators",
        "effects",
        "env",
        "exits",
        "expressions",
        "fielded",
        "first",
        "flags",
        "foreign",
        "guards",
        "hidden",
        "index",
        "itself",
        "keywords",
        "kind",
        "local",
        "looks",
        "module",
        "name",
        "parameters",
        "parent",
        "qualname",
        "reads",
        "receiver",
        "results",
        "returns",
        "seen",
        "slots",
        "span",
        "yields",
    )

    def __init__(
        self,
        module: ModuleDraft,
        kind: ScopeKind,
        name: str,
        parent: "ScopeDraft | None",
        span: Span,
    ) -> None:
        self.module = module
        self.expressions = module.expressions
        self.index = len(module.scopes)
        module.scopes.append(self)
        self.itself = Def(self.index)
        self.kind = kind
        self.local = kind is not MODULE and kind is not CLASS
        """Whether the names bound here flow, for nobody else can bind them meanwhile."""
        self.name = name
        self.parent = parent
        self.qualname = qualified(name, parent)
        self.hidden: frozenset[str] = NO_NAMES if parent is None else parent.hiding()
        """Comprehension targets around this scope: they hide outer names."""
        self.span = span
        self.flags = 0
        self.env: dict[str, AnyValue] = {}
        """Local names, and ``name.x`` (as written) where this scope has bound it."""
        self.fielded: frozenset[str] = NO_NAMES
        """Local names that had such attributes at some time."""
        self.receiver = ""
        """Name of a method's first parameter."""
        self.exits: tuple[frozenset[str], ...] = ()
        """Attributes of the receiver that are bound at each ``return``."""
        self.assigned: dict[str, tuple[AnyValue, ...]] = {}
        """Local names with the values that they hold at some time."""
        self.first: dict[str, ast.Name] = {}
        """Where a local name is bound first, by an assignment."""
        self.annotated: Mapping[str, AnyValue] = NOTHING
        self.foreign: Mapping[str, str] = NOTHING
        """Names declared ``global`` or ``nonlocal``, with the keyword."""
        self.comprehended: tuple[str, ...] = ()
        self.parameters: tuple[Parameter, ...] = ()
        self.returns: AnyValue | None = None
        self.decorators: tuple[Decoration, ...] = ()
        self.bases: tuple[AnyValue, ...] = ()
        self.keywords: tuple[tuple[str, AnyValue], ...] = ()
        self.slots: tuple[str, ...] = ()
        self.bindings: list[Binding] = []
        self.effects: list[Effect] = []
        self.calls: list[Call] = []
        self.reads: list[ast.Name] = []
        # Attributes of names that a decorated function reads.
        self.looks: list[AnyValue] = []
        self.results: tuple[AnyValue, ...] = ()
        self.yields: tuple[AnyValue, ...] = ()
        self.awaits: tuple[Await, ...] = ()
        self.guards: tuple[Guard, ...] = ()
        self.contexts: tuple[Context, ...] = ALONE
        self.context = 0
        self.seen: dict[Context, int] | None = None
        """Where each context stands, once there is more than the first."""

    def hiding(self) -> frozenset[str]:
        """Return the comprehension targets around a scope that begins here."""
        return self.hidden.union(self.comprehended) if self.comprehended else self.hidden

    def place(self, node: ast.AST) -> Span:
        """Return the span of an AST node that has a place."""
        if self.module.wide:
            return self.module.stretch(node, node)
        # One look into the node's own dictionary is cheaper than four searches from its class on.
        at = node.__dict__
        return Span(at["lineno"], at["col_offset"], at["end_lineno"], at["end_col_offset"])

    def hold(self, name: str, value: AnyValue, target: ast.Name | None = None) -> None:
        """Note that a local name holds `value` at some time, as from `target` on."""
        if name not in self.assigned:
            self.assigned[name] = (value,)
            if target is not None:
                self.first[name] = target
            return
        held = self.assigned[name]
        if len(held) < HELD_LIMIT:
            self.assigned[name] = (*held, value)

    def enter(self, context: Context) -> int:
        """Make `context` current; return the index of the one before, for `leave`."""
        before = self.context
        if self.seen is None:
            self.seen = {}
        index = self.seen.get(context)
        if index is None:
            index = self.seen[context] = len(self.contexts)
            self.contexts = (*self.contexts, context)
        self.context = index
        return before

    def flagged(self, flag: int) -> int:
        """Enter the current context with `flag` added."""
        before = self.context
        now = self.contexts[before]
        flags = now.flags | flag
        if flags != now.flags:
            self.enter(Context(now.guards, flags) if now.guards else UNGUARDED[flags])
        return before

    def own_attributes(self) -> frozenset[str]:
        """Return the attributes of the receiver that are bound on every path to here."""
        if self.receiver not in self.fielded:
            return NO_NAMES
        start = f"{self.receiver}."
        return frozenset([name[len(start) :] for name in self.env if name.startswith(start)])


def qualified(name: str, parent: ScopeDraft | None) -> str:
    """Return the qualified name, as `__qualname__` would have it."""
    if parent is None or parent.kind is MODULE:
        return name if parent is not None else ""
    if parent.kind is CLASS:
        return f"{parent.qualname}.{name}"
    return f"{parent.qualname}.<locals>.{name}"
