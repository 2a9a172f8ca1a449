"""Words and phrases looked for in a text: whole words, whatever their case and the blanks between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from checkers.finding import Span
from checkers.limits import OverLimit

MAX_WORK = 20_000_000
"""Characters of the text times words to look for: each may be compared at each place."""

# An underscore parts words where it is emphasis, as in _cat_, and joins them where it stands between two, as in my_cat.
_BEFORE = r"(?<![^\W_])(?<![^\W_]_)"
_AFTER = r"(?![^\W_]|_[^\W_])"
# Scripts that set no blanks around a word, and Hangul, which writes particles to it.
_JOINED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿ក-៿က-႟가-힣]")
_APOSTROPHES = "'’"


def refuse_much(phrases: Sequence[str], text: str) -> None:
    """Raise OverLimit where so many words in so long a text would take too much work together."""
    if len(text) * sum(len(phrase.split()) for phrase in phrases) > MAX_WORK:
        raise OverLimit("too many words to look for in so long a text")


def places(phrase: str, text: str) -> list[Span]:
    """Where the phrase stands in the text; raises OverLimit where both are long."""
    refuse_much((phrase,), text)
    lowered = text.lower()
    if phrase.isascii() and len(lowered) == len(text):
        return _places_by_letters(phrase, text, lowered.replace("’", "'") if "'" in phrase else lowered)
    return [match.span() for match in pattern_of(phrase).finditer(text)]


def _places_by_letters(phrase: str, text: str, lowered: str) -> list[Span]:
    # To find a literal is faster by far than to find a pattern.
    found: list[Span] = []
    first, pattern = phrase.split(None, 1)[0].lower(), pattern_of(phrase)
    start = lowered.find(first)
    while start >= 0:
        match = pattern.match(text, start)
        if match is not None:
            found.append(match.span())
        start = lowered.find(first, start + 1 if match is None else match.end())
    return found


@lru_cache(maxsize=2048)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """A pattern for the phrase: only escaped text and one kind of loop, each bounded by a literal."""
    parts = phrase.split()
    before = _BEFORE if parts[0][0].isalnum() and not _JOINED.match(parts[0]) else ""
    after = _AFTER if parts[-1][-1].isalnum() and not _JOINED.match(parts[-1][-1]) else ""
    return re.compile(before + loosely(phrase) + after, re.IGNORECASE)


def loosely(phrase: str) -> str:
    """The source of a pattern for its words, with any blanks between them and either apostrophe in them."""
    return r"\s+".join(_literal(part) for part in phrase.split())


def _literal(part: str) -> str:
    return "".join(f"[{_APOSTROPHES}]" if sign in _APOSTROPHES else re.escape(sign) for sign in part)
