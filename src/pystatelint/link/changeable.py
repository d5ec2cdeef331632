"""Can the instances of a class change?"""

from pystatelint.link.fields import class_kind
from pystatelint.link.hierarchy import ancestor_names, project_classes
from pystatelint.link.immutable_objects import changes_itself, is_all_ours, is_value_object
from pystatelint.link.objects import ExternalObject, Sid
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, BindingKind, Const, Result


def can_change(world: World, sid: Sid) -> bool | None:
    """Whether instances of a project class can change; None if nothing tells. Found out once."""
    if sid in world.changeable:
        return world.changeable[sid]
    found = _can_change(world, sid)
    if world.tentative is None:
        world.changeable[sid] = found
    return found


def _can_change(world: World, sid: Sid) -> bool | None:
    """Look at the kind of the class, at what it binds and at its bases."""
    kind = class_kind(world, sid).kind
    if kind in {"enum", "namedtuple"}:
        return False
    if _has_nothing_to_change(world, sid) or is_value_object(world, sid):
        return False
    if any(keeps_instances_unchanged(world, name) for name in ancestor_names(world, sid)):
        return False
    return not is_frozen(world, sid)


def _has_nothing_to_change(world: World, sid: Sid) -> bool:
    """Whether a class binds no attribute at all: its instances are mere markers."""
    lineage = project_classes(world, sid)
    if any(world.self_bindings.get(item) for item in lineage):
        return False
    for item in lineage:
        for name, bindings in world.names.get(item, {}).items():
            if bindings[0].kind is not BindingKind.DEF and not name.startswith("__"):
                return False
    return is_all_ours(world, sid) and not changes_itself(world, sid)


def keeps_instances_unchanged(world: World, base: str) -> bool:
    """Whether a library base makes instances immutable, or their state apart per thread or task."""
    row = world.knowledge.immutable.get(base)
    constant = row is not None and row.category == "constant" and base != "object"
    return constant or base in world.knowledge.tables.holders


FREEZING = frozenset({"attrs.frozen", "attr.frozen"})
"""Decorators that freeze without an argument."""


def is_frozen(world: World, sid: Sid) -> bool:
    """Whether a class is declared frozen: ``@dataclass(frozen=True)`` and the like."""
    scope = world.scopes[sid]
    outer = (sid[0], scope.parent)
    pairs = [*scope.keywords, *_model_config(world, sid)]
    for decoration in scope.decorators:
        if type(decoration.value) is Result:
            pairs.extend(world.scopes[outer].calls[decoration.value.call].keywords)
        else:
            for item in world.evaluate(outer, decoration.value):
                if type(item) is ExternalObject and item.dotted in FREEZING:
                    return True
    return any(
        name in {"frozen", "allow_mutation"}
        and type(value) is Const
        and value.text == ("True" if name == "frozen" else "False")
        for name, value in pairs
    )


def _model_config(world: World, sid: Sid) -> tuple[tuple[str, AnyValue], ...]:
    """Return the keywords of ``model_config = ConfigDict(...)`` (pydantic)."""
    for item in project_classes(world, sid):
        for binding in world.names.get(item, {}).get("model_config", ()):
            if type(binding.value) is Result:
                return world.scopes[item].calls[binding.value.call].keywords
    return ()
