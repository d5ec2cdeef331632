"""What is in a module that a workload imports, right after the import?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from types import ModuleType

from .cells import Snapshot, is_within, snapshot_of

Execute = Callable[[SourceFileLoader, ModuleType], None]


class Births:
    """Takes a snapshot of modules at the end of the outermost import.

    A module that is imported by another one may still be changed while that one is executed;
    only what comes after both is a change.
    """

    def __init__(self, packages: tuple[str, ...]) -> None:
        self.packages = packages
        self.open = 0
        self.fresh: list[ModuleType] = []
        self.born: list[Snapshot] = []

    def execute(self, loader: SourceFileLoader, module: ModuleType, run: Execute) -> None:
        """Execute a module, and take the snapshot if nothing else is being imported."""
        self.open += 1
        try:
            run(loader, module)
        finally:
            self.open -= 1
        if is_within(module.__name__, self.packages):
            self.fresh.append(module)
        if self.open == 0 and self.fresh:
            self.born.append(snapshot_of(tuple(self.fresh)))
            self.fresh.clear()

    def taken(self) -> list[Snapshot]:
        """Return the snapshots since the last call."""
        taken, self.born = self.born, []
        return taken


@contextmanager
def watched_births(packages: tuple[str, ...]) -> Iterator[Births]:
    """Watch imports while the block runs."""
    births = Births(packages)
    run = SourceFileLoader.exec_module

    def exec_module(self: SourceFileLoader, module: ModuleType) -> None:
        births.execute(self, module, run)

    SourceFileLoader.exec_module = exec_module  # type: ignore[assignment, method-assign]
    try:
        yield births
    finally:
        SourceFileLoader.exec_module = run  # type: ignore[method-assign]
