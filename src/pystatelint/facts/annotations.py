"""Which type does an annotation name?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.reading import named, read
from pystatelint.facts.shapes import either, storable
from pystatelint.model.facts import NONE, UNKNOWN, AnyValue, Attr, Const, Generic

DEPTH = 6
"""How deep subscripts in an annotation are followed."""


def annotation(draft: ScopeDraft, node: ast.expr, depth: int = 0) -> AnyValue:
    """Return the type that an annotation names; what is not a type stays unknown.

    Quoted annotations (PEP 484) are parsed. Calls that stand beside a type are recorded: they
    hand functions to a framework, as in ``Annotated[User, Depends(current_user)]`` (PEP 593).
    """
    if depth > DEPTH:
        return UNKNOWN
    if type(node) is ast.Name:
        held = draft.env.get(node.id)
        return named(draft, node.id) if held is None else held
    if type(node) is ast.Subscript:
        base = annotation(draft, node.value, depth + 1)
        return Generic(base, _arguments(draft, node.slice, depth + 1))
    if type(node) is ast.Attribute:
        return Attr(annotation(draft, node.value, depth + 1), node.attr)
    if type(node) is ast.Constant:
        return _quoted(draft, node, depth)
    if type(node) is ast.BinOp and type(node.op) is ast.BitOr:
        left = annotation(draft, node.left, depth + 1)
        return either(left, annotation(draft, node.right, depth + 1))
    return UNKNOWN


def _arguments(draft: ScopeDraft, node: ast.expr, depth: int) -> tuple[AnyValue, ...]:
    """Return the arguments between the brackets."""
    items = node.elts if type(node) is ast.Tuple else [node]
    return tuple([_argument(draft, item, depth) for item in items[:8]])


def _argument(draft: ScopeDraft, node: ast.expr, depth: int) -> AnyValue:
    """Return one argument: a type, or the result of a call."""
    return read(draft, node) if type(node) is ast.Call else annotation(draft, node, depth)


def _quoted(draft: ScopeDraft, node: ast.Constant, depth: int) -> AnyValue:
    """Return the type that a quoted annotation names; other text is a constant."""
    text = node.value
    if text is None:
        return NONE
    if not isinstance(text, str):
        return UNKNOWN
    if text.isidentifier():
        return named(draft, text)
    if len(text) > 200:
        return UNKNOWN
    try:
        parsed = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Const("str", storable(text[:40]))
    if "(" in text:
        for part in ast.walk(parsed.body):
            ast.copy_location(part, node)  # a call is recorded with its place
    return annotation(draft, parsed.body, depth + 1)
