"""Syllables of English words, counted as syllapy 0.8.0 does: from a list, else from the vowels."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache

from checkers.instructions.vendored import vendored

_VOWELS = frozenset("aeiouy")
_GROUP = re.compile("[aeiouy]+")
_DIGIT = re.compile(r"\d")


def syllables(word: str) -> int:
    """How many syllables it has; 0 for what has a digit in it or no letter."""
    said = word.strip().lower().strip(string.punctuation)
    if not said or _DIGIT.search(said):
        return 0
    listed = _listed().get(said)
    if listed is not None:
        return listed
    head, hyphen, tail = said.partition("-")
    if head and hyphen and tail:
        first, second = syllables(head), syllables(tail)
        return first + second if first and second else 0
    return by_vowels(said)


def is_listed(word: str) -> bool:
    """Whether the count of this word, in lower case, stands in the list."""
    return word in _listed()


def by_vowels(word: str) -> int:
    """A guess: runs of vowels, without a silent e at the end; 1 at least."""
    count = len(_GROUP.findall(word)) - word.endswith("e")
    if len(word) > 2 and word.endswith("le") and word[-3] not in _VOWELS:
        count += 1
    return max(count, 1)


@cache
def _listed() -> Mapping[str, int]:
    return {word: int(count) for count, words in vendored("syllables.json").items() for word in words}
