"""What does the source of libraries say of the objects that cells hold?"""

import pytest

from .conftest import Read

LIB = """\
import threading
from typing import Annotated, Any, Optional

class Local(threading.local): pass

class Store(dict): pass

def declared() -> Store: ...
def quoted() -> "Store": ...
def optional() -> Optional[Store]: ...
def either() -> Store | None: ...
def noted() -> Annotated[Store, "x"]: ...
def generic() -> dict[str, int]: ...
def made(): return Store()
def filled(): return {"a": 1}
def sometimes(flag):
    if flag:
        return None
    return Store()
def through(): return _store
def apart():
    local = threading.local()
    return local
def client():
    import httpx
    return httpx.Client()
_store = Store()

def unknown(): return compute()
def partly(flag): return Store() if flag else Store().copy()
def anything() -> Any: ...
def two(flag): return Store() if flag else Local()
def either_of() -> Store | Local: ...
async def later() -> Store: ...
def several():
    yield Store()
def nothing(): pass
@wrapped
def decorated() -> Store: ...

import functools
@functools.lru_cache(maxsize=None)
def cached() -> Store: ...

class Maker:
    @classmethod
    def make(cls) -> Store: ...
"""


def cell(call: str) -> str:
    return f"import lib\nCELL = {call}\ndef f():\n    CELL['x'] = 1\n"


RETURNS = {
    "an annotation": ("lib.declared", "lib.Store"),
    "an annotation in quotes": ("lib.quoted", "lib.Store"),
    "or None": ("lib.optional", "lib.Store"),
    "or None with an operator": ("lib.either", "lib.Store"),
    "an annotation with a note": ("lib.noted", "lib.Store"),
    "a type with parameters": ("lib.generic", "dict"),
    "a call": ("lib.made", "lib.Store"),
    "a display": ("lib.filled", "dict"),
    "a call or None": ("lib.sometimes", "lib.Store"),
    "a cell of the library": ("lib.through", "lib.Store"),
    "a class of the standard library": ("lib.apart", "threading.local"),
    "a class of the tables": ("lib.client", "httpx.Client"),
    "a cached function": ("lib.cached", "lib.Store"),
    "a class method": ("lib.Maker.make", "lib.Store"),
}

UNTOLD = (
    "unknown",
    "partly",
    "anything",
    "two",
    "either_of",
    "later",
    "several",
    "nothing",
    "decorated",
    "missing",
)


@pytest.mark.parametrize(("function", "returned"), RETURNS.values(), ids=RETURNS.keys())
def test_what_a_function_returns(read: Read, function: str, returned: str) -> None:
    found = read(cell(f"{function}()"), {"lib.py": LIB})
    assert found.returns == {function: returned}
    assert returned in found.classes or not returned.startswith("lib.")


@pytest.mark.parametrize("function", UNTOLD)
def test_what_is_not_told(read: Read, function: str) -> None:
    assert read(cell(f"lib.{function}()"), {"lib.py": LIB}).returns == {}


def test_the_class_of_an_object(read: Read) -> None:
    found = read(cell("lib.Local()"), {"lib.py": LIB}).find("lib.Local")
    assert found is not None
    assert found.bases == ("threading.local",)


WRITES = {
    "an item": "def f():\n    CELL['x'] = 1",
    "an attribute": "def f():\n    CELL.x = 1",
    "a deeper place": "def f():\n    CELL.x[0].y = 1",
    "a mutator": "def f():\n    CELL.update(x=1)",
    "a mutator of a part": "def f():\n    CELL.x.append(1)",
    "a local name": "def f():\n    c = CELL\n    c['x'] = 1",
    "an attribute of a module": "import m\ndef f():\n    m.CELL['x'] = 1",
    "another module": "def g(m):\n    m.CELL.clear()",
    "an augmented assignment": "def f():\n    CELL.x += 1",
    "a deletion": "def f():\n    del CELL['x']",
}

READS = {
    "nobody": "",
    "a reader": "def f():\n    return CELL.values()",
    "an item that is handed on": "def f():\n    return g(CELL)",
    "something else is written": "OTHER = {}\ndef f():\n    OTHER['x'] = CELL",
}


@pytest.mark.parametrize("writer", WRITES.values(), ids=WRITES.keys())
def test_somebody_writes(read: Read, writer: str) -> None:
    found = read(f"import lib\nCELL = lib.Local()\n{writer}", {"lib.py": LIB})
    assert list(found.classes) == ["lib.Local"]


@pytest.mark.parametrize("reader", READS.values(), ids=READS.keys())
def test_nobody_writes(read: Read, reader: str) -> None:
    found = read(f"import lib\nCELL = lib.Local()\n{reader}", {"lib.py": LIB})
    assert found.files == 0


def test_a_class_attribute_is_a_cell_too(read: Read) -> None:
    found = read(
        "import lib\nclass A:\n    cell = lib.Local()\n    def f(self): self.cell.x = 1",
        {"lib.py": LIB},
    )
    assert list(found.classes) == ["lib.Local"]


DECLARED = {
    "a base of the tables": "import pydantic\nclass Base(pydantic.BaseModel): pass",
    "a base that a function makes": "from sqlalchemy.orm import declarative_base\n"
    "Base = declarative_base()",
    "a base of a library": "from lib import Base",
}


@pytest.mark.parametrize("base", DECLARED.values(), ids=DECLARED.keys())
def test_what_a_framework_reads_is_its_business(read: Read, base: str) -> None:
    found = read(
        f"import lib\n{base}\nclass A(Base):\n    cell = lib.Local()\n"
        "    def f(self): self.cell.x = 1",
        {"lib.py": f"import pydantic\nclass Base(pydantic.BaseModel): pass\n{LIB}"},
    )
    assert "lib.Local" not in found.classes


def test_a_local_variable_is_none(read: Read) -> None:
    found = read("import lib\ndef f():\n    cell = lib.Local()\n    cell.x = 1", {"lib.py": LIB})
    assert found.files == 0
