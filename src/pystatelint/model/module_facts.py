"""Everything that one module says by itself."""

import msgspec

from pystatelint.model.course import Course
from pystatelint.model.facts import Scope
from pystatelint.model.span import Span

SCHEMA = 4
"""Changes whenever a fact changes its meaning."""


class Import(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A module that an import statement names; `level` counts leading dots."""

    module: str
    level: int
    line: int
    type_checking: bool


class LateUse(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a loop does with a function that it makes.

    Attributes:
        how: ``stored`` at a place that differs between iterations, an ``element`` of a
            comprehension, an ``argument`` of a call, or given to a ``decorator``.
        span: the assignment, comprehension, call or decorator.
        argument: position (0-based, as text) or keyword in the call.
        own: what is called is a method of an object that the iteration binds.
    """

    how: str
    span: Span
    argument: str = ""
    own: bool = False


class Late(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A function made in a loop that reads names which the next iteration binds anew.

    Attributes:
        scope: number of the function. loop: span of the loop.
        outer: number of the scope that the loop stands in.
        names: what it reads, sorted.
        uses: what the loop does with it, as far as that may keep it; often nothing.
    """

    scope: int
    outer: int
    names: tuple[str, ...]
    loop: Span
    uses: tuple[LateUse, ...]


class ModuleFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Everything the link phase needs of one module.

    Attributes:
        schema: `SCHEMA` of the writer.
        scopes: the module's own scope first, enclosing before enclosed.
        imports: in source order.
        exports: names in ``__all__``; None without one, or if not all are spelt out.
        late: functions of loops that read their names too late, in source order.
        courses: what coroutine functions do in order, those that suspend.
    """

    schema: int
    scopes: tuple[Scope, ...]
    imports: tuple[Import, ...]
    exports: tuple[str, ...] | None
    late: tuple[Late, ...] = ()
    courses: tuple[Course, ...] = ()
