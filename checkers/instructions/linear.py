r"""Patterns of users, which the references hand to `re` as they are: the same matches, in linear time by RE2.

RE2 knows `\w`, `\d`, `\s` and `\b` in ASCII only. Where a pattern has them, each character beyond ASCII is replaced by
one of its class that the pattern does not name. What the two engines may read differently is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from checkers.limits import OverLimit
from checkers.params import BadParams

MAX_MEMORY = 8 << 20
_SPECIAL = frozenset(".^$*+?{}[]\\|()")
_UNLIKE = re.compile(r"\[\[|\[:|--|&&|~~|\|\||\{,|\(\?(?!:)|\\(?![wdsbWDSBnt])\w")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TURKISH = re.compile(r"[İı]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x0a\x0c-\x1b -\x7f]")
_WORD, _BLANK, _OTHER = "_", "\f", "\x7f"


def is_there(pattern: str, text: str, *, front: str = "", back: str = "", any_case: bool = True) -> bool:
    """Whether `re.search(front + pattern + back, text)` finds something; only `pattern` is the user's."""
    if _SPECIAL.isdisjoint(pattern):
        return _literal(front, pattern, back, any_case).search(text) is not None
    said = _readable(pattern, front + back, text)
    return _re2(front + pattern + back, any_case).search(said) is not None


def occurrences(pattern: str, text: str, *, front: str = "", back: str = "", any_case: bool = True) -> int:
    """How many matches `re.finditer(front + pattern + back, text)` has."""
    if _SPECIAL.isdisjoint(pattern):
        return sum(1 for _ in _literal(front, pattern, back, any_case).finditer(text))
    said, count = _readable(pattern, front + back, text), 0
    for match in _re2(front + pattern + back, any_case).finditer(said):
        if match.start() == match.end():
            raise OverLimit("a pattern that matches nothing at all")
        count += 1
    return count


def groups(pattern: str) -> int:
    """How many groups the pattern has; raises BadParams for what is no pattern to `re`."""
    return 0 if _SPECIAL.isdisjoint(pattern) else _groups(pattern)


@lru_cache(maxsize=512)
def _groups(pattern: str) -> int:
    if _UNLIKE.search(pattern):
        raise OverLimit("a pattern that another engine reads differently")
    try:
        return re.compile(pattern).groups
    except (re.error, OverflowError, RecursionError):
        raise BadParams(f"to the reference {pattern[:60]!r} is a regular expression, and a wrong one") from None


@lru_cache(maxsize=512)
def _literal(front: str, word: str, back: str, any_case: bool) -> re.Pattern[str]:
    return re.compile(front + re.escape(word) + back, re.IGNORECASE if any_case else 0)


@lru_cache(maxsize=512)
def _re2(pattern: str, any_case: bool) -> Any:
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = MAX_MEMORY, False, not any_case
    try:
        return re2.compile(pattern, options)
    except re2.error:
        raise OverLimit("a pattern that cannot be matched in linear time") from None


def _readable(pattern: str, frame: str, text: str) -> str:
    """The text as RE2 finds in it what `re` finds in the text itself."""
    groups(pattern)
    if "$" in pattern and text.endswith("\n"):
        raise OverLimit("a pattern that another engine reads differently")
    if _TURKISH.search(text):
        raise OverLimit("letters whose case two engines read differently")
    if "\\" not in pattern + frame or not _BEYOND_ASCII.search(text):
        return _SURROGATE.sub("\ufffd", text)
    if not pattern.isascii() or any(sign in pattern for sign in (_WORD, _BLANK, _OTHER, "[", r"\d", r"\D")):
        raise OverLimit("a pattern with classes in a text beyond ASCII")
    return _BEYOND_ASCII.sub(lambda match: _stand_in(match[0]), text)


def _stand_in(sign: str) -> str:
    if sign in "Kſ":
        return "k" if sign == "K" else "s"
    if sign.isspace():
        return _BLANK
    if sign.isdecimal():
        raise OverLimit("a pattern with classes in a text with digits beyond ASCII")
    return _WORD if sign.isalnum() else _OTHER
