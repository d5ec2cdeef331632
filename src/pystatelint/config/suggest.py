"""Guess which valid word a mistyped one stands for."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST_LIKENESS = 0.6
_CODE = re.compile(r"(?P<letters>[a-z]+)(?P<digits>\d+)")
_FOR_DIGITS = str.maketrans("oil", "011")
_ONE_SLIP = 0.9


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate most like `word`, or an empty string.

    Upper and lower case count as equal; among equals the first wins. Codes such as
    ``HMS101`` are like one another anyway: of their letters and of their digits, one
    may be wrong, missing or too many.
    """
    scored = [(_likeness(word.casefold(), each.casefold()), each) for each in candidates]
    best, guess = max(scored, key=lambda item: item[0], default=((0.0, 0), ""))
    return guess if best[0] >= _LEAST_LIKENESS else ""


def hint(word: str, candidates: Iterable[str]) -> str:
    """Return ``; did you mean 'select'?``, or an empty string."""
    guess = nearest(word, candidates)
    return f"; did you mean '{guess}'?" if guess else ""


def _likeness(word: str, candidate: str) -> tuple[float, int]:
    # HMS11 is one slip away from HMS101 and from HMS110; the places decide.
    places = sum(mine == its for mine, its in zip(word, candidate, strict=False))
    if code := _CODE.fullmatch(candidate):
        return _likeness_to_code(word, code["letters"], code["digits"]), places
    return SequenceMatcher(None, candidate, word).ratio(), places


def _likeness_to_code(word: str, letters: str, digits: str) -> float:
    first_digit = next((place for place, each in enumerate(word) if each.isdigit()), len(word))
    start = len(letters) if word.startswith(letters) else first_digit
    mine = word[start:].translate(_FOR_DIGITS)
    if not _is_one_slip(word[:start] or letters, letters) or not _is_one_slip(mine, digits):
        return 0.0
    return 1.0 if mine == digits else _ONE_SLIP


def _is_one_slip(mine: str, its: str) -> bool:
    """Say whether the words differ by one letter at most, or by two neighbours swapped."""
    if len(mine) == len(its):
        swapped = (_with_neighbours_swapped(mine, place) for place in range(1, len(mine)))
        wrong = sum(each != other for each, other in zip(mine, its, strict=True))
        return wrong < 2 or its in swapped
    short, long = sorted((mine, its), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _with_neighbours_swapped(word: str, place: int) -> str:
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
