"""What does each verdict mean, in one line?"""

from types import MappingProxyType

MEANINGS = MappingProxyType(
    {
        "runtime": "written after import, at run time or while the process starts",
        "runtime-guarded": "written after import, and every such write holds the same lock",
        "registry": "written at import, by scripts or for tests, and not after that",
        "const": "it can change, and is proven never to",
        "const-escapes": "no write is in sight, but code that cannot be seen gets hold of it, or"
        " an object in it may change",
        "const-veto": "no write is in sight, but a write that cannot be resolved may be to it",
        "declarative": "a declaration that a framework reads once",
        "immutable": "its value cannot change",
        "safe-holder": "it keeps its state apart for each thread, task or request, or is made to be"
        " shared; what is stored in it is no write",
        "opaque": "no write is in sight, and too little is known of its value for a proof",
    }
)
"""Verdict -> a clause about the cell."""


def meaning(verdict: str) -> str:
    """Return what a verdict says of a cell."""
    return MEANINGS[verdict]
