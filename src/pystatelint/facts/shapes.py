"""What kind of object does a display, literal or operator make?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import (
    NONE,
    UNKNOWN,
    AnyValue,
    Attr,
    Call,
    Const,
    Fresh,
    Item,
    Result,
    Truthy,
    Union,
)

TEXT_LIMIT = 120
"""Longest string constant kept, in code points."""

TEXTS_LIMIT = 16
"""Longest display whose strings are kept."""

UNION_LIMIT = 5
"""Most options a union keeps before it becomes unknown."""

PARTS_LIMIT = 16
"""Most parts that a sum of containers keeps."""

TRUE = Const("bool", "True")
FALSE = Const("bool", "False")
BYTES = Const("bytes", "")
ELLIPSIS = Const("ellipsis", "...")
NUMBER = Const("number", "0")
STRING = Fresh("string", leaves=True)
BOOLEAN = Const("bool", "")
OPERATION = Fresh("operation")


def constant(_draft: ScopeDraft, node: ast.Constant) -> AnyValue:
    """Return the constant of a literal."""
    value = node.value
    kind = value.__class__
    if isinstance(value, str):
        return Const("str", storable(value[:TEXT_LIMIT]))
    if value is None:
        return NONE
    if kind is bool:
        return TRUE if value else FALSE
    if kind is bytes:
        return BYTES
    if value is ...:
        return ELLIPSIS
    huge = isinstance(value, int) and value.bit_length() > HUGE
    return Const("number", "0" if huge else str(value))


def storable(text: str) -> str:
    """Return text as UTF-8 can carry it: a lone surrogate becomes its escape sequence."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


HUGE = 64
"""Longest integer whose digits are kept, in bits."""


def sequence(draft: ScopeDraft, node: ast.List | ast.Set | ast.Tuple) -> AnyValue:
    """Return the fresh object of a list, set or tuple display."""
    values = [draft.value(item) for item in node.elts]
    shape = SHAPES[node.__class__]
    return display(shape, values)


SHAPES = {ast.List: "list", ast.Set: "set", ast.Tuple: "tuple"}


def mapping(draft: ScopeDraft, node: ast.Dict) -> AnyValue:
    """Return the fresh object of a dict display; ``**other`` puts in what `other` holds."""
    for key in node.keys:
        if key is not None:
            draft.value(key)
    values = [draft.value(value) for value in node.values]
    if None in node.keys:
        pairs = zip(node.keys, values, strict=True)
        values = [value if key is not None else Item(value) for key, value in pairs]
    return display("dict", values)


def display(shape: str, values: list[AnyValue]) -> Fresh:
    """Return a fresh container that holds `values`."""
    parts = tuple(value for value in values if not is_immutable(value))
    texts: tuple[str, ...] = ()
    if shape != "dict" and 0 < len(values) <= TEXTS_LIMIT:
        texts = tuple(
            value.text for value in values if isinstance(value, Const) and value.kind == "str"
        )
    return Fresh(shape, parts, empty=not values, leaves=not parts, texts=texts)


def is_immutable(value: AnyValue) -> bool:
    """Whether the value can never change, nor anything in it."""
    match value:
        case Const():
            return True
        case Fresh(shape="string"):
            return True
        case Fresh(shape="tuple", leaves=leaves):
            return leaves
        case _:
            return False


def text(draft: ScopeDraft, node: ast.JoinedStr) -> AnyValue:
    """Return a string made by an f-string, after reading what it formats."""
    for part in node.values:
        draft.value(part)
    return STRING


def formatted(draft: ScopeDraft, node: ast.FormattedValue) -> AnyValue:
    """Return a string, after reading the value that it formats."""
    draft.value(node.value)
    if node.format_spec is not None:
        draft.value(node.format_spec)
    return STRING


def binary(draft: ScopeDraft, node: ast.BinOp) -> AnyValue:
    """Return the fresh object of an operator: ``a + b`` changes neither.

    A long chain (``a + b + c + ...``) leans to the left; it is walked in a loop.
    """
    rights: list[ast.BinOp] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp):
        rights.append(left)
        left = left.left
    value = draft.value(left)
    for operation in reversed(rights):
        right = draft.value(operation.right)
        if operation.op.__class__ is ast.Mult and may_repeat_objects(value, right):
            value = repeated(draft, value, right, operation)
        else:
            value = combined(value, right, operation.op)
    return value


def may_repeat_objects(left: AnyValue, right: AnyValue) -> bool:
    """Whether a product holds one object several times, and that object may change."""
    for sequence, number in ((left, right), (right, left)):
        if isinstance(sequence, Fresh) and sequence.shape in {"list", "tuple"} and sequence.parts:
            once = isinstance(number, Const) and number.text in {"0", "1"}
            return not once and any(_is_made_here(part) for part in sequence.parts)
    return False


def _is_made_here(part: AnyValue) -> bool:
    """Whether an element is made by a display, comprehension or call, and may change."""
    if isinstance(part, Fresh):
        return part.shape in {"list", "dict", "set"}
    return isinstance(part, Result)


def repeated(draft: ScopeDraft, left: AnyValue, right: AnyValue, node: ast.BinOp) -> AnyValue:
    """Record ``[[]] * n`` as the call of ``__mul__`` that it is; return its result."""
    sequence, number = (left, right) if isinstance(left, Fresh) else (right, left)
    callee = Attr(sequence, "__mul__")
    draft.calls.append(Call(callee, (number,), (), False, draft.place(node), draft.context))
    return Result(len(draft.calls) - 1)


def combined(left: AnyValue, right: AnyValue, operator: ast.operator) -> AnyValue:
    """Return what an operator makes of two operands."""
    for value in (left, right):
        if isinstance(value, Fresh) and value.shape in {"list", "tuple", "dict", "set", "string"}:
            if value.shape == "string" or isinstance(operator, ast.Mod):
                return STRING
            if isinstance(operator, ast.Mult):
                return Fresh(value.shape, value.parts, leaves=value.leaves)
            parts = (*elements(left), *elements(right))
            known = parts[:PARTS_LIMIT]
            return Fresh(
                value.shape, known if known == parts else (*known, UNKNOWN), leaves=not parts
            )
        if isinstance(value, Const) and value.kind in {"str", "bytes"}:
            return STRING
    if isinstance(left, Const) and isinstance(right, Const):
        return NUMBER
    if isinstance(operator, ast.BitOr):
        return Fresh("operation", (left, right))
    return OPERATION


def elements(value: AnyValue) -> tuple[AnyValue, ...]:
    """Return what an object holds, without its constants."""
    match value:
        case Fresh(shape="operation", parts=operands):
            return tuple(part for operand in operands for part in elements(operand))
        case Fresh(parts=parts):
            return parts
        case Const():
            return ()
        case _:
            return (Item(value),)


def boolean(draft: ScopeDraft, node: ast.BoolOp) -> AnyValue:
    """Return the union of the operands of ``and`` or ``or``."""
    from_or = isinstance(node.op, ast.Or)
    values = [draft.value(item) for item in node.values]
    if from_or:
        values = [truthy(value) for value in values[:-1]] + values[-1:]
    return union(values)


def truthy(value: AnyValue) -> AnyValue:
    """Return `value` as it is where a test found it true."""
    match value:
        case Const() | Truthy() | Fresh():
            return value
        case _:
            return Truthy(value)


def conditional(draft: ScopeDraft, node: ast.IfExp) -> AnyValue:
    """Return the union of both branches of ``a if test else b``."""
    draft.value(node.test)
    return union([draft.value(node.body), draft.value(node.orelse)])


def union(values: list[AnyValue]) -> AnyValue:
    """Return one of `values`: flat, without repetition, unknown if there are too many."""
    options: list[AnyValue] = []
    for value in values:
        for option in value.options if isinstance(value, Union) else (value,):
            if option not in options:
                options.append(option)
    if len(options) == 1:
        return options[0]
    return (
        Union(tuple(options))
        if len(options) <= UNION_LIMIT
        else Union((*options[:UNION_LIMIT], UNKNOWN))
    )


def compared(draft: ScopeDraft, node: ast.Compare) -> AnyValue:
    """Return a truth value, after reading the operands."""
    draft.value(node.left)
    for comparator in node.comparators:
        draft.value(comparator)
    return BOOLEAN


def unary(draft: ScopeDraft, node: ast.UnaryOp) -> AnyValue:
    """Return what ``-x``, ``+x``, ``~x`` or ``not x`` makes."""
    operand = draft.value(node.operand)
    if isinstance(node.op, ast.Not):
        return BOOLEAN
    return operand if isinstance(operand, Const) else OPERATION
