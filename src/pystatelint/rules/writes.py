"""Questions about writes: which of them count, and what they change."""

from collections.abc import Iterator

from pystatelint.link.project import Project
from pystatelint.link.records import (
    Action,
    Cell,
    CellKind,
    InstanceBinding,
    Phase,
    Receiver,
    Verdict,
    Write,
)
from pystatelint.rules.exemption import (
    IN_SCRIPT,
    MADE_TO_BE_SHARED,
    MODULE_GETATTR,
    NEVER_CALLED,
    OTHER_NAME,
    OUTSIDE_RUN_TIME,
    SAFE_HOLDER,
    STORED_SESSION,
    TEST_CODE,
    TEST_MODULE,
    WEAK_CONTAINER,
    Exemption,
    known_idiom,
)
from pystatelint.rules.values import is_live_session

_SHARED_KINDS = frozenset({"asyncio-queue", "generator", "iterator", "process-queue", "queue"})


def counted_writes(cell: Cell, project: Project) -> tuple[Write, ...]:
    """Return the writes that are evidence against the cell: those without exemption."""
    return tuple(write for write in cell.writes if exemption_of(cell, write, project) is None)


def exemption_of(cell: Cell, write: Write, project: Project) -> Exemption | None:
    """Return why a write is no evidence against its cell, if it is none.

    Tests, safe holders, weak containers, queues, iterators, known harmless idioms and
    module ``__getattr__`` hooks are no evidence; a stored session is HMS402's case.
    """
    if not write.at_run_time:
        return _other_time(write)
    return _exemption_of_cell(cell, project) or _exemption_of_write(cell, write, project)


def _other_time(write: Write) -> Exemption:
    match write.phases:
        case ():
            return NEVER_CALLED
        case (Phase.TEST,):
            return TEST_CODE
        case (Phase.MAIN,):
            return IN_SCRIPT
        case _:
            return OUTSIDE_RUN_TIME


def _exemption_of_cell(cell: Cell, project: Project) -> Exemption | None:
    if cell.verdict is Verdict.SAFE:
        return SAFE_HOLDER
    if cell.idiom:
        return known_idiom(cell.idiom)
    if cell.value.kind.startswith("weak"):
        return WEAK_CONTAINER
    if cell.value.kind in _SHARED_KINDS:
        return MADE_TO_BE_SHARED
    return TEST_MODULE if cell.module in project.test_modules else None


def _exemption_of_write(cell: Cell, write: Write, project: Project) -> Exemption | None:
    if write.module in project.test_modules:
        return TEST_CODE
    if stores_session(write, project):
        return STORED_SESSION
    if cell.same_as and changes_content(cell, write):
        return OTHER_NAME
    is_hook = cell.kind is CellKind.MODULE and write.function == f"{cell.module}.__getattr__"
    return MODULE_GETATTR if is_hook else None


def stores_session(write: Write, project: Project) -> bool:
    """Return whether the write puts a live session into the cell or an attribute of it."""
    keeps = (Action.REBIND, Action.ATTRIBUTE, Action.ITEM, Action.METHOD)
    return write.action in keeps and is_live_session(write.value, project)


def changes_content(cell: Cell, write: Write) -> bool:
    """Return whether the write changes the object, rather than what the name means."""
    match write.action:
        case Action.ITEM | Action.METHOD | Action.ATTRIBUTE:
            return True
        case Action.AUGMENTED | Action.UNBIND:
            return bool(write.inner) or cell.value.mutable is True
        case _:
            return bool(write.inner)


def sets_attribute(write: Write) -> bool:
    """Return whether the write reaches an attribute of the object: ``settings.debug = 1``."""
    return write.action is Action.ATTRIBUTE or any(part.startswith(".") for part in write.inner[:1])


def through_instance(write: Write) -> bool:
    """Return whether the writer got at the cell through an instance of the class."""
    return write.receiver in (Receiver.SELF, Receiver.INSTANCE)


def by_function(writes: tuple[Write, ...]) -> Iterator[tuple[Write, ...]]:
    """Yield the writes of each function, in the order of the first write of each."""
    for function in dict.fromkeys(write.function for write in writes):
        yield tuple(write for write in writes if write.function == function)


def went_through(write: Write, owner: str, binding: InstanceBinding) -> bool:
    """Return whether the write reached its cell by way of ``self.name = cell``.

    Args:
        write: a write to the cell.
        owner: symbol of the class that has the binding.
        binding: ``self.name = cell``.
    """
    at_binding = any(
        step.path == binding.path and step.span.line == binding.span.line for step in write.aliases
    )
    return at_binding or (write.owner == owner and _starts_at(write.text, binding.name))


def _starts_at(text: str, attribute: str) -> bool:
    head = f"self.{attribute}"
    behind = text[len(head) : len(head) + 1]
    return text.startswith(head) and not (behind.isalnum() or behind == "_")
