"""Which names does an import bind, and which modules does it name?"""

import pytest

from .read import bindings_of, facts_of, function_f, module_scope, shown

BOUND = {
    "module": ("import a", ["IMPORT a = module a"]),
    "submodule binds the top": ("import a.b.c", ["IMPORT a = module a"]),
    "submodule under a name": ("import a.b as c", ["IMPORT c = module a.b"]),
    "several": ("import a, b", ["IMPORT a = module a", "IMPORT b = module b"]),
    "member": ("from a import b", ["IMPORT b = a:b"]),
    "member under a name": ("from a.b import c as d", ["IMPORT d = a.b:c"]),
    "relative": ("from . import a", ["IMPORT a = .:a"]),
    "relative to a parent": ("from ..a import b", ["IMPORT b = ..a:b"]),
    "star": ("from a import *", ["STAR * = a:*"]),
    "both ways of a try": (
        "try:\n    import a\nexcept ImportError:\n    a = None",
        ["IMPORT a = module a", "VALUE a = None"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), BOUND.values(), ids=BOUND.keys())
def test_an_import_binds(source: str, expected: list[str]) -> None:
    assert bindings_of(module_scope(source)) == expected


def test_an_import_in_a_function_is_local() -> None:
    scope = function_f("def f():\n    from a import b\n    return b")

    assert [shown(value) for value in scope.results] == ["a:b"]
    assert scope.reads == ()


def test_every_import_of_the_file_is_noted_in_order() -> None:
    source = """
    import a.b
    from ..c import d
    if TYPE_CHECKING:
        import e
    def f():
        from . import g
    """

    found = [
        (each.module, each.level, each.line, each.type_checking)
        for each in facts_of(source).imports
    ]

    assert found == [
        ("a.b", 0, 2, False),
        ("c", 2, 3, False),
        ("e", 0, 5, True),
        ("", 1, 7, False),
    ]


def test_an_import_knows_its_place() -> None:
    scope = module_scope("from a import (\n    b as c,\n)")

    span = scope.bindings[0].span
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 4, 2, 10)
