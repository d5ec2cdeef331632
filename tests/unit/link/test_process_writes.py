"""What changes the state of the process, and what puts it back."""

import pytest

from .project import project

PREAMBLE = "import os, sys, signal\nfrom contextlib import contextmanager\n"
KEPT: dict[str, tuple[str, list[str]]] = {
    "reading": ("def f(): return os.environ['A'], os.getcwd()", []),
    "a copy": ("def f():\n    own = dict(os.environ)\n    own['A'] = 1", []),
    "at import": ("os.environ['A'] = '1'", []),
    "in main": ("def f(): os.chdir('a')\nif __name__ == '__main__': f()", []),
    "after a fork": ("def f():\n    os.fork()\n    os.chdir('a')", []),
    "an item": ("def f(): os.environ['A'] = '1'", ["environment os.environ[...] = ..."]),
    "a name": ("def f(): sys.stdout = None", ["streams sys.stdout = ..."]),
    "a call": ("def f(): os.chdir('a')", ["directory os.chdir()"]),
    "a method under another name": (
        "env = os.environ\ndef f(): env.update(A='1')",
        ["environment env.update()"],
    ),
    "imported names": (
        "from os import chdir as cd\ndef f(): cd('a')",
        ["directory cd()"],
    ),
    "added to": ("def f(): sys.path += ['a']", ["imports sys.path op= ..."]),
}


@pytest.mark.parametrize(("source", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_changes_the_process_at_run_time(source: str, expected: list[str]) -> None:
    found = [f"{each.state} {each.text}" for each in project(PREAMBLE + source).process_writes]

    assert found == expected


BACK: dict[str, tuple[str, list[str]]] = {
    "never": ("def f(): os.chdir('a')", ["never"]),
    "if nothing fails": (
        "def f():\n    old = os.getcwd()\n    os.chdir('a')\n    g()\n    os.chdir(old)",
        ["if nothing fails", "put back"],
    ),
    "in finally": (
        (
            "def f():\n    old = os.getcwd()\n    try:\n        os.chdir('a')\n"
            "    finally:\n        os.chdir(old)"
        ),
        ["put back", "put back"],
    ),
    "in another function's finally": (
        (
            "def f():\n    try:\n        g()\n    finally:\n        h()\n"
            "def g(): os.chdir('a')\ndef h(): os.chdir('b')"
        ),
        ["put back", "put back"],
    ),
    "by one caller only": (
        (
            "def f():\n    try:\n        g()\n    finally:\n        os.chdir('b')\n"
            "def g(): os.chdir('a')\ndef h(): g()"
        ),
        ["put back", "never"],
    ),
    "another state in finally": (
        "def f():\n    try:\n        os.chdir('a')\n    finally:\n        os.umask(1)",
        ["never", "put back"],
    ),
    "another name in finally": (
        (
            "def f():\n    try:\n        sys.modules['a'] = None\n"
            "    finally:\n        sys.path.remove('a')"
        ),
        ["never", "put back"],
    ),
    "a function for a name": (
        "def f():\n    try:\n        os.unsetenv('A')\n    finally:\n        del os.environ['A']",
        ["put back", "put back"],
    ),
    "a wrapper of what was there": (
        "class W:\n    def __init__(self, s): self.s = s\ndef f(): sys.stdout = W(sys.stdout)",
        ["never"],
    ),
    "what an attribute kept": (
        (
            "class A:\n    def __init__(self): self.old = signal.getsignal(2)\n"
            "    def f(self): signal.signal(2, self.old)"
        ),
        ["put back"],
    ),
    "what the module kept": (
        "OLD = sys.excepthook\ndef f(): sys.excepthook = OLD",
        ["put back"],
    ),
    "a manager that changes it once": (
        "@contextmanager\ndef f():\n    os.chdir('a')\n    yield",
        ["never"],
    ),
    "a manager that changes it twice": (
        "@contextmanager\ndef f():\n    os.chdir('a')\n    yield\n    os.chdir('b')",
        ["put back", "put back"],
    ),
}


@pytest.mark.parametrize(("source", "expected"), BACK.values(), ids=BACK.keys())
def test_what_is_put_back(source: str, expected: list[str]) -> None:
    found = [
        "put back" if each.put_back else "if nothing fails" if each.undone else "never"
        for each in project(PREAMBLE + source).process_writes
    ]

    assert found == expected
