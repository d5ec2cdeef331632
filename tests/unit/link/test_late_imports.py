"""``global x`` and an import in a function: x is what the import gives, wherever it is read."""

import pytest
from tests.unit.link.project import cell, project, written

STORE = """
class Log:
    level = 0
    def __init__(self): self.lines = []
    def put(self, line): self.lines.append(line)
    def last(self): return self.lines[-1]
LOG = Log()
TABLE = {}
START = 0
"""

CASES = {
    "a container": (
        "TABLE = None\ndef f(x):\n    global TABLE\n    from store import TABLE\n    TABLE[x] = 1",
        ["m.TABLE", "store.TABLE"],
    ),
    "under another name": (
        "t = None\ndef load():\n    global t\n    from store import TABLE as t\ndef f(x): t.pop(x)",
        ["m.t", "store.TABLE"],
    ),
    "an object whose method changes it": (
        "t = None\ndef load():\n    global t\n    from store import LOG as t\ndef f(x): t.put(x)",
        ["m.t", "store.LOG"],
    ),
    "an object whose method only reads": (
        (
            "t = None\ndef load():\n    global t\n    from store import LOG as t\n"
            "def f(): return t.last()"
        ),
        ["m.t"],
    ),
    "a module": (
        "s = None\ndef load():\n    global s\n    import store as s\ndef f(x): s.START = x",
        ["m.s", "store.START"],
    ),
    "a module that counts": (
        "s = None\ndef load():\n    global s\n    import store as s\ndef f(x): s.START += x",
        ["m.s", "store.START"],
    ),
    "a class": (
        (
            "L = None\ndef load():\n    global L\n    from store import Log as L\n"
            "def f(x): L.level = x"
        ),
        ["m.L", "store.Log.level"],
    ),
    "a module that is only read": (
        "s = None\ndef load():\n    global s\n    import store as s\ndef f(): return s.START",
        ["m.s"],
    ),
    "a local import": ("def f(x):\n    from store import TABLE\n    return TABLE[x]", []),
    "a local name of the same name": (
        "TABLE = None\ndef f(x):\n    from store import TABLE\n    TABLE = {}\n    TABLE[x] = 1",
        [],
    ),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_a_name_that_an_import_fills_late(source: str, expected: list[str]) -> None:
    assert written({"store.py": STORE, "m.py": source}) == expected


def test_one_object_is_told_once() -> None:
    source = "t = None\ndef f(x):\n    global t\n    from store import TABLE as t\n    t[x] = 1"
    found = project({"store.py": STORE, "m.py": source})

    assert cell(found, "m.t").same_as == "store.TABLE"


def test_a_function_defined_under_global_binds_the_name() -> None:
    found = written("hook = None\ndef f(x):\n    global hook\n    def hook(): return x")

    assert found == ["m.hook"]
