"""Punctuation that a response must do without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from checkers import params
from checkers.counted import spans_of
from checkers.finding import Finding, fails, holds
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.trace import Constraint, Trace

_ALIKE = {
    ",": ",，、﹐﹑､،՝",
    ".": ".。．｡",
    "?": "?？؟",
    "!": "!！",
    ";": ";；؛",
    ":": ":：",
    '"': '"“”„«»',
    "'": "'‘’",
}
"""What a mark is in other scripts or in print."""

_BARE_COMMA = re.compile(r",(?<=[^\W\d_],)(?=[^\W\d_])")


@constraint(version=1)
def without(trace: Trace, asked: Constraint) -> Finding:
    """None of `marks` stands in the response, nor what it is in other scripts: "、" is a comma too.

    Commas have a repair, since taking them out leaves the words as they are; in code it would not.
    """
    params.refuse_unknown(asked, "marks")
    marks = params.words(asked, "marks")
    text, whole = trace.text, (0, len(trace.text))
    if not any(sign in text for sign in _signs(marks)):
        return holds(whole, "It does without " + _said(marks) + ".", measured=0, wanted=0)
    found = [match.span() for match in _pattern(marks).finditer(text)]
    repair = _without_commas(text) if marks == (",",) and len(found) == len(_outside_code(text)) else None
    message = f"{_said(marks)} {'stands' if len(marks) == 1 else 'stand'} there {_times(len(found))}, and should not."
    at = whole if repair is not None else found[0]
    return fails(at, message, repair=repair, measured=len(found), wanted=0, spans=spans_of(found))


@lru_cache(maxsize=256)
def _signs(marks: tuple[str, ...]) -> tuple[str, ...]:
    """The marks and what they are elsewhere, the longest first."""
    listed = [sign for mark in marks for sign in _ALIKE.get(mark, (mark,))]
    return tuple(sorted(listed, key=len, reverse=True))


@lru_cache(maxsize=256)
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    signs = _signs(marks)
    single = len(signs[0]) == 1
    return re.compile(f"[{re.escape(''.join(signs))}]" if single else "|".join(map(re.escape, signs)))


def _outside_code(text: str) -> Sequence[str]:
    return _pattern((",",)).findall(without_code(text))


def _without_commas(text: str) -> str:
    return _pattern((",",)).sub("", _BARE_COMMA.sub(" ", text))


def _said(marks: tuple[str, ...]) -> str:
    return ", ".join(f"“{mark}”" for mark in marks[:5]) + (" …" if len(marks) > 5 else "")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
