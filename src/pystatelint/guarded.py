"""Declare which lock guards an attribute or a name.

The analyser reads the declaration in the source (HMS512); at run time it does nothing.
This module imports nothing, so that any code can afford it::

    from typing import Annotated

    from pystatelint.guarded import GuardedBy

    class Totals:
        def __init__(self) -> None:
            self._lock = Lock()
            self.total: Annotated[int, GuardedBy("_lock")] = 0
"""


class GuardedBy:
    """Metadata of an annotation: hold this lock to look at the value, or to change it.

    Args:
        lock: name of the lock, an attribute of the same object or a name of the same module.
    """

    __slots__ = ("lock",)

    def __init__(self, lock: str, /) -> None:
        self.lock = lock

    def __repr__(self) -> str:
        return f"GuardedBy({self.lock!r})"
