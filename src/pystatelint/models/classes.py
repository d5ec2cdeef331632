"""Rows that speak of classes, their fields and their defaults."""

from fnmatch import fnmatchcase
from typing import Literal

from pystatelint.models.row import Row


class DeclarativeBase(Row, frozen=True, kw_only=True):
    """Bases, metaclasses or decorators whose framework reads class attributes once.

    Attributes:
        framework: short name.
        via: how the class gets it.
        attributes: names or globs of the declared attributes; ``*`` is all of them.
        calls: attributes bound to a call (fields, columns, managers) are declared.
        annotated: annotated attributes are declared, ClassVar excepted.
    """

    framework: str
    via: Literal["base", "metaclass", "decorator"] = "base"
    attributes: tuple[str, ...] = ()
    calls: bool = False
    annotated: bool = False

    def declares(self, attribute: str) -> bool:
        """Return whether the framework reads the attribute of this name."""
        return any(fnmatchcase(attribute, pattern) for pattern in self.attributes)


class NestedClass(Row, frozen=True, kw_only=True):
    """Names of classes inside a class that only hold options.

    Attributes:
        outer: canonical bases of the outer class that give the name its meaning.
    """

    outer: tuple[str, ...]


Outcome = Literal["copied", "shared", "rejected"]
"""Each instance gets its own; all instances get one; the class cannot be made."""


class CopySemantics(Row, frozen=True, kw_only=True):
    """What a class kind does with defaults; `names` is the kind.

    Attributes:
        empty: an empty list, dict, set or bytearray.
        filled: one with content.
        wrapped: a tuple that holds a list, dict or set.
        container: another unhashable container of the standard library (deque...).
        hashable: an instance of a class that has a hash.
        unhashable: an instance of a class without one.
    """

    empty: Outcome
    filled: Outcome
    wrapped: Outcome
    container: Outcome
    hashable: Outcome
    unhashable: Outcome


class ClassMaker(Row, frozen=True, kw_only=True):
    """Decorators, bases, metaclasses or calls that give a class its kind."""

    kind: str
    via: Literal["base", "metaclass", "decorator", "call"]


class FieldMaker(Row, frozen=True, kw_only=True):
    """Calls that describe one field of a class.

    Attributes:
        kind: class kind whose copy semantics the default gets.
        default: keyword of the default.
        position: position of the default, 0-based; None if keyword only.
        factories: keywords that take a factory.
    """

    kind: str
    default: str = "default"
    position: int | None = None
    factories: tuple[str, ...] = ()


class FieldObject(Row, frozen=True, kw_only=True):
    """Objects that declare a field where a class holds them; `names` may be packages.

    Attributes:
        framework: short name.
    """

    framework: str


class OrmColumn(Row, frozen=True, kw_only=True):
    """Calls that make a column, and what becomes of a mutable default.

    Attributes:
        library: short name.
        defaults: keywords whose value every row gets, unless it is callable.
        factories: keywords that take a factory, or a value of the database's side.
        outcome: whether rows share the default.
    """

    library: str
    defaults: tuple[str, ...]
    factories: tuple[str, ...] = ()
    outcome: Literal["copied", "shared"] = "shared"
