"""What a class framework does with the default of a field."""

from collections.abc import Iterator

from pystatelint.link.project import Project
from pystatelint.link.records import ClassInfo, Value
from pystatelint.models.classes import CopySemantics, Outcome
from pystatelint.rules.values import BUILTIN_CONTAINERS, is_container

_HASHABLE_CONTAINERS = frozenset(
    {"asyncio-queue", "bytesio", "iterator", "process-queue", "queue", "stringio", "weakset"}
)


def fate_of(default: Value, semantics: CopySemantics, project: Project) -> Outcome:
    """Return whether instances share the default, get copies, or cannot be made."""
    if default.mutable is not True:
        return _fate_of_parts(default, semantics)
    if default.kind in BUILTIN_CONTAINERS:
        return semantics.empty if default.empty else semantics.filled
    if is_container(default) and default.kind not in _HASHABLE_CONTAINERS:
        return semantics.container
    return semantics.hashable if has_hash(default.dotted, project) else semantics.unhashable


def _fate_of_parts(default: Value, semantics: CopySemantics) -> Outcome:
    nested = default.kind == "tuple" and any(part.mutable is True for part in default.parts)
    return semantics.wrapped if nested else "copied"


def has_hash(symbol: str, project: Project) -> bool:
    """Return whether instances of the class have a hash; true of unknown classes."""
    info = next((each for each in project.classes if each.symbol == symbol), None)
    if info is None:
        return True
    functions = {function.symbol for function in project.functions}
    for ancestor in (info.symbol, *info.ancestors):
        if f"{ancestor}.__hash__" in functions:
            return True
        if f"{ancestor}.__eq__" in functions:
            return False
    return not compares_by_value(info)


def compares_by_value(info: ClassInfo) -> bool:
    """Return whether the class gets ``__eq__``, and so no hash, from its framework."""
    options = set(_options_of(info))
    told_otherwise = options & {("eq", "False"), ("frozen", "True"), ("unsafe_hash", "True")}
    return (
        info.kind not in ("", "enum", "namedtuple", "protocol", "typeddict") and not told_otherwise
    )


def is_frozen(info: ClassInfo) -> bool:
    """Return whether instances cannot be changed and are hashed by value."""
    frozen_name = any(decorator.dotted.endswith(".frozen") for decorator in info.decorators)
    return info.kind == "namedtuple" or frozen_name or ("frozen", "True") in _options_of(info)


def _options_of(info: ClassInfo) -> Iterator[tuple[str, str]]:
    for decorator in info.decorators:
        yield from decorator.constants
