"""Words, where blanks part them."""

from __future__ import annotations

import re

from checkers.finding import Span

# From the first letter or digit behind a blank to the next blank: each character is looked at once. A long dash parts.
_WORD = re.compile(r"[^\W_][^\s—]*")
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿ក-៿က-႟]")


def word_spans(text: str) -> list[Span]:
    """Where each word stands: what is between blanks, from its first letter or digit on.

    "don't" and "well-known" are one each; a dash, an emoji or a bullet between blanks is none.
    """
    return [match.span() for match in _WORD.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words themselves, with the signs around them."""
    if "—" in text:
        return _WORD.findall(text)
    return [run for run in text.split() if run[0].isalnum() or any(map(str.isalnum, run))]


def word_counts(text: str) -> tuple[int, int]:
    """The least and the most words that the text can be read as.

    They differ where a script sets no blanks between its words: each of its characters may be a word, or none.
    """
    count = len(words_of(text))
    return count, count if text.isascii() else count + len(_UNSPACED.findall(text))


def is_unspaced(text: str) -> bool:
    """Whether it has letters of a script that sets no blanks between words, as Japanese or Thai."""
    return not text.isascii() and _UNSPACED.search(text) is not None
