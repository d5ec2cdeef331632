"""What holds for the facts of any module, whatever it says."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pystatelint.facts import extract as stage
from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, ScopeKind
from pystatelint.model.module_facts import ModuleFacts

from .library import FILES, LIB, SAMPLE, parsed, read
from .scoping import disagreements

SIZES = (
    pytest.param(SAMPLE, id="sample"),
    pytest.param(FILES, id="all", marks=pytest.mark.slow),
)
each_size = pytest.mark.parametrize("paths", SIZES)


def shown(path: Path) -> str:
    return path.relative_to(LIB).as_posix()


@each_size
def test_every_module_extracts(paths: tuple[Path, ...]) -> None:
    scopes = [len(read(tree, text).scopes) for _, text, tree in parsed(paths)]

    assert len(scopes) > 0.9 * len(paths)
    assert sum(scopes) > 10 * len(paths)


@each_size
def test_facts_survive_serialisation(paths: tuple[Path, ...]) -> None:
    decoder = msgspec.msgpack.Decoder(ModuleFacts)
    changed = [
        shown(path)
        for path, text, tree in parsed(paths)
        if decoder.decode(msgspec.msgpack.encode(facts := read(tree, text))) != facts
    ]

    assert changed == []


@each_size
def test_owners_of_names_are_those_of_the_compiler(paths: tuple[Path, ...]) -> None:
    found = [
        f"{shown(path)}: {line}"
        for path, text, tree in parsed(paths)
        for line in disagreements(text, tree, read(tree, text))
    ]

    assert found == []


def test_the_comparison_of_owners_sees_a_wrong_one() -> None:
    text = "def f(x):\n    def g():\n        return x\n"
    tree = ast.parse(text)
    facts = read(tree, text)
    top, function, inner = facts.scopes
    wrong = msgspec.structs.replace(inner, free=())

    found = msgspec.structs.replace(facts, scopes=(top, function, wrong))

    assert list(disagreements(text, tree, found)) == [
        "f.<locals>.g: x of the module, not f",
        "f.<locals>.g: x of f is missing",
    ]


@each_size
def test_each_expression_is_read_at_most_once(
    paths: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Counter[int] = Counter()

    def counting(reader: stage.Expression) -> stage.Expression:
        def counted(draft: ScopeDraft, node: Any) -> AnyValue:
            seen[id(node)] += 1
            return reader(draft, node)

        return counted

    table = {kind: counting(reader) for kind, reader in stage.EXPRESSIONS.items()}
    monkeypatch.setattr(stage, "EXPRESSIONS", table)
    for path, text, tree in parsed(paths):
        seen.clear()
        read(tree, text)
        assert max(seen.values(), default=0) <= 1, shown(path)


@each_size
def test_each_read_of_a_name_is_recorded_at_most_once(paths: tuple[Path, ...]) -> None:
    recorded = 0
    for path, text, tree in parsed(paths):
        scopes = read(tree, text).scopes
        places = Counter((each.line, each.column) for scope in scopes for each in scope.reads)
        assert max(places.values(), default=0) <= 1, shown(path)
        recorded += places.total()

    assert recorded > 10 * len(paths)


def calls_of(tree: ast.AST) -> list[ast.Call | ast.BinOp]:
    """Every call; ``[x] * n`` may be read as a call of ``__mul__``."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult))
    ]


@each_size
def test_each_recorded_call_is_one_of_the_source(paths: tuple[Path, ...]) -> None:
    recorded = written = 0
    for path, text, tree in parsed(paths):
        places = Counter(
            (call.span.line, call.span.end_line)
            for scope in read(tree, text).scopes
            for call in scope.calls
        )
        calls = calls_of(tree)
        assert places <= Counter((call.lineno, call.end_lineno) for call in calls), shown(path)
        recorded += places.total()
        written += sum(isinstance(call, ast.Call) for call in calls)

    # The rest stands in annotations, or behind return, raise and the like, where nothing runs.
    assert recorded > 0.99 * written


@each_size
def test_facts_do_not_depend_on_files_read_before(paths: tuple[Path, ...]) -> None:
    chosen = paths[::4]

    forth = {path: read(tree, text) for path, text, tree in parsed(chosen)}
    back = {path: read(tree, text) for path, text, tree in parsed(chosen[::-1])}

    assert len(forth) > 0
    assert forth == back


@each_size
def test_scopes_stand_behind_the_scopes_around_them(paths: tuple[Path, ...]) -> None:
    for path, text, tree in parsed(paths):
        top, *others = read(tree, text).scopes
        assert (top.kind, top.parent) == (ScopeKind.MODULE, -1)
        for number, scope in enumerate(others, start=1):
            assert 0 <= scope.parent < number, (shown(path), scope.qualname)


@each_size
def test_indices_lead_to_something(paths: tuple[Path, ...]) -> None:
    for path, text, tree in parsed(paths):
        facts = read(tree, text)
        for scope in facts.scopes:
            contexts = {each.context for each in (*scope.calls, *scope.effects, *scope.awaits)}
            assert contexts <= set(range(len(scope.contexts))), shown(path)
            guards = {number for each in scope.contexts for number in each.guards}
            assert guards <= set(range(len(scope.guards))), shown(path)
            assert {owner for _, owner in scope.free} <= set(range(len(facts.scopes)))


@each_size
def test_places_lie_in_the_file(paths: tuple[Path, ...]) -> None:
    for path, text, tree in parsed(paths):
        widths = [len(line) for line in text.split("\n")]
        for scope in read(tree, text).scopes:
            for each in (*scope.bindings, *scope.effects, *scope.calls):
                span = each.span
                assert (span.line, span.column) <= (span.end_line, span.end_column), shown(path)
                assert span.end_column <= widths[span.end_line - 1], (shown(path), span)
