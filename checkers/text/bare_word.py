"""Words without the signs around them: quotes, brackets, Markdown and dashes break none and are none."""

from __future__ import annotations

import re
import unicodedata

from checkers.finding import Span

# Signs that belong to the letter before them: accents, vowel signs of Hebrew, Arabic, and the scripts of India.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0e3e\u0e40-\u0fff\u1000-\u1049"
_LETTERS = rf"[\w{_MARKS}]+"
# A sign between two letters that joins them, as in don't, well-known, e.g, R&D; a comma or colon only between digits.
_WORD = re.compile(rf"{_LETTERS}(?:(?:[.'’&\-\u2010\u2011]|(?<=[0-9])[,:](?=[0-9])){_LETTERS})*")
HYPHENS = re.compile(r"[-‐‑]")
"""What joins two words into one that may be taken for two."""
_APOSTROPHES = str.maketrans("’", "'")


def bare_words(text: str) -> list[Span]:
    """Where each word stands, without any sign at its ends: "don't", "well-known" and "3.5" are one each."""
    if "_" not in text:
        return [match.span() for match in _WORD.finditer(text)]
    found = (_trimmed(match) for match in _WORD.finditer(text))
    return [span for span in found if span is not None]


def said(text: str, span: Span) -> str:
    """The word that stands there as words are compared: in small letters, with a straight apostrophe."""
    return text[span[0] : span[1]].casefold().translate(_APOSTROPHES)


def letters_of(text: str, span: Span) -> str:
    """The letters and digits of the word that stands there, small and without accents: `dont`, `elan` of Élan."""
    word = text[span[0] : span[1]].casefold()
    if not word.isascii():
        word = unicodedata.normalize("NFD", word)
    return word if word.isalnum() else "".join(filter(str.isalnum, word))


def _trimmed(match: re.Match[str]) -> Span | None:
    word = match[0]
    bare = word.strip("_.'’&-‐‑,:")
    start = match.start() + word.find(bare)
    return (start, start + len(bare)) if bare else None
