"""What do descriptors keep on themselves of the objects that they serve?"""

import pytest

from .project import Files, project


def stores(files: Files | str) -> list[str]:
    return [
        f"{each.name} in {each.method} by {each.accessor}"
        for each in project(files).descriptor_stores
    ]


def descriptor(accessor: str, act: str, helper: str = "pass") -> str:
    return f"class D:\n    def {accessor}:\n        {act}\n    def keep(self, x): {helper}"


GET = "__get__(self, instance, owner=None)"
SET = "__set__(self, instance, value)"
DELETE = "__delete__(self, instance)"

CASES = {
    "get: nothing": (descriptor(GET, "return instance.x"), []),
    "get: a constant": (descriptor(GET, "self.x = 1"), []),
    "get: something of the class": (descriptor(GET, "self.x = owner.__name__"), []),
    "get: something of the descriptor": (descriptor(GET, "self.x = self.make()"), []),
    "get: in the object": (descriptor(GET, "instance.x = self"), []),
    "get: in its dict": (descriptor(GET, "instance.__dict__['x'] = self"), []),
    "get: on a new descriptor": (descriptor(GET, "d = D(); d.x = instance; return d"), []),
    "get: keyed by the object": (descriptor(GET, "self.x[instance] = 1"), []),
    "get: a helper that keeps nothing": (descriptor(GET, "self.keep(instance)"), []),
    "get: the object": (
        descriptor(GET, "self.x = instance"),
        ["x in m.D.__get__ by m.D.__get__"],
    ),
    "get: what it computes": (
        descriptor(GET, "self.x = self.f(instance)"),
        ["x in m.D.__get__ by m.D.__get__"],
    ),
    "get: a helper keeps it": (
        descriptor(GET, "self.keep(instance)", "self.x = x"),
        ["x in m.D.keep by m.D.__get__"],
    ),
    "set: the value": (descriptor(SET, "self.x = value"), ["x in m.D.__set__ by m.D.__set__"]),
    "set: a flag": (descriptor(SET, "self.x = True"), ["x in m.D.__set__ by m.D.__set__"]),
    "set: a helper sets a flag": (descriptor(SET, "self.keep(1)", "self.x = True"), []),
    "set: in the object": (descriptor(SET, "instance.x = value"), []),
    "delete: the object": (
        descriptor(DELETE, "self.x = instance"),
        ["x in m.D.__delete__ by m.D.__delete__"],
    ),
    "set_name": (descriptor("__set_name__(self, owner, name)", "self.x = name"), []),
    "constructor": (descriptor("__init__(self, x)", "self.x = x"), []),
    "mapping": (descriptor("__setitem__(self, key, value)", "self.x = value"), []),
    "no method": ("def __set__(self, instance, value): self.x = value", []),
    "of a test": ({"test_m.py": descriptor(SET, "self.x = value")}, []),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES.keys())
def test_what_a_descriptor_keeps(files: Files | str, expected: list[str]) -> None:
    assert stores(files) == expected


def test_a_helper_of_a_base_in_another_module_keeps_it() -> None:
    files = {
        "a.py": "class Base:\n    def keep(self, x): self.x = x",
        "b.py": "from a import Base\nclass D(Base):\n"
        "    def __set__(self, instance, value): self.keep(value)",
    }

    assert stores(files) == ["x in a.Base.keep by b.D.__set__"]
