"""Which calls make a container that an operator then carries over to its result?"""

from typing import Final

from pystatelint.facts.draft import ScopeDraft
from pystatelint.model.facts import AnyValue, Fresh, Item, Name, Result

CONVERSIONS: Final = frozenset({"dict", "list", "set"})
"""Built-in classes whose operators give an object of the same class."""


def spelt_out(draft: ScopeDraft, value: AnyValue) -> AnyValue:
    """Return an operand with its shape, if it is made on the spot: ``set(a) & b`` is a set."""
    if type(value) is not Result:
        return value
    callee = draft.calls[value.call].callee
    if type(callee) is Name and callee.name in CONVERSIONS:
        return Fresh(callee.name, (Item(value),))
    return value
