"""Give every kind of container the methods of the kind that it extends."""

import msgspec

from pystatelint.models.values import Container


def kinds_of(rows: tuple[Container, ...]) -> dict[str, Container]:
    """Return kind -> container, with the methods of `like` added."""
    plain = {row.kind: row for row in rows}
    return {kind: _complete(row, plain) for kind, row in plain.items()}


def _complete(row: Container, plain: dict[str, Container]) -> Container:
    if not row.like:
        return row
    outer = _complete(plain[row.like], plain)
    return msgspec.structs.replace(
        row,
        mutators=row.mutators | outer.mutators,
        elements=row.elements | outer.elements,
        fresh=row.fresh | outer.fresh,
        readers=row.readers | outer.readers,
    )
