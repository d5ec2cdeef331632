"""What does the source of libraries say of the bases of a project's classes?"""

from collections.abc import Mapping

import pytest

from pystatelint.inference.records import InstalledClass
from pystatelint.inference.shelf import Bounds

from .conftest import Read

MODEL = "import pydantic\n\nclass Model(pydantic.BaseModel): pass\n"
PROJECT = "import lib\n\nclass Own(lib.Model): pass\n"

WAYS = {
    "in the package itself": {"lib/__init__.py": MODEL},
    "handed on": {"lib/__init__.py": "from lib.base import Model", "lib/base.py": MODEL},
    "handed on by a relative import": {
        "lib/__init__.py": "from .base import Model",
        "lib/base.py": MODEL,
    },
    "handed on through three files": {
        "lib/__init__.py": "from .models import Model",
        "lib/models/__init__.py": "from ..core.base import Model",
        "lib/core/base.py": MODEL,
    },
    "under another name": {
        "lib/__init__.py": "from .base import Inner as Model",
        "lib/base.py": MODEL.replace("Model(", "Inner("),
    },
    "by a second name": {
        "lib/__init__.py": "from . import base\nModel = base.Inner",
        "lib/base.py": MODEL.replace("Model(", "Inner("),
    },
    "by a star": {"lib/__init__.py": "from .base import *", "lib/base.py": MODEL},
    "by the last of two stars": {
        "lib/__init__.py": "from .base import *\nfrom .other import *",
        "lib/base.py": "class Model: pass",
        "lib/other.py": MODEL,
    },
    "by a star that leaves out what it does not export": {
        "lib/__init__.py": "from .base import *\nfrom .other import *",
        "lib/base.py": MODEL,
        "lib/other.py": "__all__ = ['x']\nx = 1\nclass Model: pass",
    },
    "for one of two versions": {
        "lib/__init__.py": """\
            try:
                from .nowhere import Model
            except ImportError:
                from .base import Model
            """,
        "lib/base.py": MODEL,
    },
    "told to type checkers only": {
        "lib/__init__.py": """\
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                from .base import Model

            def __getattr__(name): ...
            """,
        "lib/base.py": MODEL,
    },
    "declared in a stub": {
        "lib/__init__.py": "import lazy\n__all__ = ['Model']\n__getattr__ = lazy.attach()",
        "lib/__init__.pyi": "from .base import Model as Model",
        "lib/base.py": MODEL,
    },
}


@pytest.mark.parametrize("libraries", WAYS.values(), ids=WAYS.keys())
def test_a_base_is_followed_to_what_the_tables_know(
    read: Read, libraries: Mapping[str, str]
) -> None:
    found = read(PROJECT, libraries).find("lib.Model")
    assert found is not None
    assert found.bases == ("pydantic.BaseModel",)


IMPORTS = {
    "a module": "import lib.base\nclass Own(lib.base.Model): pass",
    "a module under another name": "import lib.base as b\nclass Own(b.Model): pass",
    "a member": "from lib.base import Model\nclass Own(Model): pass",
    "a module as a member": "from lib import base\nclass Own(base.Model): pass",
    "a generic": "from lib.base import Model\nclass Own(Model[int]): pass",
    "a second name": "from lib import base\nBase = base.Model\nclass Own(Base): pass",
    "a nested class": "from lib.base import Model\nclass A:\n    class Own(Model): pass",
    "a metaclass": "from lib.base import Model\nclass Own(metaclass=Model): pass",
    "a decorator": "from lib.base import Model\n@Model\nclass Own: pass",
    "a decorator that is called": "from lib.base import Model\n@Model()\nclass Own: pass",
    "in a function": "def f():\n    from lib.base import Model\n    class Own(Model): pass",
}


@pytest.mark.parametrize("project", IMPORTS.values(), ids=IMPORTS.keys())
def test_ways_to_name_a_library_class(read: Read, project: str) -> None:
    found = read(project, {"lib/__init__.py": "", "lib/base.py": MODEL})
    assert list(found.classes) == ["lib.base.Model"]


def test_another_module_of_the_project_hands_a_base_on(read: Read) -> None:
    found = read(
        {
            "app/__init__.py": "",
            "app/compat.py": "from lib import Model",
            "app/models.py": "from .compat import Model\nclass Own(Model): pass",
        },
        {"lib.py": MODEL},
    )
    assert list(found.classes) == ["lib.Model"]


NOT_READ = {
    "of the tables": ("import pydantic\nclass Own(pydantic.BaseModel): pass", "pydantic.py"),
    "of the standard library": ("import queue\nclass Own(queue.Queue): pass", "queue.py"),
    "of the project": ("class Model: pass\nclass Own(Model): pass", "m.py"),
    "used as no base": ("import lib\nlib.Model().run()", "lib.py"),
    "a cell that nobody writes": ("import lib\nCLIENT = lib.Model()", "lib.py"),
    "does not mention the name": ("import lib\nclass Own(lib.Other): pass", "lib.py"),
    "not installed": ("import other\nclass Own(other.Model): pass", "lib.py"),
}


@pytest.mark.parametrize(("project", "path"), NOT_READ.values(), ids=NOT_READ.keys())
def test_what_need_not_be_read_is_not(read: Read, project: str, path: str) -> None:
    assert read(project, {path: MODEL}).files == 0


def test_bases_of_tests_are_not_asked_for(read: Read) -> None:
    found = read({"test_m.py": PROJECT}, {"lib.py": MODEL})
    assert found.files == 0


def test_what_the_project_has_itself_is_not_looked_for_elsewhere(read: Read) -> None:
    found = read({"m.py": PROJECT, "lib.py": "class Model: pass"}, {"lib.py": MODEL})
    assert (found.files, found.classes) == (0, {})


def described(read: Read, library: str, path: str = "lib.py") -> InstalledClass:
    found = read(PROJECT, {path: library}).find("lib.Model")
    assert found is not None
    return found


def test_everything_that_is_known_of_a_class(read: Read) -> None:
    found = described(
        read,
        """\
        import abc
        from sqlalchemy.orm import declarative_base
        import other

        Base = declarative_base()
        class Mixin: pass

        class Model(Mixin, Base, other.Thing, metaclass=abc.ABCMeta):
            registry = {}
            declared: dict

            def __init__(self):
                self.items = []
                self.setup()

            def setup(self):
                self._connect()

            def later(self, value):
                self.value = value
                self.never()
        """,
    )
    assert found == InstalledClass(
        name="lib.Model",
        bases=("lib.Mixin", "other.Thing"),
        metaclasses=("abc.ABCMeta",),
        made_by=("sqlalchemy.orm.declarative_base",),
        body=frozenset({"registry", "__init__", "setup", "later"}),
        binds=frozenset({"items", "value"}),
        calls=frozenset({"setup", "_connect"}),
        plain=True,
    )


PLAIN = {
    "nothing remarkable": "class Model: x = 1",
    "an abstract class": "import abc\nclass Model(abc.ABC): pass",
    "a generic class": "from typing import Generic, TypeVar\nT = TypeVar('T')\n"
    "class Model(Generic[T]): pass",
    "an attribute by a known name": "class Model:\n    def __init__(self): setattr(self, 'x', 1)",
    "attributes of something else": "class Model:\n"
    "    def f(self, other, name): setattr(other, name, 1)",
}

NOT_PLAIN = {
    "a metaclass of its own": "class Meta(type): pass\nclass Model(metaclass=Meta): pass",
    "a hook for subclasses": "class Model:\n    def __init_subclass__(cls): pass",
    "a base that nothing tells": "def make(): ...\nclass Model(make()): pass",
    "attributes by computed names": "class Model:\n"
    "    def __init__(self, **kw):\n        for k in kw: setattr(self, k, kw[k])",
    "all attributes at once": "class Model:\n"
    "    def __init__(self, **kw): self.__dict__.update(kw)",
}


@pytest.mark.parametrize("library", PLAIN.values(), ids=PLAIN.keys())
def test_plain(read: Read, library: str) -> None:
    assert described(read, library).plain


@pytest.mark.parametrize("library", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_something_may_make_fields_of_annotations(read: Read, library: str) -> None:
    assert not described(read, library).plain


def test_a_stub_does_not_tell_all(read: Read) -> None:
    assert not described(read, "class Model: ...", "lib.pyi").plain


TRANSFORMS = {
    "a decorator": "from typing import dataclass_transform\n"
    "@dataclass_transform()\ndef Model(cls): ...",
    "one with options": "import typing_extensions as t\n"
    "@t.dataclass_transform(kw_only_default=True)\ndef Model(cls): ...",
}


@pytest.mark.parametrize("library", TRANSFORMS.values(), ids=TRANSFORMS.keys())
def test_a_decorator_makes_fields_of_annotations(read: Read, library: str) -> None:
    found = read("import lib\n@lib.Model\nclass Own: pass", {"lib.py": library})
    assert found.transforms == {"lib.Model"}


def test_a_base_makes_fields_of_annotations(read: Read) -> None:
    library = "import typing\n@typing.dataclass_transform()\nclass Model: pass"
    assert described(read, library).transforms


def test_other_names_of_what_the_tables_know(read: Read) -> None:
    found = read(
        "import lib\nclass Own(lib.Base): pass\n@lib.data\nclass Two: pass",
        {
            "lib.py": """\
                from pydantic import BaseModel as Base
                from dataclasses import dataclass as data
                """
        },
    )
    assert found.aliases == {"lib.Base": "pydantic.BaseModel", "lib.data": "dataclasses.dataclass"}


def test_a_class_is_found_by_every_name_that_was_asked_for(read: Read) -> None:
    found = read(
        "import lib, lib.base\nclass A(lib.Model): pass\nclass B(lib.base.Model): pass",
        {"lib/__init__.py": "from .base import Model", "lib/base.py": MODEL},
    )
    assert found.find("lib.Model") is found.find("lib.base.Model") is not None
    assert found.find("lib.Other") is None


ODD = {
    "a name of itself": "Model = Model",
    "names in a circle": "Other = Model\nModel = Other",
    "a package that imports itself": "from lib import Model",
    "stars in a circle": "from lib import *\nfrom lib2 import *",
    "a base of itself": "class Model(Model): pass",
    "bases in a circle": "class Other(Model): pass\nclass Model(Other): pass",
    "a class body in a circle": "class A:\n    b = a\n    a = b\n    class Model(a): pass\n"
    "Model = A.Model",
    "no Python": "class Model(:",
    "no text": "\\0",
    "deeper than any parser": f"class Model: x = {'(' * 3000}{')' * 3000}",
}


@pytest.mark.parametrize("library", ODD.values(), ids=ODD.keys())
def test_odd_libraries_do_no_harm(read: Read, library: str) -> None:
    read(PROJECT, {"lib.py": library, "lib2.py": "from lib import *"})


LONG = {
    "lib/__init__.py": "from .a import Model",
    "lib/a.py": "from .b import Model",
    "lib/b.py": "from .c import Model",
    "lib/c.py": MODEL,
}


@pytest.mark.parametrize(
    ("bounds", "files"),
    [
        pytest.param(Bounds(), 4, id="all of it"),
        pytest.param(Bounds(depth=3), 3, id="so many files from the project"),
        pytest.param(Bounds(files=2), 2, id="so many files"),
        pytest.param(Bounds(size=45), 2, id="so many bytes"),
        pytest.param(Bounds(file=10), 0, id="so many bytes of one file"),
    ],
)
def test_bounds(read: Read, bounds: Bounds, files: int) -> None:
    found = read(PROJECT, LONG, bounds)
    assert (found.files, bool(found.classes)) == (files, files == 4)


def test_order_of_modules_does_not_matter(read: Read) -> None:
    project = {f"m{number}.py": PROJECT.replace("Own", f"Own{number}") for number in range(4)}
    forwards = read(project, LONG)
    assert read(dict(reversed(project.items())), LONG) == forwards
