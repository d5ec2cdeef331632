"""Guess which valid word a mistyped one stands for."""

from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST_LIKENESS = 0.6


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate most like `word`, or an empty string.

    Upper and lower case count as equal; among equals the first wins.
    """
    scored = [(_likeness(word.casefold(), each.casefold()), each) for each in candidates]
    best, guess = max(scored, key=lambda item: item[0], default=((0.0, 0), ""))
    return guess if best[0] >= _LEAST_LIKENESS else ""


def hint(word: str, candidates: Iterable[str]) -> str:
    """Return ``; did you mean 'select'?``, or an empty string."""
    guess = nearest(word, candidates)
    return f"; did you mean '{guess}'?" if guess else ""


def _likeness(word: str, candidate: str) -> tuple[float, int]:
    # HMS1O1 shares as many letters with HMS113 as with HMS101; the places decide.
    places = sum(mine == its for mine, its in zip(word, candidate, strict=False))
    return SequenceMatcher(None, candidate, word).ratio(), places
