"""One module with its name: what the stages after extraction get."""

import msgspec

from pystatelint.model.module_facts import ModuleFacts


class ModuleInput(msgspec.Struct, frozen=True):
    """One module as the linker gets it.

    Attributes:
        name: dotted name. path: as shown to users. package: an ``__init__`` file.
        test: a test module. facts: what it says.
    """

    name: str
    path: str
    package: bool
    test: bool
    facts: ModuleFacts


def absolute_name(module: str, name: str, level: int, *, package: bool) -> str:
    """Return the absolute dotted name of an import (PEP 328).

    Args:
        module: dotted name of the importing module.
        name: what the import names, without the dots in front; may be empty.
        level: number of these dots.
        package: the importing module is the ``__init__`` of a package.
    """
    if level == 0:
        return name
    parts = module.split(".")
    drop = level - 1 if package else level
    base = ".".join(parts[: len(parts) - drop]) if drop else module
    return f"{base}.{name}" if base and name else base or name
