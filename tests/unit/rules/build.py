"""Short ways to make the records that rules read."""

from collections.abc import Iterable
from typing import Any

from pystatelint.config.schema import Config
from pystatelint.link.project import Project
from pystatelint.link.records import (
    Action,
    Cell,
    CellKind,
    ClassInfo,
    Decorator,
    Field,
    FunctionInfo,
    InstanceBinding,
    LibraryCall,
    Phase,
    Receiver,
    Value,
    Write,
)
from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span
from pystatelint.models.tables import load_tables

LIST = Value(kind="list", mutable=True, literal=True, empty=True)
DICT = Value(kind="dict", mutable=True, literal=True, empty=True)
FILLED = Value(kind="list", mutable=True, literal=True)
NONE = Value(kind="constant", mutable=False)
UNKNOWN = Value(kind="unknown")
SESSION = Value(kind="instance", dotted="sqlalchemy.orm.Session", mutable=True)


def at(line: int) -> Span:
    return Span(line, 4, line, 20)


def instance(dotted: str) -> Value:
    return Value(kind="instance", dotted=dotted, mutable=True)


def cell(symbol: str, kind: CellKind, value: Value, *writes: Write, **more: Any) -> Cell:
    """A cell at line 2 of its module; module and owner follow from the symbol."""
    holder, _, name = symbol.rpartition(".")
    module = holder.rpartition(".")[0] if kind is CellKind.CLASS else holder
    owner = holder if kind is CellKind.CLASS else symbol.partition("(")[0]
    known: dict[str, Any] = {
        "module": module,
        "owner": "" if kind in (CellKind.MODULE, CellKind.CONTEXTVAR) else owner,
        "path": module.replace(".", "/") + ".py",
        "span": at(2),
    }
    return Cell(symbol=symbol, kind=kind, name=name, value=value, writes=writes, **known | more)


def class_cell(symbol: str, value: Value, *writes: Write, **more: Any) -> Cell:
    return cell(symbol, CellKind.CLASS, value, *writes, **more)


def module_cell(symbol: str, value: Value, *writes: Write, **more: Any) -> Cell:
    return cell(symbol, CellKind.MODULE, value, *writes, **more)


def write(action: Action, receiver: Receiver, function: str, line: int = 9, **more: Any) -> Write:
    """A run-time write; the module is the first two parts of the function's symbol."""
    module = ".".join(function.split(".")[:2])
    owner = function.rpartition(".")[0]
    known: dict[str, Any] = {
        "cell": "",
        "text": "it.append()",
        "module": module,
        "owner": "" if owner == module else owner,
        "path": module.replace(".", "/") + ".py",
        "span": at(line),
        "phases": (Phase.RUN,),
    }
    return Write(action=action, receiver=receiver, function=function, **known | more)


def by_self(
    function: str = "app.chat.Chat.send", action: Action = Action.METHOD, **more: Any
) -> Write:
    return write(action, Receiver.SELF, function, **more)


def by_class(
    function: str = "app.chat.Chat.send", action: Action = Action.ITEM, **more: Any
) -> Write:
    return write(action, Receiver.CLASS, function, **more)


def by_name(function: str = "app.chat.send", action: Action = Action.ITEM, **more: Any) -> Write:
    return write(action, Receiver.NAME, function, **more)


def by_module(function: str = "app.views.show", action: Action = Action.ITEM, **more: Any) -> Write:
    return write(action, Receiver.MODULE, function, **more)


def rebind(receiver: Receiver, function: str = "app.chat.Chat.send", **more: Any) -> Write:
    return write(Action.REBIND, receiver, function, **more)


def alias(line: int, path: str = "app/chat.py") -> Step:
    return Step(StepKind.ALIAS, path, at(line), "bound to another name here")


def class_info(symbol: str, **more: Any) -> ClassInfo:
    module, _, name = symbol.rpartition(".")
    known: dict[str, Any] = {
        "ancestors": (),
        "decorators": (),
        "kind": "",
        "declarative": False,
        "fields": (),
        "instance_bindings": (),
        "path": module.replace(".", "/") + ".py",
    }
    return ClassInfo(symbol=symbol, name=name, module=module, span=at(1), **known | more)


def binding(name: str, value: Value = UNKNOWN, line: int = 5, **more: Any) -> InstanceBinding:
    known: dict[str, Any] = {
        "method": "app.chat.Chat.__init__",
        "path": "app/chat.py",
        "constructor": True,
    }
    return InstanceBinding(name=name, span=at(line), value=value, **known | more)


def field(name: str, default: Value | None, **more: Any) -> Field:
    known: dict[str, Any] = {
        "path": "app/chat.py",
        "annotated": True,
        "class_var": False,
        "maker": "",
    }
    return Field(name=name, span=at(3), value=default, default=default, **known | more)


def function(symbol: str, **more: Any) -> FunctionInfo:
    known: dict[str, Any] = {
        "owner": "",
        "path": "app/chat.py",
        "decorators": (),
        "static": False,
        "class_method": False,
        "is_async": False,
        "generator": False,
        "phases": (Phase.RUN,),
        "returns": (),
    }
    return FunctionInfo(symbol=symbol, span=at(7), **known | more)


def decorator(dotted: str, *constants: tuple[str, str], **more: Any) -> Decorator:
    known: dict[str, Any] = {"called": bool(constants), "arguments": (), "span": at(6)}
    return Decorator(dotted=dotted, constants=constants, **known | more)


def call(dotted: str, function: str = "app.db", **more: Any) -> LibraryCall:
    known: dict[str, Any] = {
        "module": "app.db",
        "owner": "",
        "path": "app/db.py",
        "phases": (Phase.IMPORT,),
        "arguments": (),
    }
    return LibraryCall(dotted=dotted, function=function, span=at(4), **known | more)


def project(*records: Any, tests: Iterable[str] = (), stale: tuple[Any, ...] = ()) -> Project:
    """A project of these records with the rows of the shipped tables."""
    tables = load_tables()
    return Project(
        modules=(("app.chat", "app/chat.py"), ("tests.test_chat", "tests/test_chat.py")),
        cells=tuple(each for each in records if isinstance(each, Cell)),
        classes=tuple(each for each in records if isinstance(each, ClassInfo)),
        functions=tuple(each for each in records if isinstance(each, FunctionInfo)),
        library_calls=tuple(each for each in records if isinstance(each, LibraryCall)),
        stale_imports=stale,
        test_modules=frozenset(tests),
        session_types=frozenset(name for name, row in tables.sessions.items() if row.live),
        copy_semantics=tuple(tables.copies.values()),
        orm_columns=tuple(tables.columns.values()),
        cache_decorators=tuple(tables.caches.values()),
    )


def findings(rule: Rule, linked: Project, **options: Any) -> list[Finding]:
    """What the rule reports, under a configuration with these options."""
    assert rule.check is not None
    return list(rule.check(linked, Config(**options)))


def places(found: Iterable[Finding]) -> list[str]:
    """``path:line severity symbol`` of each finding."""
    return [f"{each.path}:{each.span.line} {each.severity.value} {each.symbol}" for each in found]
