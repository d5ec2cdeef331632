"""statelint finds hidden mutable state in Python, and proves it."""

from pystatelint.version import VERSION as __version__

__all__ = ["__version__"]
