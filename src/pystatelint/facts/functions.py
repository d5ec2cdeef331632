"""What is a function's header, and when is its body read?"""

import ast

from pystatelint.facts.annotations import annotation
from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Binding,
    BindingKind,
    Decoration,
    Def,
    Name,
    Param,
    Parameter,
    ParameterKind,
    ScopeFlag,
    ScopeKind,
)
from pystatelint.model.span import Span

FLAG_NAMES = {
    "staticmethod": ScopeFlag.STATIC,
    "classmethod": ScopeFlag.CLASS_METHOD,
    "abstractclassmethod": ScopeFlag.CLASS_METHOD,
    "property": ScopeFlag.PROPERTY,
    "cached_property": ScopeFlag.PROPERTY,
    "abstractproperty": ScopeFlag.PROPERTY,
    "overload": ScopeFlag.OVERLOAD,
}
"""What a decorator's last name tells before any import is resolved."""

IMPLICIT_CLASS_METHODS = frozenset({"__init_subclass__", "__class_getitem__"})


def function(draft: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Read a ``def``: its header now, its body after the enclosing scope."""
    decorators = decorations(draft, node.decorator_list)
    inner = ScopeDraft(draft.module, ScopeKind.FUNCTION, node.name, draft, header(draft, node))
    inner.decorators = decorators
    inner.flags = flags(node, decorators)
    inner.parameters = parameters(draft, node.args)
    inner.returns = annotation(draft, node.returns) if node.returns is not None else None
    defer(draft, inner, node)
    bind_definition(draft, node.name, inner, BindingKind.DEF)
    return False


def anonymous(draft: ScopeDraft, node: ast.Lambda) -> AnyValue:
    """Read a lambda: its defaults now, its body after the enclosing scope."""
    inner = ScopeDraft(draft.module, ScopeKind.LAMBDA, "<lambda>", draft, draft.place(node))
    inner.parameters = parameters(draft, node.args)
    defer(draft, inner, node)
    return Def(inner.index)


def defer(
    draft: ScopeDraft, inner: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
) -> None:
    """Put a body off until the scopes around it are known."""
    inner.hidden = draft.hidden.union(draft.comprehended)
    inner.env = {parameter.name: Param(i) for i, parameter in enumerate(inner.parameters)}
    inner.assigned = {name: [value] for name, value in inner.env.items()}
    if draft.kind is ScopeKind.CLASS and inner.parameters:
        inner.receiver = inner.parameters[0].name
    draft.module.pending.append((inner, node))


def bind_definition(draft: ScopeDraft, name: str, inner: ScopeDraft, kind: BindingKind) -> None:
    """Bind the name of a ``def`` or ``class`` statement."""
    value = Def(inner.index)
    draft.bindings.append(Binding(name, kind, value, None, inner.span, draft.context))
    if draft.foreign.get(name):
        return
    draft.assigned.setdefault(name, []).append(value)
    if draft.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
        draft.env[name] = value
    elif draft.kind is ScopeKind.CLASS:
        draft.env[name] = Attr(Def(draft.index), name)


def header(draft: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
    """Return the span from ``def`` or ``class`` to the end of its name."""
    keyword = {"FunctionDef": 4, "AsyncFunctionDef": 10, "ClassDef": 6}[node.__class__.__name__]
    column = draft.module.column(node.lineno, node.col_offset)
    return Span(node.lineno, column, node.lineno, column + keyword + len(node.name))


def decorations(draft: ScopeDraft, nodes: list[ast.expr]) -> tuple[Decoration, ...]:
    """Read decorators, outermost first."""
    return tuple(Decoration(draft.value(node), draft.place(node)) for node in nodes)


def flags(node: ast.FunctionDef | ast.AsyncFunctionDef, decorators: tuple[Decoration, ...]) -> int:
    """Return the `ScopeFlag` bits that the header shows."""
    found = ScopeFlag.ASYNC if isinstance(node, ast.AsyncFunctionDef) else 0
    if node.name == "__new__":
        found |= ScopeFlag.STATIC
    if node.name in IMPLICIT_CLASS_METHODS:
        found |= ScopeFlag.CLASS_METHOD
    for decorator in decorators:
        match decorator.value:
            case Name(name=name) | Attr(name=name):
                if name in {"setter", "deleter", "getter"}:
                    found |= ScopeFlag.PROPERTY
                found |= FLAG_NAMES.get(name, 0)
            case _:
                pass
    return found


def parameters(draft: ScopeDraft, arguments: ast.arguments) -> tuple[Parameter, ...]:
    """Read parameters in the order in which `Param` numbers them."""
    positional = arguments.posonlyargs + arguments.args
    missing = len(positional) - len(arguments.defaults)
    defaults = [None] * missing + list(arguments.defaults)
    found = [
        _parameter(draft, node, ParameterKind.POSITIONAL, default)
        for node, default in zip(positional, defaults, strict=True)
    ]
    if arguments.vararg is not None:
        found.append(_parameter(draft, arguments.vararg, ParameterKind.STAR, None))
    for node, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append(_parameter(draft, node, ParameterKind.KEYWORD, keyword_default))
    if arguments.kwarg is not None:
        found.append(_parameter(draft, arguments.kwarg, ParameterKind.DOUBLE_STAR, None))
    return tuple(found)


def _parameter(
    draft: ScopeDraft, node: ast.arg, kind: ParameterKind, default: ast.expr | None
) -> Parameter:
    """Read one parameter with its annotation and default."""
    span = draft.place(node)
    value = None
    if default is not None:
        value = draft.value(default)
        end = draft.place(default)
        span = Span(span.line, span.column, end.end_line, end.end_column)
    declared = annotation(draft, node.annotation) if node.annotation is not None else None
    return Parameter(node.arg, kind, declared, value, span)
