"""statelint finds hidden mutable state in Python, and proves it."""

from pystatelint.version import VERSION

__all__ = ["__version__"]

__version__ = VERSION
