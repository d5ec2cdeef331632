"""Which names does an import bind?"""

import ast

from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.effects import change
from pystatelint.model.facts import (
    AnyValue,
    Binding,
    BindingKind,
    ContextFlag,
    EffectKind,
    Member,
    Module,
    Name,
)
from pystatelint.model.module_facts import Import


def plain(draft: ScopeDraft, node: ast.Import) -> bool:
    """Read ``import a.b`` (binds ``a``) or ``import a.b as c`` (binds ``a.b``)."""
    for alias in node.names:
        _note(draft, alias.name, 0, node.lineno)
        if alias.asname is not None:
            _bind(draft, alias.asname, Module(alias.name), alias, IMPORT)
        else:
            top = alias.name.partition(".")[0]
            _bind(draft, top, Module(top), alias, IMPORT)
    return False


def from_module(draft: ScopeDraft, node: ast.ImportFrom) -> bool:
    """Read ``from a import b``."""
    module = node.module or ""
    _note(draft, module, node.level, node.lineno)
    for alias in node.names:
        value = Member(module, alias.name, node.level)
        if alias.name == "*":
            _bind(draft, "*", value, alias, BindingKind.STAR)
        else:
            _bind(draft, alias.asname or alias.name, value, alias, IMPORT)
    return False


def _note(draft: ScopeDraft, module: str, level: int, line: int) -> None:
    """Record that the statement names a module."""
    typing_only = bool(draft.contexts[draft.context].flags & ContextFlag.TYPE_CHECKING)
    draft.module.imports.append(Import(module, level, line, typing_only))


def _bind(
    draft: ScopeDraft, name: str, value: AnyValue, node: ast.alias, kind: BindingKind
) -> None:
    """Bind an imported name in its scope."""
    if not draft.local:
        draft.bindings.append(Binding(name, kind, value, None, draft.place(node), draft.context))
    elif name in draft.foreign:
        change(draft, EffectKind.BIND, Name(name), node, name, value)
    else:
        draft.env[name] = value
        draft.hold(name, value)


IMPORT = BindingKind.IMPORT
