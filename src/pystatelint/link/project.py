"""Everything that the link phase knows of a project."""

import msgspec

from pystatelint.link.places import (
    AliasedElements,
    ContextLeak,
    DescriptorStore,
    FiniteTable,
    HandedOut,
    KeptArgument,
    LateBinding,
    ProcessWrite,
    Singleton,
    StaleImport,
    Stash,
    StatefulDefault,
    UnboundedTable,
)
from pystatelint.link.records import (
    Cell,
    ClassInfo,
    FunctionAttribute,
    FunctionInfo,
    LibraryCall,
    SharedIterator,
)
from pystatelint.link.records_functions import CachedRead, DefaultEscape, KeptClosure
from pystatelint.link.records_locks import LockMisuse
from pystatelint.link.records_races import Race
from pystatelint.link.records_sessions import (
    ClientWrite,
    HandedSession,
    LoadThenSave,
    RowInsert,
    RowUpdate,
)
from pystatelint.models.classes import CopySemantics, OrmColumn
from pystatelint.models.functions import CacheDecorator
from pystatelint.models.processes import ProcessState
from pystatelint.models.values import Volatile


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """A linked project: what rules read.

    Attributes:
        modules: dotted module name and path of each module, sorted.
        cells: every cell, sorted by symbol.
        classes: every class, sorted by symbol.
        functions: every function, sorted by symbol.
        library_calls: calls that a data table names, sorted by path and span.
        aliased_elements, late_bindings, context_leaks, process_writes, stateful_defaults,
            stale_imports, stashes: sorted by path and span.
        default_escapes: ways by which defaults outlive the call, by path and span.
        kept_arguments: what objects that serve many calls keep of one, by path and span.
        descriptor_stores: what descriptors keep of one object, by path and span.
        shared_iterators, function_attributes, singletons, unbounded_tables, finite_tables,
            kept_closures: sorted by symbol.
        races: what coroutine functions write that others may change meanwhile, by path and span.
        lock_misuses: locks that do not do what they are there for, by path and span.
        row_inserts: rows that are inserted if a question found none, by path and span.
        loads_then_saves: what is saved that was loaded before a wait, by path and span.
        row_updates: columns worked out of what was read, by path and span.
        client_writes: changes of shared clients, by path and span.
        handed_sessions: sessions that go to other tasks, threads or workers, by path and span.
        handed_out: cells whose containers functions return, by cell and function.
        cached_reads: what cached functions read, by cell, function and place.
        test_modules: names of modules that are tests.
        session_types: classes of live sessions, connections, cursors, transactions.
        request_types: classes of what belongs to one request: the request, its user.
        local_types: classes whose instances look different to each thread or task.
        copy_semantics: what each kind of class does with mutable defaults.
        orm_columns: calls that make a column of a table.
        process_states: what a process has only once.
        volatile: calls that give something else each time.
        cache_decorators: decorators that keep results.
        transparent_decorators: decorators that leave what a call returns as it is.
    """

    modules: tuple[tuple[str, str], ...]
    cells: tuple[Cell, ...]
    classes: tuple[ClassInfo, ...]
    functions: tuple[FunctionInfo, ...]
    library_calls: tuple[LibraryCall, ...]
    stale_imports: tuple[StaleImport, ...]
    stateful_defaults: tuple[StatefulDefault, ...] = ()
    process_writes: tuple[ProcessWrite, ...] = ()
    shared_iterators: tuple[SharedIterator, ...] = ()
    kept_arguments: tuple[KeptArgument, ...] = ()
    descriptor_stores: tuple[DescriptorStore, ...] = ()
    function_attributes: tuple[FunctionAttribute, ...] = ()
    aliased_elements: tuple[AliasedElements, ...] = ()
    late_bindings: tuple[LateBinding, ...] = ()
    stashes: tuple[Stash, ...] = ()
    context_leaks: tuple[ContextLeak, ...] = ()
    singletons: tuple[Singleton, ...] = ()
    unbounded_tables: tuple[UnboundedTable, ...] = ()
    finite_tables: tuple[FiniteTable, ...] = ()
    handed_out: tuple[HandedOut, ...] = ()
    default_escapes: tuple[DefaultEscape, ...] = ()
    races: tuple[Race, ...] = ()
    row_inserts: tuple[RowInsert, ...] = ()
    loads_then_saves: tuple[LoadThenSave, ...] = ()
    row_updates: tuple[RowUpdate, ...] = ()
    client_writes: tuple[ClientWrite, ...] = ()
    handed_sessions: tuple[HandedSession, ...] = ()
    lock_misuses: tuple[LockMisuse, ...] = ()
    kept_closures: tuple[KeptClosure, ...] = ()
    cached_reads: tuple[CachedRead, ...] = ()
    test_modules: frozenset[str] = frozenset()
    session_types: frozenset[str] = frozenset()
    request_types: frozenset[str] = frozenset()
    local_types: frozenset[str] = frozenset()
    copy_semantics: tuple[CopySemantics, ...] = ()
    orm_columns: tuple[OrmColumn, ...] = ()
    process_states: tuple[ProcessState, ...] = ()
    volatile: tuple[Volatile, ...] = ()
    cache_decorators: tuple[CacheDecorator, ...] = ()
    transparent_decorators: frozenset[str] = frozenset()
