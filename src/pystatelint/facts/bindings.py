"""What does an assignment bind or store?"""

import ast

import msgspec

from pystatelint.facts.annotations import annotation
from pystatelint.facts.classes import is_spelt_out, strings
from pystatelint.facts.draft import CLASS, MODULE, ScopeDraft
from pystatelint.facts.effects import IN_PLACE, MADE_HERE, augment, change
from pystatelint.facts.members import is_missing
from pystatelint.facts.reading import read
from pystatelint.facts.shapes import OPERATION, elements, union, unsure
from pystatelint.model.facts import (
    UNKNOWN,
    Alias,
    AnyValue,
    Attr,
    Binding,
    BindingKind,
    Const,
    ContextFlag,
    EffectKind,
    Fresh,
    Generic,
    Item,
    Name,
    Result,
    Typed,
    Union,
)


def assign(draft: ScopeDraft, node: ast.Assign) -> bool:
    """Read ``a = b = value``."""
    targets = node.targets
    first = targets[0]
    if len(targets) == 1:
        if type(first) is ast.Name:
            if first.id == "__all__":
                note_exports(draft, node.value)
            bind_name(draft, first, read(draft, node.value), VALUE)
            return False
        if type(first) is ast.Attribute and type(node.value) is ast.BinOp:
            _worked_out(draft, first, node.value)
            return False
        if type(first) is ast.Tuple and _pairs(draft, first.elts, node.value):
            return False
        if type(first) is ast.List and _pairs(draft, first.elts, node.value):
            return False
    value = read(draft, node.value)
    for target in targets:
        bind(draft, target, value, VALUE)
    return False


def _worked_out(draft: ScopeDraft, target: ast.Attribute, node: ast.BinOp) -> None:
    """Read ``a.x = b + c``; note the operator where an operand is the attribute itself."""
    value = read(draft, node)
    before = len(draft.effects)
    bind(draft, target, value, VALUE)
    wanted = ast.dump(target.value)
    for side in (node.left, node.right):
        if type(side) is ast.Attribute and side.attr == target.attr:
            if ast.dump(side.value) == wanted and len(draft.effects) > before:
                stored = msgspec.structs.replace(draft.effects[-1], method=PLAIN[type(node.op)])
                draft.effects[-1] = stored
                return


PLAIN = {kind: name.replace("__i", "__", 1) for kind, name in IN_PLACE.items()}
"""The methods of operators that are no assignments."""


def _pairs(draft: ScopeDraft, targets: list[ast.expr], value: ast.expr) -> bool:
    """Read ``a, b = x, y``, if it is that: all values before the first name is bound."""
    if not isinstance(value, (ast.Tuple, ast.List)) or len(targets) != len(value.elts):
        return False
    if any(isinstance(item, ast.Starred) for item in (*targets, *value.elts)):
        return False
    items = [read(draft, item) for item in value.elts]
    for target, item in zip(targets, items, strict=True):
        bind(draft, target, item, VALUE)
    return True


def annotated(draft: ScopeDraft, node: ast.AnnAssign) -> bool:
    """Read ``x: T = value`` or ``x: T``."""
    declared = annotation(draft, node.annotation)
    if node.value is not None and isinstance(node.target, ast.Name):
        if node.target.id == "__all__":
            note_exports(draft, node.value)
    if node.value is None:
        _declare(draft, node.target, declared)
        return False
    value = read(draft, node.value)
    if type(node.target) is ast.Attribute and _says_more(declared):
        value = Typed(declared, value)
    bind(draft, node.target, value, BindingKind.VALUE, declared)
    return False


def _says_more(declared: AnyValue) -> bool:
    """Whether an annotation has metadata (PEP 593) that a call makes."""
    return type(declared) is Generic and any(type(each) is Result for each in declared.arguments)


def _declare(draft: ScopeDraft, target: ast.expr, declared: AnyValue) -> None:
    """Note an annotation without a value."""
    if not isinstance(target, ast.Name):
        return
    if not draft.local:
        place = draft.place(target)
        draft.bindings.append(
            Binding(target.id, BindingKind.ANNOTATION, None, declared, place, draft.context)
        )
    else:
        draft.annotated = {**draft.annotated, target.id: declared}
        draft.assigned.setdefault(target.id, ())


def bind(
    draft: ScopeDraft,
    target: ast.expr,
    value: AnyValue,
    kind: BindingKind,
    declared: AnyValue | None = None,
) -> None:
    """Bind or store `value` at one target."""
    if type(target) is ast.Name:
        bind_name(draft, target, value, kind, declared)
    elif type(target) is ast.Attribute:
        base = target.value
        change(draft, SET_ATTRIBUTE, read(draft, base), target, target.attr, value)
        if type(base) is ast.Name and base.id in draft.env:
            bind_attribute(draft, target, base.id, target.attr, value)
    elif type(target) is ast.Subscript:
        owner = read(draft, target.value)
        key = read(draft, target.slice)
        before = draft.context
        if draft.index in draft.module.tests and is_missing(draft, owner, key):
            draft.flagged(ContextFlag.MISSED)
        change(draft, SET_ITEM, owner, target, "", value, key)
        draft.context = before
        if type(owner) is Fresh and owner.parts and type(target.value) is ast.Name:
            _forget_elements(draft, target.value.id, owner)
    elif type(target) is ast.Tuple or type(target) is ast.List:
        for item in target.elts:
            bind(draft, item, element(value), kind)
    elif type(target) is ast.Starred:
        bind(draft, target.value, value, kind)


def _forget_elements(draft: ScopeDraft, name: str, made: Fresh) -> None:
    """Note that a display may hold something else by now where it held what others have."""
    if draft.env.get(name) == made:
        parts = tuple([unsure(part) for part in made.parts])
        draft.env[name] = Fresh(made.shape, parts, leaves=False, texts=made.texts)


VALUE = BindingKind.VALUE
SET_ATTRIBUTE = EffectKind.SET_ATTRIBUTE
SET_ITEM = EffectKind.SET_ITEM


def bind_attribute(
    draft: ScopeDraft, target: ast.expr, owner: str, attribute: str, value: AnyValue
) -> None:
    """Remember what ``owner.x`` holds from here on, until paths meet that differ."""
    name = f"{owner}.{attribute}"
    if owner not in draft.fielded:
        draft.fielded |= {owner}
    draft.env[name] = traced(draft, target, name, value) if type(value) in SHARED else value


def traced(draft: ScopeDraft, target: ast.expr, name: str, value: AnyValue) -> Alias:
    """Return `value` with the name and place that hold it from here on."""
    line, column = target.lineno, target.col_offset
    if draft.module.wide:
        column = draft.module.column(line, column)
    return Alias(value, name, line, column)


SHARED: frozenset[type] = frozenset({Attr, Item, Name, Union})
"""Values that others may hold as well."""


def element(value: AnyValue) -> AnyValue:
    """Return what iterating over or unpacking `value` yields."""
    if type(value) is Fresh and value.parts:
        return union([*elements(value), UNKNOWN])
    return UNKNOWN if type(value) in MADE_HERE else Item(value)


def bind_name(
    draft: ScopeDraft,
    target: ast.Name,
    value: AnyValue,
    kind: BindingKind,
    declared: AnyValue | None = None,
) -> None:
    """Bind a bare name in its scope."""
    name = target.id
    if name in draft.foreign:
        change(draft, EffectKind.BIND, Name(name), target, name, value)
    elif draft.local:
        if draft.annotated and declared is None:
            declared = draft.annotated.get(name)
        if declared is not None and type(value) not in MADE_HERE:
            value = Typed(declared, value)
        elif type(value) in SHARED or _is_cast(draft, value):
            value = traced(draft, target, name, value)
        if name in draft.fielded:
            forget_attributes(draft, name)
        draft.env[name] = value
        draft.hold(name, value, target)
    else:
        place = draft.place(target)
        draft.bindings.append(Binding(name, kind, value, declared, place, draft.context))
        if draft.kind is CLASS:
            draft.env[name] = Attr(draft.itself, name)


def _is_cast(draft: ScopeDraft, value: AnyValue) -> bool:
    """Whether a value is what something called ``cast`` gives, most likely its argument.

    Who else is called so costs a step in a trail, no more.
    """
    if type(value) is not Result:
        return False
    callee = draft.calls[value.call].callee
    return (type(callee) is Name or type(callee) is Attr) and callee.name == "cast"


def forget_attributes(draft: ScopeDraft, name: str) -> None:
    """Forget what is known of the attributes of a name that is bound anew."""
    for key in [key for key in draft.env if key.startswith(f"{name}.")]:
        del draft.env[key]


def augmented(draft: ScopeDraft, node: ast.AugAssign) -> bool:
    """Read ``target op= value``: in place for containers, a new object for numbers."""
    target = node.target
    match target:
        case ast.Name(id=name):
            _augment_name(draft, node, name)
        case ast.Attribute(value=base, attr=name):
            owner = read(draft, base)
            value = read(draft, node.value)
            if not _holds_own_container(draft, base, name):
                augment(draft, EffectKind.AUGMENT_ATTRIBUTE, owner, node, name, value)
        case ast.Subscript(value=base, slice=key):
            owner = read(draft, base)
            index = read(draft, key)
            value = read(draft, node.value)
            change(draft, EffectKind.AUGMENT_ITEM, owner, target, "", value, index)
    return False


def _holds_own_container(draft: ScopeDraft, owner: ast.expr, attribute: str) -> bool:
    """Whether ``owner.attribute`` was bound to a display before, in this very call."""
    if not isinstance(owner, ast.Name):
        return False
    return isinstance(draft.env.get(f"{owner.id}.{attribute}"), Fresh)


def _augment_name(draft: ScopeDraft, node: ast.AugAssign, name: str) -> None:
    """Read ``name op= value``."""
    value = read(draft, node.value)
    if name == "__all__":
        note_exports(draft, node.value)
    if draft.kind is MODULE or name in draft.foreign:
        augment(draft, EffectKind.AUGMENT, Name(name), node, name, value)
    elif draft.kind is CLASS:
        own = Attr(draft.itself, name)
        augment(draft, EffectKind.AUGMENT, own, node, name, value)
    else:
        held = draft.env.get(name, UNKNOWN)
        augment(draft, EffectKind.AUGMENT, held, node, name, value)
        result = held if not isinstance(held, Const) else OPERATION
        draft.env[name] = result
        draft.hold(name, result)


def walrus(draft: ScopeDraft, node: ast.NamedExpr) -> AnyValue:
    """Read ``(name := value)``."""
    value = read(draft, node.value)
    bind(draft, node.target, value, VALUE)
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
                change(draft, EffectKind.UNBIND, Name(name), target, name)
            elif draft.local:
                draft.env.pop(name, None)
                draft.assigned.setdefault(name, ())
        case ast.Attribute(value=base, attr=name):
            change(draft, EffectKind.DELETE_ATTRIBUTE, read(draft, base), target, name)
            if isinstance(base, ast.Name):
                draft.env.pop(f"{base.id}.{name}", None)
        case ast.Subscript(value=base, slice=key):
            owner = read(draft, base)
            change(draft, EffectKind.DELETE_ITEM, owner, target, "", None, read(draft, key))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _delete(draft, item)
        case _:
            pass


def note_exports(draft: ScopeDraft, node: ast.expr) -> None:
    """Collect the names of ``__all__``; they stay unknown if one part is no constant."""
    if draft.kind is not MODULE:
        return
    module = draft.module
    if module.exports is None:
        module.exports = []
    module.exports.extend(strings(node))
    if not is_spelt_out(node):
        module.open_exports = True
