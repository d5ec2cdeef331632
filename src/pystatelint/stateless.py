"""Declare that a class keeps no state of its own.

The analyser reads the declaration in the source (HMS112, HMS113, HMS190, HMS215,
HMS290), the runtime companion reads it on the class. This module imports nothing,
so that any code can afford to be marked::

    from pystatelint.stateless import stateless

    @stateless(allow={"session"})
    class ToolExecutor: ...
"""

TYPE_CHECKING = False  # Type checkers take it for true; the module typing stays unloaded.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeVar, overload

    T = TypeVar("T")

ALLOW_ATTRIBUTE = "__statelint_allow__"
"""Where the declared class or function keeps its frozenset of allowed attributes."""


if TYPE_CHECKING:

    @overload
    def stateless(declared: T, /) -> T: ...
    @overload
    def stateless(*, allow: Iterable[str] = ...) -> Callable[[T], T]: ...


def stateless(declared: "Any" = None, /, *, allow: "Iterable[str]" = ()) -> "Any":
    """Mark a class or function as stateless and return the very same object.

    Args:
        declared: the class or function, where the decorator stands bare.
        allow: names of the instance attributes that may be set all the same.

    Raises:
        TypeError: `allow` is one string instead of a collection of names.
    """
    if isinstance(allow, str):
        message = f"allow must be a collection of names: allow={{{allow!r}}}"
        raise TypeError(message)
    names = frozenset(allow)

    def mark(target: "T") -> "T":
        setattr(target, ALLOW_ATTRIBUTE, names)
        return target

    return mark if declared is None else mark(declared)
