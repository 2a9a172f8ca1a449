"""Words, where blanks part them."""

from __future__ import annotations

import re

from checkers.finding import Span

_RUN = re.compile(r"\S+")
# Scripts that set no space between words: a count of spaces says nothing about them.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿ក-៿က-႟]")


def word_spans(text: str) -> list[Span]:
    """Where each word stands: what is between blanks and has a letter or digit in it.

    "don't" and "well-known" are one each; a dash, an emoji or a bullet between blanks is none.
    """
    return [match.span() for match in _RUN.finditer(text) if any(map(str.isalnum, match[0]))]


def is_unspaced(text: str) -> bool:
    """Whether it has letters of a script that sets no blanks between words, as Japanese or Thai."""
    return _UNSPACED.search(text) is not None
