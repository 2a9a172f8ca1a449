"""Words without the signs around them: quotes, brackets, Markdown and dashes break none and are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from checkers.finding import Span

# Signs that belong to the letter before them: accents, vowel signs of Hebrew, Arabic, and the scripts of India.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0e3e\u0e40-\u0fff\u1000-\u1049"
_LETTERS = rf"[\w{_MARKS}]+"
# A sign between two letters that joins them, as in don't, well-known, e.g, R&D; a comma or colon only between digits.
_WORD = re.compile(rf"{_LETTERS}(?:(?:[.'’&\-\u2010\u2011]|(?<=[0-9])[,:](?=[0-9])){_LETTERS})*")
# The same for the letters of ASCII alone, in which most texts are written: half the time.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:(?:[.'&\-]|_+|(?<=[0-9])[,:](?=[0-9]))[A-Za-z0-9]+)*")
HYPHENS = re.compile(r"[-‐‑]")
"""What joins two words into one that may be taken for two."""
_APOSTROPHES = str.maketrans("’", "'")


def bare_words(text: str) -> list[Span]:
    """Where each word stands, without any sign at its ends: "don't", "well-known" and "3.5" are one each."""
    return list(each_word(text))


def each_word(text: str) -> Iterator[Span]:
    """The same one after the other, for who may stop at the first."""
    if text.isascii():
        return (match.span() for match in _PLAIN.finditer(text))
    if "_" not in text:
        return (match.span() for match in _WORD.finditer(text))
    return (span for match in _WORD.finditer(text) if (span := _trimmed(match)) is not None)


def spoken(text: str) -> list[str]:
    """The words of the text as words are compared, in their order; see `said`."""
    if text.isascii():
        return _PLAIN.findall(text.lower())
    return [said(text, span) for span in each_word(text)]


def said(text: str, span: Span) -> str:
    """The word that stands there as words are compared: in small letters, with a straight apostrophe."""
    word = text[span[0] : span[1]].casefold()
    return word if word.isascii() else word.translate(_APOSTROPHES)


def letters_of(text: str, span: Span) -> str:
    """The letters and digits of the word that stands there, small and without accents: `dont`, `elan` of Élan."""
    word = text[span[0] : span[1]].casefold()
    if not word.isascii():
        word = unicodedata.normalize("NFD", word)
    return word if word.isalnum() else "".join(filter(str.isalnum, word))


def initial(text: str, span: Span) -> str:
    """The first sign of the word that stands there, small and without its accent."""
    sign = text[span[0]]
    return sign.lower() if sign.isascii() else letters_of(text, (span[0], span[0] + 1))[:1]


def _trimmed(match: re.Match[str]) -> Span | None:
    word = match[0]
    bare = word.strip("_.'’&-‐‑,:")
    start = match.start() + word.find(bare)
    return (start, start + len(bare)) if bare else None
