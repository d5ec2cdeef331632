"""What does an assignment bind or store?"""

import ast

from pystatelint.facts.annotations import annotation
from pystatelint.facts.classes import is_spelt_out, strings
from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.effects import augment, change
from pystatelint.facts.shapes import OPERATION, elements, union
from pystatelint.model.facts import (
    UNKNOWN,
    Alias,
    AnyValue,
    Attr,
    Binding,
    BindingKind,
    Const,
    Def,
    EffectKind,
    Fresh,
    Item,
    Name,
    ScopeKind,
    Typed,
    Union,
)


def assign(draft: ScopeDraft, node: ast.Assign) -> bool:
    """Read ``a = b = value``."""
    first = node.targets[0]
    if len(node.targets) == 1 and isinstance(first, ast.Name):
        value = draft.value(node.value)
        if first.id == "__all__":
            note_exports(draft, node.value)
        bind(draft, first, value, BindingKind.VALUE)
        return False
    if len(node.targets) == 1 and _pairs(first, node.value):
        items = [draft.value(item) for item in node.value.elts]  # type: ignore[attr-defined]  # _pairs saw displays
        for target, value in zip(first.elts, items, strict=True):  # type: ignore[attr-defined]  # likewise
            bind(draft, target, value, BindingKind.VALUE)
        return False
    value = draft.value(node.value)
    for target in node.targets:
        bind(draft, target, value, BindingKind.VALUE)
    return False


def _pairs(target: ast.expr, value: ast.expr) -> bool:
    """Whether a display is unpacked into as many targets, one to one."""
    match target, value:
        case (
            ast.Tuple(elts=names) | ast.List(elts=names),
            ast.Tuple(elts=items) | ast.List(elts=items),
        ):
            plain = not any(isinstance(item, ast.Starred) for item in (*names, *items))
            return plain and len(names) == len(items)
        case _:
            return False


def annotated(draft: ScopeDraft, node: ast.AnnAssign) -> bool:
    """Read ``x: T = value`` or ``x: T``."""
    declared = annotation(draft, node.annotation)
    if node.value is not None and isinstance(node.target, ast.Name):
        if node.target.id == "__all__":
            note_exports(draft, node.value)
    if node.value is None:
        _declare(draft, node.target, declared)
        return False
    value = draft.value(node.value)
    bind(draft, node.target, value, BindingKind.VALUE, declared)
    return False


def _declare(draft: ScopeDraft, target: ast.expr, declared: AnyValue) -> None:
    """Note an annotation without a value."""
    if not isinstance(target, ast.Name):
        return
    if draft.kind in (ScopeKind.MODULE, ScopeKind.CLASS):
        place = draft.place(target)
        draft.bindings.append(
            Binding(target.id, BindingKind.ANNOTATION, None, declared, place, draft.context)
        )
    else:
        draft.annotated[target.id] = declared
        draft.assigned.setdefault(target.id, [])


def bind(
    draft: ScopeDraft,
    target: ast.expr,
    value: AnyValue,
    kind: BindingKind,
    declared: AnyValue | None = None,
) -> None:
    """Bind or store `value` at one target."""
    if isinstance(target, ast.Name):
        bind_name(draft, target, value, kind, declared)
        return
    match target:
        case ast.Attribute(value=base, attr=name):
            change(
                draft, EffectKind.SET_ATTRIBUTE, draft.value(base), target, name=name, value=value
            )
            if isinstance(base, ast.Name) and base.id in draft.env:
                bind_attribute(draft, target, base.id, name, value)
        case ast.Subscript(value=base, slice=key):
            owner = draft.value(base)
            change(draft, EffectKind.SET_ITEM, owner, target, value=value, key=draft.value(key))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                bind(draft, item, element(value), kind)
        case ast.Starred(value=inner):
            bind(draft, inner, value, kind)
        case _:
            pass


def bind_attribute(
    draft: ScopeDraft, target: ast.expr, owner: str, attribute: str, value: AnyValue
) -> None:
    """Remember what ``owner.x`` holds from here on, until paths meet that differ."""
    name = f"{owner}.{attribute}"
    draft.fielded.add(owner)
    if isinstance(value, (Name, Attr, Item, Union)):
        place = draft.place(target)
        value = Alias(value, name, place.line, place.column)
    draft.env[name] = value


def element(value: AnyValue) -> AnyValue:
    """Return what iterating over or unpacking `value` yields."""
    match value:
        case Fresh(parts=parts) if parts:
            return union([*elements(value), UNKNOWN])
        case Const() | Fresh():
            return UNKNOWN
        case _:
            return Item(value)


def bind_name(
    draft: ScopeDraft,
    target: ast.Name,
    value: AnyValue,
    kind: BindingKind,
    declared: AnyValue | None = None,
) -> None:
    """Bind a bare name in its scope."""
    name = target.id
    if draft.kind is ScopeKind.MODULE or draft.kind is ScopeKind.CLASS:
        if name in draft.foreign:
            change(draft, EffectKind.BIND, Name(name), target, name=name, value=value)
            return
        draft.bindings.append(
            Binding(name, kind, value, declared, draft.place(target), draft.context)
        )
        if draft.kind is ScopeKind.CLASS:
            draft.env[name] = Attr(Def(draft.index), name)
        return
    if name in draft.foreign:
        change(draft, EffectKind.BIND, Name(name), target, name=name, value=value)
        return
    declared = declared if declared is not None else draft.annotated.get(name)
    if declared is not None and not isinstance(value, (Fresh, Const)):
        value = Typed(declared, value)
    if isinstance(value, (Name, Attr, Item, Union)):
        place = draft.place(target)
        value = Alias(value, name, place.line, place.column)
    if name in draft.fielded:
        forget_attributes(draft, name)
    draft.env[name] = value
    held = draft.assigned.setdefault(name, [])
    if len(held) < 8:
        held.append(value)


def forget_attributes(draft: ScopeDraft, name: str) -> None:
    """Forget what is known of the attributes of a name that is bound anew."""
    draft.fielded.discard(name)
    for key in [key for key in draft.env if key.startswith(f"{name}.")]:
        del draft.env[key]


def augmented(draft: ScopeDraft, node: ast.AugAssign) -> bool:
    """Read ``target op= value``: in place for containers, a new object for numbers."""
    target = node.target
    match target:
        case ast.Name(id=name):
            _augment_name(draft, node, name)
        case ast.Attribute(value=base, attr=name):
            owner = draft.value(base)
            value = draft.value(node.value)
            if not _holds_own_container(draft, base, name):
                augment(draft, EffectKind.AUGMENT_ATTRIBUTE, owner, node, name, value)
        case ast.Subscript(value=base, slice=key):
            owner = draft.value(base)
            index = draft.value(key)
            change(
                draft,
                EffectKind.AUGMENT_ITEM,
                owner,
                target,
                value=draft.value(node.value),
                key=index,
            )
    return False


def _holds_own_container(draft: ScopeDraft, owner: ast.expr, attribute: str) -> bool:
    """Whether ``owner.attribute`` was bound to a display before, in this very call."""
    if not isinstance(owner, ast.Name):
        return False
    return isinstance(draft.env.get(f"{owner.id}.{attribute}"), Fresh)


def _augment_name(draft: ScopeDraft, node: ast.AugAssign, name: str) -> None:
    """Read ``name op= value``."""
    value = draft.value(node.value)
    if name == "__all__":
        note_exports(draft, node.value)
    if draft.kind is ScopeKind.MODULE or name in draft.foreign:
        augment(draft, EffectKind.AUGMENT, Name(name), node, name, value)
    elif draft.kind is ScopeKind.CLASS:
        own = Attr(Def(draft.index), name)
        augment(draft, EffectKind.AUGMENT, own, node, name, value)
    else:
        held = draft.env.get(name, UNKNOWN)
        augment(draft, EffectKind.AUGMENT, held, node, name, value)
        result = held if not isinstance(held, Const) else OPERATION
        draft.env[name] = result
        draft.assigned.setdefault(name, []).append(result)


def walrus(draft: ScopeDraft, node: ast.NamedExpr) -> AnyValue:
    """Read ``(name := value)``."""
    value = draft.value(node.value)
    bind(draft, node.target, value, BindingKind.VALUE)
    return value


def delete(draft: ScopeDraft, node: ast.Delete) -> bool:
    """Read ``del target, ...``."""
    for target in node.targets:
        _delete(draft, target)
    return False


def _delete(draft: ScopeDraft, target: ast.expr) -> None:
    """Read one target of ``del``."""
    match target:
        case ast.Name(id=name):
            if name in draft.foreign:
                change(draft, EffectKind.UNBIND, Name(name), target, name=name)
            elif draft.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA):
                draft.env.pop(name, None)
                draft.assigned.setdefault(name, [])
        case ast.Attribute(value=base, attr=name):
            change(draft, EffectKind.DELETE_ATTRIBUTE, draft.value(base), target, name=name)
            if isinstance(base, ast.Name):
                draft.env.pop(f"{base.id}.{name}", None)
        case ast.Subscript(value=base, slice=key):
            owner = draft.value(base)
            change(draft, EffectKind.DELETE_ITEM, owner, target, key=draft.value(key))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _delete(draft, item)
        case _:
            pass


def note_exports(draft: ScopeDraft, node: ast.expr) -> None:
    """Collect the names of ``__all__``; they stay unknown if one part is no constant."""
    if draft.kind is not ScopeKind.MODULE:
        return
    module = draft.module
    if module.exports is None:
        module.exports = []
    module.exports.extend(strings(node))
    if not is_spelt_out(node):
        module.open_exports = True
