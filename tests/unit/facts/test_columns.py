"""Columns count code points, not bytes."""

import pytest

from pystatelint.model.span import Span

from .read import facts_of, module_scope, scope_of

LINES = {
    "ascii": ("a = b.c()", (4, 9)),
    "two bytes": ("é = b.c()", (4, 9)),
    "three bytes": ("'€'; a = b.c()", (9, 14)),
    "four bytes": ("'🐍🐍'; a = b.c()", (10, 15)),
    "inside the call": ("a = b.c('é')", (4, 12)),
    "after the call": ("a = b.c() # é", (4, 9)),
    "combining": ("'e\u0301'; a = b.c()", (10, 15)),
    "form feed": ("\fa = b.c()", (5, 10)),
    "line separator in a string": ("'\u2028'; a = b.c()", (9, 14)),
}


@pytest.mark.parametrize(("source", "expected"), LINES.values(), ids=LINES.keys())
def test_the_columns_of_a_call(source: str, expected: tuple[int, int]) -> None:
    span = module_scope(source).calls[0].span

    assert (span.column, span.end_column) == expected


@pytest.mark.parametrize("before", ["", "# é\n", "é = '''\n€\n'''\n"], ids=["none", "one", "three"])
def test_lines_with_other_characters_before(before: str) -> None:
    (call,) = module_scope(f"{before}x = 'ü', g()").calls

    lines = before.count("\n")
    assert call.span == Span(lines + 1, 9, lines + 1, 12)


def test_every_kind_of_place_counts_code_points() -> None:
    source = "'é'; import a\n'é'; global_ = [G.ö]\ndef ä(ö: 'é' = 'ü', b=1): 'é'; G.x = H"

    facts = facts_of(source)

    top, function = facts.scopes
    assert [each.span.column for each in top.bindings] == [12, 5, 0]
    assert function.span == Span(3, 0, 3, 5)
    assert [(each.span.column, each.span.end_column) for each in function.parameters] == [
        (6, 18),
        (20, 23),
    ]
    assert [each.span.column for each in function.effects] == [31]
    assert [(each.name, each.column) for each in function.reads] == [("H", 37), ("G", 31)]


def test_decorators_count_code_points() -> None:
    scope = scope_of("@d('é').x\ndef f(): pass", "f")

    assert scope.decorators[0].span == Span(1, 1, 1, 9)
