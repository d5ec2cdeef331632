"""What the link phase knows of cells, functions and classes: the records that rules read."""

import enum

import msgspec

from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class CellKind(enum.Enum):
    """What kind of storage a cell is."""

    MODULE = "module"
    CLASS = "class"
    DEFAULT = "default"
    CONTEXTVAR = "contextvar"
    CLOSURE = "closure"
    CACHE = "cache"


class Verdict(enum.Enum):
    """What is known of a cell after linking (see the design's verdict table)."""

    RUNTIME = "runtime"
    GUARDED = "runtime-guarded"
    REGISTRY = "registry"
    CONST = "const"
    ESCAPES = "const-escapes"
    VETO = "const-veto"
    DECLARATIVE = "declarative"
    IMMUTABLE = "immutable"
    SAFE = "safe-holder"
    OPAQUE = "opaque"


class Phase(enum.Enum):
    """When a function can run."""

    IMPORT = "import"
    INIT = "init"
    RUN = "run"
    TEST = "test"
    MAIN = "main"


class Action(enum.Enum):
    """What a write does to the cell."""

    REBIND = "rebind"
    UNBIND = "unbind"
    ITEM = "item"
    ATTRIBUTE = "attribute"
    METHOD = "method"
    AUGMENTED = "augmented"


class Receiver(enum.Enum):
    """Through what expression the writer reaches the cell."""

    NAME = "name"
    """Its own module-level name, or the name of an ``from m import name``."""
    SELF = "self"
    """The instance a method runs on."""
    CLASS = "class"
    """``cls``, ``type(self)``, ``self.__class__`` or the class's name."""
    INSTANCE = "instance"
    """Another instance of the class."""
    MODULE = "module"
    """An attribute of an imported module: ``settings.DEBUG``."""
    PARAMETER = "parameter"
    """A parameter that holds its default."""
    ENCLOSING = "enclosing"
    """The name that an enclosing function has for it."""
    RESULT = "result"
    """What a function of the project returned by reference."""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a value without running anything.

    Attributes:
        kind: ``dict``, ``list``, ``set``, ``tuple``, ``constant``, ``function``,
            ``class``, ``module``, ``instance``, ``cell``, ``parameter``,
            ``external`` or ``unknown``; containers of the standard library by
            their own name (``deque``, ``defaultdict``, ``counter``...).
        dotted: qualified name of the class for instances, of the object else.
        mutable: True if it can change in place, False if not, None if not known.
        empty: an empty display or a bare constructor call.
        literal: made in place by a display, comprehension or constructor call.
        parts: what a display holds, as far as it is not constant; nothing else. For a
            cell what it holds.
        path: place inside the cell, if the value is a part of it: ``("[]",)``.
    """

    kind: str
    dotted: str = ""
    mutable: bool | None = None
    empty: bool = False
    literal: bool = False
    parts: tuple["Value", ...] = ()
    path: tuple[str, ...] = ()


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """One place that changes a cell.

    Attributes:
        cell: symbol of the cell.
        action: what is done.
        receiver: through what.
        text: the act as short source, such as ``self._cache.append()``.
        module: dotted name of the writing module.
        function: symbol of the writing function, or of the module or class body.
        owner: symbol of the class whose method writes, or empty.
        path: file of the writer, relative to the working directory.
        span: the writing expression or statement.
        phases: when the function can run, sorted by name.
        inner: path below the cell: ``(".opts", "[]")``; empty for the cell itself.
        aliases: local names and attributes through which the cell was reached.
        from_parameter: the key or value comes from a parameter of the function.
        guarded: symbols of the locks held.
        value: what is stored, if something is.
        key: the key under which an element is written, if it is a constant string.
        reached_from: the entry point that leads here, if a framework calls it per
            request, task, event or the like.
        through: where `text` only hands the cell to a function that changes it: the calls
            and the statement in there.
        assumed: that it happens at run time is only assumed: nobody is known to call what
            leads to it, in an application that nobody else calls into.
        binds_first: the rebind stores the first value a class-level None is given
            (lazy initialisation).
    """

    cell: str
    action: Action
    receiver: Receiver
    text: str
    module: str
    function: str
    owner: str
    path: str
    span: Span
    phases: tuple[Phase, ...]
    inner: tuple[str, ...] = ()
    aliases: tuple[Step, ...] = ()
    from_parameter: bool = False
    guarded: tuple[str, ...] = ()
    value: Value | None = None
    key: str = ""
    reached_from: Step | None = None
    through: tuple[Step, ...] = ()
    binds_first: bool = False
    assumed: bool = False

    @property
    def by_own_method(self) -> bool:
        """Whether a method of the object in the cell changes that object's attributes."""
        return bool(self.through) and bool(self.inner) and self.inner[0].startswith(".")

    @property
    def at_run_time(self) -> bool:
        """Whether the write can happen after import and start-up."""
        return Phase.RUN in self.phases


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """Storage that outlives one call.

    Attributes:
        symbol: qualified name: ``app.chat.ChatService._cache``; for a default
            ``app.chat.send(history)``, for a ContextVar its own name.
        kind: what storage it is.
        name: last part of the symbol.
        module: dotted name of the module that binds it.
        owner: symbol of the class (class cells) or function (defaults), or empty.
        path: file of the binding, relative to the working directory.
        span: the binding.
        value: what it holds at first.
        class_var: annotated ``ClassVar``.
        final: annotated ``Final``.
        declarative: a field or option that a framework reads once.
        writes: every resolved write, import phase too, sorted by path and span.
        escapes: places where a reference leaves our sight.
        vetoes: places of unresolved writes that may be to this cell, by its name or
            under any name of its module or class.
        shadows: places where instances get an attribute of the same name.
        verdict: what all this amounts to.
        placeholder: it is None at first, and waits for its object.
        bound: its own module or class binds the name; False if only a write makes it.
        idiom: a known harmless purpose of the run-time writes, or empty:
            ``task-keepalive`` for a set that holds running tasks until they are done
            (``add`` and ``add_done_callback(discard)``), ``in-progress`` for a closure's
            container that each call leaves as it was, ``made-anew`` for the default of a
            function that each call of another one makes and calls once, ``one-per-class``
            for the objects that a metaclass keeps under their classes.
        remembers: it only tells what was met before: asked first, then added to.
        twins: symbols of other cells with an instance of its class that the same class's
            methods change: they are told with this one.
        told_with: symbol of the cell of which it is a twin, or empty.
        same_as: symbol of the cell that holds the same object under its first name, or empty.
    """

    symbol: str
    kind: CellKind
    name: str
    module: str
    owner: str
    path: str
    span: Span
    value: Value
    class_var: bool = False
    final: bool = False
    declarative: bool = False
    writes: tuple[Write, ...] = ()
    escapes: tuple[Step, ...] = ()
    vetoes: tuple[Step, ...] = ()
    shadows: tuple[Step, ...] = ()
    verdict: Verdict = Verdict.OPAQUE
    idiom: str = ""
    bound: bool = True
    placeholder: bool = False
    remembers: bool = False
    twins: tuple[str, ...] = ()
    told_with: str = ""
    same_as: str = ""

    @property
    def run_writes(self) -> tuple[Write, ...]:
        """The writes that can happen at run time."""
        return tuple(write for write in self.writes if write.at_run_time)


class Decorator(msgspec.Struct, frozen=True, kw_only=True):
    """A decorator as resolved.

    Attributes:
        dotted: qualified name, such as ``functools.lru_cache``; empty if unknown.
        called: written with arguments.
        arguments: ``(keyword or position as text, value)`` pairs.
        constants: ``(keyword or position, source of a constant)`` pairs: ``("maxsize", "None")``.
        span: place of the decorator.
    """

    dotted: str
    called: bool
    arguments: tuple[tuple[str, Value], ...]
    constants: tuple[tuple[str, str], ...]
    span: Span


class FunctionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One function, method or lambda.

    Attributes:
        symbol: qualified name.
        owner: symbol of the class for a method, else empty.
        path: file.
        span: the ``def`` line: from the keyword to the colon's line.
        decorators: resolved decorators, outermost first.
        static: a static method. class_method: a class method.
        is_async: ``async def``. generator: contains ``yield``.
        phases: when it can run.
        returns: what it can return, if it is decorated; nothing otherwise.
        suspends: it awaits something that can hand control back to the event loop.
    """

    symbol: str
    owner: str
    path: str
    span: Span
    decorators: tuple[Decorator, ...]
    static: bool
    class_method: bool
    is_async: bool
    generator: bool
    phases: tuple[Phase, ...]
    returns: tuple[Value, ...]
    suspends: bool = False


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A name bound in a class body, with its default as the framework gets it.

    Attributes:
        name: attribute name.
        path: file. span: the binding.
        annotated: has an annotation. class_var: annotated ``ClassVar``.
        value: the value bound. None if there is only an annotation.
        maker: qualified name of the field function (``dataclasses.field``), or empty.
        default: the value of ``default=`` (or the first argument where the maker takes
            it there), or `value` itself when there is no maker; None if there is none.
        left_alone: whether every use of the field in sight only reads a default that is a
            container.
    """

    name: str
    path: str
    span: Span
    annotated: bool
    class_var: bool
    value: Value | None
    maker: str
    default: Value | None
    left_alone: bool = False


class InstanceBinding(msgspec.Struct, frozen=True, kw_only=True):
    """``self.name = value`` in a method.

    Attributes:
        name: attribute. method: symbol of the method. path, span: where.
        value: what is bound.
        constructor: the method is ``__init__`` or runs as part of construction.
        from_cell: symbol of the cell whose object is bound by reference, or empty.
    """

    name: str
    method: str
    path: str
    span: Span
    value: Value
    constructor: bool
    from_cell: str = ""


class ClassInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One class.

    Attributes:
        symbol: qualified name. name: its last part. module: dotted module name.
        path, span: the ``class`` line.
        ancestors: qualified names along the MRO without itself, project and
            external; external ones as far as they are known.
        decorators: resolved decorators.
        kind: how the framework treats defaults: ``dataclass``, ``attrs``,
            ``namedtuple``, ``pydantic``, ``pydantic-dataclass``, ``msgspec``,
            ``sqlmodel``, ``enum``, ``typeddict``, ``protocol``, ``transformed`` (PEP 681)
            or empty.
        declarative: a framework reads its attributes once.
        fields: names bound or annotated in the body, in order.
        instance_bindings: ``self.x =`` in its own methods, in order.
        slots: names in ``__slots__``.
        stateless_allow: the allow-list of a ``@stateless`` decorator; None without.
        instances: symbols of module-level cells that hold an instance of it.
        constructed: number of calls in the project that make an instance of it or of
            a subclass; None if a call may be out of sight.
    """

    symbol: str
    name: str
    module: str
    path: str
    span: Span
    ancestors: tuple[str, ...]
    decorators: tuple[Decorator, ...]
    kind: str
    declarative: bool
    fields: tuple[Field, ...]
    instance_bindings: tuple[InstanceBinding, ...]
    slots: tuple[str, ...] = ()
    stateless_allow: tuple[str, ...] | None = None
    instances: tuple[str, ...] = ()
    constructed: int | None = None


class LibraryCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call of something outside the project that a data table names.

    Attributes:
        dotted: qualified name of what is called (``sqlalchemy.Column``); for a
            call that makes an instance, the class (``sqlalchemy.orm.Session`` also
            for ``maker()`` of a ``sessionmaker``).
        module: calling module. function: symbol of the calling scope.
        owner: symbol of the class whose body or method calls, or empty.
        path, span: the call.
        phases: when the calling scope can run.
        arguments: ``(keyword or position as text, value)`` pairs.
        bound_to: symbol of the module or class cell whose value the call is, or is an
            argument or element of; or empty.
        managed: its result is closed before the scope ends, or kept by nobody.
    """

    dotted: str
    module: str
    function: str
    owner: str
    path: str
    span: Span
    phases: tuple[Phase, ...]
    arguments: tuple[tuple[str, Value], ...]
    bound_to: str = ""
    managed: bool = False


class SharedIterator(msgspec.Struct, frozen=True, kw_only=True):
    """An iterator that a module or class keeps, and that somebody advances.

    Attributes:
        symbol: qualified name of the module or class attribute.
        module: dotted name of its module. path, span: the binding.
        maker: the call that makes it, such as ``itertools.count``, or ``generator``.
        endless: it is never used up.
        writes: every place that takes a next element, import phase too.
    """

    symbol: str
    module: str
    path: str
    span: Span
    maker: str
    endless: bool
    writes: tuple[Write, ...]


class FunctionAttribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute that somebody sets on a function.

    Attributes:
        symbol: qualified name: ``app.chat.send.calls``. name: its last part.
        function: symbol of the function. module: dotted name of its module.
        path, span: the ``def`` line.
        writes: every place that binds the attribute or changes its object.
    """

    symbol: str
    name: str
    function: str
    module: str
    path: str
    span: Span
    writes: tuple[Write, ...]
