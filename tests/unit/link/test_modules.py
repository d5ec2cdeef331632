"""What does a name mean in a module: its own, imported, re-exported, built in?"""

import pytest

from .project import Files, returned, writes, written

PUT = "\ndef f():\n    X[1] = 1\n"
"""A function that writes what the name X means."""

MEANT: dict[str, tuple[Files, str]] = {
    "own": ({"m.py": "X = {}" + PUT}, "m.X"),
    "imported": ({"a.py": "X = {}", "m.py": "from a import X" + PUT}, "a.X"),
    "under another name": ({"a.py": "Y = {}", "m.py": "from a import Y as X" + PUT}, "a.Y"),
    "relative": (
        {"p/__init__.py": "", "p/a.py": "X = {}", "p/m.py": "from .a import X" + PUT},
        "p.a.X",
    ),
    "relative to a package's own folder": (
        {"p/__init__.py": "from .a import X" + PUT, "p/a.py": "X = {}"},
        "p.a.X",
    ),
    "relative to a parent": (
        {
            "p/__init__.py": "",
            "p/a.py": "X = {}",
            "p/q/__init__.py": "",
            "p/q/m.py": "from ..a import X" + PUT,
        },
        "p.a.X",
    ),
    "through __init__": (
        {"p/__init__.py": "from p.a import X", "p/a.py": "X = {}", "m.py": "from p import X" + PUT},
        "p.a.X",
    ),
    "through two packages": (
        {
            "p/__init__.py": "from p.q import X",
            "p/q/__init__.py": "from .a import X",
            "p/q/a.py": "X = {}",
            "m.py": "import p\nX = p.X" + PUT,
        },
        "p.q.a.X",
    ),
    "star": ({"a.py": "X = {}", "m.py": "from a import *" + PUT}, "a.X"),
    "star of a star": (
        {"a.py": "X = {}", "b.py": "from a import *", "m.py": "from b import *" + PUT},
        "a.X",
    ),
    "star that names it": (
        {"a.py": "__all__ = ['X']\nX = {}", "m.py": "from a import *" + PUT},
        "a.X",
    ),
    "star whose names are open": (
        {"a.py": "__all__ = ['y'] + b.__all__\nX = {}", "m.py": "from a import *" + PUT},
        "a.X",
    ),
    "own binding before a star": (
        {"a.py": "X = {}", "m.py": "from a import *\nX = {}" + PUT},
        "m.X",
    ),
    "the last star wins": (
        {"a.py": "X = {}", "b.py": "X = {}", "m.py": "from a import *\nfrom b import *" + PUT},
        "b.X",
    ),
    "a star that does not have it is passed over": (
        {"a.py": "X = {}", "b.py": "Y = {}", "m.py": "from a import *\nfrom b import *" + PUT},
        "a.X",
    ),
    "stars in a circle": (
        {"a.py": "from m import *\nX = {}", "m.py": "from a import *" + PUT},
        "a.X",
    ),
    "either way of a try": (
        {
            "a.py": "X = {}",
            "m.py": "try:\n    from lib import X\nexcept ImportError:\n    from a import X" + PUT,
        },
        "a.X",
    ),
    "or nothing": (
        {"a.py": "X = {}", "m.py": "try:\n    from a import X\nexcept E:\n    X = None" + PUT},
        "a.X",
    ),
    "for type checkers": (
        {"a.py": "X = {}", "m.py": "if TYPE_CHECKING:\n    from a import X" + PUT},
        "a.X",
    ),
    "imported by a function": (
        {"a.py": "X = {}", "m.py": "def f():\n    from a import X\n    X[1] = 1"},
        "a.X",
    ),
    "attribute of a module": ({"a.py": "X = {}", "m.py": "import a\ndef f(): a.X[1] = 1"}, "a.X"),
    "attribute of a submodule": (
        {
            "p/__init__.py": "",
            "p/a.py": "X = {}",
            "m.py": "import p.a\ndef f(): p.a.X[1] = 1",
        },
        "p.a.X",
    ),
    "submodule under a name": (
        {"p/__init__.py": "", "p/a.py": "X = {}", "m.py": "import p.a as b\ndef f(): b.X[1] = 1"},
        "p.a.X",
    ),
    "submodule by from": (
        {"p/__init__.py": "", "p/a.py": "X = {}", "m.py": "from p import a\ndef f(): a.X[1] = 1"},
        "p.a.X",
    ),
    "a binding before the submodule of its name": (
        {
            "p/__init__.py": "a = {}",
            "p/a.py": "",
            "m.py": "from p import a\ndef f(): a[1] = 1",
        },
        "p.a",
    ),
    "namespace package by from": (
        {"p/a.py": "X = {}", "m.py": "from p import a\ndef f(): a.X[1] = 1"},
        "p.a.X",
    ),
    "namespace package by import": (
        {"p/a.py": "X = {}", "m.py": "import p.a\ndef f(): p.a.X[1] = 1"},
        "p.a.X",
    ),
    "nested namespace package": (
        {"p/q/a.py": "X = {}", "m.py": "import p.q.a\ndef f(): p.q.a.X[1] = 1"},
        "p.q.a.X",
    ),
    "by importlib": (
        {
            "p/__init__.py": "",
            "p/a.py": "X = {}",
            "m.py": "import importlib\na = importlib.import_module('p.a')\ndef f(): a.X[1] = 1",
        },
        "p.a.X",
    ),
    "modules that import each other": (
        {"a.py": "import m\nX = {}", "m.py": "from a import X" + PUT},
        "a.X",
    ),
    "another name for another module's": (
        {"a.py": "Y = {}", "m.py": "import a\nX = a.Y" + PUT},
        "a.Y",
    ),
    "shadowed builtin": ({"m.py": "list = {}\ndef f(): list[1] = 1"}, "m.list"),
}


@pytest.mark.parametrize(("files", "expected"), MEANT.values(), ids=MEANT.keys())
def test_a_name_means(files: Files, expected: str) -> None:
    assert written(files) == [expected]


NOT_MEANT: dict[str, Files] = {
    "star that does not export it": {
        "a.py": "__all__ = ['Y']\nX = {}",
        "m.py": "from a import *" + PUT,
    },
    "star and a private name": {
        "a.py": "_X = {}",
        "m.py": "from a import *\ndef f(): _X[1] = 1",
    },
    "local name": {"m.py": "X = {}\ndef f():\n    X = {}\n    X[1] = 1"},
    "parameter": {"m.py": "X = {}\ndef f(X): X[1] = 1"},
    "another module's name": {"a.py": "X = {}", "m.py": "import a\n" + PUT},
    "an import from nowhere": {"a.py": "X = {}", "m.py": "from nowhere.a import X" + PUT},
    "names of a class": {"m.py": "class X: pass\nclass A:\n    X = {}\n    def f(self): X[1] = 1"},
    "an import in a circle with itself": {"m.py": "from m import X" + PUT},
    "names that import each other": {
        "a.py": "from m import X",
        "m.py": "from a import X" + PUT,
    },
}


@pytest.mark.parametrize("files", NOT_MEANT.values(), ids=NOT_MEANT.keys())
def test_a_name_does_not_mean_any_cell(files: Files) -> None:
    assert written(files) == []


OBJECTS: dict[str, tuple[str, list[str]]] = {
    "builtin": ("return len", ["external len"]),
    "library member": ("from lib import x\n    return x", ["external lib.x"]),
    "library module": ("import lib.sub\n    return lib.sub.x", ["external lib.sub.x"]),
    "alias of the tables": (
        "from typing_extensions import ClassVar\n    return ClassVar",
        ["external typing.ClassVar"],
    ),
    "unknown name": ("return unknown", []),
}


@pytest.mark.parametrize(("lines", "expected"), OBJECTS.values(), ids=OBJECTS.keys())
def test_other_things_that_a_name_may_mean(lines: str, expected: list[str]) -> None:
    assert returned(f"def f():\n    {lines}") == expected


def test_a_cell_that_two_modules_write_is_one() -> None:
    files = {
        "a.py": "X = {}\ndef f(): X[1] = 1",
        "b.py": "from a import X\ndef f(): X.clear()",
        "c.py": "import a\ndef f(): a.X = {}",
    }

    assert writes(files) == {
        "a.X": [
            "item name X[...] = ... in a.f",
            "method name X.clear() in b.f",
            "rebind module a.X = ... in c.f",
        ]
    }
