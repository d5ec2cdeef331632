"""What rules get to read."""

import pytest

from pystatelint.link.project import Project
from pystatelint.link.records import CellKind

from .project import Files, cell, class_info, function, project


def test_modules_are_sorted_and_tests_are_known() -> None:
    found = project({"b.py": "", "a/__init__.py": "", "test_a.py": ""})

    assert found.modules == (("a", "a/__init__.py"), ("b", "b.py"), ("test_a", "test_a.py"))
    assert found.test_modules == {"test_a"}


CELLS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "module": ("X = []", [("m.X", "module")]),
    "class": ("class A:\n    x = []", [("m.A.x", "class")]),
    "nested class": ("class A:\n    class B:\n        x = []", [("m.A.B.x", "class")]),
    "default": ("def f(x=[]): pass", [("m.f(x)", "default")]),
    "default of a method": ("class A:\n    def f(self, x={}): pass", [("m.A.f(x)", "default")]),
    "default of a lambda": (
        "f = [lambda x=[]: x][0]",
        [("m.<lambda>(x)", "default"), ("m.f", "module")],
    ),
    "constant default": ("def f(x=1, y=()): pass", []),
    "marker default": ("from fastapi import Depends\ndef f(x=Depends(1)): pass", []),
    "context variable": (
        "from contextvars import ContextVar\nX = ContextVar('x', default=[])",
        [("m.X", "contextvar")],
    ),
    "context variable with a constant": (
        "from contextvars import ContextVar\nX = ContextVar('x', default=None)",
        [("m.X", "module")],
    ),
    "alias": ("X = []\nY = X", [("m.X", "module")]),
    "import": ("from lib import x\nimport y", []),
    "definitions": ("def f(): pass\nclass A: pass", []),
    "type alias": ("X = list[int]", []),
    "annotation in a class": ("class A:\n    x: list", []),
    "annotation at the top": ("x: list", []),
    "annotation that a function fills": (
        "x: list\ndef f():\n    global x\n    x = []",
        [("m.x", "module")],
    ),
    "bound twice": ("if c:\n    X = []\nelse:\n    X = {}", [("m.X", "module")]),
    "captured at the top": ("match 1:\n    case X: pass", [("m.X", "module")]),
    "local": ("def f(): x = []", []),
}


@pytest.mark.parametrize(("source", "expected"), CELLS.values(), ids=CELLS.keys())
def test_what_is_a_cell(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.symbol, each.kind.value) for each in project(source).cells] == expected


def test_a_cell_knows_what_it_is_and_where() -> None:
    source = """
    from typing import ClassVar, Final
    class A:
        x: ClassVar[list[int]] = []
        y: Final = {"a": 1}
    """

    x, y = project(source).cells

    assert (x.symbol, x.kind, x.name, x.module, x.owner) == (
        "m.A.x",
        CellKind.CLASS,
        "x",
        "m",
        "m.A",
    )
    assert (x.path, x.span.line, x.class_var, x.final) == ("m.py", 4, True, False)
    assert (x.value.kind, x.value.mutable, x.value.empty, x.value.literal) == (
        "list",
        True,
        True,
        True,
    )
    assert (y.class_var, y.final, y.value.kind, y.value.empty) == (False, True, "dict", False)


def test_a_cell_knows_what_shadows_it() -> None:
    source = "class A:\n    x = []\n    def __init__(self):\n        self.x = []"

    (step,) = cell(project(source), "m.A.x").shadows

    assert (step.span.line, step.text) == (
        4,
        "an instance gets its own x here, in m.A.__init__",
    )


VALUES = {
    "list": ("[]", "list", True),
    "dict call": ("dict()", "dict", True),
    "deque": ("collections.deque()", "deque", True),
    "defaultdict": ("collections.defaultdict(list)", "defaultdict", True),
    "comprehension": ("[i for i in range(3)]", "list", True),
    "sum": ("[1] + [2]", "list", True),
    "string": ("'a'", "constant", False),
    "tuple of a list": ("([],)", "tuple", True),
    "frozenset": ("frozenset({1})", "constant", False),
    "type expression": ("int | None", "constant", False),
    "instance": ("B()", "instance", True),
    "frozen instance": ("F()", "instance", False),
    "marker": ("M()", "instance", False),
    "function": ("lambda: 0", "function", False),
    "library instance": ("lib.Thing()", "instance", None),
    "library function": ("lib.make()", "unknown", None),
}


@pytest.mark.parametrize(("expression", "kind", "mutable"), VALUES.values(), ids=VALUES.keys())
def test_what_a_cell_holds(expression: str, kind: str, mutable: bool | None) -> None:
    source = f"""
import collections, dataclasses, lib
class B:
    def __init__(self): self.a = 1
@dataclasses.dataclass(frozen=True)
class F:
    a: int = 1
class M: pass
def f(): pass
X = {expression}
"""
    value = cell(project(source), "m.X").value

    assert (value.kind, value.mutable) == (kind, mutable)


def test_a_class_and_its_fields() -> None:
    source = """
    from dataclasses import dataclass, field
    from typing import ClassVar
    @dataclass
    class A:
        __slots__ = ("a",)
        a: int
        b: list = field(default_factory=list)
        c: ClassVar[dict] = {}
        d = []
        def m(self): pass
    """

    found = class_info(project(source), "m.A")

    assert (found.name, found.module, found.path, found.span.line) == ("A", "m", "m.py", 5)
    assert (found.kind, found.slots) == ("dataclass", ("a",))
    assert [each.dotted for each in found.decorators] == ["dataclasses.dataclass"]
    assert [
        (each.name, each.annotated, each.class_var, each.maker, each.default is None)
        for each in found.fields
    ] == [
        ("__slots__", False, False, "", False),
        ("a", True, False, "", True),
        ("b", True, False, "dataclasses.field", True),
        ("c", True, True, "", False),
        ("d", False, False, "", False),
    ]


KINDS = {
    "plain": ("class A: pass", ""),
    "dataclass": (
        "import dataclasses\n@dataclasses.dataclass(slots=True)\nclass A: pass",
        "dataclass",
    ),
    "attrs": ("import attrs\n@attrs.define\nclass A: pass", "attrs"),
    "pydantic": ("from pydantic import BaseModel\nclass A(BaseModel): pass", "pydantic"),
    "inherited": (
        "from pydantic import BaseModel\nclass B(BaseModel): pass\nclass A(B): pass",
        "pydantic",
    ),
    "msgspec": ("import msgspec\nclass A(msgspec.Struct): pass", "msgspec"),
    "enum": ("from enum import Enum\nclass A(Enum): pass", "enum"),
    "named tuple": ("from typing import NamedTuple\nclass A(NamedTuple): pass", "namedtuple"),
    "typed dict": ("from typing import TypedDict\nclass A(TypedDict): pass", "typeddict"),
    "protocol": ("from typing import Protocol\nclass A(Protocol): pass", "protocol"),
}


@pytest.mark.parametrize(("source", "expected"), KINDS.values(), ids=KINDS.keys())
def test_kinds_of_classes(source: str, expected: str) -> None:
    assert class_info(project(source), "m.A").kind == expected


def test_what_methods_bind_on_instances() -> None:
    source = """
    X = []
    class A:
        def __init__(self, p):
            self.a = []
            self.b = X
            if p:
                self.c = p
        def f(self):
            self.d = 1
    """

    found = class_info(project(source), "m.A").instance_bindings

    assert [
        (each.name, each.method, each.span.line, each.value.kind, each.constructor, each.from_cell)
        for each in found
    ] == [
        ("a", "m.A.__init__", 5, "list", True, ""),
        ("b", "m.A.__init__", 6, "cell", True, "m.X"),
        ("c", "m.A.__init__", 8, "parameter", False, ""),
        ("d", "m.A.f", 10, "constant", False, ""),
    ]


def test_instances_and_constructions_are_counted() -> None:
    source = "class A: pass\nclass B(A): pass\nclass C: pass\nX = A()\nY = B()\nA()\nkeep(C)\nC()"

    found = {each.name: (each.instances, each.constructed) for each in project(source).classes}

    assert found == {"A": (("m.X",), 3), "B": (("m.Y",), 1), "C": ((), None)}


ALLOWED = {
    "without arguments": ("@stateless\nclass A: pass", ()),
    "with a list": ("@stateless(allow={'session', 'log'})\nclass A: pass", ("session", "log")),
    "not declared": ("class A: pass", None),
}


@pytest.mark.parametrize(("source", "expected"), ALLOWED.values(), ids=ALLOWED.keys())
def test_stateless_declarations(source: str, expected: tuple[str, ...] | None) -> None:
    found = project(f"from pystatelint.stateless import stateless\n{source}")

    assert class_info(found, "m.A").stateless_allow == expected


def test_a_function() -> None:
    source = """
    import functools
    class A:
        @staticmethod
        async def f(): yield
        @functools.lru_cache(maxsize=None)
        def g(self): return []
        @classmethod
        def h(cls): return []
    """
    found = project(source)

    f, g, h = (function(found, f"m.A.{name}") for name in "fgh")
    assert (f.owner, f.static, f.is_async, f.generator) == ("m.A", True, True, True)
    (decorator,) = g.decorators
    assert (decorator.dotted, decorator.called, decorator.constants) == (
        "functools.lru_cache",
        True,
        (("maxsize", "None"),),
    )
    assert [each.kind for each in g.returns] == ["list"]
    assert (h.class_method, h.static) == (True, False)


def calls_of(found: Project) -> list[tuple[str, str, str, str, bool]]:
    return [
        (each.dotted, each.function, each.owner, each.bound_to, each.managed)
        for each in found.library_calls
    ]


SESSIONS = {
    "bound at the top": (
        "from sqlalchemy.orm import Session\nX = Session()",
        ("sqlalchemy.orm.Session", "m", "", "m.X", False),
    ),
    "managed": (
        "from sqlalchemy.orm import Session\ndef f():\n    with Session() as s: pass",
        ("sqlalchemy.orm.Session", "m.f", "", "", True),
    ),
    "in a method": (
        "from sqlalchemy.orm import Session\nclass A:\n    def f(self): self.s = Session()",
        ("sqlalchemy.orm.Session", "m.A.f", "m.A", "", False),
    ),
    "in a class body": (
        "from sqlalchemy.orm import Session\nclass A:\n    s = Session()",
        ("sqlalchemy.orm.Session", "m.A", "m.A", "m.A.s", False),
    ),
    "as an argument of what is bound": (
        "from sqlalchemy.orm import Session\nclass A:\n    x = 1\n    s = R(1, db=[Session()])",
        ("sqlalchemy.orm.Session", "m.A", "m.A", "m.A.s", False),
    ),
    "its method's result is bound": (
        "from sqlalchemy.orm import Session\nX = Session().info",
        ("sqlalchemy.orm.Session", "m", "", "", False),
    ),
    "bound nowhere": (
        "from sqlalchemy.orm import Session\nX = 1\nf(Session())",
        ("sqlalchemy.orm.Session", "m", "", "", False),
    ),
}


@pytest.mark.parametrize(("source", "expected"), SESSIONS.values(), ids=SESSIONS.keys())
def test_calls_that_tables_name(source: str, expected: tuple[str, str, str, str, bool]) -> None:
    assert calls_of(project(source)) == [expected]


STALE: dict[str, tuple[Files, list[tuple[str, str, list[int]]]]] = {
    "read after the rebind": (
        {
            "a.py": "X = None\ndef f():\n    global X\n    X = 1",
            "m.py": "from a import X\ndef g():\n    return X\n",
        },
        [("a.X", "X", [3])],
    ),
    "under another name": (
        {
            "a.py": "X = None\ndef f():\n    global X\n    X = 1",
            "m.py": "from a import X as y\ndef g():\n    return y\n",
        },
        [("a.X", "y", [3])],
    ),
    "never read": (
        {"a.py": "X = None\ndef f():\n    global X\n    X = 1", "m.py": "from a import X\n"},
        [],
    ),
    "read at import only": (
        {
            "a.py": "X = None\ndef f():\n    global X\n    X = 1",
            "m.py": "from a import X\nprint(X)\n",
        },
        [],
    ),
    "changed in place only": (
        {"a.py": "X = []\ndef f(): X.append(1)", "m.py": "from a import X\ndef g(): return X\n"},
        [],
    ),
    "rebound at import only": (
        {
            "a.py": "X = None\ndef f():\n    global X\n    X = 1\nf()",
            "m.py": "from a import X\ndef g(): return X\n",
        },
        [],
    ),
    "read through the module": (
        {
            "a.py": "X = None\ndef f():\n    global X\n    X = 1",
            "m.py": "import a\ndef g(): return a.X\n",
        },
        [],
    ),
}


@pytest.mark.parametrize(("files", "expected"), STALE.values(), ids=STALE.keys())
def test_stale_imports(files: Files, expected: list[tuple[str, str, list[int]]]) -> None:
    found = [
        (each.cell, each.name, [step.span.line for step in each.reads])
        for each in project(files).stale_imports
    ]

    assert found == expected


SPELLED = {
    "display": ("X = {}", "dict"),
    "class of another spelling": (
        "from collections import OrderedDict\nX = OrderedDict()",
        "OrderedDict",
    ),
    "class that is spelled like its kind": ("import collections\nX = collections.deque()", "deque"),
    "one of several classes": ("import queue\nX = queue.SimpleQueue()", "Queue"),
}


@pytest.mark.parametrize(("source", "expected"), SPELLED.values(), ids=SPELLED.keys())
def test_containers_are_spelled_as_in_python(source: str, expected: str) -> None:
    assert cell(project(source), "m.X").value.dotted == expected
