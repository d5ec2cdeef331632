"""Where does the object of an expression come from?"""

import msgspec
import pytest

from pystatelint.model.module_facts import ModuleFacts

from .read import facts_of, function_f, shown

VALUES = {
    "free name": ("G", "G"),
    "parameter": ("p", "$0"),
    "long attribute chain": ("G.a.b.c", "G.a.b.c"),
    "element": ("G[0]", "G[]"),
    "slice": ("G[1:]", "G[:]"),
    "element of a display": ("[G, H][0]", "G or H"),
    "element of a display of constants": ("[1, 2][0]", "?"),
    "element of a dict is a value": ("{G: H}['a']", "H"),
    "element of a merge": ("(G | H)['a']", "G[] or H[]"),
    "awaited": ("await G", "G"),
    "yielded": ("(yield G)", "?"),
    "delegated": ("(yield from G)", "?"),
    "lambda": ("lambda: 0", "def2"),
    "string": ("'a'", "'a'"),
    "long string is cut": (repr("a" * 200), repr("a" * 120)),
    "lone surrogate": (r"'\udc80é'", r"'\\udc80é'"),
    "bytes lose their text": ("b'a'", ""),
    "number": ("1.5", "1.5"),
    "huge number": (str(1 << 80), "0"),
    "negative number": ("-1", "1"),
    "truth value": ("True", "True"),
    "none": ("None", "None"),
    "ellipsis": ("...", "..."),
    "comparison": ("G == H", ""),
    "negation": ("not G", ""),
    "inversion": ("~G", "operation()"),
    "f-string": ("f'{G}'", "string!()"),
    "empty displays": ("([], {}, ())", "tuple(list0(), dict0())"),
    "display of constants": ("[1, 'a', (2, 3)]", "list!()"),
    "display of names": ("{G, H}", "set(G, H)"),
    "dict keeps its values": ("{'a': G, H: 1}", "dict(G)"),
    "dict spreads another": ("{**G, 'a': H}", "dict(G[], H)"),
    "list spreads another": ("[*G, H]", "list(G[], H)"),
    "tuple of a mutable": ("([],)", "tuple(list0())"),
    "sum of lists": ("G + [H]", "list(G[], H)"),
    "sum of constants lists": ("[1] + [2]", "list!()"),
    "repeated list": ("[G] * 3", "list(G)"),
    "repeated list of constants": ("[0] * G", "list!()"),
    "list of lists, repeated once": ("[[]] * 1", "list(list0())"),
    "list of lists, repeated": ("[[]] * G", "#0"),
    "number times a tuple of a call": ("3 * (G(),)", "#1"),
    "format operator": ("'%s' % G", "string!()"),
    "sum of numbers": ("1 + 2", "0"),
    "sum of unknowns": ("G + H", "operation()"),
    "joined sets or types": ("G | H", "operation(G, H)"),
    "or gives a true left side": ("G or []", "true(G) or list0()"),
    "and gives either": ("G and H", "G or H"),
    "conditional": ("G if p else H", "G or H"),
    "same in both branches": ("G if p else G", "G"),
    "too many options": (
        "(A if p else B) if p else (C if p else D) if p else (E if p else F)",
        "A or B or C or D or E or ?",
    ),
    "list comprehension": ("[x.a for x in G]", "list(G[].a)"),
    "comprehension of constants": ("[1 for x in G]", "list()"),
    "dict comprehension": ("{x: y for x, y in G}", "dict(G[][])"),
    "generator": ("(x for x in G)", "generator(G[])"),
    "nested comprehension": ("[y for x in G for y in x]", "list(G[][])"),
    "inner comprehension": ("[[y for y in x] for x in G]", "list(list(G[][]))"),
    "star target": ("[y for x, *y in G]", "list(G[][])"),
}


@pytest.mark.parametrize(("expression", "expected"), VALUES.values(), ids=VALUES.keys())
def test_an_expression_stands_for(expression: str, expected: str) -> None:
    scope = function_f(f"async def f(p):\n    return {expression}")
    if "yield" in expression:
        scope = function_f(f"def f(p):\n    x = {expression}\n    return x")

    assert [shown(value) for value in scope.results] == [expected]


def test_strings_of_a_short_display_are_kept() -> None:
    scope = function_f("def f():\n    return ['a', G, 'b', 1]")

    assert [getattr(value, "texts", None) for value in scope.results] == [("a", "b")]


def test_strings_of_a_long_display_are_not() -> None:
    scope = function_f(f"def f():\n    return {['a'] * 17}")

    assert [getattr(value, "texts", None) for value in scope.results] == [()]


def test_text_that_utf_8_cannot_carry_is_escaped_everywhere() -> None:
    source = """
    __all__ = ["\\udc80"]
    class A:
        __slots__ = "\\udc81"
        x: "\\udc82 y"
    """

    facts = facts_of(source)

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=ModuleFacts) == facts
    assert facts.exports == (r"\udc80",)
    assert facts.scopes[1].slots == (r"\udc81",)


def test_a_sum_of_a_thousand_operands_is_read_in_a_loop() -> None:
    scope = function_f("def f():\n    return " + " + ".join(["G"] * 1000))

    assert [shown(value) for value in scope.results] == ["operation()"]
    assert len(scope.reads) == 1000


def test_a_sum_of_many_containers_keeps_few_parts() -> None:
    scope = function_f("def f():\n    return [] + " + " + ".join(f"G{i}" for i in range(40)))

    (result,) = scope.results
    assert len(getattr(result, "parts", ())) == 17
    assert shown(result).endswith(", ?)")


def test_every_operand_is_read() -> None:
    source = (
        "def f():\n    a() if b() else c()\n    d() and e()\n    f'{g():{h()}}'\n    i[j():k()]"
    )

    names = [shown(each.callee) for each in function_f(source).calls]

    assert names == ["b", "a", "c", "d", "e", "g", "h", "j", "k"]


def test_a_yield_makes_a_generator_of_its_values() -> None:
    scope = function_f("def f():\n    yield G\n    yield from H")

    assert [shown(value) for value in scope.yields] == ["G", "H[]"]


def test_a_yield_within_a_yield_counts_as_well() -> None:
    scope = function_f("def f():\n    yield [(yield G), (yield from H)]")

    assert [shown(value) for value in scope.yields] == ["G", "H[]", "list(?, ?)"]


def test_suspension_points_are_noted() -> None:
    source = """
    async def f():
        await G
        async with H: pass
        async for x in I: pass
        [x async for x in J]
    """

    scope = function_f(source)

    assert [(each.line, shown(each.value)) for each in scope.awaits] == [
        (3, "G"),
        (4, "-"),
        (5, "-"),
        (6, "-"),
    ]
