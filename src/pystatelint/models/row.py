"""What every row of a data table has."""

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fact that holds for several names.

    Attributes:
        names: canonical dotted names; builtins stand bare (``dict``, ``str.join``).
        source: where the fact is documented or can be read.
        note: what a reader of the table should know besides.
    """

    names: tuple[str, ...]
    source: str
    note: str = ""
