"""Which classes see to it by hand that there is only one object of them?"""

import pytest

from .project import Files, project

ACCESSOR = """
class A:
    {binding}
    def __init__(self{parameters}): self.x = 1
    @classmethod
    def get(cls):
        if cls.it is None:
            cls.it = {made}
        return {returned}
"""


def accessor(
    binding: str = "it = None", parameters: str = "", made: str = "cls()", returned: str = "cls.it"
) -> str:
    return ACCESSOR.format(binding=binding, parameters=parameters, made=made, returned=returned)


META = """
class Meta(type):
    def __call__(cls, *args):
        {store} = super().__call__(*args)
        return 1
class A(metaclass=Meta): pass
"""
DECORATOR = """
def one(cls):
    made = {{}}
    def get(*args):
        {store}
        return 1
    return get
@one
class A: pass
"""

ONE = ["m.A"]
CASES: dict[str, tuple[Files | str, list[str]]] = {
    "accessor": (accessor(), ONE),
    "accessor that makes it by name": (accessor(made="A()"), ONE),
    "accessor of something else": (accessor(made="B()"), []),
    "accessor of a dict": (accessor(made="{}"), []),
    "keeps it, but returns another": (accessor(returned="cls()"), []),
    "only lets go of it": (accessor(made="None"), []),
    "new": (
        (
            "class A:\n    it = None\n    def __new__(cls):\n"
            "        if not cls.it: cls.it = object.__new__(cls)\n        return cls.it"
        ),
        ONE,
    ),
    "new keeps the latest": (
        (
            "class A:\n    it = None\n    def __new__(cls):\n"
            "        cls.it = object.__new__(cls)\n        return cls.it"
        ),
        [],
    ),
    "new makes a new one": (
        "class A:\n    def __new__(cls):\n        self = object.__new__(cls)\n        return self",
        [],
    ),
    "subclass of a singleton": (accessor() + "class B(A): pass", ONE),
    "metaclass keeps it by class": (META.format(store="Meta.made[cls]"), ONE),
    "metaclass keeps it on the class": (META.format(store="cls.it"), ONE),
    "metaclass keeps it by arguments": (META.format(store="Meta.made[args]"), []),
    "metaclass returns it": (META.format(store="made"), []),
    "decorator keeps it by class": (DECORATOR.format(store="made[cls] = cls(*args)"), ONE),
    "decorator keeps them by arguments": (DECORATOR.format(store="made[args] = cls(*args)"), []),
    "decorator keeps something else": (DECORATOR.format(store="made[cls] = args"), []),
    "borg": (
        "class A:\n    all = {}\n    def __init__(self): self.__dict__ = self.all",
        ONE,
    ),
    "own dict": ("class A:\n    def __init__(self, d): self.__dict__ = d", []),
    "of a test": ({"test_m.py": accessor()}, []),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES.keys())
def test_which_classes_are_singletons(files: Files | str, expected: list[str]) -> None:
    assert [each.symbol for each in project(files).singletons] == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        pytest.param("", (), id="none"),
        pytest.param(", a, *, b=1", ("a", "b"), id="some"),
        pytest.param(", *args, **options", (), id="whatever another constructor takes"),
    ],
)
def test_what_the_constructor_is_given(parameters: str, expected: tuple[str, ...]) -> None:
    (found,) = project(accessor(parameters=parameters)).singletons

    assert found.arguments == expected


RESET = accessor() + "    @classmethod\n    def reset(cls): cls.it = None"


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        pytest.param("from m import A\ndef test_a(): A.get()", False, id="tests only use it"),
        pytest.param("from m import A\ndef test_a(): A.reset()", True, id="by the hook"),
        pytest.param("from m import A\ndef test_a(): A.it = None", True, id="by hand"),
    ],
)
def test_whether_tests_reset_it(test: str, expected: bool) -> None:
    (found,) = project({"m.py": RESET, "test_m.py": test}).singletons

    assert found.reset_by_tests is expected
