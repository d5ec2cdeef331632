"""statelint finds hidden mutable state in Python, and proves it."""
