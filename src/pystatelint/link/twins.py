"""Which module-level instances of one class change by the same methods?

Ten signals of one class are one decision of its author, not ten: they are told once. Two
or three may well be two or three.
"""

import msgspec

from pystatelint.link.records import Cell, CellKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
MODULE = CellKind.MODULE

MOST_TOLD = 3
"""Instances of a class that are told one by one."""


def told_once(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells with instances of one class pointing to the first of them."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        if _only_own_methods_write(cell):
            groups.setdefault(cell.value.dotted, []).append(cell)
    changed: dict[str, Cell] = {}
    for first, *others in groups.values():
        if len(others) < MOST_TOLD:
            continue
        twins = tuple(each.symbol for each in others)
        changed[first.symbol] = msgspec.structs.replace(first, twins=twins)
        for each in others:
            changed[each.symbol] = msgspec.structs.replace(each, told_with=first.symbol)
    return tuple(changed.get(cell.symbol, cell) for cell in cells) if changed else cells


def _only_own_methods_write(cell: Cell) -> bool:
    """Whether a module holds an instance that nobody but its own methods changes."""
    if cell.kind is not MODULE or cell.value.kind != "instance" or not cell.value.dotted:
        return False
    return bool(cell.run_writes) and all(write.by_own_method for write in cell.run_writes)
