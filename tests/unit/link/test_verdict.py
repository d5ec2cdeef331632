"""What do writes, escapes and vetoes of a cell amount to?"""

import msgspec
import pytest

from pystatelint.link.records import Action, CellKind, Phase, Receiver, Value, Verdict, Write
from pystatelint.link.verdict import Evidence, common_locks, verdict
from pystatelint.model.span import Span

from .project import Files, cell, project

LIST = Value(kind="list", mutable=True)
CONSTANT = Value(kind="constant", mutable=False)
UNKNOWN = Value(kind="unknown")
INSTANCE = Value(kind="instance", mutable=True)


def write(*phases: Phase, action: Action = Action.METHOD, guarded: tuple[str, ...] = ()) -> Write:
    return Write(
        cell="m.X",
        action=action,
        receiver=Receiver.NAME,
        text="X.append()",
        module="m",
        function="m.f",
        owner="",
        path="m.py",
        span=Span(1, 0, 1, 1),
        phases=phases,
        guarded=guarded,
    )


QUIET = Evidence(
    kind=CellKind.MODULE,
    value=LIST,
    writes=(),
    declarative=False,
    escaped=False,
    vetoed=False,
    replaced=False,
    holder=False,
)
RUN = write(Phase.RUN)
IMPORT = write(Phase.IMPORT)
LOCKED = write(Phase.RUN, guarded=("m.L",))

ROWS = {
    "written at run time": ({"writes": (RUN,)}, Verdict.RUNTIME),
    "written at start-up": ({"writes": (write(Phase.INIT),)}, Verdict.RUNTIME),
    "written at import and at run time": ({"writes": (IMPORT, RUN)}, Verdict.RUNTIME),
    "written under a lock": ({"writes": (LOCKED, LOCKED)}, Verdict.GUARDED),
    "written under a lock in one place only": ({"writes": (LOCKED, RUN)}, Verdict.RUNTIME),
    "written under different locks": (
        {"writes": (LOCKED, write(Phase.RUN, guarded=("m.M",)))},
        Verdict.RUNTIME,
    ),
    "written without a lock at import only": ({"writes": (LOCKED, IMPORT)}, Verdict.GUARDED),
    "written at import": ({"writes": (IMPORT,)}, Verdict.REGISTRY),
    "written by a script": ({"writes": (write(Phase.MAIN),)}, Verdict.REGISTRY),
    "written in support of tests": ({"writes": (write(Phase.TEST),)}, Verdict.REGISTRY),
    "written by nobody": ({}, Verdict.CONST),
    "out of sight": ({"escaped": True}, Verdict.ESCAPES),
    "vetoed": ({"vetoed": True}, Verdict.VETO),
    "vetoed and out of sight": ({"vetoed": True, "escaped": True}, Verdict.VETO),
    "vetoed, but written": ({"vetoed": True, "writes": (RUN,)}, Verdict.RUNTIME),
    "vetoed, nothing known": ({"vetoed": True, "value": UNKNOWN}, Verdict.VETO),
    "cannot change": ({"value": CONSTANT}, Verdict.IMMUTABLE),
    "cannot change, though vetoed": ({"value": CONSTANT, "vetoed": True}, Verdict.IMMUTABLE),
    "cannot change, but may be replaced": (
        {"value": CONSTANT, "replaced": True},
        Verdict.VETO,
    ),
    "may be replaced at import": ({"replaced": True, "writes": (IMPORT,)}, Verdict.REGISTRY),
    "cannot change, but is replaced": ({"value": CONSTANT, "writes": (RUN,)}, Verdict.RUNTIME),
    "nothing known": ({"value": UNKNOWN}, Verdict.OPAQUE),
    "an instance": ({"value": INSTANCE}, Verdict.OPAQUE),
    "a declaration": ({"declarative": True}, Verdict.DECLARATIVE),
    "a declaration that is written": ({"declarative": True, "writes": (RUN,)}, Verdict.RUNTIME),
    "a declaration, filled at import": (
        {"declarative": True, "writes": (IMPORT,)},
        Verdict.DECLARATIVE,
    ),
    "a safe holder": ({"holder": True}, Verdict.SAFE),
    "a safe holder that is filled": ({"holder": True, "writes": (RUN,)}, Verdict.SAFE),
    "a safe holder that is replaced": (
        {"holder": True, "writes": (write(Phase.RUN, action=Action.REBIND),)},
        Verdict.RUNTIME,
    ),
    "a default that a context variable shares": (
        {"holder": True, "kind": CellKind.CONTEXTVAR, "writes": (RUN,)},
        Verdict.RUNTIME,
    ),
}


@pytest.mark.parametrize(("known", "expected"), ROWS.values(), ids=ROWS.keys())
def test_verdicts(known: dict[str, object], expected: Verdict) -> None:
    assert verdict(msgspec.structs.replace(QUIET, **known)) is expected


def test_no_writes_hold_no_common_lock() -> None:
    assert common_locks([]) == frozenset()
    assert common_locks([LOCKED]) == {"m.L"}


COUNTER = """
class Counter:
    def __init__(self): self.value = 0
    def step(self): self.value += 1
"""

LINKED: dict[str, tuple[Files, str]] = {
    "literal": ("X = []", "const"),
    "constant": ("X = 1", "immutable"),
    "tuple of constants": ("X = (1, 'a')", "immutable"),
    "returned": ("X = []\ndef f(): return X", "const-escapes"),
    "yielded": ("X = []\ndef f(): yield X", "const-escapes"),
    "passed to somebody unknown": ("import lib\nX = []\nlib.keep(X)", "const-escapes"),
    "stored in an object": ("X = []\ndef f(o): o.x = X", "const-escapes"),
    "held by a display": ("X = []\nY = [X]", "const-escapes"),
    "passed to a pure function": ("X = []\nlen(X)\nsorted(X)", "const"),
    "an element that is a constant": ("X = [1]\ndef f(): return X[0]", "const"),
    "an element that is not": ("X = [[]]\ndef f(): return X[0]", "const-escapes"),
    "a mutator taken as a value": ("X = []\ndef f(): return X.append", "const-escapes"),
    "a copy that is returned": ("X = [1]\ndef f(): return [*X]", "const"),
    "written through an unknown receiver": ("X = []\ndef f(p): p.X.append(1)", "const-veto"),
    "written through an unknown import": (
        "from lib import other\nX = []\ndef f(): other.X[0] = 1",
        "const-veto",
    ),
    "another name is written through an unknown receiver": (
        "X = []\ndef f(p): p.Y.append(1)",
        "const",
    ),
    "any name of the module may be set": (
        "import m\nX = []\ndef f(n): setattr(m, n, 1)",
        "const-veto",
    ),
    "any global may be set": ("X = []\ndef f(n): globals()[n] = 1", "const-veto"),
    "any code may run": ("X = []\ndef f(n): exec(n)", "const-veto"),
    "all names are updated": ("import m\nX = []\ndef f(n): vars(m).update(n)", "const-veto"),
    "a weak container": (
        "import weakref\nX = weakref.WeakSet()\ndef f(p): X.add(p)",
        "safe-holder",
    ),
    "a thread local": ("import threading\nX = threading.local()\ndef f(p): X.a = p", "safe-holder"),
    "a context variable": (
        "from contextvars import ContextVar\nX = ContextVar('x')\ndef f(p): X.set(p)",
        "safe-holder",
    ),
    "a library object": ("import lib\nX = lib.Thing()", "opaque"),
    "a compiled pattern": ("import re\nX = re.compile('a')", "immutable"),
    "a marker": ("class Marker: pass\nX = Marker()", "immutable"),
    "a closed object that refuses to be changed": (
        """
        class Point:
            def __init__(self, x):
                object.__setattr__(self, "_x", x)
            def __setattr__(self, name, value):
                raise AttributeError(name)
        X = Point(1)
        """,
        "immutable",
    ),
    "an object that keeps what it was asked for": (
        """
        class Lazy:
            def __getattr__(self, name):
                setattr(self, name, len(name))
                return len(name)
        X = Lazy()
        """,
        "opaque",
    ),
    "an object that keeps it behind its own back": (
        """
        class Lazy:
            def __getattr__(self, name):
                object.__setattr__(self, name, len(name))
                return len(name)
        X = Lazy()
        """,
        "opaque",
    ),
    "a list of markers": ("class Marker: pass\nX = [Marker()]", "const"),
    "a list of functions and classes": ("class A: pass\ndef f(): ...\nX = [A, f]", "const"),
    "a list of frozen objects": (
        """
        from dataclasses import dataclass
        @dataclass(frozen=True)
        class Point:
            x: int
        X = [Point(1)]
        """,
        "const",
    ),
    "a list of what another cell holds": (COUNTER + "ONE = Counter()\nX = [ONE]", "const"),
    "a list of objects that change themselves": (COUNTER + "X = [Counter()]", "const-escapes"),
    "such objects deep inside": (COUNTER + "X = {'a': (1, [Counter()])}", "const-escapes"),
    "a tuple of such objects": (COUNTER + "X = (Counter(), 1)", "const-escapes"),
    "a default with such objects": (
        COUNTER + "def X(all=[Counter()]): return len(all)",
        "const-escapes",
    ),
    "a list of objects that keep what they worked out": (
        """
        from functools import cached_property
        class Route:
            def __init__(self, path): self._path = path
            @cached_property
            def parts(self): return self._path.split()
        X = [Route('/')]
        """,
        "const-escapes",
    ),
    "a list of library objects": ("import lib\nX = [lib.Thing()]", "const-escapes"),
    "a tuple of library objects": ("import lib\nX = (lib.Thing(),)", "opaque"),
    "a list of what libraries hold": ("import lib\nX = [lib.A, lib.B]", "const"),
    "an heir has a list of its own, and nobody changes that of the base": (
        "class Base:\n    X = []\nclass Heir(Base):\n    X = []",
        "const",
    ),
    "the method of an heir changes its own": (
        """
        class Base:
            X = []
        class Heir(Base):
            X = []
        class Other(Base):
            X = []
            def add(self, x): self.X.append(x)
        """,
        "const",
    ),
    "each instance of an heir gets its own": (
        """
        class Base:
            X = []
            def __init__(self): self.X = []
            def add(self, x): self.X.append(x)
        class Heir(Base):
            X = []
        """,
        "const",
    ),
    "the base is changed by its name": (
        """
        class Base:
            X = []
            def add(self, x): Base.X.append(x)
        class Heir(Base):
            X = []
        """,
        "const",
    ),
    "a method of the base changes that of its heirs": (
        """
        class Base:
            X = []
            def add(self, x): self.X.append(x)
        class Heir(Base):
            X = []
        """,
        "const-escapes",
    ),
    "a class method of the base changes that of its heirs": (
        """
        class Base:
            X = {}
            @classmethod
            def add(cls, x): cls.X[x] = 1
        class Heir(Base):
            X = {}
        """,
        "const-escapes",
    ),
    "a method of the base hands that of its heirs on": (
        """
        class Base:
            X = []
            def all(self): return self.X
        class Heir(Base):
            X = []
        """,
        "const-escapes",
    ),
    "a method fills what the base has none of": (
        """
        class Base:
            X = None
            def add(self, x):
                if self.X is None:
                    self.X = {}
                self.X[x] = 1
        class Heir(Base):
            X = {}
        """,
        "const-escapes",
    ),
    "a method appends to what the base has none of": (
        """
        class Base:
            X = None
            def add(self, x):
                if self.X is None:
                    self.X = []
                self.X.append(x)
        class Heir(Base):
            X = []
        """,
        "const-escapes",
    ),
    "a number that is set by its own name": ("class A:\n    X = 1\ndef f(): A.Y = 2", "immutable"),
    "a number, and a known object gets an attribute of this name": (
        "class A:\n    X = 1\nclass B: pass\ndef f(): B().X = 2",
        "immutable",
    ),
    "a number, and what a caller passes gets an attribute of this name": (
        "class A:\n    X = 1\ndef f(target): target.X = 2",
        "immutable",
    ),
    "a number, and a new class gets an attribute of this name": (
        "class A:\n    X = 1\ndef f(bases):\n    new = type('B', bases, {})\n    new.X = 2",
        "immutable",
    ),
    "a number that a test sets on something unknown": (
        {"m.py": "class A:\n    X = 1", "test_m.py": "import lib\ndef f(): lib.get().X = 2"},
        "immutable",
    ),
    "a number, set on an object that nothing is known of": (
        "import lib\nclass A:\n    X = 1\ndef f(): lib.get().X = 2",
        "const-veto",
    ),
    "a number, set by a call on what is in something that is passed": (
        "class A:\n    X = 1\ndef f(event): setattr(event.target, 'X', 2)",
        "const-veto",
    ),
    "a number, added to on an object that nothing is known of": (
        "import lib\nclass A:\n    X = 1\ndef f(): lib.get().X += 2",
        "const-veto",
    ),
    "a number, set on one of several classes": (
        """
        class A:
            X = 1
        class B:
            Z = 1
        ALL = {'a': A, 'b': B}
        def f(key):
            chosen = ALL[key]
            chosen.X = 2
        """,
        "const-veto",
    ),
    "a number of a class that is not among them": (
        """
        class A:
            X = 1
        class B: pass
        class C: pass
        ALL = {'b': B, 'c': C}
        def f(key):
            chosen = ALL[key]
            chosen.X = 2
        """,
        "immutable",
    ),
    "a number, set on the class that a method is called on": (
        """
        class Base:
            X = 0
            @classmethod
            def f(cls): cls.X = 2
        class Heir(Base):
            X = 1
        """,
        "const-veto",
    ),
    "a number of a module that may set any name": (
        "X = 1\ndef f(name): globals()[name] = 2",
        "const-veto",
    ),
    "nothing can be in an empty default": (
        "def X(key, all={}): return all.get(key)",
        "const",
    ),
    "what is in a default is handed on by a method": (
        "def X(key, all={1: []}): return all.get(key)",
        "const-escapes",
    ),
    "what is in a default is handed on in a loop": (
        "import lib\ndef X(all={1: []}):\n    for each in all.values(): lib.keep(each)",
        "const-escapes",
    ),
    "what is in a default is changed": (
        "def X(key, all={1: []}):\n    found = all.get(key)\n    found.append(1)",
        "runtime",
    ),
    "guarded": (
        "import threading\nL = threading.Lock()\nX = []\ndef f():\n    with L: X.append(1)",
        "runtime-guarded",
    ),
}


SYMBOLS_OF_X = frozenset({"m.A.X", "m.Heir.X", "m.X", "m.X(all)"})


@pytest.mark.parametrize(("files", "expected"), LINKED.values(), ids=LINKED.keys())
def test_the_verdict_on_a_linked_cell(files: Files, expected: str) -> None:
    found = project(files)

    (verdict,) = (each.verdict.value for each in found.cells if each.symbol in SYMBOLS_OF_X)
    assert verdict == expected


def test_what_may_change_by_itself_is_named() -> None:
    (step,) = cell(project(COUNTER + "X = [1, Counter()]"), "m.X").escapes

    assert step.text == "an object in it, an instance of m.Counter, may change"
    assert (step.path, step.span.line) == ("m.py", 5)
