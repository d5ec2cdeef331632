"""Questions about writes: which of them count, and what they change."""

from collections.abc import Iterator

from pystatelint.link.records import (
    Action,
    Cell,
    CellKind,
    InstanceBinding,
    Project,
    Receiver,
    Verdict,
    Write,
)
from pystatelint.rules.values import is_live_session

_MADE_TO_BE_SHARED = frozenset({"asyncio-queue", "iterator", "process-queue", "queue"})


def counted_writes(cell: Cell, project: Project) -> tuple[Write, ...]:
    """Return the run-time writes that are evidence against the cell.

    Tests, safe holders, weak containers, queues, iterators, known harmless idioms and
    module ``__getattr__`` hooks are no evidence; a stored session is HMS402's case.
    """
    if _is_exempt(cell) or cell.module in project.test_modules:
        return ()
    return tuple(write for write in cell.run_writes if _counts(cell, write, project))


def _is_exempt(cell: Cell) -> bool:
    kind = cell.value.kind
    return (
        cell.verdict is Verdict.SAFE
        or cell.idiom != ""
        or kind.startswith("weak")
        or kind in _MADE_TO_BE_SHARED
    )


def _counts(cell: Cell, write: Write, project: Project) -> bool:
    if write.module in project.test_modules or stores_session(write, project):
        return False
    return not (cell.kind is CellKind.MODULE and write.function == f"{cell.module}.__getattr__")


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

    Parameters:
        owner: symbol of the class that has the binding.
    """
    at_binding = any(
        step.path == binding.path and step.span.line == binding.span.line for step in write.aliases
    )
    return at_binding or (write.owner == owner and _starts_at(write.text, binding.name))


def _starts_at(text: str, attribute: str) -> bool:
    head = f"self.{attribute}"
    return text.startswith(head) and not text[len(head) : len(head) + 1].isidentifier()
