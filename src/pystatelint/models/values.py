"""Rows that speak of values: containers, constants, functions, holders."""

from typing import Literal

from pystatelint.models.row import Row


class Container(Row, frozen=True, kw_only=True):
    """A mutable type; `names` are the calls that make one.

    Attributes:
        kind: short name, as in `pystatelint.link.records.Value.kind`.
        noun: what Python calls the class, if that is not the kind.
        like: kind whose methods it has as well.
        mutators: methods that change it.
        elements: methods that return an element, or a view or iterator over them.
        fresh: methods that return a new container with the same elements.
        readers: methods that return nothing of the container.
        getitem_writes: reading a missing key inserts it.
        thread_safe: meant to be changed by several threads.
        weak: entries go when nobody else holds them.
        bounded: evicts entries by itself.
        bounded_by: keyword that bounds the number of entries, if given.
        inplace: keyword that turns a reader into a mutator: of the container itself, if it
            is True, else of what is given.
        slices_are_views: a slice shares its elements with the container.
    """

    kind: str
    noun: str = ""
    like: str = ""
    mutators: frozenset[str] = frozenset()
    elements: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    getitem_writes: bool = False
    thread_safe: bool = False
    weak: bool = False
    bounded: bool = False
    bounded_by: str = ""
    inplace: str = ""
    slices_are_views: bool = False


class Immutable(Row, frozen=True, kw_only=True):
    """Calls whose result is no hidden state.

    Attributes:
        category: ``constant`` cannot change; ``wrapper`` cannot, but what it holds may;
            ``class`` makes a type; ``safe`` changes by design (locks, loggers).
    """

    category: Literal["constant", "wrapper", "class", "safe"]


class PureFunction(Row, frozen=True, kw_only=True):
    """Functions that neither change nor keep their arguments.

    Attributes:
        returns: ``constant``; ``fresh`` (a new container of `kind`, holding elements of
            the argument); ``same`` (a new container of the argument's kind, same
            elements); ``deep`` (a new object, shares nothing); ``element`` (one of the
            argument's elements); ``iterator`` (over the argument's elements);
            ``argument`` (the argument itself).
        kind: kind of container, for ``fresh``.
        argument: position of the argument that `returns` speaks of, 0-based;
            methods count without their receiver. None means the receiver.
    """

    returns: Literal["constant", "fresh", "same", "deep", "element", "iterator", "argument"]
    kind: str = ""
    argument: int | None = 0


class ArgumentWriter(Row, frozen=True, kw_only=True):
    """Functions that change an argument.

    Attributes:
        positions: the changed arguments, 0-based.
        keywords: their keyword names, where they have one.
        action: what is done: ``item``, ``attribute``, ``method`` or ``unbind``.
    """

    positions: tuple[int, ...]
    keywords: tuple[str, ...] = ()
    action: Literal["item", "attribute", "method", "unbind"] = "method"


class IteratorMaker(Row, frozen=True, kw_only=True):
    """Calls that make an iterator.

    Attributes:
        endless: it is never used up.
    """

    endless: bool = False


class Volatile(Row, frozen=True, kw_only=True):
    """Calls that give something else each time.

    Attributes:
        kind: ``clock``, ``identity`` (made to be unique) or ``random``.
        most: it does so only with at most this many arguments; None if always.
    """

    kind: Literal["clock", "identity", "random"]
    most: int | None = None


class SafeHolder(Row, frozen=True, kw_only=True):
    """Objects and classes that keep state apart per thread, task or request.

    Attributes:
        category: ``thread``, ``task``, ``request``, ``greenlet`` or ``metric``.
        values: the names are objects, not classes (``flask.g``).
    """

    category: Literal["thread", "task", "request", "greenlet", "metric"]
    values: bool = False

    @property
    def local(self) -> bool:
        """Whether instances of a subclass have other attributes in each thread or task."""
        return self.category in ("thread", "task", "greenlet")
