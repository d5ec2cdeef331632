"""What kind of object does a display, literal or operator make?"""

import ast
from collections.abc import Iterable

from pystatelint.facts.conversions import spelt_out
from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.members import drop, found_in, hold, note_test
from pystatelint.facts.reading import read
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
    Slice,
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


def constant(draft: ScopeDraft, node: ast.Constant) -> AnyValue:
    """Return the constant of a literal; equal ones of a module are one object."""
    value = node.value
    if type(value) is str or type(value) is int:
        held = draft.module.constants.get(value)
        if held is None:
            held = draft.module.constants[value] = _spelt(value)
        return held
    if value is None:
        return NONE
    if type(value) is bool:
        return TRUE if value else FALSE
    if type(value) is bytes:
        return BYTES
    return ELLIPSIS if value is ... else Const("number", str(value))


def _spelt(value: str | int) -> Const:
    """Return a string, cut, or a number with all its digits, unless there are too many."""
    if isinstance(value, str):
        return Const("str", storable(value[:TEXT_LIMIT]))
    return Const("number", "0" if value.bit_length() > HUGE else str(value))


def storable(text: str) -> str:
    """Return text as UTF-8 can carry it: a lone surrogate becomes its escape sequence."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


HUGE = 64
"""Longest integer whose digits are kept, in bits."""


def sequence(draft: ScopeDraft, node: ast.List | ast.Set | ast.Tuple) -> AnyValue:
    """Return the fresh object of a list, set or tuple display."""
    shape = SHAPES[type(node)]
    items = node.elts
    if not items:
        return EMPTY[shape]
    parts: list[AnyValue] = []
    texts: list[str] = []
    for item in items:
        value = read(draft, item)
        if not is_immutable(value):
            parts.append(value)
        elif type(value) is Const and value.kind == "str":
            texts.append(value.text)
    known = tuple(texts) if texts and len(items) <= TEXTS_LIMIT else ()
    return Fresh(shape, tuple(parts), False, not parts, known)


SHAPES = {ast.List: "list", ast.Set: "set", ast.Tuple: "tuple"}
EMPTY = {shape: Fresh(shape, empty=True, leaves=True) for shape in ("dict", "list", "set", "tuple")}


def mapping(draft: ScopeDraft, node: ast.Dict) -> AnyValue:
    """Return the fresh object of a dict display; ``**other`` puts in what `other` holds."""
    if not node.keys:
        return EMPTY["dict"]
    for key in node.keys:
        if key is not None and type(key) is not ast.Constant:
            read(draft, key)
    parts: list[AnyValue] = []
    texts: list[str] = []
    for key, item in zip(node.keys, node.values, strict=True):
        value = read(draft, item)
        if key is None:
            parts.append(Item(value))
        elif not is_immutable(value):
            parts.append(value)
        elif type(value) is Const and value.kind == "str":
            texts.append(value.text)
    known = tuple(texts) if texts and len(node.keys) <= TEXTS_LIMIT else ()
    return Fresh("dict", tuple(parts), False, not parts, known)


def is_immutable(value: AnyValue) -> bool:
    """Whether the value can never change, nor anything in it."""
    if type(value) is Fresh:
        return value.shape == "string" or (value.shape == "tuple" and value.leaves)
    return type(value) is Const


def text(draft: ScopeDraft, node: ast.JoinedStr) -> AnyValue:
    """Return a string made by an f-string, after reading what it formats."""
    for part in node.values:
        if type(part) is not ast.Constant:
            read(draft, part)
    first = node.values[0] if node.values else None
    return beginning(first.value) if type(first) is ast.Constant else STRING


def beginning(value: object) -> Fresh:
    """Return a string that is put together and begins with a text; kept if it may be a name's."""
    if isinstance(value, str) and value.isidentifier() and value.isascii():
        return Fresh("string", leaves=True, texts=(value,))
    return STRING


def formatted(draft: ScopeDraft, node: ast.FormattedValue) -> AnyValue:
    """Return a string, after reading the value that it formats."""
    read(draft, node.value)
    if node.format_spec is not None:
        read(draft, node.format_spec)
    return STRING


def binary(draft: ScopeDraft, node: ast.BinOp) -> AnyValue:
    """Return the fresh object of an operator: ``a + b`` changes neither.

    A long chain (``a + b + c + ...``) leans to the left; it is walked in a loop.
    """
    rest = [node]
    while type(node.left) is ast.BinOp:
        node = node.left
        rest.append(node)
    value = read(draft, node.left)
    for operation in reversed(rest):
        right = read(draft, operation.right)
        if type(operation.op) is ast.Mult and may_repeat_objects(value, right):
            value = repeated(draft, value, right, operation)
        else:
            value = combined(spelt_out(draft, value), right, operation.op)
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
        if type(value) is Fresh and value.shape in CONTAINERS:
            if value.shape == "string" or isinstance(operator, ast.Mod):
                return value if value is left and value.shape == "string" else STRING
            if isinstance(operator, ast.Mult):
                return Fresh(value.shape, value.parts, leaves=value.leaves)
            parts = (*elements(left), *elements(right))
            known = parts[:PARTS_LIMIT]
            return Fresh(
                value.shape, known if known == parts else (*known, UNKNOWN), leaves=not parts
            )
        if type(value) is Const and value.kind in {"str", "bytes"}:
            return beginning(value.text.partition("%")[0]) if value is left else STRING
    if type(left) is Const and type(right) is Const:
        return NUMBER
    if isinstance(operator, ast.BitOr):
        return Fresh("operation", (left, right))
    return OPERATION


CONTAINERS = frozenset({"list", "tuple", "dict", "set", "string"})
"""Shapes that an operator carries over to its result."""


def unsure(part: AnyValue) -> AnyValue:
    """Return an element of another container as one that a copy of that may no longer hold."""
    return Item(Slice(part.base)) if type(part) is Item else part


def elements(value: AnyValue) -> tuple[AnyValue, ...]:
    """Return what an object holds, without its constants."""
    if type(value) is Fresh:
        if value.shape == "operation":
            return tuple([part for operand in value.parts for part in elements(operand)])
        return value.parts
    return () if type(value) is Const else (Item(value),)


def boolean(draft: ScopeDraft, node: ast.BoolOp) -> AnyValue:
    """Return the union of the operands of ``and`` or ``or``."""
    last = node.values[-1]
    tested = type(node.op) is ast.Or
    values = []
    held: tuple[str, ...] = ()
    for item in node.values:
        value = read(draft, item)
        values.append(truthy(value) if tested and item is not last else value)
        if draft.index in draft.module.tests:
            held += hold(draft, found_in(draft, item, outcome=not tested))
    drop(draft, held)
    return either(*values) if len(values) == 2 else union(values)


def truthy(value: AnyValue) -> AnyValue:
    """Return `value` as it is where a test found it true."""
    return value if type(value) in TRUE_OR_MADE_HERE else Truthy(value)


TRUE_OR_MADE_HERE: frozenset[type] = frozenset({Const, Fresh, Truthy})


def conditional(draft: ScopeDraft, node: ast.IfExp) -> AnyValue:
    """Return the union of both branches of ``a if test else b``."""
    read(draft, node.test)
    held = hold(draft, found_in(draft, node.test, outcome=True))
    body = read(draft, node.body)
    drop(draft, held)
    held = hold(draft, found_in(draft, node.test, outcome=False))
    other = read(draft, node.orelse)
    drop(draft, held)
    return either(body, other)


def either(first: AnyValue, other: AnyValue) -> AnyValue:
    """Return one of two values."""
    if type(first) is Union or type(other) is Union:
        return union((first, other))
    return first if first == other else Union((first, other))


def union(values: Iterable[AnyValue]) -> AnyValue:
    """Return one of `values`: flat, without repetition, unknown if there are too many."""
    options: list[AnyValue] = []
    for value in values:
        if type(value) is Union:
            for option in value.options:
                if option not in options:
                    options.append(option)
        elif value not in options:
            options.append(value)
    if len(options) == 1:
        return options[0]
    if len(options) > UNION_LIMIT:
        return Union((*options[:UNION_LIMIT], UNKNOWN))
    return Union(tuple(options))


def compared(draft: ScopeDraft, node: ast.Compare) -> AnyValue:
    """Return a truth value, after reading the operands."""
    left = read(draft, node.left)
    for comparator in node.comparators:
        if type(comparator) is not ast.Constant:
            right = read(draft, comparator)
            if type(node.ops[0]) in MEMBERSHIP and len(node.ops) == 1:
                note_test(draft, node, left, right)
    return BOOLEAN


MEMBERSHIP = frozenset({ast.In, ast.NotIn})


def unary(draft: ScopeDraft, node: ast.UnaryOp) -> AnyValue:
    """Return what ``-x``, ``+x``, ``~x`` or ``not x`` makes."""
    operand = read(draft, node.operand)
    if isinstance(node.op, ast.Not):
        return BOOLEAN
    return operand if isinstance(operand, Const) else OPERATION
