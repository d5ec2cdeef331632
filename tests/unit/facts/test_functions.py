"""What is a function's header, and when is its body read?"""

import pytest

from pystatelint.model.facts import ParameterKind, ScopeFlag, ScopeKind

from .read import bindings_of, calls_of, facts_of, function_f, scope_of, shown

FLAGS = {
    "plain": ("def f(): pass", 0),
    "async": ("async def f(): pass", ScopeFlag.ASYNC),
    "generator": ("def f(): yield", ScopeFlag.GENERATOR),
    "delegating generator": ("def f(): yield from G", ScopeFlag.GENERATOR),
    "yield that never runs": ("def f():\n    return\n    yield", ScopeFlag.GENERATOR),
    "yield behind raise, in a branch": (
        "def f():\n    raise E\n    if G:\n        x = yield",
        ScopeFlag.GENERATOR,
    ),
    "a dead function's yield is its own": ("def f():\n    return\n    def g(): yield", 0),
    "asynchronous generator": ("async def f(): yield", ScopeFlag.ASYNC | ScopeFlag.GENERATOR),
    "a nested function's yield is its own": ("def f():\n    def g(): yield", 0),
    "a lambda's yield is its own": ("def f():\n    lambda: (yield)", 0),
    "static": ("@staticmethod\ndef f(): pass", ScopeFlag.STATIC),
    "class method": ("@classmethod\ndef f(cls): pass", ScopeFlag.CLASS_METHOD),
    "class method of abc": ("@abc.abstractclassmethod\ndef f(c): pass", ScopeFlag.CLASS_METHOD),
    "property": ("@property\ndef f(self): pass", ScopeFlag.PROPERTY),
    "cached property": ("@functools.cached_property\ndef f(self): pass", ScopeFlag.PROPERTY),
    "setter": ("@x.setter\ndef f(self, v): pass", ScopeFlag.PROPERTY),
    "overload": ("@typing.overload\ndef f(): pass", ScopeFlag.OVERLOAD),
    "two decorators": (
        "@classmethod\n@property\ndef f(cls): pass",
        ScopeFlag.CLASS_METHOD | ScopeFlag.PROPERTY,
    ),
    "another decorator": ("@app.route('/')\ndef f(): pass", 0),
}


@pytest.mark.parametrize(("source", "expected"), FLAGS.values(), ids=FLAGS.keys())
def test_flags(source: str, expected: int) -> None:
    assert function_f(source).flags == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("__new__", ScopeFlag.STATIC),
        ("__init_subclass__", ScopeFlag.CLASS_METHOD),
        ("__class_getitem__", ScopeFlag.CLASS_METHOD),
        ("__init__", 0),
    ],
)
def test_methods_that_the_language_binds_in_another_way(name: str, expected: int) -> None:
    assert scope_of(f"class A:\n    def {name}(x): pass", f"A.{name}").flags == expected


def test_a_parameter_named_twice_is_left_to_the_compiler() -> None:
    scope = function_f("def f(a, a): return a")

    assert [shown(value) for value in scope.results] == ["$1"]


def test_parameters_stand_in_the_order_that_numbers_them() -> None:
    source = "def f(a, /, b: int = G, *c, d=[], e, **h): return a, b, c, d, e, h"

    scope = function_f(source)

    found = [
        (each.name, each.kind.name, shown(each.annotation), shown(each.default))
        for each in scope.parameters
    ]
    assert found == [
        ("a", "POSITIONAL", "-", "-"),
        ("b", "POSITIONAL", "int", "G"),
        ("c", "STAR", "-", "-"),
        ("d", "KEYWORD", "-", "list0()"),
        ("e", "KEYWORD", "-", "-"),
        ("h", "DOUBLE_STAR", "-", "-"),
    ]
    assert [shown(each) for each in scope.results] == ["tuple($0, $1, $2, $3, $4, $5)"]


def test_defaults_belong_to_the_last_positional_parameters() -> None:
    scope = function_f("def f(a, b, /, c=1, *, d): pass")

    assert [shown(each.default) for each in scope.parameters] == ["-", "-", "1", "-"]


def test_the_span_of_a_parameter_reaches_to_the_end_of_its_default() -> None:
    scope = function_f("def f(a: int = {}, *, b=1, c): pass")

    assert [(each.span.column, each.span.end_column) for each in scope.parameters] == [
        (6, 17),
        (22, 25),
        (27, 28),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def name(): pass", (1, 0, 8)),
        ("async def name(): pass", (1, 0, 14)),
        ("@a\n@b\ndef name(): pass", (3, 0, 8)),
    ],
    ids=["def", "async def", "decorated"],
)
def test_the_span_is_the_header(source: str, expected: tuple[int, int, int]) -> None:
    span = scope_of(source, "name").span

    assert (span.line, span.column, span.end_column) == expected


def test_a_body_is_read_after_the_scopes_around_it() -> None:
    source = """
    def f():
        return later
    def later(): pass
    class A:
        def m(self): return late
    late = G
    """

    facts = facts_of(source)

    assert [scope.name for scope in facts.scopes] == ["", "f", "later", "A", "m"]
    assert [shown(each) for each in facts.scopes[1].results] == ["later"]


def test_a_lambda_is_a_scope() -> None:
    scope = scope_of("x = lambda a, *b, c=G: (a, b, c, H())", "<lambda>")

    assert scope.kind is ScopeKind.LAMBDA
    assert [each.kind for each in scope.parameters] == [
        ParameterKind.POSITIONAL,
        ParameterKind.STAR,
        ParameterKind.KEYWORD,
    ]
    assert [shown(each) for each in scope.results] == ["tuple($0, $1, $2, #0)"]


def test_the_returned_type_is_read_outside() -> None:
    scope = scope_of("class A:\n    class B: pass\n    def f(self) -> B: pass", "A.f")

    assert shown(scope.returns) == "def1.B"


def test_results_are_kept_once() -> None:
    scope = function_f("def f(c):\n    if c:\n        return G\n    return G")

    assert [shown(each) for each in scope.results] == ["G"]


def test_what_follows_a_return_is_never_reached() -> None:
    scope = function_f("def f():\n    G()\n    return G\n    H()\n    return H")

    assert calls_of(scope) == ["G()"]
    assert [shown(each) for each in scope.results] == ["G"]


def test_a_function_bound_twice_is_two_scopes() -> None:
    source = "def f(): pass\ndef f(): pass"

    facts = facts_of(source)

    assert bindings_of(facts.scopes[0]) == ["DEF f = def1", "DEF f = def2"]
    assert [each.qualname for each in facts.scopes] == ["", "f", "f"]
