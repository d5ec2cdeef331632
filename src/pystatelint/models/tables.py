"""Load the data tables into one frozen value."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import TypeVar

import msgspec

from pystatelint.errors import StatelintError
from pystatelint.models import schema
from pystatelint.models.aliases import Aliases
from pystatelint.models.classes import (
    ClassMaker,
    CopySemantics,
    DeclarativeBase,
    FieldMaker,
    FieldObject,
    NestedClass,
    OrmColumn,
)
from pystatelint.models.containers import kinds_of
from pystatelint.models.entries import EntryPoints, index_entries
from pystatelint.models.functions import (
    CacheDecorator,
    DecoratorRole,
    DiMarker,
    InitMethod,
    Registration,
    StartingCall,
)
from pystatelint.models.processes import ProcessGlobals, ProcessRows, index_process
from pystatelint.models.row import all_by_name, by_name
from pystatelint.models.sessions import HandingCall, RequestType, ReturnedType, SessionType
from pystatelint.models.uncalled import UncalledNames, index_uncalled
from pystatelint.models.values import (
    ArgumentWriter,
    Container,
    Immutable,
    IteratorMaker,
    PureFunction,
    SafeHolder,
    Volatile,
)

AnyFile = TypeVar("AnyFile")


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of other people's code; keys are canonical dotted names.

    Attributes:
        aliases: other names of what the tables name; ask it first.
        constructors: call -> kind of container that it makes.
        kinds: kind -> what its methods do, those of `like` included.
        immutables: call -> why its result is no hidden state.
        functions: function or ``type.method`` that changes nothing -> what it returns.
        writers: function -> which arguments it changes.
        field_objects: package, class or call whose objects declare fields in a class.
        holders: class or object that keeps state apart per thread, task or request.
        declarative: base, metaclass or decorator -> attributes its framework reads.
        nested: name of an option class such as ``Meta`` -> bases of the outer class.
        declared_names: attribute names that are declarations wherever they stand.
        copies: class kind -> what becomes of a default.
        class_makers: decorator, base, metaclass or call -> class kind.
        field_makers: call that describes a field -> where its default stands.
        columns: call that makes an ORM column -> where its default stands.
        starting: call that serves until the process ends, or prepares what does.
        sessions: class of a live object -> who may use it.
        handing: call that hands something to another task, thread or process -> which.
        handing_methods: bare method name -> the same, for objects of an unknown class.
        proxies: object that stands for that of the request at hand -> what it is.
        requests: class of what belongs to one request -> what it is.
        returns: call, or decorator -> class of the result, or of the decorated name;
            a call of an instance is named ``Class.__call__``. A class that is called
            needs no row. Covers what yields the classes of `sessions`.
        objects: library object, or attribute of an instance -> its class.
        caches: decorator that keeps results -> its bound.
        decorators: decorator -> what it makes of a function.
        entries: how frameworks get to call functions.
        registrations: call, decorator or hook that files things away at import.
        init_methods: bare method name -> when it runs.
        uncalled: name of a function that nobody calls -> when somebody outside does.
        markers: call that stands as a parameter's default and is data.
        iterators: call that makes an iterator -> whether it ends.
        finders: call that finds or loads something by its name, or fails.
        read_only: class that, as an annotation, offers no way to change the object.
        volatile: call that gives something else each time -> what it depends on.
        process: what changes the state of the whole process.
        test_libraries: packages that only tests, and what supports them, import.
        applications: calls that make what a framework serves or runs.
        settings: names that a module with the settings of an application binds.
    """

    aliases: Aliases
    constructors: dict[str, str]
    kinds: dict[str, Container]
    immutables: dict[str, Immutable]
    functions: dict[str, PureFunction]
    writers: dict[str, ArgumentWriter]
    field_objects: dict[str, FieldObject]
    holders: dict[str, SafeHolder]
    declarative: dict[str, DeclarativeBase]
    nested: dict[str, NestedClass]
    declared_names: frozenset[str]
    copies: dict[str, CopySemantics]
    class_makers: dict[str, ClassMaker]
    field_makers: dict[str, FieldMaker]
    columns: dict[str, OrmColumn]
    starting: dict[str, StartingCall]
    sessions: dict[str, SessionType]
    handing: dict[str, HandingCall]
    handing_methods: dict[str, HandingCall]
    proxies: dict[str, RequestType]
    requests: dict[str, RequestType]
    returns: dict[str, str]
    objects: dict[str, str]
    caches: dict[str, CacheDecorator]
    decorators: dict[str, DecoratorRole]
    entries: EntryPoints
    registrations: dict[str, tuple[Registration, ...]]
    init_methods: dict[str, tuple[InitMethod, ...]]
    uncalled: UncalledNames
    markers: dict[str, DiMarker]
    iterators: dict[str, IteratorMaker]
    finders: frozenset[str]
    read_only: frozenset[str]
    volatile: dict[str, Volatile]
    process: ProcessGlobals
    test_libraries: frozenset[str]
    applications: frozenset[str]
    settings: tuple[tuple[str, ...], ...]

    def canonical(self, dotted: str) -> str:
        """Return the name under which the tables know a dotted name."""
        return self.aliases.canonical(dotted)


def load_tables() -> Tables:
    """Read every data table that the package ships.

    Raises:
        StatelintError: a table is missing or damaged.
    """
    containers = read_table("containers", schema.Containers).container
    classes = read_table("declarative_bases", schema.DeclarativeBases)
    copies = read_table("copy_semantics", schema.CopyRules)
    requests = read_table("requests", schema.Requests)
    sessions = read_table("sessions", schema.Sessions)
    returns = read_table("returns", schema.Returns)
    decorators = read_table("decorators", schema.Decorators)
    registries = read_table("registries", schema.Registries)
    starting = read_table("starting_calls", schema.StartingCalls)
    handing = read_table("handing", schema.Handing).call
    kinds = kinds_of(containers)
    methods = read_table("init_methods", schema.InitMethods)
    return Tables(
        aliases=read_table("aliases", Aliases),
        constructors={name: row.kind for row in containers for name in row.names},
        kinds=kinds,
        immutables=by_name(read_table("immutables", schema.Immutables).immutable),
        functions=by_name(read_table("pure_functions", schema.PureFunctions).function),
        writers=by_name(read_table("argument_writers", schema.ArgumentWriters).writer),
        field_objects=by_name(read_table("field_objects", schema.FieldObjects).field),
        holders=by_name(read_table("safe_holders", schema.SafeHolders).holder),
        declarative=by_name(classes.base),
        nested=by_name(classes.nested),
        declared_names=frozenset(by_name(classes.name)),
        copies=by_name(copies.semantics),
        class_makers=by_name(copies.maker),
        field_makers=by_name(copies.field),
        columns=by_name(read_table("orm_columns", schema.OrmColumns).column),
        starting=by_name((*starting.call, *starting.preparation)),
        sessions=by_name(sessions.type),
        handing=by_name(handing),
        handing_methods={name: row for row in handing for name in row.methods},
        proxies=by_name(requests.proxy),
        requests=by_name(requests.request),
        returns=returned((*returns.call, *sessions.call)),
        objects=returned(returns.object),
        caches=by_name(decorators.cache),
        decorators=by_name(decorators.role),
        entries=index_entries(read_table("entry_points", schema.EntryRows).entry),
        registrations=all_by_name(registries.registration),
        init_methods=all_by_name(methods.method),
        uncalled=index_uncalled(methods.uncalled),
        markers=by_name(read_table("di_markers", schema.DiMarkers).marker),
        iterators=by_name(read_table("iterators", schema.Iterators).iterator),
        finders=frozenset(by_name(read_table("finders", schema.Finders).finder)),
        read_only=frozenset(by_name(read_table("read_only_types", schema.ReadOnlyTypes).type)),
        volatile=by_name(read_table("volatile", schema.Volatiles).volatile),
        process=index_process(read_table("process_globals", ProcessRows), kinds),
        test_libraries=frozenset(by_name(registries.tests)),
        applications=frozenset(by_name(registries.application)),
        settings=tuple(row.names for row in registries.settings),
    )


def read_table(stem: str, shape: type[AnyFile]) -> AnyFile:
    """Return one data file as a record.

    Args:
        stem: name of the file without its suffix.
        shape: the record that describes the file.

    Raises:
        StatelintError: the file is missing or damaged.
    """
    resource = files("pystatelint.models") / "data" / f"{stem}.toml"
    try:
        return msgspec.convert(tomllib.loads(resource.read_text(encoding="utf-8")), shape)
    except (OSError, ValueError) as error:
        raise StatelintError(
            f"pystatelint/models/data/{stem}.toml cannot be used: {error}; reinstall pystatelint"
        ) from error


def returned(rows: Iterable[ReturnedType]) -> dict[str, str]:
    """Return name -> class of the instance that it yields or is."""
    return {name: row.returns for row in rows for name in row.names}
