"""Guess which valid word a mistyped one stands for."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate most like `word`, or an empty string.

    Upper and lower case count as equal.
    """
    spelled = {candidate.casefold(): candidate for candidate in candidates}
    found = get_close_matches(word.casefold(), spelled, n=1)
    return spelled[found[0]] if found else ""


def hint(word: str, candidates: Iterable[str]) -> str:
    """Return ``; did you mean 'select'?``, or an empty string."""
    guess = nearest(word, candidates)
    return f"; did you mean '{guess}'?" if guess else ""
