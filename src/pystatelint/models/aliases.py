"""One name for each thing: `attrs.define` and `attr.define` are the same."""

import msgspec


class Aliases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a name stands in the tables, by where else it can be found.

    Attributes:
        modules: module -> module that holds the same names; empty means builtins.
        names: dotted name -> canonical dotted name; members follow.
        source: how the table was made.
    """

    modules: dict[str, str]
    names: dict[str, str]
    source: str

    def canonical(self, dotted: str) -> str:
        """Return the name under which the tables know a dotted name.

        Builtins are bare: ``builtins.dict`` and ``typing.Dict`` give ``dict``.
        """
        while (other := self._once(dotted)) != dotted:
            dotted = other
        return dotted

    def _once(self, dotted: str) -> str:
        head, tail = dotted, ""
        while head:
            known = self.names.get(head)
            if known is None and tail:
                known = self.modules.get(head)
            if known is not None:
                return ".".join(part for part in (known, tail) if part)
            head, _, last = head.rpartition(".")
            tail = f"{last}.{tail}" if tail else last
        return dotted
