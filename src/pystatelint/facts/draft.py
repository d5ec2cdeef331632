"""What is being filled while one module is read.

Drafts live for one extraction only. A `ScopeDraft` is the flow-sensitive view of one
scope: `env` maps each local name to the value it holds at the statement being read.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pystatelint.model.facts import (
    AnyValue,
    Await,
    Binding,
    Call,
    Context,
    Decoration,
    Effect,
    Guard,
    Import,
    Name,
    Parameter,
    ScopeKind,
)
from pystatelint.model.span import Span

Expression = Callable[["ScopeDraft", Any], AnyValue]
"""Reads one kind of expression: the second argument is its AST node."""

Statement = Callable[["ScopeDraft", Any], bool]
"""Reads one kind of statement; True if control never passes beyond it."""


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
        "exports",
        "expressions",
        "imports",
        "lines",
        "loops",
        "names",
        "open_exports",
        "pending",
        "scopes",
        "statements",
    )

    def __init__(
        self,
        expressions: Mapping[type, Expression],
        statements: Mapping[type, Statement],
        lines: tuple[bytes, ...] | None,
    ) -> None:
        self.expressions = expressions
        self.statements = statements
        self.lines = lines
        """UTF-8 lines of a file that is not plain ASCII, to turn bytes into columns."""
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

    def column(self, line: int, offset: int) -> int:
        """Turn a UTF-8 byte offset into a 0-based column in code points."""
        if self.lines is None or line > len(self.lines):
            return offset
        return len(self.lines[line - 1][:offset].decode("utf-8", "replace"))


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
        "flags",
        "foreign",
        "guards",
        "hidden",
        "index",
        "keywords",
        "kind",
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
        self.kind = kind
        self.name = name
        self.parent = parent
        self.qualname = qualified(name, parent)
        self.span = span
        self.flags = 0
        self.env: dict[str, AnyValue] = {}
        """Local names, and ``name.x`` (as written) where this scope has bound it."""
        self.fielded: set[str] = set()
        """Local names with such attributes."""
        self.receiver = ""
        """Name of a method's first parameter."""
        self.exits: list[frozenset[str]] = []
        """Attributes of the receiver that are bound at each ``return``."""
        self.assigned: dict[str, list[AnyValue]] = {}
        self.annotated: dict[str, AnyValue] = {}
        self.foreign: dict[str, str] = {}
        """Names declared ``global`` or ``nonlocal``, with the keyword."""
        self.comprehended: list[str] = []
        self.hidden: frozenset[str] = frozenset()
        """Comprehension targets around this scope: they hide outer names."""
        self.parameters: tuple[Parameter, ...] = ()
        self.returns: AnyValue | None = None
        self.decorators: tuple[Decoration, ...] = ()
        self.bases: tuple[AnyValue, ...] = ()
        self.keywords: tuple[tuple[str, AnyValue], ...] = ()
        self.slots: tuple[str, ...] = ()
        self.bindings: list[Binding] = []
        self.effects: list[Effect] = []
        self.calls: list[Call] = []
        self.results: list[AnyValue] = []
        self.yields: list[AnyValue] = []
        self.reads: list[tuple[str, int, int]] = []
        """Name, line and byte offset of each free name read."""
        self.awaits: list[Await] = []
        self.guards: list[Guard] = []
        self.contexts: list[Context] = [Context((), 0)]
        self.seen: dict[Context, int] = {self.contexts[0]: 0}
        self.context = 0

    def value(self, node: ast.AST) -> AnyValue:
        """Read an expression: record what it does, return where its object comes from."""
        return self.expressions[node.__class__](self, node)

    def place(self, node: Any) -> Span:
        """Return the span of an AST node that has a place."""
        module = self.module
        if module.lines is None:
            return Span(node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        line, end = node.lineno, node.end_lineno
        first = module.column(line, node.col_offset)
        return Span(line, first, end, module.column(end, node.end_col_offset))

    def enter(self, context: Context) -> int:
        """Make `context` current; return the index of the one before, for `leave`."""
        before = self.context
        index = self.seen.get(context)
        if index is None:
            index = self.seen[context] = len(self.contexts)
            self.contexts.append(context)
        self.context = index
        return before

    def own_attributes(self) -> frozenset[str]:
        """Return the attributes of the receiver that are bound on every path to here."""
        if not self.receiver:
            return frozenset()
        start = f"{self.receiver}."
        return frozenset(name[len(start) :] for name in self.env if name.startswith(start))

    def flagged(self, flag: int) -> int:
        """Enter the current context with `flag` added."""
        now = self.contexts[self.context]
        return self.enter(Context(now.guards, now.flags | flag))


def qualified(name: str, parent: ScopeDraft | None) -> str:
    """Return the qualified name, as `__qualname__` would have it."""
    if parent is None or parent.kind is ScopeKind.MODULE:
        return name if parent is not None else ""
    if parent.kind is ScopeKind.CLASS:
        return f"{parent.qualname}.{name}"
    return f"{parent.qualname}.<locals>.{name}"
