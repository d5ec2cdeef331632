"""What is called, with what?"""

import pytest

from .read import calls_of, facts_of, function_f, module_scope, scope_of, shown

CALLS = {
    "nothing": ("G()", ["G()"]),
    "positional and keyword": ("G(1, H, key=I)", ["G(1, H, key=I)"]),
    "method": ("G.m(1)", ["G.m(1)"]),
    "inner call first": ("G(H(1))", ["H(1)", "G(#0)"]),
    "fluent chain from the left": ("G.a().b(1).c()", ["G.a()", "#0.b(1)", "#1.c()"]),
    "chain through an attribute": ("G.a().x.b()", ["G.a()", "#0.x.b()"]),
    "chain through an element": ("G.a()[0].b()", ["G.a()", "#0[].b()"]),
    "arguments within a chain": ("G.a(H()).b(I())", ["H()", "G.a(#0)", "I()", "#1.b(#2)"]),
    "a result that is called": ("G()()", ["G()", "#0()"]),
    "starred": ("G(*H)", ["G(H[]) starred"]),
    "double starred": ("G(**H)", ["G(**=H) starred"]),
    "argument after a star": ("G(*H, I)", ["G(H[], I) starred"]),
    "display as an argument": ("G([], {'a': H})", ["G(list0(), dict(H))"]),
    "lambda as an argument": ("G(lambda: H())", ["G(def1)"]),
    "method of a fresh object": ("[].append(1)", ["list0().append(1)"]),
    "one object, many times": ("[[]] * G", ["list(list0()).__mul__(G)"]),
    "one object, many times, number first": ("G * [{}]", ["list(dict0()).__mul__(G)"]),
    "one result, many times": ("[G()] * H", ["G()", "list(#0).__mul__(H)"]),
    "many rows of many rows": (
        "[[[]] * G] * H",
        ["list(list0()).__mul__(G)", "list(#0).__mul__(H)"],
    ),
    "a constant, many times": ("[None] * G", []),
    "something from elsewhere, many times": ("[G] * H", []),
}


@pytest.mark.parametrize(("source", "expected"), CALLS.values(), ids=CALLS.keys())
def test_calls_are_recorded_in_order_of_evaluation(source: str, expected: list[str]) -> None:
    assert calls_of(module_scope(source)) == expected


def test_a_chain_of_two_thousand_calls_is_walked_in_a_loop() -> None:
    scope = module_scope("G" + ".a()" * 80)

    assert calls_of(scope)[-1] == "#78.a()"


def test_the_callee_is_what_the_name_holds_there() -> None:
    source = "def f(p):\n    x = p.a\n    x()\n    x = G\n    x()"

    assert calls_of(function_f(source)) == ["x~$0.a()", "x~G()"]


def test_a_lambda_has_calls_of_its_own() -> None:
    scope = scope_of("G(lambda a: H(a))", "<lambda>")

    assert calls_of(scope) == ["H($0)"]


def test_a_call_knows_its_place() -> None:
    scope = module_scope("x = [\n    G(\n        1,\n    )\n]")

    span = scope.calls[0].span
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 4, 4, 5)


def test_calls_of_decorators_and_defaults_belong_to_the_scope_around() -> None:
    source = "@G(1)\ndef f(a=H()):\n    I()"

    facts = facts_of(source)

    assert [calls_of(scope) for scope in facts.scopes] == [["G(1)", "H()"], ["I()"]]
    assert [shown(each.value) for each in facts.scopes[1].decorators] == ["#0"]
