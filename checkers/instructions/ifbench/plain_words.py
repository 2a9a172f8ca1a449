"""Words as the references of IFBench cut them: at blanks, with ASCII signs deleted or stripped."""

from __future__ import annotations

import string
from typing import TypeVar

from checkers.instructions.instruction import Unrepeatable

Given = TypeVar("Given", float, str)

PUNCTUATION = string.punctuation
_DELETED = str.maketrans("", "", PUNCTUATION)


def unpunctuated(text: str) -> str:
    """The text without its ASCII signs; other quotes and dashes stay."""
    return text.translate(_DELETED)


def stripped(word: str) -> str:
    """The word without ASCII signs at its ends."""
    return word.strip(PUNCTUATION)


def word_runs(text: str) -> list[str]:
    """The runs of letters, marks, digits and underscores, as `regex` has them, which NLTK uses."""
    import regex

    found: list[str] = regex.findall(r"\w+", text)
    return found


def drawn(value: Given | None, what: str) -> Given:
    """The value; raises Unrepeatable where the reference would draw one, as for a missing or negative number."""
    if value is None or _is_negative(value):
        raise Unrepeatable(what)
    return value


def _is_negative(value: object) -> bool:
    return isinstance(value, int | float) and value < 0
