"""Which statements change an object that somebody else can see?"""

import pytest

from pystatelint.model.span import Span

from .read import effects_of, function_f, scope_of

DROPPED = {
    "item of a display": "x = []\n    x[0] = 1",
    "attribute of a display": "x = {}\n    x.a = 1",
    "attribute of an attribute of a fresh object": "x = {}\n    x.a.b = 1",
    "deleted item": "x = {1: 2}\n    del x[1]",
    "augmented display": "x = []\n    x += [1]",
    "augmented item": "x = {}\n    x[1] += 1",
    "augmented number": "x = 0\n    x += 1",
    "comprehension": "x = [i for i in G]\n    x[0] = 1",
    "slice of a fresh object": "x = [1][:]\n    x[0] = 1",
    "copied by a star": "x = [*G]\n    x[0] = 1",
    "copied by two stars": "x = {**G}\n    x['a'] = 1",
    "attribute bound just now": "$.x = []\n    $.x[0] = 1",
    "attribute bound and augmented": "$.x = []\n    $.x += [1]",
    "read of a display": "x = {}\n    return x[0]",
    "string": "x = 'a'\n    return x[0]",
}


@pytest.mark.parametrize("lines", DROPPED.values(), ids=DROPPED.keys())
def test_a_change_of_a_fresh_object_is_nobodys_business(lines: str) -> None:
    source = f"def f(s, c):\n    {lines}".replace("$", "s")

    found = [each for each in effects_of(function_f(source)) if "SET_ATTRIBUTE $0 x" not in each]

    assert found == []


KEPT = {
    "item of a global": ("G[1] = 2", ["SET_ITEM G at 1 := 2"]),
    "item through an alias": ("x = G\n    x[1] = 2", ["SET_ITEM x~G at 1 := 2"]),
    "item of a parameter": ("p[1] = 2", ["SET_ITEM $0 at 1 := 2"]),
    "attribute of a parameter": ("p.a = 2", ["SET_ATTRIBUTE $0 a := 2"]),
    "augmented alias": ("x = G\n    x += [1]", ["AUGMENT x~G x := list!()"]),
    "augmented parameter": ("p += [1]", ["AUGMENT $0 p := list!()"]),
    "global bound": ("global G\n    G = []", ["BIND G G := list0()"]),
    "global deleted": ("global G\n    del G", ["UNBIND G G"]),
    "global augmented": ("global G\n    G += 1", ["AUGMENT G G := 1"]),
    "global bound by a loop": ("global G\n    for G in p: pass", ["BIND G G := $0[]"]),
    "global bound by with": ("global G\n    with p as G: pass", ["BIND G G := with($0)"]),
    "global bound by a pattern": (
        "global G\n    match p:\n        case G: pass",
        ["BIND G G := $0 or $0[]"],
    ),
    "reading an item may insert it": ("p[1]", ["READ_ITEM $0 at 1"]),
    "reading a slice inserts nothing": ("p[1:2]", []),
    "a display that holds a global may lead to it": (
        "x = [G]\n    x[0][1] = 2",
        ["SET_ITEM G at 1 := 2"],
    ),
    "elements that a star spreads": (
        "x = [*G]\n    x[0][1] = 2",
        ["SET_ITEM G[] at 1 := 2"],
    ),
    "elements that two stars spread": (
        "x = {**G}\n    x['a'][1] = 2",
        ["SET_ITEM G[] at 1 := 2"],
    ),
    "elements of a sum": (
        "x = G + [1]\n    x[0][1] = 2",
        ["SET_ITEM G[] at 1 := 2"],
    ),
    "elements of a merge": (
        "x = G | {'a': {}}\n    x['a'][1] = 2",
        ["SET_ITEM G[:][] or dict0() at 1 := 2"],
    ),
    "elements of a display that has got others since": (
        "x = {**G}\n    x['a'] = {}\n    x['b'][1] = 2",
        ["SET_ITEM G[:][] at 1 := 2"],
    ),
    "either of two displays that hold globals": (
        "x = [G] if p else [H]\n    x[0][1] = 2",
        ["SET_ITEM x~list(G) or list(H)[] at 1 := 2"],
    ),
    "fresh in one branch only": (
        "x = [] if p else G\n    x[0] = 1",
        ["SET_ITEM x~list0() or G at 0 := 1"],
    ),
    "an attribute of another owner": (
        "p.x = []\n    G.x[0] = 1",
        ["SET_ATTRIBUTE $0 x := list0()", "SET_ITEM G.x at 0 := 1"],
    ),
    "an attribute after the owner got bound anew": (
        "p.x = []\n    p = G\n    p.x[0] = 1",
        ["SET_ATTRIBUTE $0 x := list0()", "SET_ITEM p~G.x at 0 := 1"],
    ),
    "an attribute that was deleted": (
        "p.x = []\n    del p.x\n    p.x[0] = 1",
        [
            "SET_ATTRIBUTE $0 x := list0()",
            "DELETE_ATTRIBUTE $0 x",
            "SET_ITEM $0.x at 0 := 1",
        ],
    ),
    "an attribute that holds a global": (
        "p.x = G\n    p.x[0] = 1",
        ["SET_ATTRIBUTE $0 x := G", "SET_ITEM p.x~G at 0 := 1"],
    ),
    "an attribute that holds a global, augmented": (
        "p.x = G\n    p.x += [1]",
        ["SET_ATTRIBUTE $0 x := G", "AUGMENT_ATTRIBUTE $0 x := list!()"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), KEPT.values(), ids=KEPT.keys())
def test_a_change_that_others_can_see_is_kept(lines: str, expected: list[str]) -> None:
    assert effects_of(function_f(f"def f(p):\n    {lines}")) == expected


def test_nonlocal_names_are_bound_in_the_enclosing_function() -> None:
    source = """
    def f():
        x = []
        def g():
            nonlocal x
            x = {}
            x += 1
    """

    scope = scope_of(source, "f.<locals>.g")

    assert effects_of(scope) == ["BIND x x := dict0()", "AUGMENT x x := 1"]
    assert scope.free == (("x", 1),)


def test_a_global_in_a_class_body_is_bound_in_the_module() -> None:
    source = "class A:\n    global G\n    G = []"

    scope = scope_of(source, "A")

    assert effects_of(scope) == ["BIND G G := list0()"]
    assert scope.bindings == ()


def test_effects_stand_in_source_order() -> None:
    scope = function_f("def f(p):\n    p.a = 1\n    p[0] = 1\n    del p.b")

    assert [each.span.line for each in scope.effects] == [2, 3, 4]


def test_the_place_of_an_effect_is_its_target() -> None:
    scope = function_f("def f(p):\n    p.rows[0] = long_value")

    assert scope.effects[0].span == Span(2, 4, 2, 13)
