"""Which class attributes are declarations that a framework reads, not shared state?"""

from collections.abc import Iterator

import msgspec

from pystatelint.link.hierarchy import (
    ancestor_names,
    bases,
    library_ancestors,
    project_classes,
)
from pystatelint.link.lineage import library_names
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ExternalObject,
    InstanceObject,
    LibraryInstance,
    Object,
    Sid,
)
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Attr, Generic, Name, Result, ScopeKind
from pystatelint.models.classes import DeclarativeBase
from pystatelint.models.known import is_known_base

FIELD_KINDS = frozenset(
    {
        "attrs",
        "dataclass",
        "msgspec",
        "namedtuple",
        "pydantic",
        "pydantic-dataclass",
        "sqlmodel",
        "transformed",
        "typeddict",
        "protocol",
    }
)
"""Class kinds whose annotated names are fields of each instance."""


TRANSFORM = "typing.dataclass_transform"
"""Marks what makes fields of the annotations of a class (PEP 681)."""


class ClassKind(msgspec.Struct, frozen=True):
    """How a class treats the names in its body.

    Attributes:
        kind: as `pystatelint.link.records.ClassInfo.kind`.
        declared: table rows whose framework reads attributes of this class.
    """

    kind: str
    declared: tuple[DeclarativeBase, ...]


def class_kind(world: World, sid: Sid) -> ClassKind:
    """Return how a class treats the names in its body, by bases, metaclass and decorators."""
    found = world.kinds.get(sid)
    if not isinstance(found, ClassKind):
        world.kinds[sid] = ClassKind("", ())
        names = _marks(world, sid)
        makers = world.knowledge.class_makers
        # What PEP 681 marks is some kind of data class; a row of its own says which.
        kinds = sorted((makers[name] for name in names if name in makers), key=_is_vague)
        rows = tuple(
            dict.fromkeys(
                row for name in names for row in world.knowledge.declarative.get(name, ())
            )
        )
        found = world.kinds[sid] = ClassKind(kinds[0] if kinds else "", rows)
    return found


def _is_vague(kind: str) -> bool:
    return kind == "transformed"


PROTOCOL = "typing.Protocol"
"""Makes a protocol only of the classes that name it; others implement one (PEP 544)."""


def _marks(world: World, sid: Sid) -> tuple[tuple[str, str], ...]:
    """Return ``(via, canonical name)`` of everything that can make a class declarative."""
    names: list[tuple[str, str]] = []
    made: list[str] = []
    for item in project_classes(world, sid):
        own = _own_marks(world, item)
        # A decorator speaks of the class that it stands on, this one of its subclasses as well.
        names += [
            ("decorator", each) for each in own.decorators if item == sid or each == TRANSFORM
        ]
        names += own.metaclasses
        made += own.made
    inherited = ancestor_names(world, sid)
    if PROTOCOL in inherited and ExternalObject(PROTOCOL) not in bases(world, sid):
        inherited = tuple([each for each in inherited if each != PROTOCOL])
    names += [("base", each) for each in inherited]
    names += [("base", each) for each in made]
    for base in library_ancestors(world, sid):
        names.extend(_of_library_base(world, base))
    return tuple(names)


class OwnMarks(msgspec.Struct, frozen=True):
    """What stands at a class itself; every class below it asks again.

    Attributes:
        decorators: library decorators.
        metaclasses: what its metaclass stands for, as in `_of_metaclass`.
        made: library functions whose calls made its bases.
    """

    decorators: tuple[str, ...]
    metaclasses: tuple[tuple[str, str], ...]
    made: tuple[str, ...]


def _own_marks(world: World, sid: Sid) -> OwnMarks:
    """Return what stands at a class itself; looked up once."""
    found = world.marks.get(sid)
    if type(found) is not OwnMarks:
        scope = world.scopes[sid]
        outer = (sid[0], scope.parent)
        metaclasses = [
            mark
            for keyword, value in scope.keywords
            if keyword == "metaclass"
            for each in _externals(world, outer, value)
            for mark in _of_metaclass(world, each)
        ]
        made = [each for base in scope.bases for each in _calls_behind(world, outer, base)]
        decorators = _decorators(world, sid, outer) if scope.decorators else []
        found = OwnMarks(tuple(decorators), tuple(metaclasses), tuple(made))
        if world.tentative is None:
            world.marks[sid] = found
    return found


def _of_metaclass(world: World, dotted: str) -> Iterator[tuple[str, str]]:
    """Yield what a library metaclass stands for, by its own name and those of its bases."""
    for name in library_names(world, dotted):
        read = world.knowledge.installed.find(name)
        yield ("metaclass", name)
        if read is not None and read.transforms:
            yield ("decorator", TRANSFORM)


def _of_library_base(world: World, dotted: str) -> Iterator[tuple[str, str]]:
    """Yield what the source of a library base adds to its name."""
    read = world.knowledge.installed.find(dotted)
    if read is not None:
        for each in read.metaclasses:
            yield from _of_metaclass(world, each)
        yield from (("base", each) for each in read.made_by)
        if read.transforms:
            yield ("decorator", TRANSFORM)


def _decorators(world: World, sid: Sid, outer: Sid) -> list[str]:
    """Return the library decorators of a class."""
    found: list[str] = []
    for decoration in world.scopes[sid].decorators:
        value = decoration.value
        if isinstance(value, Result):
            value = world.scopes[outer].calls[value.call].callee
        found.extend(_externals(world, outer, value))
    transforms = world.knowledge.installed.transforms
    return [TRANSFORM if name in transforms else name for name in found]


def _externals(world: World, sid: Sid, value: AnyValue) -> list[str]:
    """Return the names of the library objects that a value stands for."""
    return [each.dotted for each in world.evaluate(sid, value) if type(each) is ExternalObject]


def _calls_behind(world: World, sid: Sid, base: AnyValue) -> list[str]:
    """Return the library functions whose call made the object that `base` names.

    ``Base = declarative_base()``, ``namedtuple(...)``.
    """
    if type(base) is Generic:
        base = base.base
    if type(base) is Result:
        return _externals(world, sid, world.scopes[sid].calls[base.call].callee)
    found: list[str] = []
    if type(base) is Name or type(base) is Attr:
        for each in world.evaluate(sid, base):
            if type(each) is CellObject:
                owner = each.cell.owner
                for binding in world.bindings(each.cell):
                    if type(binding.value) is Result:
                        callee = world.scopes[owner].calls[binding.value.call].callee
                        found.extend(_externals(world, owner, callee))
    return found


def is_instance_field(world: World, owner: Sid, name: str) -> bool:
    """Whether a name in a class body declares a field that each instance gets for itself."""
    kind = class_kind(world, owner)
    if kind.kind in FIELD_KINDS:
        bindings = world.bindings(CellKey(owner, name))
        return any(
            binding.annotation is not None and not is_class_var(world, owner, binding.annotation)
            for binding in bindings
        )
    return False


def may_be_field(world: World, cell: CellKey) -> bool:
    """Whether a class attribute may be a field of each instance, for all that is known.

    It is annotated, and the class has a base of which nothing is known: that may be a
    pydantic model of a library, whose fields are copied.
    """
    if not any(
        each.annotation is not None and not is_class_var(world, cell.owner, each.annotation)
        for each in world.bindings(cell)
    ):
        return False
    return not all(_is_known(world, name) for name in library_ancestors(world, cell.owner))


def _is_known(world: World, base: str) -> bool:
    """Whether it is known what a library base makes of the annotations in a subclass."""
    if is_known_base(world.knowledge.tables, base):
        return True
    read = world.knowledge.installed.find(base)
    return read is not None and read.plain


def is_declarative(world: World, owner: Sid, name: str) -> bool:
    """Whether a framework reads this class attribute once, or it is a field."""
    if name in world.knowledge.declarative_names or is_instance_field(world, owner, name):
        return True
    kind = class_kind(world, owner)
    if kind.kind == "enum" or _is_options_class(world, owner):
        return True
    if not kind.declared:
        return False
    bindings = world.bindings(CellKey(owner, name))
    for row in kind.declared:
        if row.declares(name):
            return True
        if row.calls and any(isinstance(binding.value, Result) for binding in bindings):
            return True
        if row.annotated and any(
            binding.annotation is not None and not is_class_var(world, owner, binding.annotation)
            for binding in bindings
        ):
            return True
    return False


def _is_options_class(world: World, owner: Sid) -> bool:
    """Whether a class only holds options for the class around it (``class Meta``)."""
    scope = world.scopes[owner]
    rows = world.knowledge.option_classes.get(scope.name)
    if rows is None:
        return False
    outer = (owner[0], scope.parent)
    if world.scopes[outer].kind is not ScopeKind.CLASS:
        return False
    marks = {name for _, name in _marks(world, outer)}
    return any(not row.outer or marks.intersection(row.outer) for row in rows)


def is_field_object(world: World, item: Object) -> bool:
    """Whether an object declares a field where a class holds it, by the library of its class."""
    if isinstance(item, InstanceObject):
        return any(_declares_fields(world, name) for name in library_ancestors(world, item.sid))
    if isinstance(item, LibraryInstance):
        return _declares_fields(world, item.dotted.removesuffix("?").removesuffix("()"))
    return False


def _declares_fields(world: World, dotted: str) -> bool:
    """Whether a table names a library class or call, or a package that it belongs to."""
    while dotted:
        if dotted in world.knowledge.tables.field_objects:
            return True
        dotted = dotted.rpartition(".")[0]
    return False


def is_class_var(world: World, sid: Sid, annotation: AnyValue) -> bool:
    """Whether an annotation is ``ClassVar`` or ``ClassVar[...]``."""
    return _is_wrapped_in(world, sid, annotation, "typing.ClassVar")


def is_final(world: World, sid: Sid, annotation: AnyValue) -> bool:
    """Whether an annotation is ``Final`` or ``Final[...]``."""
    return _is_wrapped_in(world, sid, annotation, "typing.Final")


def _is_wrapped_in(world: World, sid: Sid, annotation: AnyValue, wrapper: str) -> bool:
    """Whether an annotation is a wrapper, or holds it as its outermost parts (PEP 591)."""
    if type(annotation) is Generic:
        if _is_wrapped_in(world, sid, annotation.base, wrapper):
            return True
        first = next(iter(annotation.arguments), None)
        return type(first) is Generic and _is_wrapped_in(world, sid, first, wrapper)
    if type(annotation) is not Name and type(annotation) is not Attr:
        return False
    return any(
        type(each) is ExternalObject
        and world.knowledge.canonical(each.dotted).replace("typing_extensions", "typing") == wrapper
        for each in world.evaluate(sid, annotation)
    )
