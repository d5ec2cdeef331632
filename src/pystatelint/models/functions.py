"""Rows that speak of functions: decorators, entry points, hooks."""

from typing import Literal

import msgspec

from pystatelint.models.row import Row


class CacheDecorator(Row, frozen=True, kw_only=True):
    """Decorators that keep results.

    Attributes:
        bound: ``unbounded``, ``bounded``, ``instance`` (one result per object),
            ``store`` (the store given as an argument decides) or ``external`` (disk,
            or another process).
        keyword: keyword of the bound; a None value there means unbounded.
        position: position of the bound, 0-based; None if keyword only.
        coroutines: keeps the results of coroutines properly.
        copies: callers get a copy of the result.
    """

    bound: Literal["unbounded", "bounded", "instance", "store", "external"]
    keyword: str = ""
    position: int | None = None
    coroutines: bool = False
    copies: bool = False


class DecoratorRole(Row, frozen=True, kw_only=True):
    """Decorators that change what a function is."""

    role: Literal[
        "property", "static", "class", "context", "overload", "abstract", "wraps", "transparent"
    ]

    @property
    def hands_on(self) -> bool:
        """Whether a call still returns what the function itself does."""
        return self.role in ("static", "class", "abstract", "transparent")


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How a framework gets to call a function.

    Attributes:
        framework: short name; empty for a row of the user.
        kind: ``decorator`` marks it; ``base``: the class has this base; ``call-arg``:
            the function is passed to this call; ``name``: it is called so, at the top of a
            module; ``shape``: the class has such a constructor and such methods;
            ``attribute``: it is stored there; ``module``: it stands in such a module;
            ``symbol``: it is the function of this qualified name.
        match: dotted name; ``(a|b)`` gives alternatives, ``*`` stands for any part, ``?``
            before the first dot for an object of an unknown class, ``any`` for every callee.
            Of a shape the name of the constructor's first parameter.
        role: ``request``, ``dependency``, ``middleware``, ``task``, ``tool``, ``event``,
            ``schedule``, ``lifecycle``, ``script`` or ``test``.
        model: ``L`` tasks on one loop, ``T`` threads, ``S`` one at a time on one loop,
            ``P`` one at a time in a process that is used again, ``F`` a process per job.
        sync_model: the model of a plain ``def``, if it differs.
        context: ``own`` if each call gets a context of its own (PEP 567), or may for all
            that is known, although its model is T, P or S.
        request: position at which the function gets the request, self not counted, if
            the framework passes it; only a parameter that is called so is taken for it,
            since other functions of the row may get other things.
        responds: what the function calls in turn never raises: the framework makes a response
            of every exception before.
        arg: position of the function in the call, 0-based.
        keyword: keyword of the function in the call.
        rest: every argument from `arg` on counts.
        joins: who waits for what the call gives waits for the function, too.
        methods: names or globs of the methods that a base or shape makes entries.
        parameters: of a shape or a name, the names that the parameters begin with.
        first: globs of the text that the call, or the decorator's call, begins with.
        first_at: position of that text among the arguments, 0-based.
        binds: of a module, the names that it must bind.
        instance: life of the objects of a base or shape: the framework makes one
            ``per-call`` or one ``per-process``; ``as-made`` by the project, whose code
            tells how long it serves; an ``entity`` is made to have a state (a widget, a
            device, a crawl).
        bound: keyword of a decorator that has the object, one per process, passed to the
            function as its first argument.
        registered: calls and decorators that give the framework the classes of which it
            makes objects; empty if every class with the base will do.
        source: where this is documented; empty for a row of the user.
        note: what a reader of the table should know besides.
    """

    kind: Literal["decorator", "base", "call-arg", "name", "shape", "attribute", "module", "symbol"]
    match: str
    role: Literal[
        "request",
        "dependency",
        "middleware",
        "task",
        "tool",
        "event",
        "schedule",
        "lifecycle",
        "script",
        "test",
    ]
    model: Literal["L", "T", "S", "P", "F"] = "T"
    sync_model: Literal["", "L", "T", "S", "P", "F"] = ""
    context: Literal["", "own"] = ""
    request: int | None = None
    responds: bool = False
    arg: int | None = None
    keyword: str = ""
    rest: bool = False
    joins: bool = False
    methods: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    first_at: int = 0
    binds: tuple[str, ...] = ()
    instance: Literal["", "per-call", "per-process", "as-made", "entity"] = ""
    bound: str = ""
    registered: tuple[str, ...] = ()
    framework: str = ""
    source: str = ""
    note: str = ""

    @property
    def keeps_context(self) -> bool:
        """Whether the next call of a plain ``def`` meets the context variables of the last."""
        return self.model in ("P", "S", "T") and not self.context


class Registration(Row, frozen=True, kw_only=True):
    """Decorators and calls that file a function or class away at import time.

    Attributes:
        via: ``decorator``, ``call`` or ``hook`` (a method that class creation calls).
    """

    via: Literal["decorator", "call", "hook"]


class SettingsModule(Row, frozen=True, kw_only=True):
    """Names that a module binds, all of them, if it holds the settings of an application."""


class StartingCall(Row, frozen=True, kw_only=True):
    """Calls that only the start of a process makes.

    Attributes:
        framework: short name.
    """

    framework: str


class InitMethod(Row, frozen=True, kw_only=True):
    """Methods that run before an object or a process is in use; `names` are bare.

    Attributes:
        when: ``construction`` of the instance, ``test-setup``, ``class`` creation, or
            ``startup`` of the process.
        bases: canonical bases that give the name its meaning; empty means any class.
    """

    when: Literal["construction", "test-setup", "class", "startup"]
    bases: tuple[str, ...] = ()


class UncalledName(Row, frozen=True, kw_only=True):
    """Names of functions that are there for somebody outside, as far as nobody calls them.

    `names` are globs of the name in snake_case, without underscores before it. They speak of
    functions and of class and static methods: what an instance does, it does while it lives. What
    is there for tests may be a method of an instance, too.

    Attributes:
        when: at ``startup`` of the process, at ``shutdown`` or to undo what it did, as the
            ``main`` of a script, or for a ``test``.
        of_instances: they speak of methods of instances, too: what puts wrappers in place of
            other people's functions does so once.
    """

    when: Literal["startup", "shutdown", "main", "test"]
    of_instances: bool = False


class DiMarker(Row, frozen=True, kw_only=True):
    """Calls that stand as a parameter's default and are data for a framework.

    Attributes:
        provider: position of the function that supplies the value; None without.
    """

    provider: int | None = None
