"""Which free names does an enclosing function bind, and which are read?"""

import pytest

from .read import bindings_of, facts_of, scope_of, shown

OWNERS = {
    "closure": ("def f():\n    x = []\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "bound after the inner function": (
        "def f():\n    def g(): x\n    x = []",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "parameter": ("def f(x):\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "two levels up": (
        "def f(x):\n    def g():\n        def h(): x",
        "f.<locals>.g.<locals>.h",
        {"x": "f"},
    ),
    "the nearest wins": (
        "def f(x):\n    def g(x):\n        def h(): x",
        "f.<locals>.g.<locals>.h",
        {"x": "f.<locals>.g"},
    ),
    "own name": ("def f(x):\n    def g():\n        x = 1\n        x", "f.<locals>.g", {}),
    "own name bound later": (
        "def f(x):\n    def g():\n        x\n        x = 1",
        "f.<locals>.g",
        {},
    ),
    "module name": ("x = 1\ndef f():\n    def g(): x", "f.<locals>.g", {}),
    "nonlocal": (
        "def f(x):\n    def g():\n        nonlocal x\n        x = 1",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "global skips the functions between": (
        "def f(x):\n    def g():\n        global x\n        x",
        "f.<locals>.g",
        {},
    ),
    "a global of the enclosing function is no local of it": (
        "def f():\n    global x\n    x = 1\n    def g(): x",
        "f.<locals>.g",
        {},
    ),
    "a nonlocal of the enclosing function belongs further out": (
        "def f(x):\n    def g():\n        nonlocal x\n        x = 1\n        def h(): x",
        "f.<locals>.g.<locals>.h",
        {"x": "f"},
    ),
    "class scopes are skipped": ("class A:\n    x = []\n    def m(self): x", "A.m", {}),
    "a class body in a function": (
        "def f(x):\n    class A:\n        y = x",
        "f.<locals>.A",
        {"x": "f"},
    ),
    "a class body that binds the name": (
        "def f(x):\n    class A:\n        x = x",
        "f.<locals>.A",
        {},
    ),
    "value of a pattern": (
        "def f(x):\n    def g():\n        match G:\n            case x.y: pass",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "class of a pattern": (
        "def f(x):\n    def g():\n        match G:\n            case [x(y=1)]: pass",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "key of a pattern": (
        "def f(x):\n    def g():\n        match G:\n            case {x.y: 1}: pass",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "through a class in a function": (
        "def f(x):\n    class A:\n        x = 1\n        def m(self): x",
        "f.<locals>.A.m",
        {"x": "f"},
    ),
    "lambda": ("def f(x):\n    lambda: x", "f.<locals>.<lambda>", {"x": "f"}),
    "lambda in a lambda": (
        "lambda x: lambda: x",
        "<lambda>.<locals>.<lambda>",
        {"x": "<lambda>"},
    ),
    "comprehension target hides a name further out": (
        "def f(x):\n    [lambda: x for x in G]",
        "f.<locals>.<lambda>",
        {},
    ),
    "lambda in the first iterable sees the name further out": (
        "def f(x):\n    [0 for x in (lambda: x)()]",
        "f.<locals>.<lambda>",
        {"x": "f"},
    ),
    "lambda in a default": (
        "def f(x):\n    def g(y=lambda: x): pass",
        "f.<locals>.<lambda>",
        {"x": "f"},
    ),
    "walrus of a comprehension binds in the function": (
        "def f():\n    [(x := i) for i in G]\n    def g(): x",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "walrus of a lambda stays in it": (
        "def f():\n    lambda: (x := 1)\n    def g(): x",
        "f.<locals>.g",
        {},
    ),
    "import": ("def f():\n    import x\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "definition": ("def f():\n    def x(): pass\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "class": ("def f():\n    class x: pass\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "loop target": ("def f():\n    for x in G: pass\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "with target": ("def f():\n    with G as x: pass\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "caught exception": (
        "def f():\n    try: pass\n    except E as x: pass\n    def g(): x",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "captured by a pattern": (
        "def f():\n    match G:\n        case [x, *_]: pass\n    def g(): x",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "rest of a mapping pattern": (
        "def f():\n    match G:\n        case {**x}: pass\n    def g(): x",
        "f.<locals>.g",
        {"x": "f"},
    ),
    "augmented": ("def f():\n    x += 1\n    def g(): x", "f.<locals>.g", {"x": "f"}),
    "deleted": ("def f():\n    def g(): x\n    del x", "f.<locals>.g", {"x": "f"}),
    "annotation without a value": (
        "def f():\n    x: int\n    def g(): x",
        "f.<locals>.g",
        {"x": "f"},
    ),
}


@pytest.mark.parametrize(("source", "scope", "expected"), OWNERS.values(), ids=OWNERS.keys())
def test_a_free_name_belongs_to(source: str, scope: str, expected: dict[str, str]) -> None:
    facts = facts_of(source)

    free = {name: facts.scopes[owner].qualname for name, owner in scope_of(source, scope).free}

    assert free == expected


CAPTURED = {
    "one value": ("x = []", "list0()"),
    "every value it ever holds": ("x = []\n    x = G", "list0() or x~G"),
    "values of branches": ("if G: x = []\n    else: x = {}", "list0() or dict0()"),
    "value of a later line": ("pass", "list0()"),
}


@pytest.mark.parametrize(("lines", "expected"), CAPTURED.values(), ids=CAPTURED.keys())
def test_what_a_captured_name_holds(lines: str, expected: str) -> None:
    later = "\n    x = []" if lines == "pass" else ""

    scope = scope_of(f"def f():\n    {lines}\n    def g(): x{later}", "f")

    assert bindings_of(scope) == [f"VALUE x = {expected}"]


def test_names_that_no_inner_scope_needs_are_not_kept() -> None:
    assert scope_of("def f(p):\n    x = []\n    return x, p", "f").bindings == ()


READS = {
    "free names": ("def f(): return G, H", ["G", "H"]),
    "each time": ("def f():\n    G\n    G", ["G", "G"]),
    "not local ones": ("def f(p):\n    x = p\n    return x", []),
    "not builtins": ("def f(): return len(print)", []),
    "builtins that the module shadows": ("def list(): pass\ndef f(): return list", ["list"]),
    "builtins that a function binds globally": (
        "def f(): return id\ndef g():\n    global id\n    id = 1",
        ["id"],
    ),
    "names of an enclosing function": ("def o(x):\n    def f(): return x", ["x"]),
    "not the targets of a comprehension": ("def f(): return [x for x in G]", ["G"]),
    "names read in nested displays": ("def f(): return [{'a': (G,)}]", ["G"]),
    "receivers": ("def f(): G.a.b = 1", ["G"]),
    "augmented names are no reads": ("def f():\n    global G\n    G += 1", []),
}


@pytest.mark.parametrize(("source", "expected"), READS.values(), ids=READS.keys())
def test_reads(source: str, expected: list[str]) -> None:
    (scope,) = [each for each in facts_of(source).scopes if each.name == "f"]

    assert [each.name for each in scope.reads] == expected


def test_a_read_knows_its_place() -> None:
    (read,) = scope_of("def f():\n    return [\n      G]", "f").reads

    assert (read.line, read.column) == (3, 6)


def test_a_walrus_of_a_comprehension_is_bound_in_the_module() -> None:
    scope = facts_of("[(x := i) for i in G]").scopes[0]

    assert [shown(each.value) for each in scope.bindings] == ["G[]"]
