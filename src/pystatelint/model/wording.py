"""How is a number of things told?"""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which takes a plain plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
