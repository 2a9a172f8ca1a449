"""Numbers that a response has in it."""

from __future__ import annotations

import re

from checkers import params
from checkers.counted import Bounds, counted
from checkers.finding import Finding, Span
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_GROUP = re.compile(r"\d+(?:[.,:/–-]\d+)*")
_ONE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_RUN = re.compile(r"\d+")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|s)\b", re.IGNORECASE)
_LIST = re.compile(r"[^\S\n]*(?:[-*+>#][^\S\n]*)*\Z")
_REACH = 12
_WORDS = re.compile(
    r"\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?)\b",
    re.IGNORECASE,
)


@constraint(version=1)
def count(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` numbers: "1,000" and "3.5" are one each.

    Numbers in words, in names (B12), in lists (1.), ordinals (2nd) and the parts of dates, times, ranges and fractions
    may count or not: where that matters it is unknown.
    """
    params.refuse_unknown(asked, "min", "max")
    bounds = Bounds.of(asked)
    fewest = largest = 0
    found: list[Span] = []
    for match in _GROUP.finditer(trace.text):
        least, most = _numbers_in(trace.text, match)
        fewest, largest = fewest + least, largest + most
        found.append(match.span())
    if bounds.high is None or fewest <= bounds.high:  # else no number in words can change anything
        largest += len(_WORDS.findall(trace.text))
    same = fewest == largest
    return counted((0, len(trace.text)), fewest if same else (fewest, largest), bounds, "number", places=found)


def _numbers_in(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The least and the most numbers that it may be taken for."""
    start, end = match.span()
    runs = 1 if _ONE.fullmatch(match[0]) else len(_RUN.findall(match[0]))
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return 0, runs
    if _ORDINAL.match(text, end):
        return 0, runs
    line = text.rfind("\n", max(0, start - _REACH), start) + 1 or max(0, start - _REACH)
    at_start = line == 0 or text[line - 1] == "\n"
    if at_start and text[end : end + 1] in (".", ")", ":") and _LIST.match(text, line, start):
        return 0, runs
    return min(1, runs), runs
