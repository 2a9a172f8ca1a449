"""How long a response is, in words and in sentences."""

from __future__ import annotations

import re

from checkers import params
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_WORD = re.compile(r"\S+")
# Scripts that set no space between words: a count of spaces says nothing about them.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿ក-៿က-႟]")
_STOP = re.compile(r"[.!?。！？]+[\"'”’)\]*_]*(?=\s|$)")
_UNSURE_STOP = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|nos?|fig|eq|approx|dept|est|inc|ltd|co|cf|al|pp|vol|ed|[a-z])\Z"
    r"|\A\s*[0-9]{1,3}\Z",
    re.IGNORECASE,
)
_REACH = 12


@constraint(version=1)
def words(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` words.

    A word is what stands between blanks and has a letter or digit in it: "don't" and "well-known" are one each.
    """
    params.refuse_unknown(asked, "min", "max")
    least, most = params.bounds(asked)
    if _UNSPACED.search(trace.text):
        message = "This text is in a script that sets no blanks between words."
        return unknown(_whole(trace), message, reason="no blanks between words", wanted=_wanted(least, most))
    measured = sum(any(map(str.isalnum, match[0])) for match in _WORD.finditer(trace.text))
    return _bounded(trace, measured, measured, least, most, "word")


@constraint(version=1)
def sentences(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` sentences.

    Where a full stop may end a sentence or an abbreviation, or a line may be a heading, both counts are taken; when
    they lead to different verdicts the constraint is unknown.
    """
    params.refuse_unknown(asked, "min", "max")
    least, most = params.bounds(asked)
    fewest, largest = _sentence_counts(trace.text)
    return _bounded(trace, fewest, largest, least, most, "sentence")


def _bounded(trace: Trace, fewest: int, largest: int, least: int | None, most: int | None, thing: str) -> Finding:
    wanted, low, high = _wanted(least, most), least or 0, largest if most is None else most
    if low <= fewest and largest <= high:
        return holds(_whole(trace), f"{_amount(fewest, thing)}.", measured=fewest, wanted=wanted)
    if largest < low:
        return fails(_whole(trace), f"{_amount(largest, thing)}, at least {low:,}.", measured=largest, wanted=wanted)
    if fewest > high:
        return fails(_whole(trace), f"{_amount(fewest, thing)}, at most {high:,}.", measured=fewest, wanted=wanted)
    message = f"Between {fewest:,} and {largest:,} {thing}s, depending on how they are counted."
    return unknown(_whole(trace), message, reason="several counts", measured=[fewest, largest], wanted=wanted)


def _amount(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _sentence_counts(text: str) -> tuple[int, int]:
    """The least and the most sentences that the text can be read as."""
    fewest = largest = 0
    for line in text.split("\n"):
        end = 0
        for stop in _STOP.finditer(line):
            largest += 1
            fewest += not _UNSURE_STOP.search(_before(line, stop.start()))
            end = stop.end()
        largest += any(map(str.isalnum, line[end:]))
    return (max(fewest, 1), largest) if largest else (0, 0)


def _before(line: str, stop: int) -> str:
    # A sign in front keeps what is cut off from looking like the start of a line.
    return line[:stop] if stop <= _REACH else "," + line[stop - _REACH : stop]


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)


def _wanted(least: int | None, most: int | None) -> dict[str, int | None]:
    return {"min": least, "max": most}
