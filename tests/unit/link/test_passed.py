"""What a call hands to a function that changes it counts as written by the caller."""

import pytest
from tests.unit.link.project import cell, project

from pystatelint.link.records import Write

CASES = {
    "a helper stores an item": (
        "def put(d, k): d[k] = 1\ndef use(k): put(TABLE, k)",
        ["put()"],
    ),
    "by keyword": (
        "def put(k, d): d[k] = 1\ndef use(k): put(k, d=TABLE)",
        ["put()"],
    ),
    "a helper of a helper": (
        "def put(d, k): d[k] = 1\ndef fill(d): put(d, 1)\ndef use(): fill(TABLE)",
        ["fill()"],
    ),
    "a deeper place": (
        "def put(d): d['a']['b'] = 1\ndef use(): put(TABLE)",
        ["put()"],
    ),
    "under a local name": (
        "def put(d):\n    e = d\n    e.clear()\ndef use(): put(TABLE)",
        ["put()"],
    ),
    "a method of a passed object": (
        "class A:\n    def put(self, d): d.pop('k')\ndef use(a: A): a.put(TABLE)",
        ["a.put()"],
    ),
    "a constructor": (
        "class A:\n    def __init__(self, d): d.update(a=1)\ndef use(): A(TABLE)",
        ["A()"],
    ),
    "functions that call each other": (
        "def a(d, n): n and b(d, n)\ndef b(d, n): d.clear(); a(d, n)\ndef use(): a(TABLE, 1)",
        ["a()"],
    ),
    "one of two": (
        "def put(d): d.clear()\nOTHER = {}\ndef use(x): put(TABLE if x else OTHER)",
        ["put()"],
    ),
    "a copy is another object": ("def put(d): d.clear()\ndef use(): put(dict(TABLE))", []),
    "the helper makes its own": (
        "def put(d):\n    d = dict(d)\n    d.clear()\ndef use(): put(TABLE)",
        [],
    ),
    "the helper only reads": ("def get(d): return d['a']\ndef use(): get(TABLE)", []),
    "the helper changes another parameter": (
        "def put(d, e): e.clear()\ndef use(): put(TABLE, {})",
        [],
    ),
    "a method that dicts do not have": (
        "def put(d): d.append(1)\ndef use(): put(TABLE)",
        [],
    ),
    "an operator that dicts do not have": (
        "def put(d):\n    d += 1\ndef use(): put(TABLE)",
        [],
    ),
    "nobody is called": ("def put(d): d.clear()\nuse = [put, TABLE]", []),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_a_call_writes_what_it_hands_over(source: str, expected: list[str]) -> None:
    found = cell(project(f"TABLE = {{}}\n{source}"), "m.TABLE").writes

    assert sorted({write.text for write in found}) == expected


OBJECTS = {
    "a list of its own": ("self.items.append(1)", [".items"]),
    "an attribute": ("self.count += 1", [".count"]),
    "an attribute of another object of its own": ("self.log.lines.append(1)", [".log"]),
    "a method of its own": ("self.deeper()", [".items"]),
    "a method of an object of its own": ("self.log.add(1)", [".log"]),
    "a local name": ("own = self.items\n        own.clear()", [".items"]),
    "what construction put off": ("self.late = self.late or object()", [".late"]),
    "reading": ("return self.items[0], self.count", []),
    "a copy": ("own = list(self.items)\n        own.clear()", []),
    "the first value": ("if self.late is None:\n            self.late = object()", []),
    "per thread": ("self.local.name = 'x'", []),
    "an argument": ("self.fill([])", []),
}


@pytest.mark.parametrize(("body", "expected"), OBJECTS.values(), ids=OBJECTS)
def test_a_method_of_a_module_object_changes_that_object(body: str, expected: list[str]) -> None:
    found = cell(project(SERVICE.replace("BODY", body)), "m.service").writes

    assert sorted({write.inner[0] for write in found}) == expected


SERVICE = """
import threading

class Log:
    def __init__(self):
        self.lines = []
    def add(self, line):
        self.lines.append(line)

class Service:
    def __init__(self):
        self.items = []
        self.count = 0
        self.late = None
        self.log = Log()
        self.local = threading.local()
    def act(self):
        BODY
    def deeper(self):
        self.items.append(2)
    def fill(self, target):
        target.append(1)

service = Service()

def use():
    service.act()
"""


def test_the_way_to_the_statement_is_kept() -> None:
    linked = project(
        "TABLE = {}\n"
        "def put(d, k):\n    d[k] = 1\n"
        "def fill(d, k):\n    put(d, k)\n"
        "def use(k):\n    fill(TABLE, k)\n"
    )
    (write,) = cell(linked, "m.TABLE").writes

    assert (write.function, write.span.line) == ("m.use", 7)
    assert shown(write) == [
        (5, "handed on here to put()"),
        (3, "d is changed here, in m.put"),
    ]


def test_a_default_that_is_handed_on_is_written_as_such() -> None:
    linked = project("def put(d): d.clear()\ndef use(d={}): put(d)\ndef read(d={}): len(d)")

    assert [write.text for write in cell(linked, "m.use(d)").writes] == ["put()"]
    assert cell(linked, "m.read(d)").writes == ()


def test_the_caller_decides_when() -> None:
    linked = project(
        "AT_IMPORT = {}\nAT_RUN_TIME = {}\n"
        "def put(d):\n    d['k'] = 1\n"
        "put(AT_IMPORT)\n"
        "def use():\n    put(AT_RUN_TIME)\n"
    )

    assert cell(linked, "m.AT_IMPORT").verdict.value == "registry"
    assert cell(linked, "m.AT_RUN_TIME").verdict.value == "runtime"


def shown(write: Write) -> list[tuple[int, str]]:
    """The lines and texts of the way down to the statement."""
    return [(step.span.line, step.text) for step in write.through]
