"""What does an assignment bind or store?"""

import pytest

from .read import bindings_of, effects_of, facts_of, function_f, module_scope, scope_of, shown

MODULE = {
    "plain": ("X = []", ["VALUE X = list0()"]),
    "chain binds every target": ("X = Y = {}", ["VALUE X = dict0()", "VALUE Y = dict0()"]),
    "pairs are matched one to one": ("X, Y = [], G", ["VALUE X = list0()", "VALUE Y = G"]),
    "unpacking takes elements": ("X, Y = G", ["VALUE X = G[]", "VALUE Y = G[]"]),
    "a star among targets breaks the pairs": (
        "X, *Y = [], {}",
        ["VALUE X = list0() or dict0() or ?", "VALUE Y = list0() or dict0() or ?"],
    ),
    "nested targets": ("(X, (Y,)) = G", ["VALUE X = G[]", "VALUE Y = G[][]"]),
    "annotation with value": ("X: list[int] = []", ["VALUE X: list<int> = list0()"]),
    "annotation alone": ("X: int", ["ANNOTATION X: int = -"]),
    "walrus at the top": ("if (X := []): pass", ["VALUE X = list0()"]),
    "loop": ("for X in G: pass", ["LOOP X = G[]"]),
    "loop over a display of constants": ("for X in (1, 2): pass", ["LOOP X = ?"]),
    "with": ("with G as X: pass", ["WITH X = with(G)"]),
    "with a fresh object": ("with [] as X: pass", ["WITH X = ?"]),
    "def and class": ("def f(): pass\nclass A: pass", ["DEF f = def1", "CLASS A = def2"]),
    "several bindings of one name are all kept": (
        "if C:\n    X = []\nelse:\n    X = None",
        ["VALUE X = list0()", "VALUE X = None"],
    ),
    "captures of a pattern": (
        "match G:\n    case [X, *Y]: pass",
        ["VALUE X = G or G[]", "VALUE Y = G or G[]"],
    ),
    "global at the top is no statement about other scopes": (
        "global X\nX = []",
        ["VALUE X = list0()"],
    ),
    "stores bind nothing": ("a.b = []\na[0] = []", []),
    "a caught exception is gone after its handler": (
        "try: pass\nexcept E as X: pass",
        [],
    ),
}


@pytest.mark.parametrize(("source", "expected"), MODULE.values(), ids=MODULE.keys())
def test_a_module_binds(source: str, expected: list[str]) -> None:
    assert bindings_of(module_scope(source)) == expected


CLASS = {
    "value": ("class A:\n    x = []", ["VALUE x = list0()"]),
    "annotation": ("class A:\n    x: list", ["ANNOTATION x: list = -"]),
    "method": ("class A:\n    def m(self): pass", ["DEF m = def2"]),
    "import": ("class A:\n    import os", ["IMPORT os = module os"]),
    "an earlier name of the body is the class attribute": (
        "class A:\n    x = []\n    y = x",
        ["VALUE x = list0()", "VALUE y = def1.x"],
    ),
    "a decorator sees earlier names of the body": (
        "class A:\n    x = []\n    def m(self): pass\n    m = x(m)",
        ["VALUE x = list0()", "DEF m = def2", "VALUE m = #0"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), CLASS.values(), ids=CLASS.keys())
def test_a_class_binds(source: str, expected: list[str]) -> None:
    assert bindings_of(scope_of(source, "A")) == expected


LOCAL = {
    "a copy of a name is an alias": ("x = G", "x~G"),
    "an alias of an alias keeps the first name": ("y = G\n    x = y", "y~G"),
    "an attribute is held by reference": ("x = G.a", "x~G.a"),
    "an element is held by reference": ("x = G[0]", "x~G[]"),
    "a slice is a new object": ("x = G[:]", "G[:]"),
    "a fresh object is no alias": ("x = []", "list0()"),
    "a result is no alias": ("x = G()", "#0"),
    "a cast is one": ("x = cast(T, G)", "x~#0"),
    "a cast of a module is one": ("x = typing.cast(T, G)", "x~#0"),
    "a call of what a cast gives is none": ("x = cast(T, G)()", "#1"),
    "a declared type helps a result": ("x: T = G()", "#0 as T"),
    "a declared type says nothing of a display": ("x: T = []", "list0()"),
    "a type declared before the value": ("x: T\n    x = G()", "#0 as T"),
    "walrus": ("print(x := G)", "x~G"),
    "loop target": ("for x in G: pass\n    else: pass", "x~G[]"),
    "with target": ("with G as x: pass", "with(G)"),
    "augmented containers stay the object": ("x = G\n    x += [1]", "x~G"),
    "augmented numbers are new": ("x = 0\n    x += 1", "operation()"),
    "import": ("import a.b as x", "module a.b"),
    "definition": ("def x(): pass", "def2"),
    "walrus in a comprehension outlives it": ("[x := G for _ in H]", "x~G"),
    "a comprehension may run no round": (
        "x = []\n    [x := G for _ in H]",
        "list0() or x~G",
    ),
    "the target of a comprehension hides": ("x = []\n    [x for x in G]", "list0()"),
}


@pytest.mark.parametrize(("lines", "expected"), LOCAL.values(), ids=LOCAL.keys())
def test_a_local_name_holds(lines: str, expected: str) -> None:
    scope = function_f(f"def f():\n    {lines}\n    return x")

    assert [shown(value) for value in scope.results] == [expected]


STORES = {
    "attribute": ("G.a = 1", ["SET_ATTRIBUTE G a := 1"]),
    "item": ("G[k] = 1", ["SET_ITEM G at k := 1"]),
    "one effect per target of a chain": (
        "G.a = G.b = 1",
        ["SET_ATTRIBUTE G a := 1", "SET_ATTRIBUTE G b := 1"],
    ),
    "targets in a tuple": ("G.a, G[0] = 1, 2", ["SET_ATTRIBUTE G a := 1", "SET_ITEM G at 0 := 2"]),
    "loop target": ("for G.a in H: pass", ["SET_ATTRIBUTE G a := H[]"]),
    "with target": ("with H as G.a: pass", ["SET_ATTRIBUTE G a := with(H)"]),
    "annotated store": ("G.a: int = 1", ["SET_ATTRIBUTE G a := 1"]),
    "annotation of an attribute alone": ("G.a: int", []),
    "augmented name of the module": ("G += [1]", ["AUGMENT G G := list!()"]),
    "augmented attribute": ("G.a += 1", ["AUGMENT_ATTRIBUTE G a := 1"]),
    "augmented item": ("G[k] += 1", ["AUGMENT_ITEM G at k := 1"]),
    "del attribute": ("del G.a", ["DELETE_ATTRIBUTE G a"]),
    "del item": ("del G[0], (H[1])", ["DELETE_ITEM G at 0", "DELETE_ITEM H at 1"]),
    "del in a tuple": ("del (G.a, G.b)", ["DELETE_ATTRIBUTE G a", "DELETE_ATTRIBUTE G b"]),
    "del of an own name is no effect": ("X = 1\ndel X", []),
}


@pytest.mark.parametrize(("source", "expected"), STORES.values(), ids=STORES.keys())
def test_a_store_is_an_effect(source: str, expected: list[str]) -> None:
    assert effects_of(module_scope(source)) == expected


EXPORTS = {
    "list": ("__all__ = ['a', 'b']", ("a", "b")),
    "tuple": ("__all__ = ('a',)", ("a",)),
    "more than a union holds": (
        f"__all__ = {[f'n{i}' for i in range(40)]}",
        tuple(f"n{i}" for i in range(40)),
    ),
    "annotated": ("__all__: list[str] = ['a']", ("a",)),
    "extended by a display": ("__all__ = ['a']\n__all__ += ['b']", ("a", "b")),
    "none": ("a = 1", None),
    "of a class": ("class A:\n    __all__ = ['a']", None),
    "empty": ("__all__ = []", ()),
    "an expression leaves it open": ("__all__ = ['a'] + other.__all__", None),
    "names that are no constants leave it open": ("__all__ = ['a', name]", None),
    "augmented by an expression leaves it open": ("__all__ = ['a']\n__all__ += b.__all__", None),
    "a method leaves it open": ("__all__ = ['a']\n__all__.extend(b.__all__)", None),
}


@pytest.mark.parametrize(("source", "expected"), EXPORTS.values(), ids=EXPORTS.keys())
def test_dunder_all_names_the_exports(source: str, expected: tuple[str, ...] | None) -> None:
    assert facts_of(source).exports == expected
