"""How does a symbolic value read in a message?"""

from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Const,
    Def,
    Entered,
    Fresh,
    Generic,
    Item,
    Member,
    Module,
    Name,
    Param,
    Result,
    Scope,
    Slice,
    Truthy,
    Typed,
)

DEPTH = 6
"""How many attributes and calls a description shows."""


def describe(scope: Scope, value: AnyValue, depth: int = 0) -> str:
    """Return a value as short source text, as the scope would write it."""
    if depth > DEPTH:
        return "..."
    if type(value) is Attr:
        return f"{describe(scope, value.base, depth + 1)}.{value.name}"
    if type(value) is Param:
        named = value.index < len(scope.parameters)
        return scope.parameters[value.index].name if named else "..."
    if type(value) is Name or type(value) is Alias:
        return value.name
    if type(value) is Result:
        return f"{describe(scope, scope.calls[value.call].callee, depth + 1)}()"
    return _rarer(scope, value, depth)


def _rarer(scope: Scope, value: AnyValue, depth: int) -> str:
    """Return a value of a less common kind as short source text."""
    match value:
        case Item(base=base):
            return f"{describe(scope, base, depth + 1)}[...]"
        case Slice(base=base):
            return f"{describe(scope, base, depth + 1)}[:]"
        case Truthy(base=base) | Entered(base=base) | Generic(base=base) | Typed(value=base):
            return describe(scope, base, depth)
        case Member(name=name) | Module(name=name):
            return name
        case _:
            return _literal(value)


def _literal(value: AnyValue) -> str:
    """Return a value that an expression makes, as far as that is short."""
    match value:
        case Const(kind="str", text=text):
            return repr(text)
        case Const(text=text):
            return text
        case Fresh(shape="dict"):
            return "{...}"
        case Fresh(shape="list"):
            return "[...]"
        case Def():
            return "lambda"
        case _:
            return "..."
