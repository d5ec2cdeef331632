"""Where do facts and the compiler's symbol table disagree on the owner of a name?"""

import ast
import itertools
import symtable
import warnings
from collections import Counter
from collections.abc import Iterator

from pystatelint.model.facts import Scope, ScopeKind
from pystatelint.model.module_facts import ModuleFacts

Key = tuple[str, int]
"""Name and line of a scope."""

COMPREHENSIONS = frozenset({"listcomp", "setcomp", "dictcomp", "genexpr"})

CELL = "__class__"
"""The cell that the compiler puts around methods; no scope of the source binds it."""


def disagreements(text: str, tree: ast.Module, facts: ModuleFacts) -> Iterator[str]:
    """Yield a line for each name whose owner differs; scopes that share a line are left out."""
    with warnings.catch_warnings():
        # Odd escapes in the library's own tests are not what is asked here.
        warnings.simplefilter("ignore")
        table = symtable.symtable(text, "<text>", "exec")
    tables = _tables(table, ())
    by_key = {key: chain for key, chain in tables if _count(tables, key) == 1}
    counted = Counter(_key(scope) for scope in facts.scopes)
    annotated = frozenset(_names_in_annotations(tree))
    for scope in facts.scopes[1:]:
        chain = by_key.get(_key(scope))
        if chain is not None and counted[_key(scope)] == 1:
            yield from _of_scope(facts, scope, chain, annotated)


Chain = tuple[symtable.SymbolTable, ...]
"""A table behind those around it, the module's first."""


def _tables(table: symtable.SymbolTable, around: Chain) -> list[tuple[Key, Chain]]:
    chain = (*around, table)
    found: list[tuple[Key, Chain]] = []
    if table.get_name() not in COMPREHENSIONS:
        found.append(((table.get_name(), table.get_lineno()), chain))
    for child in table.get_children():
        found.extend(_tables(child, chain))
    return found


def _count(tables: list[tuple[Key, Chain]], key: Key) -> int:
    return sum(each == key for each, _ in tables)


def _key(scope: Scope) -> Key:
    return ("lambda" if scope.kind is ScopeKind.LAMBDA else scope.name, scope.span.line)


def _names_in_annotations(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(part, ast.AST):
                yield from (each.id for each in ast.walk(part) if isinstance(each, ast.Name))


def _of_scope(
    facts: ModuleFacts, scope: Scope, chain: Chain, annotated: frozenset[str]
) -> Iterator[str]:
    table = chain[-1]
    free = dict(scope.free)
    known = {symbol.get_name(): symbol for symbol in table.get_symbols()}
    for name in sorted({*free, *(read.name for read in scope.reads)}):
        symbol = known.get(name)
        if symbol is None or name == CELL:
            continue  # read in a comprehension alone, which has a table of its own
        if name in free:
            ours = facts.scopes[free[name]].qualname
            theirs = _owner(chain, name) if symbol.is_free() else _kind(symbol)
            if ours != theirs:
                yield f"{scope.qualname}: {name} of {ours}, not {theirs}"
        elif symbol.is_free():
            yield f"{scope.qualname}: {name} of the module, not {_owner(chain, name)}"
    for name, symbol in known.items():
        used = symbol.is_free() and (symbol.is_referenced() or symbol.is_nonlocal())
        spoken = name not in annotated and name != CELL and not _is_mangled(name)
        if used and spoken and name not in free:
            yield f"{scope.qualname}: {name} of {_owner(chain, name)} is missing"


def _kind(symbol: symtable.Symbol) -> str:
    return "local" if symbol.is_local() else "global"


def _is_mangled(name: str) -> bool:
    return name.startswith("_") and "__" in name[1:]


def _owner(chain: Chain, name: str) -> str:
    """The qualified name of the nearest function around that has the name for its own."""
    for position in range(len(chain) - 2, 0, -1):
        table = chain[position]
        if isinstance(table, symtable.Function) and name in table.get_locals():
            symbol = table.lookup(name)
            if not symbol.is_free():
                return _qualname(chain[: position + 1])
    return "nobody"


def _qualname(chain: Chain) -> str:
    parts: list[str] = []
    for outer, table in itertools.pairwise(chain):
        if table.get_name() in COMPREHENSIONS:
            continue
        if isinstance(outer, symtable.Function) and parts:
            parts.append("<locals>")
        parts.append("<lambda>" if table.get_name() == "lambda" else table.get_name())
    return ".".join(parts)
