"""What does the source of installed libraries change in a linked project?"""

from collections.abc import Mapping

import msgspec
import pytest

from pystatelint.inference.records import Installed, InstalledClass
from pystatelint.link.build import link
from pystatelint.link.project import Project

from .project import KNOWLEDGE, Files, cell, class_info, modules


def library(*classes: InstalledClass, **more: object) -> Installed:
    """A library of some classes."""
    return msgspec.structs.replace(Installed(classes={each.name: each for each in classes}), **more)


def a_class(name: str, *bases: str, **more: object) -> InstalledClass:
    return msgspec.structs.replace(InstalledClass(name=name, bases=bases, plain=True), **more)


def linked(files: Files | str, *classes: InstalledClass, **more: object) -> Project:
    known = msgspec.structs.replace(KNOWLEDGE, installed=library(*classes, **more))
    return link(modules(files), known)


def written(found: Project) -> list[str]:
    return [each.symbol for each in found.cells if each.run_writes]


HIERARCHY = {
    "one library class": (
        "import lib\nclass A(lib.B): pass",
        (a_class("lib.B", "lib.C"), a_class("lib.C", "threading.local")),
        ("lib.B", "lib.C", "threading.local"),
    ),
    "two that share a base": (
        "import lib\nclass A(lib.B, lib.C): pass",
        (a_class("lib.B", "lib.D"), a_class("lib.C", "lib.D"), a_class("lib.D")),
        ("lib.B", "lib.C", "lib.D"),
    ),
    "one that the project puts before another": (
        "import lib\nclass M(lib.C): pass\nclass A(M, lib.D): pass",
        (a_class("lib.C", "lib.D"), a_class("lib.D")),
        ("m.M", "lib.C", "lib.D"),
    ),
    "orders that contradict one another": (
        "import lib\nclass A(lib.D, lib.C): pass",
        (a_class("lib.C", "lib.D"), a_class("lib.D")),
        ("lib.D", "lib.C"),
    ),
    "a circle": (
        "import lib\nclass A(lib.B): pass",
        (a_class("lib.B", "lib.C"), a_class("lib.C", "lib.B")),
        ("lib.B", "lib.C"),
    ),
    "unknown at the end": (
        "import lib\nclass A(lib.B): pass",
        (a_class("lib.B", "other.Thing"),),
        ("lib.B", "other.Thing"),
    ),
}


@pytest.mark.parametrize(
    ("source", "classes", "ancestors"), HIERARCHY.values(), ids=HIERARCHY.keys()
)
def test_ancestors(
    source: str, classes: tuple[InstalledClass, ...], ancestors: tuple[str, ...]
) -> None:
    assert class_info(linked(source, *classes), "m.A").ancestors == ancestors


def test_one_class_goes_by_one_name() -> None:
    source = "import lib\nclass B(lib.Model): pass\nclass A(B, lib.models.Model): pass"
    found = linked(source, a_class("lib.models.Model"), places={"lib.Model": "lib.models.Model"})
    assert class_info(found, "m.A").ancestors == ("m.B", "lib.models.Model")


MUTATED = """\
import lib

class A({base}):
    items{annotation} = []

    def add(self, item):
        self.items.append(item)
"""

Mapped = Mapping[str, object]

SILENT = {
    "fields of pydantic": (
        ": list",
        a_class("lib.B", "lib.C"),
        a_class("lib.C", "pydantic.BaseModel"),
    ),
    "a metaclass far away": (
        ": list",
        a_class("lib.B", "lib.C"),
        a_class("lib.C", metaclasses=("pydantic.main.ModelMetaclass",), plain=False),
    ),
    "a base that transforms": (": list", a_class("lib.B", transforms=True)),
    "a metaclass that transforms": (
        ": list",
        a_class("lib.B", metaclasses=("lib.Meta",)),
        a_class("lib.Meta", "type", transforms=True),
    ),
    "a base of which not all is known": (": list", a_class("lib.B", plain=False)),
    "a base of such a base": (": list", a_class("lib.B", "lib.C"), a_class("lib.C", plain=False)),
    "a base of which nothing is known": (": list", a_class("lib.B", "other.Thing")),
    "a library that binds the attribute itself": ("", a_class("lib.B", binds=frozenset({"items"}))),
    "a base of it does": (
        "",
        a_class("lib.B", "lib.C"),
        a_class("lib.C", binds=frozenset({"items"})),
    ),
}


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT.keys())
def test_silent(case: tuple[str, InstalledClass]) -> None:
    annotation, *classes = case
    found = linked(MUTATED.format(base="lib.B", annotation=annotation), *classes)
    assert written(found) == []


ALARM = {
    "a plain base": ("", a_class("lib.B")),
    "a plain base and an annotation": (": list", a_class("lib.B", "lib.C"), a_class("lib.C")),
    "a base of the standard library": (": list", a_class("lib.B", "queue.Queue")),
    "something else is bound": ("", a_class("lib.B", binds=frozenset({"other"}))),
}


@pytest.mark.parametrize("case", ALARM.values(), ids=ALARM.keys())
def test_alarm(case: tuple[str, InstalledClass]) -> None:
    annotation, *classes = case
    found = linked(MUTATED.format(base="lib.B", annotation=annotation), *classes)
    assert written(found) == ["m.A.items"]


def test_a_library_class_before_it_hides_the_attribute() -> None:
    source = """\
        import lib

        class B:
            items = []

        class A({bases}):
            def add(self, item):
                self.items.append(item)
        """
    mixin = a_class("lib.Mixin", body=frozenset({"items"}))
    assert written(linked(source.format(bases="lib.Mixin, B"), mixin)) == []
    assert written(linked(source.format(bases="B, lib.Mixin"), mixin)) == ["m.B.items"]


def test_a_library_calls_what_binds_the_attribute() -> None:
    source = (
        MUTATED.format(base="lib.B", annotation="")
        + "\n    def setup(self):\n        self.items = []\n"
    )
    assert written(linked(source, a_class("lib.B"))) == ["m.A.items"]
    assert written(linked(source, a_class("lib.B", calls=frozenset({"setup"})))) == []


def test_the_kind_of_a_class_comes_from_far_away() -> None:
    classes = (a_class("lib.B", "lib.C"), a_class("lib.C", "pydantic.BaseModel"))
    found = linked("import lib\nclass A(lib.B): pass", *classes)
    assert (class_info(found, "m.A").kind, class_info(found, "m.A").declarative) == (
        "pydantic",
        True,
    )


def test_a_base_that_a_function_makes_is_known_by_the_function() -> None:
    base = a_class("lib.B", made_by=("sqlalchemy.orm.declarative_base",))
    assert class_info(linked("import lib\nclass A(lib.B): pass", base), "m.A").declarative


TRANSFORMED = {
    "a decorator": ("@lib.entity\nclass A: pass", {"transforms": frozenset({"lib.entity"})}),
    "one that is called": (
        "@lib.entity(x=1)\nclass A: pass",
        {"transforms": frozenset({"lib.entity"})},
    ),
    "another name of a known one": (
        "@lib.entity\nclass A: pass",
        {"aliases": {"lib.entity": "dataclasses.dataclass"}},
    ),
}


@pytest.mark.parametrize(("source", "more"), TRANSFORMED.values(), ids=TRANSFORMED.keys())
def test_decorators(source: str, more: Mapped) -> None:
    found = class_info(linked(f"import lib\n{source}", **more), "m.A")
    assert found.kind in ("dataclass", "transformed")


def test_a_known_kind_says_more_than_that_annotations_are_fields() -> None:
    meta = a_class("lib.Meta", "type", transforms=True)
    base = a_class("lib.B", "pydantic.BaseModel", metaclasses=("lib.Meta",), transforms=True)
    found = linked("import lib\nclass A(lib.B, metaclass=lib.Meta): pass", base, meta)
    assert class_info(found, "m.A").kind == "pydantic"


def test_a_base_of_the_project_transforms_as_well() -> None:
    source = """\
        import typing

        @typing.dataclass_transform()
        class Base: pass

        class A(Base):
            items: list = []

            def add(self, item):
                self.items.append(item)
        """
    assert class_info(linked(source), "m.A").kind == "transformed"
    assert written(linked(source)) == []


CELL = "import lib\n\nCELL = {made}\n\ndef f(key):\n    {write}\n"

HELD = {
    "thread by thread": (
        "lib.Local()",
        "CELL.user = key",
        (a_class("lib.Local", "threading.local"),),
        ("safe-holder", False),
    ),
    "a subclass of dict": (
        "lib.Store()",
        "CELL[key] = 1",
        (a_class("lib.Store", "dict"),),
        ("runtime", True),
    ),
    "a subclass of dict that is weak": (
        "lib.Store()",
        "CELL[key] = 1",
        (a_class("lib.Store", "weakref.WeakValueDictionary"),),
        ("safe-holder", True),
    ),
    "a class of its own": (
        "lib.Thing()",
        "CELL[key] = 1",
        (a_class("lib.Thing"),),
        ("opaque", None),
    ),
    "a subclass of str": (
        "lib.Name()",
        "CELL[key] = 1",
        (a_class("lib.Name", "str"),),
        ("immutable", False),
    ),
}


@pytest.mark.parametrize(("made", "write", "classes", "expected"), HELD.values(), ids=HELD.keys())
def test_what_a_cell_holds(
    made: str, write: str, classes: tuple[InstalledClass, ...], expected: tuple[str, bool | None]
) -> None:
    found = cell(linked(CELL.format(made=made, write=write), *classes), "m.CELL")
    assert (found.verdict.value, found.value.mutable) == expected


def test_a_function_returns_a_dictionary() -> None:
    source = CELL.format(made="lib.load()", write="CELL[key] = 1")
    assert written(linked(source)) == []
    assert written(linked(source, returns={"lib.load": "dict"})) == ["m.CELL"]


def test_a_function_returns_what_is_apart_for_each_thread() -> None:
    source = CELL.format(made="lib.load()", write="CELL.user = key")
    local = a_class("lib.Local", "threading.local")
    found = cell(linked(source, local, returns={"lib.load": "lib.Local"}), "m.CELL")
    assert found.verdict.value == "safe-holder"
