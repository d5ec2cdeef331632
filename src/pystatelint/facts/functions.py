"""What is a function's header, and when is its body read?"""

import ast
from collections.abc import Sequence

from pystatelint.facts.annotations import annotation
from pystatelint.facts.draft import CLASS, FUNCTION, LAMBDA, ScopeDraft
from pystatelint.facts.reading import read
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Binding,
    BindingKind,
    Decoration,
    Effect,
    EffectKind,
    Name,
    Param,
    Parameter,
    ParameterKind,
    ScopeFlag,
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
    "setter": ScopeFlag.PROPERTY,
    "deleter": ScopeFlag.PROPERTY,
    "getter": ScopeFlag.PROPERTY,
}
"""What a decorator's last name tells before any import is resolved."""

IMPLICIT = {
    "__class_getitem__": ScopeFlag.CLASS_METHOD,
    "__init_subclass__": ScopeFlag.CLASS_METHOD,
    "__new__": ScopeFlag.STATIC,
}
"""What a method is by its name, without a decorator."""


def function(draft: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Read a ``def``: its header now, its body after the enclosing scope."""
    name = node.name
    decorators = decorations(draft, node.decorator_list) if node.decorator_list else ()
    inner = ScopeDraft(draft.module, FUNCTION, name, draft, header(draft, node))
    if decorators or name in IMPLICIT or type(node) is ast.AsyncFunctionDef:
        inner.decorators = decorators
        inner.flags = flags(node, decorators)
    inner.parameters = parameters(draft, node.args)
    if node.returns is not None:
        inner.returns = annotation(draft, node.returns)
    defer(draft, inner, node)
    bind_definition(draft, name, inner, DEF)
    return False


def anonymous(draft: ScopeDraft, node: ast.Lambda) -> AnyValue:
    """Read a lambda: its defaults now, its body after the enclosing scope."""
    inner = ScopeDraft(draft.module, LAMBDA, "<lambda>", draft, draft.place(node))
    inner.parameters = parameters(draft, node.args)
    defer(draft, inner, node)
    return inner.itself


def defer(
    draft: ScopeDraft, inner: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
) -> None:
    """Put a body off until the scopes around it are known."""
    if inner.parameters:
        names = [parameter.name for parameter in inner.parameters]
        inner.env = dict(zip(names, numbered(len(names)), strict=False))
        inner.assigned = dict(zip(inner.env, zip(inner.env.values()), strict=True))
        if draft.kind is CLASS:
            inner.receiver = names[0]
    draft.module.pending.append((inner, node))


def numbered(count: int) -> Sequence[Param]:
    """Return at least `count` parameters; the same object for each number, within reason."""
    return PARAMS if count <= len(PARAMS) else [Param(number) for number in range(count)]


PARAMS = tuple(Param(number) for number in range(64))


def bind_definition(draft: ScopeDraft, name: str, inner: ScopeDraft, kind: BindingKind) -> None:
    """Bind the name of a ``def`` or ``class`` statement."""
    value = inner.itself
    if not draft.local:
        draft.bindings.append(Binding(name, kind, value, None, inner.span, draft.context))
        if draft.kind is CLASS and name not in draft.foreign:
            draft.env[name] = Attr(draft.itself, name)
    elif name in draft.foreign:
        place = inner.span
        draft.effects.append(Effect(BIND, Name(name), name, value, None, place, draft.context))
    else:
        draft.env[name] = value
        draft.hold(name, value)


BIND = EffectKind.BIND
DEF = BindingKind.DEF


def header(draft: ScopeDraft, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Span:
    """Return the span from ``def`` or ``class`` to the end of its name."""
    line, column = node.lineno, node.col_offset
    if draft.module.wide:
        column = draft.module.column(line, column)
    return Span(line, column, line, column + KEYWORDS[type(node)] + len(node.name))


KEYWORDS = {ast.FunctionDef: 4, ast.AsyncFunctionDef: 10, ast.ClassDef: 6}
"""Width of ``def``, ``async def`` and ``class`` with the space behind."""


def decorations(draft: ScopeDraft, nodes: list[ast.expr]) -> tuple[Decoration, ...]:
    """Read decorators, outermost first."""
    return tuple([Decoration(read(draft, node), draft.place(node)) for node in nodes])


def flags(node: ast.FunctionDef | ast.AsyncFunctionDef, decorators: tuple[Decoration, ...]) -> int:
    """Return the `ScopeFlag` bits that the header shows."""
    found = ScopeFlag.ASYNC if type(node) is ast.AsyncFunctionDef else 0
    if node.name in IMPLICIT:
        found |= IMPLICIT[node.name]
    for decorator in decorators:
        match decorator.value:
            case Name(name=name) | Attr(name=name):
                found |= FLAG_NAMES.get(name, 0)
            case _:
                pass
    return found


def parameters(draft: ScopeDraft, arguments: ast.arguments) -> tuple[Parameter, ...]:
    """Read parameters in the order in which `Param` numbers them."""
    found = []
    positional = arguments.args
    if arguments.posonlyargs:
        positional = arguments.posonlyargs + positional
    defaults = arguments.defaults
    required = len(positional) - len(defaults)
    for number, node in enumerate(positional):
        default = defaults[number - required] if number >= required else None
        found.append(_parameter(draft, node, POSITIONAL, default))
    if arguments.vararg is not None:
        found.append(_parameter(draft, arguments.vararg, ParameterKind.STAR, None))
    if arguments.kwonlyargs:
        for node, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            found.append(_parameter(draft, node, ParameterKind.KEYWORD, keyword_default))
    if arguments.kwarg is not None:
        found.append(_parameter(draft, arguments.kwarg, ParameterKind.DOUBLE_STAR, None))
    return tuple(found)


POSITIONAL = ParameterKind.POSITIONAL


def _parameter(
    draft: ScopeDraft, node: ast.arg, kind: ParameterKind, default: ast.expr | None
) -> Parameter:
    """Read one parameter with its annotation and default."""
    if default is None:
        place, value = draft.place(node), None
    else:
        place, value = draft.module.stretch(node, default), read(draft, default)
    noted = node.annotation
    declared = annotation(draft, noted) if noted is not None else None
    return Parameter(node.arg, kind, declared, value, place)
