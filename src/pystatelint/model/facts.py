"""What one scope says by itself: the records between extraction and link.

Facts hold no AST node, refer to nothing outside their module and survive
serialisation, so they can be cached, sharded and compared.
"""

import enum
from typing import Final

import msgspec

from pystatelint.model.span import Span


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A symbolic value: where an object comes from, not what it is."""


class Name(Value, frozen=True, array_like=True, gc=False, tag="n"):
    """A name that the scope had not bound when it was read."""

    name: str


class Param(Value, frozen=True, array_like=True, gc=False, tag="p"):
    """The object passed for parameter number `index` (0-based)."""

    index: int


class Attr(Value, frozen=True, array_like=True, gc=False, tag="a"):
    """``base.name``."""

    base: "AnyValue"
    name: str


class Item(Value, frozen=True, array_like=True, gc=False, tag="i"):
    """An element of `base`: by subscript, iteration or unpacking."""

    base: "AnyValue"


class Slice(Value, frozen=True, array_like=True, gc=False, tag="s"):
    """``base[a:b]``: a shallow copy for sequences."""

    base: "AnyValue"


class Result(Value, frozen=True, array_like=True, gc=False, tag="c"):
    """What call number `call` (0-based) of the scope returned."""

    call: int


class Entered(Value, frozen=True, array_like=True, gc=False, tag="e"):
    """What ``with base as x`` binds."""

    base: "AnyValue"


class Truthy(Value, frozen=True, array_like=True, gc=False, tag="t"):
    """`base`, where it was tested to be true."""

    base: "AnyValue"


class Alias(Value, frozen=True, array_like=True, gc=False, tag="l"):
    """`base`, held by the local name `name` since `line`, `column`."""

    base: "AnyValue"
    name: str
    line: int
    column: int


class Const(Value, frozen=True, array_like=True, gc=False, tag="k"):
    """A constant: `kind` is ``str``, ``bytes``, ``number``, ``bool``, ``none`` or ``ellipsis``.

    `text` is the string itself (cut at 120 characters) or the source of the others.
    """

    kind: str
    text: str


class Fresh(Value, frozen=True, array_like=True, gc=False, tag="f"):
    """An object made here: by a display, comprehension or operator.

    Attributes:
        shape: ``list``, ``dict``, ``set``, ``tuple``, ``generator``, ``string`` or ``operation``.
        parts: the elements that are not constants.
        empty: a display without elements.
        leaves: every element, however deep, is immutable.
        texts: the string constants of a short list, set or tuple, those that are values of a
            short dict, or the text with which a string begins that is put together.
    """

    shape: str
    parts: tuple["AnyValue", ...] = ()
    empty: bool = False
    leaves: bool = False
    texts: tuple[str, ...] = ()


class Def(Value, frozen=True, array_like=True, gc=False, tag="d"):
    """The function, lambda or class of scope number `scope`."""

    scope: int


class Module(Value, frozen=True, array_like=True, gc=False, tag="m"):
    """The module that ``import name`` binds."""

    name: str


class Member(Value, frozen=True, array_like=True, gc=False, tag="x"):
    """What ``from module import name`` binds; `level` counts leading dots."""

    module: str
    name: str
    level: int


class Union(Value, frozen=True, array_like=True, gc=False, tag="u"):
    """One of several values."""

    options: tuple["AnyValue", ...]


class Generic(Value, frozen=True, array_like=True, gc=False, tag="g"):
    """``base[arguments]`` in an annotation."""

    base: "AnyValue"
    arguments: tuple["AnyValue", ...]


class Typed(Value, frozen=True, array_like=True, gc=False, tag="y"):
    """`value`, declared to be an instance of `annotation`."""

    annotation: "AnyValue"
    value: "AnyValue"


class Unknown(Value, frozen=True, array_like=True, gc=False, tag="?"):
    """Nothing is known."""


AnyValue = (
    Name
    | Param
    | Attr
    | Item
    | Slice
    | Result
    | Entered
    | Truthy
    | Alias
    | Const
    | Fresh
    | Def
    | Module
    | Member
    | Union
    | Generic
    | Typed
    | Unknown
)

UNKNOWN = Unknown()
NONE = Const("none", "None")


class BindingKind(enum.IntEnum):
    """How a name gets bound."""

    VALUE = 0
    DEF = 1
    CLASS = 2
    IMPORT = 3
    STAR = 4
    ANNOTATION = 5
    LOOP = 6
    WITH = 7
    EXCEPT = 8
    AUGMENTED = 9


class EffectKind(enum.IntEnum):
    """How an object or a foreign name is changed."""

    BIND = 0
    """``global`` or ``nonlocal`` name bound: `target` is its `Name`."""
    UNBIND = 1
    AUGMENT = 2
    """``x += v`` where x is an alias, a global or a nonlocal name."""
    SET_ATTRIBUTE = 3
    DELETE_ATTRIBUTE = 4
    AUGMENT_ATTRIBUTE = 5
    SET_ITEM = 6
    DELETE_ITEM = 7
    AUGMENT_ITEM = 8
    READ_ITEM = 9
    """``d[k]`` as an expression: a write if d is a defaultdict."""


class ContextFlag:
    """Bits that tell what surrounds a statement; plain numbers, since they are hot."""

    MAIN_GUARD: Final = 1
    TYPE_CHECKING: Final = 2
    LOOP: Final = 4
    TRY: Final = 8
    BRANCH: Final = 16
    FINALLY: Final = 32
    FOUND: Final = 64
    """A test has found the key that is read in the container."""
    MISSED: Final = 128
    """A test has missed the key in the container that it is put into."""


class ScopeKind(enum.IntEnum):
    """What a scope is."""

    MODULE = 0
    CLASS = 1
    FUNCTION = 2
    LAMBDA = 3


class ScopeFlag:
    """Bits that tell what is remarkable about a function; plain numbers, since they are hot."""

    ASYNC: Final = 1
    GENERATOR: Final = 2
    STATIC: Final = 4
    CLASS_METHOD: Final = 8
    PROPERTY: Final = 16
    OVERLOAD: Final = 32


class ParameterKind(enum.IntEnum):
    """How a parameter takes its argument."""

    POSITIONAL = 0
    STAR = 1
    KEYWORD = 2
    DOUBLE_STAR = 3


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One parameter; `span` covers its name and annotation, and its default if it has one."""

    name: str
    kind: ParameterKind
    annotation: AnyValue | None
    default: AnyValue | None
    span: Span


class Binding(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name bound in a module, class or (if inner scopes see it) function."""

    name: str
    kind: BindingKind
    value: AnyValue | None
    annotation: AnyValue | None
    span: Span
    context: int


def by_name(bindings: tuple[Binding, ...]) -> dict[str, tuple[Binding, ...]]:
    """Return the bindings of each name, in source order."""
    found: dict[str, tuple[Binding, ...]] = {}
    for binding in bindings:
        found[binding.name] = (*found.get(binding.name, ()), binding)
    return found


class Effect(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A statement that changes `target`, or the attribute `name` of it.

    `method`: what an augmented assignment calls, such as ``__iadd__``; of ``a.x = a.x + v``
    what works the value out, such as ``__add__``.
    """

    kind: EffectKind
    target: AnyValue
    name: str
    value: AnyValue | None
    key: AnyValue | None
    span: Span
    context: int
    method: str = ""


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call; starred arguments are in `arguments` with `starred` set."""

    callee: AnyValue
    arguments: tuple[AnyValue, ...]
    keywords: tuple[tuple[str, AnyValue], ...]
    starred: bool
    span: Span
    context: int


class Read(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A name read that the scope does not bind."""

    name: str
    line: int
    column: int


class Await(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A suspension point: `value` is what is awaited, None for ``async with`` and ``for``."""

    value: AnyValue | None
    line: int
    context: int


class Guard(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A ``with`` item that may be a lock."""

    value: AnyValue
    span: Span
    asynchronous: bool

    @property
    def line(self) -> int:
        """Where it stands."""
        return self.span.line


class Context(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The guards held (indices into `Scope.guards`) and `ContextFlag` bits."""

    guards: tuple[int, ...]
    flags: int


class Decoration(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A decorator expression and its place."""

    value: AnyValue
    span: Span


class Scope(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A module, class body, function or lambda; index 0 is the module.

    Attributes:
        kind: what it is. name: bare name. qualname: dotted inside the module.
        parent: index of the enclosing scope, -1 for the module.
        span: the header: from ``def`` or ``class`` to its name's end.
        flags: `ScopeFlag` bits.
        parameters: of a function. returns: annotation of the result.
        decorators: outermost first. bases: of a class. keywords: of a class.
        slots: names in ``__slots__``.
        bindings: names bound here (functions: only those that inner scopes or
            later reads need).
        effects, calls: in order of evaluation.
        results: returned values. yields: yielded values.
        reads: free names read, except builtins that nothing shadows.
        awaits: suspension points.
        guards, contexts: see `Context`.
        free: names that an enclosing function binds, with that scope's index.
        binds: attributes of a method's first parameter that every path to its end binds.
        looks: attributes of names that a decorated function reads, wherever in an expression.
    """

    kind: ScopeKind
    name: str
    qualname: str
    parent: int
    span: Span
    flags: int
    parameters: tuple[Parameter, ...]
    returns: AnyValue | None
    decorators: tuple[Decoration, ...]
    bases: tuple[AnyValue, ...]
    keywords: tuple[tuple[str, AnyValue], ...]
    slots: tuple[str, ...]
    bindings: tuple[Binding, ...]
    effects: tuple[Effect, ...]
    calls: tuple[Call, ...]
    results: tuple[AnyValue, ...]
    yields: tuple[AnyValue, ...]
    reads: tuple[Read, ...]
    awaits: tuple[Await, ...]
    guards: tuple[Guard, ...]
    contexts: tuple[Context, ...]
    free: tuple[tuple[str, int], ...]
    binds: tuple[str, ...]
    looks: tuple[AnyValue, ...] = ()
