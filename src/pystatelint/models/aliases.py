"""One name for each thing: `attrs.define` and `attr.define` are the same."""

import msgspec


class Aliases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a name stands in the tables, by where else it can be found.

    Attributes:
        modules: module -> module that holds the same names; empty means builtins.
        names: dotted name -> canonical dotted name.
    """

    modules: dict[str, str]
    names: dict[str, str]

    def canonical(self, dotted: str) -> str:
        """Return the name under which the tables know a dotted name.

        Builtins are bare: ``builtins.dict`` and ``typing.Dict`` give ``dict``.
        """
        while (other := self._once(dotted)) != dotted:
            dotted = other
        return dotted

    def _once(self, dotted: str) -> str:
        exact = self.names.get(dotted)
        if exact is not None:
            return exact
        module = dotted.rpartition(".")[0]
        while module:
            known = self.modules.get(module)
            if known is not None:
                rest = dotted[len(module) + 1 :]
                return f"{known}.{rest}" if known else rest
            module = module.rpartition(".")[0]
        return dotted
