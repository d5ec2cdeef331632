"""What does a name mean in a module: its own, imported, re-exported, built in?"""

from pystatelint.link.found_out import IN_PROGRESS
from pystatelint.link.objects import (
    CellKey,
    CellObject,
    ClassObject,
    ExternalObject,
    FunctionObject,
    ModuleObject,
    Objects,
    Sid,
    merged,
)
from pystatelint.link.world import VALUE_KINDS, World
from pystatelint.model.facts import (
    Attr,
    Binding,
    BindingKind,
    Const,
    Item,
    Member,
    Module,
    Name,
    ScopeKind,
)
from pystatelint.model.module import absolute_name

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
ANNOTATION = BindingKind.ANNOTATION
VALUE = BindingKind.VALUE


def visible(world: World, sid: Sid, value: Name) -> Objects:
    """Return what a free name means: in enclosing functions, then the module (PEP 227)."""
    scope, name = world.scopes[sid], value.name
    if scope.bindings and scope.kind in FUNCTIONS:
        own = world.names[sid].get(name)
        if own is not None and own[0].value is not None:
            return world.evaluate(sid, own[0].value)
    for free, owner in scope.free:
        if free == name:
            enclosing = (sid[0], owner)
            found = world.names.get(enclosing, {}).get(name, ())
            bound_to = found[0].value if found else None
            return world.evaluate(enclosing, bound_to) if bound_to is not None else ()
    key = (sid[0], name)
    known = world.lookups.get(key)
    if known is None or known is IN_PROGRESS:
        return world.once(world.lookups, key, _member, sid[0], name)
    return known


FUNCTIONS = frozenset({ScopeKind.FUNCTION, ScopeKind.LAMBDA})


def module_member(world: World, module: int, name: str) -> Objects:
    """Return what `name` means in the namespace of a module."""
    key = (module, name)
    found = world.lookups.get(key)
    if found is None or found is IN_PROGRESS:
        return world.once(world.lookups, key, _member, module, name)
    return found


def _member(world: World, module: int, name: str) -> Objects:
    """Look a name up where CPython would: bindings, stars, submodules, builtins."""
    cell = CellKey((module, 0), name)
    bindings = world.bindings(cell)
    if bindings and bindings[0].kind is not ANNOTATION:
        return bound(world, cell, bindings)
    inner = _submodule(world, module, name)
    if inner and bindings and all(each.kind is ANNOTATION for each in bindings):
        return inner  # an annotation binds nothing
    if bindings or cell in world.global_binds:
        return bound(world, cell, bindings)
    for star in reversed(world.bindings(CellKey((module, 0), "*"))):
        found = _through_star(world, module, star, name)
        if found:
            return found
    if inner:
        return inner
    if name in world.knowledge.builtins:
        return (ExternalObject(name),)
    return ()


def _submodule(world: World, module: int, name: str) -> Objects:
    """Return the submodule of that name, if the module is a package that has one."""
    owner = world.modules[module]
    number = world.index.get(f"{owner.name}.{name}") if owner.package else None
    return () if number is None else (ModuleObject(number),)


def bound(world: World, cell: CellKey, bindings: tuple[Binding, ...]) -> Objects:
    """Return what a bound name stands for: its definitions, or the cell itself.

    A name that is bound once to another name (``X = other.Y``) is an alias of that.
    Where definitions and values mix (``try: import x; except: x = None``), definitions win.
    """
    if cell.name in world.rebound and cell in world.global_binds:
        return (CellObject(cell),)
    if len(bindings) == 1 and bindings[0].kind not in VALUE_KINDS:
        return defined(world, cell.owner, bindings[0])
    definitions = [binding for binding in bindings if binding.kind not in VALUE_KINDS]
    if definitions:
        return merged([defined(world, cell.owner, binding) for binding in definitions])
    return alias_target(world, cell, bindings) or (CellObject(cell),)


def is_cell(world: World, cell: CellKey, bindings: tuple[Binding, ...]) -> bool:
    """Whether a bound name stands for storage of its own: `bound` gives the cell itself."""
    if cell in world.global_binds:
        return True
    if any(binding.kind not in VALUE_KINDS for binding in bindings):
        return False
    target = alias_target(world, cell, bindings)
    return not target or CellObject(cell) in target


def alias_target(world: World, cell: CellKey, bindings: tuple[Binding, ...]) -> Objects:
    """Return what a name bound once to another name stands for; nothing if it is no alias."""
    values = bindings
    if len(bindings) != 1:
        values = tuple([each for each in bindings if each.kind is not ANNOTATION])
    if len(values) != 1 or values[0].kind is not VALUE:
        return ()
    value = values[0].value
    if type(value) not in NAMES or value is None:
        return ()
    found = world.evaluate(cell.owner, value)
    nameable = TYPES if type(value) is Item else NAMEABLE
    return found if all(type(item) in nameable for item in found) else ()


NAMES = frozenset({Attr, Item, Member, Module, Name})
"""Values that may be another name of something."""

NAMEABLE = frozenset({CellObject, ClassObject, ExternalObject, FunctionObject, ModuleObject})
"""What a name can be an alias of."""

TYPES = frozenset({ClassObject, ExternalObject})
"""What a subscript can parametrise: ``Rows = list[Row]`` names a type, no cell."""


def defined(world: World, owner: Sid, binding: Binding) -> Objects:
    """Return the function, class or import of a definition."""
    value = binding.value
    return () if value is None or type(value) is Const else world.evaluate(owner, value)


def _through_star(world: World, module: int, star: Binding, name: str) -> Objects:
    """Look a name up in the target of ``from m import *``."""
    if not isinstance(star.value, Member):
        return ()
    target = absolute(world, module, star.value.module, star.value.level)
    number = world.index.get(target)
    if number is None:
        return ()
    exports = world.modules[number].facts.exports
    if (exports is not None and name not in exports) or (exports is None and name.startswith("_")):
        return ()
    found = module_member(world, number, name)
    return () if found == (ExternalObject(name),) else found


def absolute(world: World, module: int, name: str, level: int) -> str:
    """Return the absolute dotted name of a relative import (PEP 328)."""
    owner = world.modules[module]
    return absolute_name(owner.name, name, level, package=owner.package)


def imported_module(world: World, dotted: str) -> Objects:
    """Return the module of a dotted name: of the project, or of a library."""
    number = world.index.get(dotted)
    if number is not None:
        return (ModuleObject(number),)
    return (ExternalObject(world.knowledge.canonical(dotted)),)


def imported_member(world: World, module: int, member: Member) -> Objects:
    """Return what ``from module import name`` binds (a binding, else a submodule)."""
    target = absolute(world, module, member.module, member.level)
    number = world.index.get(target)
    if number is not None:
        if number == module and (own := _submodule(world, number, member.name)):
            return own  # a package that imports from itself: the name is not bound yet
        found = module_member(world, number, member.name)
        if found and found != (ExternalObject(member.name),):
            return found
        inner = world.index.get(f"{target}.{member.name}")
        return (ModuleObject(inner),) if inner is not None else ()
    inner = world.index.get(f"{target}.{member.name}")
    if inner is not None:
        return (ModuleObject(inner),)
    return (ExternalObject(world.knowledge.canonical(f"{target}.{member.name}")),)
