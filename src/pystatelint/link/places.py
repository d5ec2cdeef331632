"""What the link phase knows of places that are no cells: records that rules read."""

import msgspec

from pystatelint.model.finding import Step
from pystatelint.model.span import Span


class StatefulDefault(msgspec.Struct, frozen=True, kw_only=True):
    """A call in the default of a parameter, made once, when ``def`` runs at import.

    Attributes:
        call: qualified name of what is called, or the class of the live object it makes.
        kind: ``clock``, ``identity``, ``random``, or the role of a live object
            (`pystatelint.models.sessions.SessionType.role`).
        function: symbol of the function. parameter: name of its parameter.
        module: dotted name of the module. path, span: the call.
        at_run_time: whether the function can run after import and start-up.
    """

    call: str
    kind: str
    function: str
    parameter: str
    module: str
    path: str
    span: Span
    at_run_time: bool


class StaleImport(msgspec.Struct, frozen=True, kw_only=True):
    """``from m import x`` while ``m.x`` is rebound after the import.

    Attributes:
        cell: symbol of the cell in its own module.
        name: local name. module: importing module. path, span: the import.
        reads: places in functions that read the stale copy.
        early: it is rebound at start-up only, when the importing module is loaded already.
    """

    cell: str
    name: str
    module: str
    path: str
    span: Span
    reads: tuple[Step, ...]
    early: bool = False


class KeptArgument(msgspec.Struct, frozen=True, kw_only=True):
    """``self.name = value`` where one of the calls that an object serves gives the value.

    Attributes:
        owner: symbol of the class whose objects serve many calls. name: the attribute.
        method: symbol of the method that stores. path, span: where.
        handler: symbol of the method that the framework calls; it, or one that it calls
            on the same object, stores.
        entry: the step that shows the handler.
        role, model: what the framework calls it for, and how calls run side by side, as
            in `pystatelint.models.functions.Entry`.
        made_by_framework: one object per process by the framework's doing; False where
            the project keeps one in a module.
    """

    owner: str
    name: str
    method: str
    path: str
    span: Span
    handler: str
    entry: Step
    role: str
    model: str
    made_by_framework: bool


class DescriptorStore(msgspec.Struct, frozen=True, kw_only=True):
    """``self.name = value`` by which a descriptor keeps something of one object on itself.

    Attributes:
        owner: symbol of the descriptor's class. name: the attribute.
        method: symbol of the method that stores. path, span: where.
        accessor: symbol of ``__get__``, ``__set__`` or ``__delete__``: it, or a method
            that it calls, stores. accessor_path, accessor_span: its place.
    """

    owner: str
    name: str
    method: str
    path: str
    span: Span
    accessor: str
    accessor_path: str
    accessor_span: Span


class Singleton(msgspec.Struct, frozen=True, kw_only=True):
    """A class of which some code keeps and hands out one object.

    Attributes:
        symbol: qualified name of the class. path, span: the ``class`` line.
        keeper: the step that shows where the object is kept.
        arguments: names of what the constructor is given.
        reset_by_tests: tests let go of the object.
    """

    symbol: str
    path: str
    span: Span
    keeper: Step
    arguments: tuple[str, ...]
    reset_by_tests: bool


class UnboundedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that gets an entry for every new key, and never loses one.

    Attributes:
        cell: symbol of the cell. path: file that binds it.
        fillers: path and span of each store on a miss.
        mixed: what is stored depends on more than the key.
    """

    cell: str
    path: str
    fillers: tuple[tuple[str, Span], ...]
    mixed: bool = False


class FiniteTable(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that gets an entry for each of finitely many keys, which depends on the key alone.

    Attributes:
        cell: symbol of the cell.
        fillers: path and span of each store on a miss.
    """

    cell: str
    fillers: tuple[tuple[str, Span], ...]


class HandedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A function that gives its caller the container of a cell, or one inside it, not a copy.

    Attributes:
        cell: symbol of the module or class cell.
        function: symbol of the function. module: dotted name of its module.
        path, span: the ``def`` line.
        step: the step that shows the function.
        read_only: its annotation promises a type without mutators: ``Mapping``.
    """

    cell: str
    function: str
    module: str
    path: str
    span: Span
    step: Step
    read_only: bool


class ContextLeak(msgspec.Struct, frozen=True, kw_only=True):
    """A call of ``set`` on a context variable that outlives the call around it.

    Attributes:
        variable: symbol of the variable. function: symbol of the function that sets it.
        path, span: the call.
        entry: the entry point whose thread goes on with the value; None in a generator
            that makes a context manager.
        skipped: a reset is there, but an exception skips it.
    """

    variable: str
    function: str
    path: str
    span: Span
    entry: Step | None
    skipped: bool


class ProcessWrite(msgspec.Struct, frozen=True, kw_only=True):
    """A run-time change of something that the process has only once.

    Attributes:
        state: short name of what is changed, as in `Project.process_states`.
        name: the library name that is called, bound or changed: ``os.environ``.
        text: the act as short source.
        module: dotted name of the module. function: symbol of the scope.
        path, span: the act.
        put_back: whether it undoes another, or the code around it is sure to undo it.
        undone: whether the same function undoes it, unless something fails before.
        reached_from: the entry point that leads here, if a framework calls it per
            request, task, event or the like.
    """

    state: str
    name: str
    text: str
    module: str
    function: str
    path: str
    span: Span
    put_back: bool
    undone: bool
    reached_from: Step | None


class AliasedElements(msgspec.Struct, frozen=True, kw_only=True):
    """A list, tuple or dict that is made to hold one new object at every place.

    Attributes:
        function: symbol of the scope. path, span: the expression.
        kind: kind of container that the one object is; empty for an instance.
        by_key: it is a dict, and the places are its keys.
        write: the first place that changes the one object, if there is one.
        replaced: the places get objects of their own.
        kept: it is stored or returned.
    """

    function: str
    path: str
    span: Span
    kind: str
    by_key: bool
    write: Step | None
    replaced: bool
    kept: bool


class LateBinding(msgspec.Struct, frozen=True, kw_only=True):
    """A function made in a loop that reads names which the next iteration binds anew.

    Attributes:
        function: symbol of the scope around the loop. module: dotted name.
        path, span: the first name that is read too late.
        names: all such names, sorted.
        made: the step that shows where the function is made.
        kept: the step that shows how it outlives the iteration; None if that is not known.
    """

    function: str
    module: str
    path: str
    span: Span
    names: tuple[str, ...]
    made: Step
    kept: Step | None


class Stash(msgspec.Struct, frozen=True, kw_only=True):
    """Data of one call that an entry point leaves in a module, a class or a thread.

    Attributes:
        cell: symbol of the cell. place: of the attribute or element of it, or the same.
        function: symbol of the function that stores. path, span: the store.
        entry: the step that shows the entry point.
        per_thread: each thread has its own.
        is_async: the entry point is a coroutine, and its thread serves others meanwhile.
        skipped: it is undone, but an exception skips that.
    """

    cell: str
    place: str
    function: str
    path: str
    span: Span
    entry: Step
    per_thread: bool
    is_async: bool
    skipped: bool
