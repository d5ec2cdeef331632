"""A place that holds None at first stands for the object that it waits for."""

import pytest
from tests.unit.link.project import cell, project

LIST = """
class Log:
    def __init__(self): self.lines = []
    def put(self, line): self.lines.append(line)
    def last(self): return self.lines[-1]
"""

SILENT = {
    "its methods only read": ("LOG = None\nLOG = Log()\ndef use(): return LOG.last()", []),
    "nothing says what will be there": ("LOG = None\ndef use(x): LOG.put(x)", []),
    "a constant that is no place": ("LOG = 1\ndef use(x): LOG.put(x)", []),
    "a name declared to be a number": (
        "LOG: int | None = None\ndef use(x): LOG.put(x)",
        [],
    ),
}

WRITTEN = {
    "bound twice": ("LOG = None\nLOG = Log()\ndef use(x): LOG.put(x)", ["LOG.put()"]),
    "bound in a branch": (
        "try:\n    LOG = Log()\nexcept ImportError:\n    LOG = None\ndef use(x): LOG.put(x)",
        ["LOG.put()"],
    ),
    "made on first use": (
        (
            "LOG = None\n"
            "def get():\n    global LOG\n    if LOG is None: LOG = Log()\n    return LOG\n"
            "def use(x): LOG.put(x)"
        ),
        ["LOG = ...", "LOG.put()"],
    ),
    "through what hands it out": (
        (
            "LOG = None\n"
            "def get():\n    global LOG\n    LOG = LOG or Log()\n    return LOG\n"
            "def use(x): get().put(x)"
        ),
        ["LOG = ...", "get().put()"],
    ),
    "declared, given by a caller": (
        (
            "LOG: Log | None = None\n"
            "def start(log):\n    global LOG\n    LOG = log\n"
            "def use(x): LOG.put(x)"
        ),
        ["LOG = ...", "LOG.put()"],
    ),
    "declared, and set from elsewhere": (
        "LOG: Log | None = None\ndef use(x): LOG.lines.append(x)",
        ["LOG.lines.append()"],
    ),
    "one of two kinds": (
        (
            "class Quiet:\n    def put(self, line): pass\n"
            "LOG = Quiet() if fast else Log()\ndef use(x): LOG.put(x)"
        ),
        ["LOG.put()"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), (SILENT | WRITTEN).values(), ids=SILENT | WRITTEN)
def test_a_place_kept_by_none(source: str, expected: list[str]) -> None:
    found = cell(project(LIST + source), "m.LOG").writes

    assert sorted({write.text for write in found}) == expected


def test_a_class_leaves_to_its_instances_what_it_declares() -> None:
    source = "class Page:\n    rows: list | None = None\n    def put(self, x): self.rows.append(x)"

    assert cell(project(source), "m.Page.rows").writes == ()
