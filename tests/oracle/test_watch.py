"""The watch sees what changes in the cells of a package, and nothing else."""

import sys
from pathlib import Path
from textwrap import dedent

import pytest

from .observation import observe
from .watch.record import ChangedCell, Record

SILENT = {
    "nothing_is_done": """
        import collections, itertools, queue, re, threading
        LIST, DICT, SET, DEQUE = [[1], {2}], {"a": {"b": []}}, {1, "a"}, collections.deque([1])
        QUEUE, COUNT, LOCK = queue.Queue(), itertools.count(), threading.Lock()
        OBJECT, PATTERN, NUMBERS, CALL = object(), re.compile("a"), (n for n in LIST), lambda: None
        class A:
            items = {"a": [1]}
            __slots__ = ("unset",)
        def act():
            pass
        """,
    "what_is_read_is_not_changed": """
        TABLE = {"a": [1]}
        class A:
            rows = [1, 2]
        def act():
            sorted(A.rows), dict(TABLE), list(TABLE["a"]), [*TABLE.items()]
        """,
    "a_copy_is_changed": """
        TABLE = {"a": 1}
        def act():
            dict(TABLE)["b"] = 2
        """,
    "an_equal_constant_is_bound": """
        NAME, NUMBER, FLAG = "a b", 1000, True
        def act():
            global NAME, NUMBER, FLAG
            NAME, NUMBER, FLAG = " ".join(["a", "b"]), int("1000"), not False
        """,
    "properties_are_not_evaluated": """
        LOG = []
        class A:
            @property
            def counted(self):
                LOG.append(1)
            @property
            def __dict__(self):
                LOG.append(2)
                return {}
            @property
            def __class__(self):
                LOG.append(3)
                return int
        ONE = A()
        def act():
            pass
        """,
    "no_special_method_is_called": """
        LOG = []
        class Loud(dict):
            def spy(self, *parts):
                LOG.append(1)
                raise AssertionError(parts)
            __eq__ = __hash__ = __repr__ = __len__ = __iter__ = __getitem__ = __bool__ = spy
            items = keys = values = __getattr__ = __getattribute__ = __str__ = __contains__ = spy
        ONE, MANY = Loud(a=1), {"a": Loud()}
        def act():
            pass
        """,
    "a_metaclass_is_not_asked": """
        LOG = []
        class Meta(type):
            def __getattribute__(cls, name):
                LOG.append(name)
                return super().__getattribute__(name)
            def __eq__(cls, other):
                LOG.append(other)
                return cls is other
            __hash__ = type.__hash__
        class A(metaclass=Meta):
            items = []
        LOG.clear()
        def act():
            pass
        """,
    "a_logger_is_asked": """
        import logging
        LOGGER = logging.getLogger("tiny")
        def act():
            LOGGER.isEnabledFor(10)
        """,
    "an_instance_of_one_call_is_changed": """
        class A:
            def __init__(self):
                self.items = []
        def act():
            A().items.append(1)
        """,
    "a_submodule_is_imported": """
        def act():
            import tiny.later
        """,
    "a_class_is_made": """
        class A:
            pass
        def act():
            class B(A):
                items = []
            B.items.append(1)
        """,
    "a_path_is_asked": """
        from pathlib import Path
        PATH, PATHS = Path("a", "b"), [Path("c")]
        def act():
            str(PATH), hash(PATHS[0]), PATH.parts
        """,
    "a_cache_forgets_what_has_died": """
        import weakref
        class A:
            pass
        KEPT, GONE = weakref.WeakValueDictionary(), weakref.WeakSet()
        def act():
            a = A()
            KEPT["a"] = a
            GONE.add(a)
            del a
            KEPT._pending_removals.clear(), len(KEPT)
        """,
}

CHANGED = {
    "list_append": ("L = []", "L.append(1)", {"L": "[] added"}),
    "list_item": ("L = [1]", "L[0] = 2", {"L": "[] another int"}),
    "dict_item": ("D = {}", "D['a'] = 1", {"D": "['a'] added"}),
    "dict_value": ("D = {'a': None}", "D['a'] = True", {"D": "['a'] None → True"}),
    "dict_item_gone": ("D = {'a': 1}", "del D['a']", {"D": "['a'] removed"}),
    "dict_order": (
        "import collections\nD = collections.OrderedDict(a=1, b=2)",
        "D.move_to_end('a')",
        {"D": "in another order"},
    ),
    "dict_that_fills_itself": (
        "import collections\nD = collections.defaultdict(list)",
        "D['a']",
        {"D": "['a'] added"},
    ),
    "set_element": ("S = set()", "S.add('a')", {"S": "['a'] added"}),
    "deque_append": (
        "import collections\nQ = collections.deque(maxlen=1)",
        "Q.append(1)",
        {"Q": "[] added"},
    ),
    "queue_put": (
        "import queue\nQ = queue.Queue()",
        "Q.put(1)",
        {"Q": ".queue[] added; .unfinished_tasks another int"},
    ),
    "simple_queue_put": (
        "import queue\nQ = queue.SimpleQueue()",
        "Q.put(1)",
        {"Q": "waiting another int"},
    ),
    "counting_on": (
        "import itertools\nC = itertools.count()",
        "next(C)",
        {"C": "next another str"},
    ),
    "bytes_appended": ("B = bytearray()", "B.extend(b'a')", {"B": "bytes another bytes"}),
    "rebinding": ("X = None", "global X; X = {}", {"X": "None → dict"}),
    "rebinding_to_an_equal_object": ("X = []", "global X; X = []", {"X": "another list"}),
    "counter": ("N = 0", "global N; N += 1", {"N": "another int"}),
    "new_name": ("X = 1", "globals()['Y'] = 1", {"Y": "appeared: int"}),
    "name_gone": ("X = []", "global X; del X", {"X": "vanished: list"}),
    "content_at_the_second_level": (
        "D = {'a': {'b': []}}",
        "D['a']['b'].append(1)",
        {"D": "['a']['b'] longer or shorter"},
    ),
    "a_long_list": ("L = [0] * 5000", "L.append(0)", {"L": "longer or shorter"}),
    "attribute_of_an_instance": (
        "class A: pass\nONE = A()",
        "ONE.a = 1",
        {"ONE": ".a added"},
    ),
    "slot_of_an_instance": (
        "class A:\n    __slots__ = ('a',)\nONE = A()",
        "ONE.a = 1",
        {"ONE": ".a added"},
    ),
    "behind_a_proxy": (
        "class A: __getattribute__ = None\nONE = A()\nobject.__setattr__(ONE, 'items', [])",
        "object.__getattribute__(ONE, 'items').append(1)",
        {"ONE": ".items[] added"},
    ),
    "behind_a_read_only_view": (
        "import types\nREAL = {}\nVIEW = types.MappingProxyType(REAL)",
        "REAL['a'] = 1",
        {"REAL": "['a'] added", "VIEW": "['a'] added"},
    ),
    "class_attribute": (
        "class A:\n    n = 0\n    class B:\n        items = []",
        "A.n += 1; A.B.items.append(1)",
        {"A.n": "another int", "A.B.items": "[] added"},
    ),
    "class_attribute_of_a_subclass": (
        "class A:\n    n = 0\nclass B(A): pass",
        "B.n = 1",
        {"B.n": "appeared: int"},
    ),
    "replaced_method": (
        "class A:\n    def m(self): pass",
        "A.m = lambda self: None",
        {"A.m": "another function"},
    ),
    "replaced_function": (
        "def f(): pass",
        "global f; f = len",
        {"f": "function → builtin_function_or_method"},
    ),
    "attribute_of_a_function": ("def f(): pass", "f.calls = 1", {"f": ".calls added"}),
    "cache_of_a_function": (
        "import functools\n@functools.cache\ndef f(n): return n",
        "f(1)",
        {"f": "entries another int"},
    ),
    "default_of_a_function": (
        "def f(a, b=[], *, c={}): b.append(a); c[a] = 1",
        "f('a')",
        {"f(b)": "[] added", "f(c)": "['a'] added"},
    ),
    "default_of_a_method": (
        "class A:\n    @classmethod\n    def m(cls, a=[]): a.append(1)",
        "A.m()",
        {"A.m(a)": "[] added"},
    ),
    "context_variable": (
        "import contextvars\nV = contextvars.ContextVar('V')",
        "V.set(True)",
        {"V": "value None → True"},
    ),
    "weak_container": (
        "import weakref\nclass A: pass\nONE = A()\nW = weakref.WeakSet()",
        "W.add(ONE)",
        {"W": ".data[ReferenceType] added"},
    ),
    "enumeration": (
        "import enum\nclass E(enum.Flag):\n    A = 1\n    B = 2",
        "E(3)",
        {"E._value2member_map_": "[int] added"},
    ),
    "what_is_in_another_cell_too": (
        "INNER = []\nOUTER, ROW = {'a': INNER}, (INNER,)",
        "OUTER['a'].append(1)",
        {"INNER": "[] added"},
    ),
    "what_becomes_a_cell": (
        "OUTER = {'a': [], 'b': []}",
        "global NEW; NEW = OUTER['a']; OUTER['b'].append(1)",
        {"NEW": "appeared: list", "OUTER": "['b'][] added"},
    ),
    "module_imported_by_the_stage": (
        "",
        "import tiny.freshly; tiny.freshly.fill()",
        {".freshly.TABLE": "['a'] added"},
    ),
}

FURTHER = {
    "later": "from tiny import later_still\nTABLE = []\nTABLE.append(later_still.TABLE.append(1))",
    "later_still": "TABLE = []",
    "freshly": "TABLE = {}\ndef fill(): TABLE['a'] = 1",
    "shared": "L = []",
    "alias": "from tiny.shared import L as M\nCOPY = list(M)\ndef act(): M.append(1)",
    "apart": """
        KEPT = []
        def make():
            class A:
                n = 0
            return A
        KEPT.append(make())
        class Taken:
            n = 0
        OLD = Taken
        class Taken:
            n = 0
        def act():
            KEPT[0].n = OLD.n = Taken.n = 1
        """,
    "above": """
        class A:
            n = 0
        class B(A):
            n = 1
        def act():
            B.n = 2
        """,
}

WORKLOAD = """\
import tiny
from importlib import import_module

def stage(name):
    act = import_module("tiny." + name).act
    act.__name__ = name
    return act

STAGES = tuple(map(stage, NAMES))
"""


def acting(source: str, act: str) -> str:
    return f"{source}\ndef act():\n    {act}\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """What the watch says of one run of all cases, each of them a module and a stage."""
    folder = tmp_path_factory.mktemp("tiny")
    changed = {name: acting(source, act) for name, (source, act, _) in CHANGED.items()}
    modules = {**SILENT, **changed, **FURTHER, "__init__": ""}
    (folder / "tiny").mkdir()
    for name, source in modules.items():
        (folder / "tiny" / f"{name}.py").write_text(dedent(source), encoding="utf-8")
    names = (*SILENT, *CHANGED, "alias", "apart", "above")
    write_workload(folder, f"NAMES = {names}\n{WORKLOAD}")
    return observe(Path(sys.executable), "own", ["tiny"], folder, (folder,))


def write_workload(folder: Path, text: str) -> None:
    (folder / "workloads").mkdir()
    (folder / "workloads" / "__init__.py").touch()
    (folder / "workloads" / "own.py").write_text(text, encoding="utf-8")


def of_stage(record: Record, stage: str) -> list[ChangedCell]:
    return [each for each in record["changed"] if each["stage"] == stage]


def test_every_cell_is_watched(record: Record) -> None:
    assert record["watched"] > 150


def test_nothing_has_changed_when_nothing_ran(record: Record) -> None:
    assert record["idle"] == []


@pytest.mark.parametrize("case", SILENT)
def test_no_false_change(record: Record, case: str) -> None:
    assert of_stage(record, case) == []


@pytest.mark.parametrize("case", CHANGED)
def test_change(record: Record, case: str) -> None:
    found = {each["symbol"]: "; ".join(each["how"]) for each in of_stage(record, case)}

    assert found == {symbol_of(case, name): how for name, how in CHANGED[case][2].items()}


def symbol_of(case: str, name: str) -> str:
    return f"tiny{name}" if name.startswith(".") else f"tiny.{case}.{name}"


def test_names_of_one_object_are_told_to_be_one(record: Record) -> None:
    found = {each["symbol"]: each["thing"] for each in of_stage(record, "alias")}

    assert set(found) == {"tiny.alias.M", "tiny.shared.L"}
    assert found["tiny.alias.M"] == found["tiny.shared.L"] != 0


def test_classes_that_their_name_does_not_lead_to_are_apart(record: Record) -> None:
    found = sorted((each["symbol"], each["apart"]) for each in of_stage(record, "apart"))

    assert found == [
        ("tiny.apart.Taken.n", False),
        ("tiny.apart.Taken.n", True),
        ("tiny.apart.make.<locals>.A.n", True),
    ]


def test_same_attribute_of_ancestors_is_told(record: Record) -> None:
    (found,) = of_stage(record, "above")

    assert (found["symbol"], found["inherited"]) == ("tiny.above.B.n", ["tiny.above.A.n"])


def test_failing_workload_is_an_error(tmp_path: Path) -> None:
    write_workload(tmp_path, "def stage():\n    1 / 0\nSTAGES = (stage,)\n")

    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        observe(Path(sys.executable), "own", ["json"], tmp_path, (tmp_path,))
