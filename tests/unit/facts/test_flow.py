"""How do the values of local names flow through branches and loops?"""

from textwrap import indent

import pytest

from pystatelint.model.facts import ContextFlag, Scope

from .read import effects_of, function_f, module_scope, scope_of, shown

PATHS = {
    "assignment is a strong update": ("x = G\nx = H", "x~H"),
    "one branch": ("x = G\nif c: x = H", "x~H or x~G"),
    "both branches": ("if c: x = G\nelse: x = H", "x~G or x~H"),
    "bound in one branch only": ("if c: x = G", "x~G"),
    "a branch that returns is not joined": ("x = G\nif c:\n    x = H\n    return 0", "x~G"),
    "a branch that raises is not joined": ("x = G\nif c:\n    x = H\n    raise E", "x~G"),
    "elif": ("if c: x = G\nelif d: x = H\nelse: x = I", "x~G or x~H or x~I"),
    "default by or": ("x = c or []", "x~true(c) or list0()"),
    "default by a test": ("x = p\nif not x: x = []", "list0() or true($0)"),
    "refined by a test": ("x = p\nif x: return x\nreturn 0", "true($0)"),
    "refined by a conjunction": ("x = p\nif x and c: return x\nreturn 0", "true($0)"),
    "a comparison refines nothing": ("x = p\nif x is None: x = []", "list0() or $0"),
    "loop may run no round": ("x = G\nfor i in c: x = H", "x~G or x~H"),
    "while may run no round": ("x = G\nwhile c: x = H", "x~G or x~H"),
    "else of a loop": ("x = G\nfor i in c: pass\nelse: x = H", "x~H"),
    "with always runs": ("x = G\nwith c: x = H", "x~H"),
    "a handler may start anywhere": (
        "x = G\ntry: x = H\nexcept E: pass",
        "x~H or x~G",
    ),
    "a handler that returns is not joined": (
        "x = G\ntry: x = H\nexcept E: return 0",
        "x~H",
    ),
    "a handler that binds": ("x = G\ntry: c()\nexcept E: x = H", "x~G or x~H"),
    "else of a try": ("x = G\ntry: c()\nexcept E: return 0\nelse: x = H", "x~H"),
    "finally sees every path": ("x = G\ntry: x = H\nfinally: x = I", "x~I"),
    "group handlers": ("x = G\ntry: x = H\nexcept* E: pass", "x~H or x~G"),
    "match may match nothing": (
        "x = G\nmatch c:\n    case 1: x = H\n    case _ if d: x = I",
        "x~G or x~H or x~I",
    ),
    "match that matches anything": (
        "x = G\nmatch c:\n    case 1: x = H\n    case _: x = I",
        "x~H or x~I",
    ),
    "match that captures anything": (
        "x = G\nmatch c:\n    case 1: x = H\n    case other: x = I",
        "x~H or x~I",
    ),
    "captured by a pattern": ("match p:\n    case {'a': x}: return x\nreturn 0", "x~$0 or $0[]"),
    "del forgets": ("x = G\ndel x", "x"),
    "what a handler caught is unknown": ("try: c()\nexcept E as x: return x\nreturn 0", "?"),
}


@pytest.mark.parametrize(("lines", "expected"), PATHS.values(), ids=PATHS.keys())
def test_a_local_name_holds_at_the_end(lines: str, expected: str) -> None:
    body = indent(f"{lines}\nreturn x", "    ")

    scope = function_f(f"def f(p):\n{body}")

    assert [shown(value) for value in scope.results if value.__class__.__name__ != "Const"] == [
        expected
    ]


ROUNDS = {
    "bound before it is used": ("x = []\nfor i in c:\n    x = G\n    use(x)", ["x~G"]),
    "bound after it is used": ("x = []\nfor i in c:\n    use(x)\n    x = G", ["list0() or x~G"]),
    "bound after it is used in a while": ("while c:\n    use(x)\n    x = G", ["x~G"]),
    "bound in a block of the loop": (
        "for i in c:\n    use(x)\n    if i:\n        with d: x = G.a",
        ["x~G.a"],
    ),
    "bound by a case": (
        "for i in c:\n    use(x)\n    match i:\n        case 1: x = G[i]",
        ["x~G[]"],
    ),
    "bound by a handler": (
        "for i in c:\n    use(x)\n    try: i()\n    except E: x = G",
        ["x~G"],
    ),
    "bound to another local name": ("y = G\nfor i in c:\n    use(x)\n    x = y", ["y~G"]),
    "bound to the loop's own element": ("for i in c:\n    use(x)\n    x = i", ["i~c[]"]),
    "bound to something new": ("x = 1\nfor i in c:\n    use(x)\n    x = []", ["1"]),
    "bound to what the loop works out": (
        "y = G\nfor i in c:\n    use(x)\n    y = []\n    x = y",
        ["x"],
    ),
    "bound to what lies below itself": ("x = G\nwhile c:\n    use(x)\n    x = x.a", ["x~G"]),
    "bound in a function of the loop": (
        "x = 1\nfor i in c:\n    use(x)\n    def g(): x = G",
        ["1"],
    ),
    "declared global": ("global x\nfor i in c:\n    use(x)\n    x = G", ["x"]),
}


@pytest.mark.parametrize(("lines", "expected"), ROUNDS.values(), ids=ROUNDS.keys())
def test_a_round_begins_with_what_the_one_before_left(lines: str, expected: list[str]) -> None:
    scope = function_f(f"def f():\n{indent(lines, '    ')}")

    used = [call for call in scope.calls if shown(call.callee) == "use"]
    assert [shown(value) for call in used for value in call.arguments] == expected


ATTRIBUTES = {
    "bound just now": ("self.x = []\nself.x.a = 1", []),
    "bound on both branches": (
        "if c: self.x = []\nelse: self.x = {}\nself.x[0] = 1",
        [],
    ),
    "bound on one branch only": (
        "if c: self.x = []\nself.x[0] = 1",
        ["SET_ITEM $0.x at 0 := 1"],
    ),
    "the other branch leaves": ("if c: self.x = []\nelse: return\nself.x[0] = 1", []),
    "bound in a loop": (
        "for i in c: self.x = []\nself.x[0] = 1",
        ["SET_ITEM $0.x at 0 := 1"],
    ),
    "bound in a with block": ("with c: self.x = []\nself.x[0] = 1", []),
    "bound in a try that goes on": (
        "try: self.x = []\nexcept E: pass\nself.x[0] = 1",
        ["SET_ITEM $0.x at 0 := 1"],
    ),
    "bound in a try that does not": (
        "try: self.x = []\nexcept E: raise\nself.x[0] = 1",
        [],
    ),
    "bound by every case": (
        "match c:\n    case 1: self.x = []\n    case _: self.x = []\nself.x[0] = 1",
        [],
    ),
    "bound by one case": (
        "match c:\n    case 1: self.x = []\nself.x[0] = 1",
        ["SET_ITEM $0.x at 0 := 1"],
    ),
    "bound on another object": (
        "c.x = []\nself.x[0] = 1",
        ["SET_ITEM $0.x at 0 := 1"],
    ),
    "the object of an attribute": ("self.x = G\nself.x[0] = 1", ["SET_ITEM self.x~G at 0 := 1"]),
    "below an attribute": ("self.x = []\nself.x.y[0] = 1", []),
    "the receiver is another object": (
        "self.x = []\nself = c\nself.x[0] = 1",
        ["SET_ITEM self~c.x at 0 := 1"],
    ),
    "the receiver was another object on a path that left": (
        "self.x = []\nif c:\n    self = c\n    return\nself = d\nself.y = 1\nself.x[0] = 1",
        ["SET_ITEM self~d.x at 0 := 1"],
    ),
}


def method(lines: str) -> Scope:
    return scope_of(f"class A:\n    def m(self):\n{indent(lines, '        ')}", "A.m")


@pytest.mark.parametrize(("lines", "expected"), ATTRIBUTES.values(), ids=ATTRIBUTES.keys())
def test_an_attribute_that_every_path_binds_is_known(lines: str, expected: list[str]) -> None:
    found = [each for each in effects_of(method(lines)) if not each.startswith("SET_ATTRIBUTE")]

    assert found == expected


BINDS = {
    "plain": ("self.x = 1", ("x",)),
    "several, sorted": ("self.y = self.x = 1", ("x", "y")),
    "unpacked": ("self.x, self.y = c", ("x", "y")),
    "one branch": ("if c: self.x = 1", ()),
    "both branches": ("if c: self.x = 1\nelse: self.x = 2", ("x",)),
    "early return before": ("if c: return\nself.x = 1", ()),
    "early return after": ("self.x = 1\nif c: return", ("x",)),
    "a path that raises does not count": ("if c: raise E\nself.x = 1", ("x",)),
    "only in a loop": ("while c: self.x = 1", ()),
    "in finally": ("try: c()\nfinally: self.x = 1", ("x",)),
    "in with": ("with c: self.x = 1", ("x",)),
    "loop target": ("for self.x in c: pass", ()),
    "every case": ("match c:\n    case [1]: self.x = 1\n    case _: self.x = 2", ("x",)),
    "deleted again": ("self.x = 1\ndel self.x", ()),
    "of another object": ("c.x = 1", ()),
    "nothing": ("pass", ()),
}


@pytest.mark.parametrize(("lines", "expected"), BINDS.values(), ids=BINDS.keys())
def test_a_method_binds_on_every_path(lines: str, expected: tuple[str, ...]) -> None:
    assert method(lines).binds == expected


def test_a_function_has_no_receiver() -> None:
    assert function_f("def f(self):\n    self.x = 1").binds == ()


CONTEXTS = {
    "straight": ("G()", 0),
    "main guard": ("if __name__ == '__main__': G()", ContextFlag.BRANCH | ContextFlag.MAIN_GUARD),
    "main guard the other way round": (
        "if '__main__' == __name__: G()",
        ContextFlag.BRANCH | ContextFlag.MAIN_GUARD,
    ),
    "else of the main guard": (
        "if __name__ == '__main__': pass\nelse: G()",
        ContextFlag.BRANCH,
    ),
    "another name is no main guard": ("if __name__ == 'app': G()", ContextFlag.BRANCH),
    "type checking": ("if TYPE_CHECKING: G()", ContextFlag.BRANCH | ContextFlag.TYPE_CHECKING),
    "type checking by attribute": (
        "if typing.TYPE_CHECKING: G()",
        ContextFlag.BRANCH | ContextFlag.TYPE_CHECKING,
    ),
    "not type checking": ("if not TYPE_CHECKING: G()", ContextFlag.BRANCH),
    "test of a branch": ("if G(): pass", 0),
    "for": ("for i in c: G()", ContextFlag.LOOP),
    "iterable": ("for i in G(): pass", 0),
    "while": ("while c: G()", ContextFlag.LOOP),
    "else of a loop": ("while c: pass\nelse: G()", 0),
    "try": ("try: G()\nexcept E: pass", ContextFlag.TRY),
    "handler": ("try: pass\nexcept E: G()", 0),
    "finally": ("try: pass\nfinally: G()", ContextFlag.FINALLY),
    "nested": ("for i in c:\n    if i: G()", ContextFlag.LOOP | ContextFlag.BRANCH),
    "after": ("if c: pass\nG()", 0),
    "case": ("match c:\n    case 1: G()", ContextFlag.BRANCH),
}


@pytest.mark.parametrize(("source", "expected"), CONTEXTS.values(), ids=CONTEXTS.keys())
def test_a_call_stands_in_a_context(source: str, expected: int) -> None:
    scope = module_scope(source)
    flags = [
        scope.contexts[call.context].flags for call in scope.calls if shown(call.callee) == "G"
    ]

    assert flags == [expected]


GUARDS = {
    "with": ("with a: G()", ["a"]),
    "nested": ("with a:\n    with b: G()", ["a", "b"]),
    "several items": ("with a, b: G()", ["a", "b"]),
    "after the block": ("with a: pass\nG()", []),
    "in a loop inside": ("with a:\n    for i in c: G()", ["a"]),
    "the item itself is not guarded": ("with G(): pass", []),
    "a later item is guarded by an earlier one": ("with a, G(): pass", ["a"]),
}


@pytest.mark.parametrize(("source", "expected"), GUARDS.values(), ids=GUARDS.keys())
def test_a_call_holds_guards(source: str, expected: list[str]) -> None:
    scope = module_scope(source)
    (context,) = [call.context for call in scope.calls if shown(call.callee) == "G"]

    held = [shown(scope.guards[number].value) for number in scope.contexts[context].guards]

    assert held == expected


def test_an_asynchronous_guard_says_so() -> None:
    scope = function_f("async def f():\n    async with a: pass\n    with b: pass")

    assert [(shown(each.value), each.asynchronous) for each in scope.guards] == [
        ("a", True),
        ("b", False),
    ]


def test_a_nested_function_does_not_hold_the_guards_around_it() -> None:
    scope = scope_of("with a:\n    def f(): G()", "f")

    assert scope.contexts[scope.calls[0].context].guards == ()
