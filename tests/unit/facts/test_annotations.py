"""Which type does an annotation name?"""

import pytest

from .read import facts_of, function_f, shown

ANNOTATIONS = {
    "name": ("T", "T"),
    "attribute": ("a.T", "a.T"),
    "quoted": ("'T'", "T"),
    "quoted attribute": ("'a.T'", "a.T"),
    "quoted generic": ("'list[T]'", "list<T>"),
    "quoted inside": ("Optional['T']", "Optional<T>"),
    "quoted with spaces": ("' T '", "T"),
    "quoted nonsense": ("'no type at all'", "'no type at all'"),
    "quoted essay": (repr("x " * 200), "?"),
    "optional": ("Optional[T]", "Optional<T>"),
    "or none": ("T | None", "T or None"),
    "three of them": ("A | B | C", "A or B or C"),
    "quoted union": ("'T | None'", "T or None"),
    "annotated": ("Annotated[T, Depends(g)]", "Annotated<T, #0>"),
    "class variable": ("ClassVar[dict[str, T]]", "ClassVar<dict<str, T>>"),
    "callable": ("Callable[[A], B]", "Callable<?, B>"),
    "literal": ("Literal['a b']", "Literal<'a b'>"),
    "ellipsis": ("tuple[T, ...]", "tuple<T, ?>"),
    "none": ("None", "None"),
    "a call is no type": ("make()", "?"),
    "nested beyond reason": ("a[a[a[a[a[a[a[a[a]]]]]]]]", "a<a<a<a<a<a<?<?>>>>>>>"),
}


@pytest.mark.parametrize(("annotation", "expected"), ANNOTATIONS.values(), ids=ANNOTATIONS.keys())
def test_an_annotation_names(annotation: str, expected: str) -> None:
    scope = function_f(f"def f(p: {annotation}): pass")

    assert shown(scope.parameters[0].annotation) == expected


def test_an_annotation_records_neither_calls_nor_reads() -> None:
    facts = facts_of("x: make(G[0]) = 1\ndef f(p: Depends(G)) -> make(): pass")

    assert [(scope.calls, scope.effects, scope.reads) for scope in facts.scopes] == [
        ((), (), ()),
        ((), (), ()),
    ]


@pytest.mark.parametrize(
    "annotation",
    [
        pytest.param("Annotated[T, Depends(g)]", id="of a parameter"),
        pytest.param("Annotated['T', Depends(g)] | None", id="in a union"),
        pytest.param("'Annotated[T, Depends(g)]'", id="quoted"),
    ],
)
def test_a_call_beside_a_type_hands_something_over(annotation: str) -> None:
    module, function = facts_of(f"def f(p: {annotation}): pass").scopes

    (call,) = module.calls
    assert (shown(call.callee), [shown(each) for each in call.arguments]) == ("Depends", ["g"])
    assert (call.span.line, call.span.column < len(annotation) + 9) == (1, True)
    assert function.calls == ()


def test_a_local_class_is_meant_by_its_name() -> None:
    source = """
    def f():
        class T: pass
        x: T = G()
        return x
    """

    assert [shown(value) for value in function_f(source).results] == ["#0 as def2"]
