"""What each data file holds: one record per file, one field per table."""

import msgspec

from pystatelint.models.classes import (
    ClassMaker,
    CopySemantics,
    DeclarativeBase,
    FieldMaker,
    FieldObject,
    NestedClass,
    OrmColumn,
)
from pystatelint.models.functions import (
    CacheDecorator,
    DecoratorRole,
    DiMarker,
    Entry,
    InitMethod,
    Registration,
    SettingsModule,
    StartingCall,
    UncalledName,
)
from pystatelint.models.row import Row
from pystatelint.models.sessions import HandingCall, RequestType, ReturnedType, SessionType
from pystatelint.models.syntax import NewSyntax
from pystatelint.models.values import (
    ArgumentWriter,
    Container,
    Immutable,
    IteratorMaker,
    PureFunction,
    SafeHolder,
    Volatile,
)


class ArgumentWriters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``argument_writers.toml``."""

    writer: tuple[ArgumentWriter, ...]


class Containers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``containers.toml``."""

    container: tuple[Container, ...]


class CopyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"maker": "class"}):
    """The file ``copy_semantics.toml``."""

    semantics: tuple[CopySemantics, ...]
    maker: tuple[ClassMaker, ...]
    field: tuple[FieldMaker, ...]


class DeclarativeBases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``declarative_bases.toml``."""

    base: tuple[DeclarativeBase, ...]
    name: tuple[Row, ...]
    nested: tuple[NestedClass, ...]


class Decorators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``decorators.toml``."""

    cache: tuple[CacheDecorator, ...]
    role: tuple[DecoratorRole, ...]


class DiMarkers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``di_markers.toml``."""

    marker: tuple[DiMarker, ...]


class EntryRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``entry_points.toml``."""

    entry: tuple[Entry, ...]


class Handing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``handing.toml``."""

    call: tuple[HandingCall, ...]


class Immutables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``immutables.toml``."""

    immutable: tuple[Immutable, ...]


class InitMethods(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``init_methods.toml``."""

    method: tuple[InitMethod, ...]
    uncalled: tuple[UncalledName, ...]


class NewerSyntax(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``newer_syntax.toml``."""

    feature: tuple[NewSyntax, ...]


class Iterators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``iterators.toml``."""

    iterator: tuple[IteratorMaker, ...]


class OrmColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``orm_columns.toml``."""

    column: tuple[OrmColumn, ...]


class PureFunctions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``pure_functions.toml``."""

    function: tuple[PureFunction, ...]


class Finders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``finders.toml``."""

    finder: tuple[Row, ...]


class ReadOnlyTypes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``read_only_types.toml``."""

    type: tuple[Row, ...]


class Registries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``registries.toml``."""

    application: tuple[Row, ...]
    registration: tuple[Registration, ...]
    settings: tuple[SettingsModule, ...]
    tests: tuple[Row, ...]


class Requests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``requests.toml``."""

    proxy: tuple[RequestType, ...]
    request: tuple[RequestType, ...]


class Returns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``returns.toml``."""

    call: tuple[ReturnedType, ...]
    object: tuple[ReturnedType, ...]


class FieldObjects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``field_objects.toml``."""

    field: tuple[FieldObject, ...]


class StartingCalls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``starting_calls.toml``."""

    call: tuple[StartingCall, ...]
    preparation: tuple[StartingCall, ...]


class SafeHolders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``safe_holders.toml``."""

    holder: tuple[SafeHolder, ...]


class Sessions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``sessions.toml``."""

    type: tuple[SessionType, ...]
    call: tuple[ReturnedType, ...]


class Volatiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``volatile.toml``."""

    volatile: tuple[Volatile, ...]
