"""How long a response is, in words and in sentences."""

from __future__ import annotations

from checkers import params
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.sentence import sentence_counts
from checkers.text.word import is_unspaced, word_spans
from checkers.trace import Constraint, Trace


@constraint(version=1)
def words(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` words.

    A word is what stands between blanks and has a letter or digit in it: "don't" and "well-known" are one each.
    """
    params.refuse_unknown(asked, "min", "max")
    least, most = params.bounds(asked)
    if is_unspaced(trace.text):
        message = "This text is in a script that sets no blanks between words."
        return unknown(_whole(trace), message, reason="no blanks between words", wanted=_wanted(least, most))
    measured = len(word_spans(trace.text))
    return _bounded(trace, measured, measured, least, most, "word")


@constraint(version=1)
def sentences(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` sentences.

    Where a full stop may end a sentence or an abbreviation, or a line may be a heading, both counts are taken; when
    they lead to different verdicts the constraint is unknown.
    """
    params.refuse_unknown(asked, "min", "max")
    least, most = params.bounds(asked)
    fewest, largest = sentence_counts(trace.text)
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


def _whole(trace: Trace) -> Span:
    return 0, len(trace.text)


def _wanted(least: int | None, most: int | None) -> dict[str, int | None]:
    return {"min": least, "max": most}
