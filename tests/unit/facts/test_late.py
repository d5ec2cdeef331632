"""Which functions made in a loop read its names later, and what becomes of them there?"""

import pytest

from .read import facts_of

SILENT = {
    "called at once": "for x in G:\n    (lambda: x)()",
    "called by its name": "for x in G:\n    def f(): return x\n    f()",
    "coroutine awaited at once": (
        "async def g():\n    for x in G:\n        async def f(): return x\n        await f()"
    ),
    "bound by a default": "for x in G:\n    G.append(lambda x=x: x)",
    "reads nothing of the loop": "for x in G:\n    G.append(lambda: y)",
    "binds the name itself": (
        "for x in G:\n    def f():\n        x = 1\n        return x\n    G.append(f)"
    ),
    "made before the loop": "x = 1\nf = lambda: x\nfor x in G:\n    G.append(f)",
    "used after the loop": "for x in G:\n    f = lambda: x\nG.append(f)",
    "last iteration: break": "for x in G:\n    if x:\n        G.append(lambda: x)\n        break",
    "last iteration: return": "def f():\n    for x in G:\n        return G.append(lambda: x)",
    "last iteration: raise": "for x in G:\n    G.append(lambda: x)\n    raise E",
    "yielded": "def f():\n    for x in G:\n        yield lambda: x",
    "a list of this iteration": "for x in G:\n    fs = []\n    fs.append(lambda: x)",
    "the next iteration overwrites it": "for x in G:\n    G.hook = lambda: x",
    "the next iteration overwrites the element": "for x in G:\n    G['hook'] = lambda: x",
    "attribute of an object of this iteration": "for x in G:\n    y = C(x)\n    y.hook = lambda: x",
    "element of a dict of this iteration": "for x in G:\n    d = {}\n    d[x] = lambda: x",
    "constant in every iteration": "for x in G:\n    y = 1\n    G.append(lambda: y)",
    "import in every iteration": "for x in G:\n    import y\n    G.append(lambda: y)",
    "generator may be read step by step": "G((lambda: x) for x in G)",
    "called inside a comprehension": "[(lambda: x)() for x in G]",
    "first iterable of a comprehension": "[y for y in G(lambda: y)]",
    "class body": "class A:\n    for x in G:\n        G.append(lambda: x)",
    "method of a class in the loop": "for x in G:\n    class A:\n        def f(self): return x",
}


@pytest.mark.parametrize("source", SILENT.values(), ids=SILENT.keys())
def test_what_no_iteration_outlives(source: str) -> None:
    assert [use for late in facts_of(source).late for use in late.uses if not use.own] == []


READS_NOTHING = (
    "bound by a default",
    "reads nothing of the loop",
    "binds the name itself",
    "made before the loop",
    "constant in every iteration",
    "import in every iteration",
    "first iterable of a comprehension",
    "class body",
    "method of a class in the loop",
)


@pytest.mark.parametrize("name", READS_NOTHING)
def test_what_is_not_even_late(name: str) -> None:
    assert facts_of(SILENT[name]).late == ()


@pytest.mark.parametrize(
    ("source", "own"),
    [
        pytest.param(SILENT["a list of this iteration"], True, id="bound in the body"),
        pytest.param("for x in G:\n    x.add(lambda: x)", False, id="what is iterated"),
        pytest.param("for x in G:\n    G.add(lambda: x)", False, id="of the module"),
        pytest.param("for x in G:\n    f = G\n    f(lambda: x)", False, id="no method"),
    ],
)
def test_whether_the_object_is_of_the_iteration(source: str, own: bool) -> None:
    (late,) = facts_of(source).late

    assert [use.own for use in late.uses] == [own]


def test_what_is_late_but_called_in_time() -> None:
    (late,) = facts_of(SILENT["called at once"]).late

    assert (late.names, late.uses) == (("x",), ())


KEPT = {
    "argument": ("for x in G:\n    G.append(lambda: x)", "x: argument 0 in line 2"),
    "second argument": ("for x in G:\n    G(1, lambda: x)", "x: argument 1 in line 2"),
    "keyword": ("for x in G:\n    G(command=lambda: x)", "x: argument command in line 2"),
    "inside a tuple": ("for x in G:\n    G.append((1, lambda: x))", "x: argument 0 in line 2"),
    "bound to a name first": (
        "for x in G:\n    f = lambda: x\n    G.append(f)",
        "x: argument 0 in line 3",
    ),
    "nested function": (
        "def g():\n    for x in G:\n        def f(): return x\n        G.append(f)",
        "x: argument 0 in line 4",
    ),
    "coroutine that runs later": (
        "def g():\n    for x in G:\n        async def f(): return x\n        spawn(f())",
        "x: argument 0 in line 4",
    ),
    "element that the key tells apart": (
        "for x in G:\n    G[x] = lambda: x",
        "x: stored in line 2",
    ),
    "element under a name made of it": (
        "for x in G:\n    k = str(x)\n    G[k] = lambda: x",
        "x: stored in line 3",
    ),
    "attribute of what is iterated": ("for x in G:\n    x.hook = lambda: x", "x: stored in line 2"),
    "comprehension": ("fs = [lambda: x for x in G]", "x: element in line 1"),
    "dict comprehension": ("fs = {x: (lambda: x) for x in G}", "x: element in line 1"),
    "tuple in a comprehension": ("fs = [(x, lambda: x) for x in G]", "x: element in line 1"),
    "decorator": ("for x in G:\n    @G.route(x)\n    def f(): return x", "x: decorator in line 2"),
    "name of the body": (
        "for x in G:\n    y = G(x)\n    G.append(lambda: y)",
        "y: argument 0 in line 3",
    ),
    "two names": ("for x, y in G:\n    G.append(lambda: x + y)", "x y: argument 0 in line 2"),
    "while": (
        "while G:\n    x = G.pop()\n    G.append(lambda: x)",
        "x: argument 0 in line 3",
    ),
    "asynchronous loop": (
        "async def f():\n    async for x in G:\n        G.append(lambda: x)",
        "x: argument 0 in line 3",
    ),
    "list of the outer iteration": (
        "for y in G:\n    fs = []\n    for x in y:\n        fs.append(lambda: x)",
        "x: argument 0 in line 4",
    ),
    "break elsewhere": (
        "for x in G:\n    if x:\n        break\n    G.append(lambda: x)",
        "x: argument 0 in line 4",
    ),
}


@pytest.mark.parametrize(("source", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_a_loop_does_with_its_functions(source: str, expected: str) -> None:
    found = [(late, use) for late in facts_of(source).late for use in late.uses if not use.own]
    ((late, use),) = found

    word = f" {use.argument}" if use.argument else ""
    assert f"{' '.join(late.names)}: {use.how}{word} in line {use.span.line}" == expected


def test_a_late_function_knows_its_scope_and_its_loop() -> None:
    facts = facts_of("def g():\n    for x in G:\n        G.append(lambda: x)")

    (late,) = facts.late

    assert facts.scopes[late.scope].qualname == "g.<locals>.<lambda>"
    assert facts.scopes[late.outer].qualname == "g"
    assert (late.loop.line, late.loop.end_line) == (2, 3)


def test_a_function_that_reads_two_loops_is_late_in_each() -> None:
    source = "for x in G:\n    for y in x:\n        G.append(lambda: x + y)"

    assert [late.names for late in facts_of(source).late] == [("y",), ("x", "y")]
