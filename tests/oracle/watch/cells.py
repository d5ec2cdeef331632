"""What storage do the loaded modules of a package have: names of modules, of classes, defaults?"""

import gc
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from .content import Look, look_at, module_of, namespace, qualname

OF_MODULES = frozenset(
    {
        "__annotations__",
        "__builtins__",
        "__cached__",
        "__conditional_annotations__",
        "__file__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__spec__",
        "__warningregistry__",
    }
)
"""Names that the interpreter keeps in modules."""

OF_CLASSES = frozenset(
    {
        "__abstractmethods__",
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__dict__",
        "__firstlineno__",
        "__module__",
        "__qualname__",
        "__slotnames__",
        "__static_attributes__",
        "__weakref__",
        "_abc_impl",
    }
)
"""Names that the interpreter, `abc` and `copyreg` keep in classes."""

WRAPPERS = (staticmethod, classmethod)


class Place(NamedTuple):
    """Which name of what.

    Attributes:
        symbol: as statelint writes it: ``app.chat.Chat._cache``, ``app.chat.send(history)``.
        kind: ``module``, ``class`` or ``default``.
        scope: identity of the namespace: two classes may bear one name.
        apart: the class is not what its qualified name leads to: it was made in a function,
            or another one has taken its name.
    """

    symbol: str
    kind: str
    scope: int
    apart: bool


class Snapshot(NamedTuple):
    """Every cell at one moment.

    Attributes:
        looks: what is in each cell.
        scopes: the modules and classes by identity; they live as long as it is compared.
    """

    looks: Mapping[Place, Look]
    scopes: Mapping[int, object]


def snapshot(packages: tuple[str, ...]) -> Snapshot:
    """Return what is in every cell of the loaded modules of some packages."""
    gc.collect()
    gc.disable()  # a look makes many objects and no garbage
    try:
        return looked_at(dict(modules_of(packages)), tuple(classes_of(packages)))
    finally:
        gc.freeze()  # they need not be gone through at each collection
        gc.enable()


def snapshot_of(modules: tuple[types.ModuleType, ...]) -> Snapshot:
    """Return what is in the cells of some modules and of the classes that their names lead to."""
    named = {module_namespace(module)["__name__"]: module for module in modules}
    return looked_at(named, tuple(chain.from_iterable(map(classes_in, modules))))


def looked_at(modules: Mapping[str, types.ModuleType], classes: tuple[type, ...]) -> Snapshot:
    """Return what is in the cells of modules and classes."""
    cells = list(chain(module_cells(modules), class_cells(modules, classes)))
    identities = frozenset(id(value) for _, value in cells)
    looks = {place: look_at(value, identities) for place, value in cells}
    return Snapshot(looks, {id(scope): scope for scope in (*modules.values(), *classes)})


def joined(first: Snapshot, others: Iterable[Snapshot]) -> Snapshot:
    """Return one snapshot of all; the first one counts where two know a cell."""
    looks, scopes = dict(first.looks), dict(first.scopes)
    for other in others:
        looks = {**other.looks, **looks}
        scopes |= other.scopes
    return Snapshot(looks, scopes)


def modules_of(packages: tuple[str, ...]) -> Iterator[tuple[str, types.ModuleType]]:
    """Yield the loaded modules of packages, by the name they give themselves."""
    for name, module in sorted(sys.modules.items()):
        if is_within(name, packages) and types.ModuleType in type(module).__mro__:
            if module_namespace(module).get("__name__") == name:
                yield name, module


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    """Return whether a module belongs to one of the packages."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def module_namespace(module: types.ModuleType) -> dict[str, Any]:
    """Return the names of a module, whatever its class makes of `__dict__`."""
    found: dict[str, Any] = types.ModuleType.__getattribute__(module, "__dict__")
    return found


def classes_of(packages: tuple[str, ...]) -> Iterator[type]:
    """Yield every class there is that says it comes from one of the packages."""
    waiting, met = [object], {object}
    while waiting:
        below = set(type.__subclasses__(waiting.pop())) - met
        met |= below
        waiting += below
    yield from (each for each in met if is_within(module_of(each), packages))


def classes_in(module: types.ModuleType) -> Iterator[type]:
    """Yield the classes that a module defines under its names, and the classes within them."""
    names = module_namespace(module)
    waiting, met = [names], set()
    while waiting:
        for value in list(waiting.pop().values()):
            if type in type(value).__mro__ and module_of(value) == names["__name__"]:
                if id(value) not in met:
                    yield value
                    met.add(id(value))
                    waiting.append(dict(namespace(value)))


def module_cells(modules: Mapping[str, types.ModuleType]) -> Iterator[tuple[Place, object]]:
    """Yield the names of modules, and the defaults of their functions."""
    for name, module in modules.items():
        for key, value in list(module_namespace(module).items()):
            if key not in OF_MODULES and not is_submodule(name, key, value):
                yield Place(f"{name}.{key}", "module", id(module), apart=False), value
                yield from default_cells(f"{name}.{key}", value, apart=False)


def is_submodule(module: str, name: str, value: object) -> bool:
    """Return whether the import system has bound the name."""
    return value is not None and sys.modules.get(f"{module}.{name}") is value


def class_cells(
    modules: Mapping[str, types.ModuleType], classes: tuple[type, ...]
) -> Iterator[tuple[Place, object]]:
    """Yield the attributes of classes and the defaults of their methods."""
    for kind in classes:
        apart = not is_where_it_says(kind, modules)
        owner = f"{module_of(kind)}.{qualname(kind)}"
        for key, value in list(namespace(kind).items()):
            if key not in OF_CLASSES:
                yield Place(f"{owner}.{key}", "class", id(kind), apart), value
                yield from default_cells(f"{owner}.{key}", value, apart=apart)


def is_where_it_says(kind: type, modules: Mapping[str, types.ModuleType]) -> bool:
    """Return whether its qualified name leads to the class."""
    module = modules.get(module_of(kind))
    names: Mapping[str, Any] = module_namespace(module) if module else {}
    *path, last = qualname(kind).split(".")
    for name in path:
        outer: Any = names.get(name)
        if type not in type(outer).__mro__:
            return False
        names = namespace(outer)
    return names.get(last) is kind


def default_cells(symbol: str, value: Any, *, apart: bool) -> Iterator[tuple[Place, object]]:
    """Yield the defaults of a function that is bound where it was defined."""
    function = value.__func__ if type(value) in WRAPPERS else value
    if type(function) is not types.FunctionType:
        return
    if not (function.__defaults__ or function.__kwdefaults__):
        return
    if f"{function.__module__}.{function.__qualname__}" != symbol:
        return
    code, positional = function.__code__, function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount][code.co_argcount - len(positional) :]
    defaults = {**dict(zip(names, positional, strict=True)), **(function.__kwdefaults__ or {})}
    for name, default in defaults.items():
        yield Place(f"{symbol}({name})", "default", id(function), apart), default
