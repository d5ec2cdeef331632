"""An AST becomes `ModuleFacts`: one pass, nested functions deferred.

The flow-sensitive environments follow the idea of Jarvis (Huang et al., "Scalable and
Precise Application-Centered Call Graph Construction for Python"): strong updates
within a function, summaries between functions.
"""

import ast
import builtins

from pystatelint.errors import SourceError
from pystatelint.facts import (
    bindings,
    calls,
    classes,
    expressions,
    functions,
    imports,
    shapes,
    statements,
)
from pystatelint.facts.course import courses
from pystatelint.facts.draft import Expression, ModuleDraft, ScopeDraft, Statement
from pystatelint.facts.flow import body
from pystatelint.facts.freeze import frozen
from pystatelint.facts.late import late_functions
from pystatelint.facts.reading import read
from pystatelint.model.facts import Attr, Name, ScopeKind
from pystatelint.model.module_facts import SCHEMA, ModuleFacts
from pystatelint.model.span import FILE_START

NEWER: dict[str, Expression] = {
    "Interpolation": shapes.formatted,
    "TemplateStr": shapes.text,
}
"""Template strings (PEP 750), which `ast` knows since Python 3.14."""

EXPRESSIONS: dict[type, Expression] = {
    ast.Attribute: calls.attribute,
    ast.Await: expressions.awaited,
    ast.BinOp: shapes.binary,
    ast.BoolOp: shapes.boolean,
    ast.Call: calls.call,
    ast.Compare: shapes.compared,
    ast.Constant: shapes.constant,
    ast.Dict: shapes.mapping,
    ast.DictComp: expressions.comprehension,
    ast.FormattedValue: shapes.formatted,
    ast.GeneratorExp: expressions.comprehension,
    ast.IfExp: shapes.conditional,
    ast.JoinedStr: shapes.text,
    ast.Lambda: functions.anonymous,
    ast.List: shapes.sequence,
    ast.ListComp: expressions.comprehension,
    ast.Name: read,
    ast.NamedExpr: bindings.walrus,
    ast.Set: shapes.sequence,
    ast.SetComp: expressions.comprehension,
    ast.Slice: expressions.slice_bounds,
    ast.Starred: expressions.starred,
    ast.Subscript: expressions.subscript,
    ast.Tuple: shapes.sequence,
    ast.UnaryOp: shapes.unary,
    ast.Yield: expressions.yielded,
    ast.YieldFrom: expressions.yielded_from,
    **{getattr(ast, name): reader for name, reader in NEWER.items() if hasattr(ast, name)},
}

STATEMENTS: dict[type, Statement] = {
    **dict.fromkeys(ast.stmt.__subclasses__(), statements.passed),
    ast.AnnAssign: bindings.annotated,
    ast.Assert: statements.asserted,
    ast.Assign: bindings.assign,
    ast.AsyncFor: statements.looped_for,
    ast.AsyncFunctionDef: functions.function,
    ast.AsyncWith: statements.entered,
    ast.AugAssign: bindings.augmented,
    ast.Break: statements.jumped,
    ast.ClassDef: classes.class_definition,
    ast.Continue: statements.jumped,
    ast.Delete: bindings.delete,
    ast.Expr: statements.expression,
    ast.For: statements.looped_for,
    ast.FunctionDef: functions.function,
    ast.Global: statements.declared,
    ast.If: statements.branched,
    ast.Import: imports.plain,
    ast.ImportFrom: imports.from_module,
    ast.Match: statements.matched,
    ast.Nonlocal: statements.declared,
    ast.Raise: statements.raised,
    ast.Return: statements.returned,
    ast.Try: statements.tried,
    ast.TryStar: statements.tried,
    ast.While: statements.looped_while,
    ast.With: statements.entered,
}

BUILTIN_NAMES = frozenset(dir(builtins))


def extract(tree: ast.Module, text: str) -> ModuleFacts:
    """Return the facts of one module.

    Args:
        tree: the parsed module.
        text: its source, needed to turn byte offsets into columns.

    Returns:
        Facts that hold no node of `tree` and refer to no other module.

    Raises:
        SourceError: the source nests deeper than the interpreter follows.
    """
    try:
        return _facts(tree, text)
    except RecursionError as error:
        raise SourceError("it nests too deeply to be analysed") from error


def _facts(tree: ast.Module, text: str) -> ModuleFacts:
    module = ModuleDraft(EXPRESSIONS, STATEMENTS, wide_lines(text))
    top = ScopeDraft(module, ScopeKind.MODULE, "", None, FILE_START)
    body(top, tree.body)
    for draft, node in module.pending:
        if isinstance(node, ast.Lambda):
            draft.results = (read(draft, node.body),)
        elif not body(draft, node.body) and draft.receiver:
            draft.exits += (draft.own_attributes(),)
    scopes = frozen(module.scopes, BUILTIN_NAMES)
    late = late_functions(module)
    facts = ModuleFacts(
        SCHEMA, scopes, tuple(module.imports), exported(module, top), late, courses(module)
    )
    # Each draft knows the module's draft; unless the circle is cut, the whole tree outlives
    # the extraction until the cycle collector runs, which is switched off during a run.
    module.scopes.clear()
    module.pending.clear()
    module.loops.clear()
    return facts


def wide_lines(text: str) -> dict[int, str]:
    """Return the lines that are not plain ASCII, by number (1-based)."""
    if text.isascii():
        return {}
    lines = enumerate(text.split("\n"), start=1)
    return {number: line for number, line in lines if not line.isascii()}


def exported(module: ModuleDraft, top: ScopeDraft) -> tuple[str, ...] | None:
    """Return the names in ``__all__``, None if there is none or its names are not spelt out."""
    if module.exports is None or module.open_exports:
        return None
    if any(isinstance(call.callee, Attr) and call.callee.base == DUNDER_ALL for call in top.calls):
        return None
    return tuple(module.exports)


DUNDER_ALL = Name("__all__")
