"""What is a class's header, and what does its body do?"""

import pytest

from pystatelint.model.facts import ContextFlag, ScopeKind

from .read import bindings_of, calls_of, facts_of, listed, scope_of, shown

SLOTS = {
    "tuple": ("__slots__ = ('a', 'b')", ("a", "b")),
    "list": ("__slots__ = ['a']", ("a",)),
    "one string": ("__slots__ = 'a'", ("a",)),
    "annotated": ("__slots__: tuple = ('a',)", ("a",)),
    "documented": ("__slots__ = {'a': 'what a is'}", ("a",)),
    "empty": ("__slots__ = ()", ()),
    "after other names": ("x = 1\n    __slots__ = ('a',)", ("a",)),
    "names that are no constants": ("__slots__ = ('a', NAME)", ("a",)),
    "none": ("x = 1", ()),
}


@pytest.mark.parametrize(("line", "expected"), SLOTS.values(), ids=SLOTS.keys())
def test_slots(line: str, expected: tuple[str, ...]) -> None:
    assert scope_of(f"class A:\n    {line}", "A").slots == expected


def test_the_header_names_bases_and_keywords() -> None:
    scope = scope_of("class A(B, c.D[int], metaclass=M, flag=True, **more): pass", "A")

    assert listed(scope.bases) == "B, c.D[]"
    assert [(name, shown(value)) for name, value in scope.keywords] == [
        ("metaclass", "M"),
        ("flag", "True"),
        ("", "more"),
    ]


def test_decorators_stand_outermost_first() -> None:
    scope = scope_of("@a\n@b.c(1)\nclass A: pass", "A")

    assert [(shown(each.value), each.span.line) for each in scope.decorators] == [
        ("a", 1),
        ("#0", 2),
    ]


def test_the_span_is_the_header() -> None:
    span = scope_of("@a\nclass Name(Base):\n    x = 1", "Name").span

    assert (span.line, span.column, span.end_line, span.end_column) == (2, 0, 2, 10)


def test_nested_classes_have_dotted_names() -> None:
    source = """
    class A:
        class B:
            def m(self):
                class C: pass
    """

    scopes = [(each.kind, each.qualname, each.parent) for each in facts_of(source).scopes[1:]]

    assert scopes == [
        (ScopeKind.CLASS, "A", 0),
        (ScopeKind.CLASS, "A.B", 1),
        (ScopeKind.FUNCTION, "A.B.m", 2),
        (ScopeKind.CLASS, "A.B.m.<locals>.C", 3),
    ]


def test_the_body_runs_in_a_scope_of_its_own() -> None:
    facts = facts_of("class A:\n    x = G(1)\n    G.append(x)")

    assert calls_of(facts.scopes[0]) == []
    assert calls_of(facts.scopes[1]) == ["G(1)", "G.append(def1.x)"]


def test_the_class_is_bound_after_its_body() -> None:
    assert bindings_of(facts_of("class A:\n    x = A").scopes[1]) == ["VALUE x = A"]


def test_a_class_under_a_guard_knows_it() -> None:
    source = "if __name__ == '__main__':\n    class A:\n        x = G()"

    scope = scope_of(source, "A")

    assert scope.contexts[scope.calls[0].context].flags & ContextFlag.MAIN_GUARD


def test_a_comprehension_does_not_see_the_names_of_the_class() -> None:
    source = "class A:\n    x = []\n    y = [x for _ in x]\n    z = [[x] for _ in x for _ in x]"

    assert bindings_of(scope_of(source, "A")) == [
        "VALUE x = list0()",
        "VALUE y = list(x)",
        "VALUE z = list(list(x))",
    ]


def test_only_the_first_iterable_of_a_comprehension_sees_the_names_of_the_class() -> None:
    source = "class A:\n    x = []\n    y = [i for i in x]"

    assert bindings_of(scope_of(source, "A"))[1] == "VALUE y = list(def1.x[])"
