"""Which type does an annotation name?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.reading import read
from pystatelint.facts.shapes import storable, union
from pystatelint.model.facts import NONE, UNKNOWN, AnyValue, Attr, Const, Generic, Name

DEPTH = 6
"""How deep subscripts in an annotation are followed."""


def annotation(draft: ScopeDraft, node: ast.expr, depth: int = 0) -> AnyValue:
    """Return the type that an annotation names; what is not a type stays unknown.

    Quoted annotations (PEP 484) are parsed. Calls that stand beside a type are recorded: they
    hand functions to a framework, as in ``Annotated[User, Depends(current_user)]`` (PEP 593).
    """
    if depth > DEPTH:
        return UNKNOWN
    match node:
        case ast.Name(id=name):
            held = draft.env.get(name)
            return held if held is not None else draft.module.names.setdefault(name, Name(name))
        case ast.Attribute(value=base, attr=name):
            return Attr(annotation(draft, base, depth + 1), name)
        case ast.Subscript(value=base, slice=arguments):
            return Generic(annotation(draft, base, depth + 1), _arguments(draft, arguments, depth))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return union([annotation(draft, left, depth + 1), annotation(draft, right, depth + 1)])
        case ast.Constant(value=None):
            return NONE
        case ast.Constant(value=str(text)):
            return _quoted(draft, node, text, depth)
        case _:
            return UNKNOWN


def _arguments(draft: ScopeDraft, node: ast.expr, depth: int) -> tuple[AnyValue, ...]:
    """Return the arguments between the brackets."""
    items = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(_argument(draft, item, depth + 1) for item in items[:8])


def _argument(draft: ScopeDraft, node: ast.expr, depth: int) -> AnyValue:
    """Return one argument: a type, or the result of a call."""
    return read(draft, node) if isinstance(node, ast.Call) else annotation(draft, node, depth)


def _quoted(draft: ScopeDraft, node: ast.expr, text: str, depth: int) -> AnyValue:
    """Return the type that a quoted annotation names; other text is a constant."""
    if text.isidentifier():
        return draft.module.names.setdefault(text, Name(text))
    if len(text) > 200:
        return UNKNOWN
    try:
        parsed = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Const("str", storable(text[:40]))
    for part in ast.walk(parsed.body):
        ast.copy_location(part, node)
    return annotation(draft, parsed.body, depth + 1)
